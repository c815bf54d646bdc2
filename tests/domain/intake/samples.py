"""Answers by invented people and organisations, in the shapes that answers come in."""

from datetime import date

from consult.domain.intake.types import Target, TargetKind
from tests.domain.intake.letters import (
    Letter,
    bullet,
    closing,
    head,
    heading,
    paragraph,
    signature,
    table,
    title,
)

QUESTIONS = (
    Target(TargetKind.QUESTION, "q1", "Hvordan bør ordningen finansieres?", "", "1"),
    Target(
        TargetKind.QUESTION,
        "q2",
        "Hvilke oppgaver bør ligge hos kommunene i årene framover?",
        "",
        "2",
    ),
    Target(TargetKind.QUESTION, "q3", "Hva skal til for at flere unge deltar?", "", "3"),
)
PROPOSALS = (
    Target(TargetKind.PROPOSAL, "p1", "Rammetilskudd til bibliotekene", "", "3.1"),
    Target(TargetKind.PROPOSAL, "p2", "Meldeplikt for driftsavbrudd", "", "3.2"),
    Target(TargetKind.PROPOSAL, "p3", "Felles opplæring av veiledere", "", "3.3"),
)

MONEY = (
    "Vi mener at ordningen bør finansieres over rammetilskuddet. Da kan kommunene planlegge for "
    "flere år om gangen, og små kommuner slipper å søke om midler hvert eneste år."
)
TASKS = (
    "Kommunene bør ha ansvaret for den daglige driften, mens fylkeskommunen samordner kjøp av "
    "utstyr og opplæring. Slik får innbyggerne ett sted å henvende seg, og fagmiljøene "
    "blir store nok."
)
YOUNG = (
    "Unge deltar når de blir spurt om noe som angår dem, og når de får se hva som ble gjort med "
    "svarene. Skolene må derfor få tid til dette i timeplanen og ikke bare på enkelte temadager."
)
THANKS = "Vi håper innspillet er til nytte, og stiller gjerne i et møte om saken."


LETTER_WITH_HEAD = Letter(
    "letter with head",
    (
        head("Granli kommune", "Postboks 12", "2999 GRANLI"),
        head("Arbeids- og inkluderingsdepartementet", "Postboks 8019 Dep", "0030 OSLO"),
        head(
            "Vår ref: 2026/1234-5\tDeres ref: 26/4711", "Dato: 12.10.2026\tSaksbehandler: Tuva Lien"
        ),
        title("Høringssvar – forslag til ny bibliotekordning"),
        paragraph(
            "Granli kommune viser til høringsbrevet og takker for anledningen til å uttale seg."
        ),
        heading("3.1 Rammetilskudd til bibliotek"),
        paragraph(MONEY),
        heading("3.2 Meldeplikt ved driftsavbrudd"),
        paragraph(TASKS),
        bullet("Meldingen må kunne sendes på nett."),
        bullet("Fristen bør være 24 timer, ikke 12.", 1),
        bullet("Gebyr frarådes."),
        heading("3.3 Opplæring"),
        paragraph(YOUNG),
        paragraph(THANKS),
        closing("Med vennlig hilsen"),
        signature(("Tuva Lien", "Aslak Moen Dahl"), ("ordfører", "kommunedirektør")),
        paragraph("Dokumentet er elektronisk godkjent og har derfor ingen håndskrevet signatur."),
    ),
    {
        "sender": "Granli kommune",
        "recipient": "Arbeids- og inkluderingsdepartementet",
        "document_date": date(2026, 10, 12),
        "our_ref": "2026/1234-5",
        "their_ref": "26/4711",
        "language": "nb",
        "signatories": [("Tuva Lien", "ordfører"), ("Aslak Moen Dahl", "kommunedirektør")],
        "answers": {"p1": [MONEY], "p2": [TASKS, "\n  - Fristen bør"], "p3": [YOUNG]},
        "general": [THANKS],
    },
)

