"""A report of some thirty pages, as a directorate would publish it. Everyone in it is invented."""

import datetime as dt

from consult.domain.documents.types import (
    Alignment,
    Block,
    Box,
    BoxTone,
    Chart,
    ChartKind,
    Column,
    Definition,
    DefinitionList,
    Document,
    DocumentKind,
    Emphasis,
    Fact,
    Footnote,
    FootnoteRef,
    Foreign,
    Inlines,
    ItemList,
    Link,
    ListItem,
    Numbered,
    Paragraph,
    Question,
    QuestionList,
    Quote,
    Ref,
    RefForm,
    Row,
    Section,
    Sender,
    SenderGroup,
    SenderList,
    Series,
    Strong,
    Table,
    Text,
    Tone,
)

GROUPS = (
    "Brukerorganisasjoner og råd for personer med funksjonsnedsettelse",
    "Kommuner",
    "Fylkeskommuner",
    "Arbeidstaker- og arbeidsgiverorganisasjoner",
    "Transportselskaper",
    "Statlige virksomheter",
    "Privatpersoner",
)

STANCES = (
    ("Støtter", Tone.FOR),
    ("Støtter med merknader", Tone.FOR_WITH_REMARKS),
    ("Støtter delvis", Tone.PARTLY),
    ("Støtter ikke", Tone.AGAINST),
    ("Tar ikke stilling", Tone.NEUTRAL),
    ("Uklart", Tone.UNCLEAR),
)

THEMES = (
    ("holdeplasser", "Holdeplasser og terminaler", "utformingen av holdeplasser"),
    ("ledsagerbevis", "Ledsagerbevis og bistand underveis", "ordningen med ledsagerbevis"),
    ("sanntid", "Sanntidsinformasjon og varsling ved avvik", "informasjonen når noe går galt"),
    ("billetter", "Billetter, betaling og kundesenter", "måtene å kjøpe billett på"),
    ("opplaering", "Opplæring av sjåfører og ombordpersonell", "opplæringen av personalet"),
    ("bestilling", "Bestillingstransport i spredtbygde strøk", "bestillingstransporten"),
    ("medvirkning", "Medvirkning i anbud og kontrakter", "medvirkningen før anbud"),
    ("spraak", "Språk, klarspråk og samiske brukere", "språket i skilt, apper og kundeservice"),
)