_INLINE_PARTS = (
    head("Oslo, 5. mars 2026"),
    title("Innspill til ny ordning", look="bold"),
    paragraph(
        "Ungdomsrådet i Granli har drøftet saken i to møter og sender med dette sine innspill."
    ),
    heading("Spørsmål 1: Hvordan bør ordningen finansieres?", look="bold"),
    paragraph(MONEY),
    heading("Spørsmål 2: Hvilke oppgaver bør ligge hos kommunene i årene framover?", look="bold"),
    bullet("Daglig drift.", look="-"),
    bullet("Opplæring av nye ansatte.", look="-"),
    heading("Spørsmål 3", look="bold"),
    paragraph(YOUNG),
    closing("Vennlig hilsen"),
    signature(("Eira Nygård",), ("leder i ungdomsrådet",)),
)
INLINE_QUESTIONS = Letter(
    "questions answered in line",
    _INLINE_PARTS,
    {
        "document_date": date(2026, 3, 5),
        "signatories": [("Eira Nygård", "leder i ungdomsrådet")],
        "answers": {
            "q1": [MONEY],
            "q2": ["- Daglig drift.\n- Opplæring av nye ansatte."],
            "q3": [YOUNG],
        },
    },
)

CAPS_AND_LETTERS = Letter(
    "capitals and lettered lists",
    (
        title("HØRINGSUTTALELSE OM NY ORDNING", look="plain"),
        paragraph(
            "Norsk Fjordforening er en frivillig organisasjon med 400 medlemmer langs kysten."
        ),
        heading("Finansiering av ordningen", look="caps"),
        paragraph(MONEY),
        bullet("Tilskuddet må indeksreguleres.", look="a)"),
        bullet("Små kommuner må få et grunnbeløp.", look="b)"),
        bullet("Ordningen må evalueres etter tre år.", look="c)"),
        heading("Oppgaver hos kommunene", look="caps"),
        paragraph(TASKS),
        heading("Unge som deltar", look="caps"),
        paragraph(YOUNG),
        closing("Med hilsen"),
        signature(("NORSK FJORDFORENING",)),
        signature(("Jorunn Vik",), ("generalsekretær",)),
    ),
    {
        "sender": "NORSK FJORDFORENING",
        "document_date": None,
        "our_ref": None,
        "signatories": [("Jorunn Vik", "generalsekretær")],
        "answers": {
            "q1": [MONEY, "- b) Små kommuner må få et grunnbeløp."],
            "q2": [TASKS],
            "q3": [YOUNG],
        },
    },
)

NYNORSK = Letter(
    "nynorsk letter",
    (
        head("Fjellheim kommune", "Dato: 2026-10-12"),
        title("Høyringsfråsegn om ny ordning"),
        paragraph("Fjellheim kommune har ikkje merknader til alle punkta, men vil peike på noko."),
        heading("1. Korleis bør ordninga finansierast?", look="underlined"),
        paragraph(
            "Me meiner at ordninga bør finansierast over rammetilskotet. Då slepp "
            "kommunane å søkje om "
            "midlar kvart år, og dei kan leggje planar for fleire år om gongen saman med fylket."
        ),
        heading("2. Kva oppgåver bør liggje hjå kommunane?", look="underlined"),
        paragraph(
            "Kommunane bør ha ansvaret for den daglege drifta. Fylkeskommunen kan samordne kjøp av "
            "utstyr, men det må ikkje føre til at innbyggjarane får lengre veg til tenestene."
        ),
        closing("Med venleg helsing"),
        signature(("Synnøve Tveit",), ("rådgjevar",)),
    ),
    {
        "sender": "Fjellheim kommune",
        "document_date": date(2026, 10, 12),
        "language": "nn",
        "signatories": [("Synnøve Tveit", "rådgjevar")],
        "answers": {"q1": ["rammetilskotet"], "q2": ["daglege drifta"]},
    },
)