FOR = (
    (
        "Mange av høringsinstansene som har uttalt seg om dette, mener at {about} er det "
        "enkeltområdet "
        "som betyr mest for om folk faktisk våger å legge ut på en reise alene."
    ),
    (
        "Flere kommuner viser til egne erfaringer: Der kravene er tydelige fra starten, blir "
        "løsningene "
        "både bedre og billigere enn når de må rettes opp etterpå."
    ),
    (
        "Brukerorganisasjonene gir uttrykk for at ett svakt ledd ødelegger hele reisen, og at "
        "ansvaret "
        "derfor må ligge ett sted og ikke deles mellom stat, fylkeskommune, kommune og operatør."
    ),
    (
        "Enkelte peker på at forslaget i liten grad krever nye penger, fordi arbeidet likevel må "
        "gjøres "
        "når kontraktene lyses ut på nytt."
    ),
)
AGAINST = (
    (
        "Noen få instanser er kritiske til forslaget slik det står. De er enige i målet, men "
        "mener at "
        "virkemiddelet griper for langt inn i det kommunale selvstyret."
    ),
    (
        "Transportselskapene frykter at detaljerte krav til {about} vil gjøre anbudene dyrere, "
        "og at "
        "kostnaden til slutt betales av passasjerene i form av færre avganger."
    ),
    (
        "To fylkeskommuner etterlyser en beregning av hva endringene vil koste, og ber om at "
        "gjennomføringen deles i trinn med en evaluering etter to år."
    ),
)
CHANGES = (
    "Kravene bør gjelde fra første kontrakt som lyses ut etter 1. januar 2028.",
    "Det bør framgå hvem som har ansvaret når reisen krysser en fylkesgrense.",
    "Standarden bør utvikles sammen med dem som skal bruke den, ikke bare forelegges dem.",
    "Avvik bør kunne meldes på telefon og i app, og den som melder fra, bør få svar.",
)
GROUNDS = (
    (
        "Begrunnelsene varierer. Noen legger vekt på likestilling og retten til å delta i arbeid, "
        "utdanning og frivillighet. Andre er mer opptatt av det praktiske: at det er mulig å "
        "planlegge "
        "dagen, at man slipper å forklare seg for en ny sjåfør hver gang, og at feil blir rettet."
    ),
    (
        "Et gjennomgående trekk er at de som bor utenfor byene, beskriver større avstander "
        "mellom det "
        "som står i planene, og det de møter. Det gjelder særlig vinterstid, når brøyting, "
        "strøing og "
        "belysning avgjør om holdeplassen i det hele tatt kan nås."
    ),
)
AFFECTED = (
    (
        "Døvblinde og andre med sammensatte sansetap nevnes av flere som en gruppe planene sjelden "
        "er skrevet for. De trenger varsling som ikke forutsetter verken syn eller hørsel, og de "
        "er "
        "ofte helt avhengige av at personalet vet hva ledsagerens oppgave er."
    ),
    (
        "Foreldre med barn som bruker store hjelpemidler, beskriver at plassen er opptatt, at "
        "neste "
        "avgang går om en time, og at de derfor kjører selv. For dem er pålitelighet viktigere enn "
        "frekvens. Noen foreslår at plassen skal kunne bestilles sammen med billetten."
    ),
    (
        "Eldre som har sluttet å kjøre bil, opplever overgangen som brå. Kommunene ber om at "
        "tilbudet "
        "ses i sammenheng med helse- og omsorgstjenestene, slik at en time på sykehuset og en "
        "plass på "
        "bussen kan avtales samtidig."
    ),
    (
        "Unge peker på at ledsagerordningen stenger dem ute fra det som skjer uten planlegging: en "
        "kino i kveld, en jobb som dukker opp, en venn som ringer."
    ),
)
QUOTES = (
    (
        "Det hjelper lite at bussen har rampe når snøen ligger en meter høy der rampen skal ned.",
        "Elvdal råd for personer med funksjonsnedsettelse",
        "2026-0147",
    ),
    (
        "Vi har lært oss å alltid ha en plan B. Det er slitsomt å leve et liv med plan B.",
        "Privatperson",
        "2026-0388",
    ),
    (
        "Krav som ikke følges opp i kontrakten, er bare ønsker.",
        "Foreningen Fri Ferdsel",
        "2026-0092",
    ),
    (
        "Sjåførene vil gjerne hjelpe, men mange har aldri fått vist hvordan.",
        "Fagforbundet for sjåfører og ombordansatte",
        "2026-0214",
    ),
)
SUFFIXES = (
    "råd for personer med funksjonsnedsettelse",
    "kommune",
    "fylkeskommune",
    "arbeidstakerlag",
    "trafikkselskap",
    "tilsyn",
    "velforening",
)
PLACES = (
    "Elvdal",
    "Storvik",
    "Nordheim",
    "Lauvøy",
    "Steinfjord",
    "Granli",
    "Sundvær",
    "Myrland",
    "Bjørkeset",
    "Fjellhamn",
    "Tverrelv",
    "Solvåg",
    "Hovden",
    "Ytterøya",
    "Kvannes",
)


def text(content: str) -> Inlines:
    return (Text(content),)


def paragraph(content: str, *, lead: bool = False) -> Paragraph:
    return Paragraph(text(content), lead)


def bullets(*contents: str, ordered: bool = False) -> ItemList:
    return ItemList(tuple(ListItem((paragraph(one),)) for one in contents), ordered)


def stance_chart(key: str, title: str, seed: int) -> Chart:
    values = [
        [max(0, (row * 7 + column * 5 + seed * 3) % (17 - 2 * column) - column) for row in range(7)]
        for column in range(len(STANCES))
    ]
    return Chart(
        id=f"figur-{key}",
        kind=ChartKind.STACKED_BAR,
        title=f"Syn på forslaget om {title.lower()}, etter type avsender",
        description="Støtten er størst blant brukerorganisasjoner og kommuner.",
        categories=GROUPS,
        series=tuple(
            Series(name, tuple(values[column]), tone) for column, (name, tone) in enumerate(STANCES)
        ),
        unit="Antall avsendere som har uttalt seg om forslaget",
        notes=("Runden er åpen for alle. Tallene viser hvem som har svart, ikke hva folk mener.",),
    )


def theme_chapter(index: int, key: str, heading: str, about: str) -> Section:
    quote = QUOTES[index % len(QUOTES)]
    other = QUOTES[(index + 1) % len(QUOTES)]
    tendency: tuple[Block, ...] = (
        Paragraph(
            (
                Text(
                    f"Et flertall av høringsinstansene som har uttalt seg om {about}, støtter "
                    "hovedretningen i forslaget. "
                ),
                Emphasis(text("Samarbeidsrådet for tilgjengelige reiser")),
                Text(" (STR) kaller det «et nødvendig skritt, men ikke et tilstrekkelig»."),
                FootnoteRef("metode"),
                Text(" Fordelingen går fram av "),
                Ref(f"figur-{key}"),
                Text("."),
            )
        ),
        stance_chart(key, heading, index),
        paragraph(GROUNDS[index % 2]),
    )
    changes = ItemList(
        (
            *tuple(ListItem((paragraph(change),)) for change in CHANGES[:2]),
            ListItem((paragraph("Oppfølgingen bør være synlig:"), bullets(CHANGES[2], CHANGES[3]))),
        )
    )
    affected: tuple[Section, ...] = ()
    if index % 4:
        blocks = tuple(paragraph(one) for one in AFFECTED[: index % 4 + 1])
        affected = (Section(f"tema-{key}-grupper", "Særlig berørte grupper", blocks),)
    return Section(
        f"tema-{key}",
        heading,
        (
            paragraph(
                f"Forslaget i høringsnotatet gjelder {about}. I alt "
                f"{61 + index * 7} avsendere har uttalt seg om temaet.",
                lead=True,
            ),
            Section(f"tema-{key}-tendens", "Hovedtendens", tendency),
            Section(
                f"tema-{key}-argumenter",
                "Argumenter for forslaget",
                (
                    *(paragraph(one.format(about=about)) for one in FOR),
                    Quote((text(quote[0]),), sender=quote[1], reference=quote[2]),
                ),
            ),
            Section(
                f"tema-{key}-innvendinger",
                "Innvendinger",
                (
                    *(paragraph(one.format(about=about)) for one in AGAINST),
                    Quote((text(other[0]),), sender=other[1], reference=other[2]),
                ),
            ),
            *affected,
            Section(
                f"tema-{key}-endringer",
                "Forslag til endringer",
                (
                    paragraph("Avsenderne har til sammen kommet med fire konkrete forslag:"),
                    changes,
                    Box(
                        "Arbeidsgruppen foreslår:",
                        (bullets(*CHANGES[:3]),),
                        BoxTone.PROPOSAL,
                        id=f"forslag-{key}",
                    ),
                ),
            ),
        ),
    )


def about_chapter() -> Section:
    return Section(
        "om-runden",
        "Om runden",
        (
            paragraph(
                "Reisedirektoratet inviterte våren 2026 til en åpen innspillsrunde om hvordan hele "
                "reisekjeden kan bli tilgjengelig for alle. Dette kapittelet forteller hva vi "
                "spurte om, hvem vi spurte, og hvordan svarene kom inn.",
                lead=True,
            ),
            Section(
                "oppdraget",
                "Oppdraget",
                (
                    Paragraph(
                        (
                            Text(
                                "Arbeidsgruppen ble satt ned av departementet 12. januar 2026. "
                                "Mandatet står i sin helhet i "
                            ),
                            Ref("vedlegg-sporsmal"),
                            Text(" på "),
                            Ref("vedlegg-sporsmal", RefForm.PAGE),
                            Text(
                                ". Gruppen skal foreslå tiltak på kort og lang sikt, og den skal "
                            ),
                            Strong(text("begrunne hva den velger å ikke foreslå")),
                            Text("."),
                        )
                    ),
                    bullets(
                        "Hva hindrer folk i å reise i dag?",
                        "Hvilke tiltak virker, og hva koster de?",
                        "Hvem bør ha ansvaret når en reise går gjennom flere fylker?",
                        ordered=True,
                    ),
                ),
            ),
            Section(
                "frist-og-kanaler",
                "Frist, forlengelse og kanaler",
                (
                    paragraph(
                        "Fristen var 31. mai 2026. Etter ønske fra tre kommunale råd ble den "
                        "forlenget til 14. juni for alle. Det var mulig å svare på nett, på papir, "
                        "på telefon og i møter. Ni møter ble holdt, hvorav ett på nordsamisk."
                    ),
                    Table(
                        "tabell-kanaler",
                        "Svar etter kanal og språk",
                        (
                            Column("Kanal"),
                            Column("Bokmål", Alignment.NUMBER),
                            Column("Nynorsk", Alignment.NUMBER),
                            Column("Nordsamisk", Alignment.NUMBER),
                            Column("I alt", Alignment.NUMBER),
                        ),
                        (
                            Row(
                                (
                                    text("Nettskjema"),
                                    text("271"),
                                    text("38"),
                                    text("6"),
                                    text("315"),
                                )
                            ),
                            Row(
                                (
                                    text("E-post og brev med vedlegg"),
                                    text("64"),
                                    text("11"),
                                    text("2"),
                                    text("77"),
                                )
                            ),
                            Row((text("Telefon"), text("19"), text("3"), text("1"), text("23"))),
                            Row((text("Møtereferat"), text("6"), text("2"), text("1"), text("9"))),
                            Row(
                                (text("I alt"), text("360"), text("54"), text("10"), text("424")),
                                total=True,
                            ),
                        ),
                        unit="Antall svar",
                        notes=("Svar på flere språk er regnet med det språket som er mest brukt.",),
                    ),
                ),
            ),
        ),
    )