# Names of places and bodies only: no Sámi sentence is made by a machine or by us.
SAMI = Letter(
    "names in Northern Sámi",
    (
        title("Gulaskuddan"),
        paragraph(
            "Kárášjohka, Guovdageaidnu, Deatnu, Unjárga, Porsáŋgu, Gáivuotna, Loabát, Omasvuotna, "
            "Skánit, Evenášši, Divttasvuotna, Ruoŧŧavárri, Čáhcesuolu, Báhcavuotna."
        ),
        heading("Spørsmål 1", look="bold"),
        paragraph(
            "Sámediggi, Guovdageainnu suohkan, Kárášjoga gielda, Deanu gielda, Unjárgga gielda, "
            "Porsáŋggu gielda, Gáivuona suohkan, Loabága suohkan."
        ),
        signature(("Áile Márjá Čáhppesluokta",), ("saksbehandler",)),
    ),
    {
        "language": None,
        "signatories": [("Áile Márjá Čáhppesluokta", "saksbehandler")],
        "answers": {"q1": ["Deanu gielda, Unjárgga gielda"]},
    },
)

MAIL = Letter(
    "mail without headings",
    (
        paragraph("Hei"),
        paragraph(
            "Jeg har lest forslaget og synes ikke det er godt nok for oss som bor langt fra byen."
        ),
        paragraph(MONEY),
        paragraph("Ta gjerne kontakt om noe er uklart."),
        closing("Mvh"),
        signature(("Per Olav Hegg",)),
    ),
    {
        "document_date": None,
        "signatories": [("Per Olav Hegg", None)],
        "answers": {},
        "general": [MONEY],
        "warnings": {"no_headings"},
    },
)

ENGLISH = Letter(
    "English letter",
    (
        head("Date: 12 October 2026\tOur ref: EL-77/26"),
        title("Consultation response: a new scheme"),
        paragraph(
            "We welcome the opportunity to respond, and we are glad that the scheme is considered."
        ),
        heading("Question 1"),
        paragraph(
            "The scheme should be paid for by the state. It would not be fair to leave "
            "the costs with "
            "the smallest municipalities, which have the fewest people to share them."
        ),
        heading("Question 3"),
        paragraph(
            "Young people take part when they are asked about things that matter to them "
            "and when they "
            "can see what was done with the answers they gave."
        ),
        closing("Yours sincerely"),
        signature(("Ellen Brook", "John Marsh"), ("Director", "Head of Policy")),
    ),
    {
        "document_date": date(2026, 10, 12),
        "our_ref": "EL-77/26",
        "language": "en",
        "signatories": [("Ellen Brook", "Director"), ("John Marsh", "Head of Policy")],
        "answers": {"q1": ["paid for by the state"], "q3": ["asked about things"]},
    },
)

MINUTES = Letter(
    "minutes with tables",
    (
        head("Sandnes-Vik kommune", "Særutskrift"),
        table(
            ("Saksnummer", "Utvalg", "Møtedato"),
            ("41/26", "Formannskapet", "03.09.2026"),
        ),
        title("Høringssvar: ny ordning"),
        heading("Saksopplysninger"),
        paragraph(
            "Departementet har sendt forslaget på høring. Saken gjelder drift og "
            "finansiering av ordningen."
        ),
        heading("Vurdering"),
        paragraph(
            "Kommunedirektøren legger vekt på at ordningen må være enkel å bruke for "
            "innbyggerne i hele kommunen."
        ),
        table(
            ("Hvordan bør ordningen finansieres?", MONEY),
            ("Hva skal til for at flere unge deltar?", YOUNG),
        ),
        heading("Vedtak"),
        paragraph(
            "Formannskapet slutter seg til høringssvaret slik det foreligger, mot to stemmer."
        ),
    ),
    {
        "document_date": None,
        "answers": {"q1": [MONEY], "q3": [YOUNG]},
        "general": ["Formannskapet slutter seg"],
    },
)

LETTERS = (
    LETTER_WITH_HEAD,
    INLINE_QUESTIONS,
    CAPS_AND_LETTERS,
    NYNORSK,
    SAMI,
    MAIL,
    ENGLISH,
    MINUTES,
)