def senders_chapter() -> Section:
    matrix = Chart(
        id="figur-matrise",
        kind=ChartKind.HEAT_MAP,
        title="Hvem har uttalt seg om hva",
        description="Holdeplasser og avvik engasjerer bredt; anbud engasjerer transportselskapene.",
        categories=GROUPS,
        series=tuple(
            Series(heading, tuple((i * 11 + row * 13) % 38 for row in range(7)))
            for i, (_, heading, _) in enumerate(THEMES)
        ),
        unit="Antall avsendere",
    )
    counts = Chart(
        id="figur-avsendere",
        kind=ChartKind.BAR,
        title="Avsendere etter type",
        description="Privatpersoner og kommuner utgjør over halvparten.",
        categories=GROUPS,
        series=(Series("Avsendere", (58, 94, 11, 23, 17, 9, 187)),),
        unit="Antall avsendere",
    )
    return Section(
        "hvem-har-svart",
        "Hvem har svart",
        (
            paragraph(
                "Vi mottok 424 svar. Etter at 25 var tatt ut eller slått sammen, gjensto 399 "
                "svar som er lest, kodet og oppsummert.",
                lead=True,
            ),
            Table(
                "tabell-flyt",
                "Fra mottatte til analyserte svar",
                (
                    Column("Steg", weight=11),
                    Column("Antall", Alignment.NUMBER, 3),
                    Column("Forklaring", weight=14),
                ),
                (
                    Row((text("Mottatt"), text("424"), text("Alle kanaler"))),
                    Row((text("Tomme eller uleselige"), text("−7"), text("Avsenderne er varslet"))),
                    Row((text("Sendt to ganger"), text("−14"), text("Siste versjon gjelder"))),
                    Row((text("Trukket tilbake"), text("−4"), text("Etter ønske fra avsenderen"))),
                    Row(
                        (text("Analysert"), text("399"), text("Grunnlaget for denne rapporten")),
                        total=True,
                    ),
                ),
            ),
            counts,
            Paragraph(
                (
                    Text("Tallene i "),
                    Ref("figur-avsendere"),
                    Text(" og "),
                    Ref("figur-matrise"),
                    Text(
                        " viser avsendere, ikke underskrifter. En felles uttalelse teller én gang."
                        " Kampanjesvar er omtalt i "
                    ),
                    Ref("metode-kapittel"),
                    Text("."),
                )
            ),
            matrix,
            Section(
                "samiske-innspill",
                "Innspill på samisk",
                (
                    Paragraph(
                        (
                            Text("Ti svar kom på nordsamisk. "),
                            Foreign(text("Sámi mátkeservi"), "se"),
                            Text(" ber om at skilt og opprop følger stedsnavnloven, og at "),
                            Foreign(text("čálalaš diehtojuohkin"), "se"),
                            Text(" finnes på alle holdeplasser i forvaltningsområdet."),
                        )
                    ),
                    Quote(
                        (
                            text(
                                "Buot olbmot galget beassat mátkkoštit dásseárvosaččat. Šilttat, "
                                "áigetabeallat ja dieđut fertejit leat maiddái sámegillii. Ŋ, đ "
                                "ja ŧ "
                                "galget čájehuvvot riekta."
                            ),
                        ),
                        sender="Sámi mátkeservi",
                        reference="2026-0301",
                        language="se",
                    ),
                    Quote(
                        (
                            text(
                                "Alle skal kunne reise på like vilkår. Skilt, rutetabeller og "
                                "informasjon må også finnes på samisk."
                            ),
                        ),
                        sender="Sámi mátkeservi",
                        reference="2026-0301",
                        translated=True,
                    ),
                ),
            ),
        ),
    )


def proposals_chapter() -> Section:
    addressees = ("Departementet", "Fylkeskommunene", "Kommunene", "Reisedirektoratet")
    rows = tuple(
        Row(
            (
                text(f"{index}.{number}"),
                text(change),
                text("Kort sikt" if number % 2 else "Lang sikt"),
                text(addressees[(index + number) % 4]),
            )
        )
        for index, _ in enumerate(THEMES, start=4)
        for number, change in enumerate(CHANGES, start=1)
    )
    return Section(
        "tiltak",
        "Forslag til tiltak på kort og lang sikt",
        (
            paragraph(
                "Tabellen samler alle forslagene. Forslag på kort sikt kan settes i gang "
                "innenfor dagens rammer og avtaler.",
                lead=True,
            ),
            Table(
                "tabell-tiltak",
                "Alle forslag, etter kapittel, tidsrom og hvem de retter seg til",
                (
                    Column("Kap.", weight=2),
                    Column("Tiltak", weight=11),
                    Column("Når", weight=3),
                    Column("Adressat", weight=4),
                ),
                rows,
            ),
            Box(
                "Det vi valgte å ikke foreslå",
                (
                    paragraph(
                        "Flere ba om en nasjonal liste over hva en holdeplass minst må ha. "
                        "Arbeidsgruppen foreslår den ikke nå, fordi behovene er så ulike at "
                        "en slik liste lett blir et tak og ikke et gulv."
                    ),
                ),
                BoxTone.CAUTION,
            ),
        ),
    )


def method_chapter() -> Section:
    return Section(
        "metode-kapittel",
        "Metode",
        (
            paragraph(
                "Hvert svar er lest av to personer. Teksten er delt i utdrag, og hvert utdrag "
                "er knyttet til ett eller flere tema i en kodebok.",
                lead=True,
            ),
            DefinitionList(
                (
                    Definition(
                        "Utdrag",
                        (
                            paragraph(
                                "En sammenhengende del av et svar, så kort som "
                                "den kan være uten å miste meningen."
                            ),
                        ),
                    ),
                    Definition(
                        "Syn på forslag",
                        (
                            paragraph(
                                "Hva avsenderen selv skriver om et "
                                "forslag. Taushet er ikke samtykke."
                            ),
                        ),
                    ),
                    Definition(
                        "Kampanje",
                        (
                            paragraph(
                                "Minst fem svar med samme kjernetekst. De er "
                                "gruppert, og avvikende setninger er lest "
                                "for seg."
                            ),
                        ),
                    ),
                )
            ),
            Paragraph(
                (
                    Text(
                        "Enigheten mellom koderne er målt på et tilfeldig utvalg på 15 prosent. "
                        "Kodeboken er åpen og ligger på "
                    ),
                    Link(
                        text("direktoratets nettsider"), "https://reisedirektoratet.example/kodebok"
                    ),
                    Text("."),
                    FootnoteRef("alfa"),
                )
            ),
            Box(
                "Slik skal tallene leses",
                (
                    paragraph(
                        "Den som har svart, har valgt det selv. Tallene viser derfor bredden "
                        "i synspunkter, ikke hvor vanlige de er i befolkningen."
                    ),
                    bullets(
                        "«Noen få» betyr to eller tre avsendere.",
                        "«Flere» betyr mer enn ti prosent av dem som uttaler seg.",
                        "«Et flertall» betyr mer enn halvparten.",
                    ),
                ),
            ),
        ),
    )


def appendices() -> tuple[Section, ...]:
    senders = tuple(
        SenderGroup(
            group,
            tuple(
                Sender(
                    f"{place} {SUFFIXES[index]}",
                    f"2026-{100 + index * 40 + number:04d}",
                    "Forlenget frist" if number == 4 else "",
                )
                for number, place in enumerate(PLACES)
            ),
        )
        for index, group in enumerate(GROUPS)
    )
    return (
        Section(
            "vedlegg-sporsmal",
            "Spørsmålene i runden",
            (
                paragraph("Spørsmålene er gjengitt ordrett slik de ble stilt."),
                QuestionList(
                    (
                        Question(
                            "1",
                            "Hva er den største hindringen på reisene du gjør, eller lar være å "
                            "gjøre?",
                            "Fortell gjerne om en bestemt reise.",
                        ),
                        Question("2", "Hva fungerer godt der du bor, og hvorfor fungerer det?"),
                        Question(
                            "3",
                            "Støtter du forslaget om felles krav til holdeplasser og terminaler?",
                            "Velg det som ligger nærmest, og forklar med egne ord.",
                        ),
                        Question(
                            "4", "Hvem bør ha ansvaret når en reise går gjennom flere fylker?"
                        ),
                    )
                ),
            ),
            Numbered.APPENDIX,
        ),
        Section(
            "vedlegg-avsendere",
            "Avsendere",
            (
                paragraph("Avsendere som har bedt om å ikke bli navngitt, er ikke med på listen."),
                SenderList(senders),
            ),
            Numbered.APPENDIX,
        ),
    )


def sample_document(*, rounds: int = 1, language: str = "nb") -> Document:
    """The report; more rounds repeat the theme chapters, for measuring."""
    themes = tuple(
        theme_chapter(index, f"{key}{'' if turn == 0 else f'-{turn}'}", heading, about)
        for turn in range(rounds)
        for index, (key, heading, about) in enumerate(THEMES)
    )
    summary = Section(
        "sammendrag",
        "Sammendrag",
        (
            paragraph(
                "399 svar, ni møter og ett tydelig budskap: Reisen er ikke tilgjengelig før "
                "hele kjeden er det.",
                lead=True,
            ),
            paragraph(
                "De fleste som uttaler seg, støtter hovedlinjene i forslaget. Uenigheten "
                "gjelder hvem som skal ha ansvaret, hvor raskt det skal gå, og hva det får "
                "koste. Denne rapporten gjengir synspunktene tema for tema og viser hvilke "
                "forslag arbeidsgruppen legger fram."
            ),
            Box(
                "Rapporten kort fortalt",
                (
                    bullets(
                        "Holdeplasser og varsling ved avvik er de to temaene flest er opptatt av.",
                        "Brukerorganisasjonene vil ha ett samlet ansvar; fylkeskommunene advarer "
                        "mot å "
                        "flytte oppgaver uten at pengene følger med.",
                        "32 forslag legges fram, hvorav 16 kan settes i gang innen ett år.",
                    ),
                ),
            ),
        ),
        Numbered.NO,
    )
    return Document(
        kind=DocumentKind.REPORT,
        title="Hele reisen skal være mulig",
        subtitle="Oppsummering av innspillsrunden om tilgjengelige reisekjeder, med forslag til "
        "tiltak på kort og lang sikt",
        publisher="Reisedirektoratet",
        language=language,
        date=dt.date(2026, 11, 20),
        case_number="2026/1482",
        status="Utkast",
        description="Hva 399 avsendere mener om tilgjengelige reisekjeder.",
        keywords=("universell utforming", "kollektivtransport", "innspill"),
        facts=(
            Fact("Runde", "Tilgjengelige reisekjeder"),
            Fact("Svarfrist", "31. mai 2026, forlenget til 14. juni 2026"),
            Fact("Svar", "424 mottatt, 399 analysert"),
            Fact("Kontakt", "Arbeidsgruppens sekretariat, post@reisedirektoratet.example"),
        ),
        blocks=(
            summary,
            about_chapter(),
            senders_chapter(),
            *themes,
            proposals_chapter(),
            method_chapter(),
            *appendices(),
        ),
        footnotes=(
            Footnote(
                "metode",
                text(
                    "Betegnelsen bygger på hva avsenderen selv skriver. Se kapittelet "
                    "om metode for hvordan syn på forslag er registrert."
                ),
            ),
            Footnote("alfa", text("Krippendorffs alfa var 0,81 for alle tema samlet.")),
        ),
    )
