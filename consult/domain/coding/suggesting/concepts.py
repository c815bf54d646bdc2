"""Words of public life in Norway that speak of the same thing: what a bare count of words misses.

A codebook says «transport» and a letter says «the bus is full». Nobody's codebook is in here: the
groups are everyday vocabulary, written for any hearing, and a word may stand in several of them. A
compound belongs where its first and its last part do. Words are compared as stems, in which bokmål
and nynorsk meet.
"""

from functools import cache

from consult.kernel.text.stems import analyse

_GROUPS = """# Getting about
transport reise reisevei skyss samferdsel forflytning mobilitet pendle kjøre køyre ferdes
kollektiv buss trikk tog bane ferje ferge hurtigbåt minibuss taxi drosje avgang rute rutetilbud
  holdeplass stasjon billett takst perrong
bil kjøretøy elbil lastebil trailer tungtransport vogntog trafikk trafikant bilist kø rushtid
parkering parkeringsplass garasje lading ladestasjon
vei veg gate riksvei fylkesvei motorvei bru bro tunnel rundkjøring kryss asfalt brøyte hull
sykkel sykle gange gående fotgjenger fortau gangvei gangfelt snarvei fotgjengar sykkelvei
trafikksikkerhet ulykke fart fartsgrense påkjørt krysse mørke belysning gatelys farlig
avstand mil kilometer langt avsides reisetid omvei nærhet gangavstand

# Place, building, land
bygg bygning hus lokale anlegg rom etasje vegg tak vindu tilbygg brakke paviljong
bolig bustad leilighet hybel utleie husleie bo boligmarked omsorgsbolig kommunalbolig tomannsbolig
byggehøyde høyde høyhus blokk etasje fortetting tett utnyttelse utnyttelsesgrad volum skygge sol
  utsikt silhuett kvartal tomt
utbygging regulering reguleringsplan arealplan areal kommuneplan byggefelt utbygger byggesak
  plankart
vedlikehold råte forfall lekkasje reparere oppussing slitt muggsopp rust restaurere tilstand
inneklima ventilasjon luft fukt kulde trekk støv temperatur varme mugg
verne vern fredning fredet kulturminne kulturmiljø verneverdig historie historisk antikvarisk
  museum byggeskikk arkeologisk riksantikvar gammel gravhaug fasade
strand strandsone kyst sjø fjord hav fjære kai brygge havn båt svaberg holme skjærgård
friluftsliv tur turvei løype sti badeplass bade rekreasjon utmark allemannsrett ski skiløype kano
park lekeplass grøntområde uteområde torg møteplass benk grønt
sentrum by bydel tettsted bybilde torg handlegate
bygd grend distrikt distriktene landsby øy utkant bosetting fraflytting tilflytting lokalsamfunn
  fraflytte utkantene grisgrendt

# Nature and climate
natur naturmangfold art dyr fugl fisk plante økologi økosystem biotop leveområde rødliste hekke
  insekt villrein rovdyr vassdrag myr skog våtmark truet
klima utslipp klimagass karbon co2 fossil grønn bærekraft klimamål oppvarming fornybar
forurensing miljø støy avfall søppel kloakk gift plast rensing avløp miljøgift resirkulere
  ureining
flom ras skred overvann havnivå stormflo kvikkleire grunnforhold oversvømmelse skybrudd beredskap
  ekstremvær sikring uvær erosjon vann flaum vatn
energi strøm straum kraft vindkraft vindmølle nett strømpris vannkraft solcelle kraftlinje
landbruk jordbruk bonde gård åker jord dyrket matjord beite husdyr skogbruk drift gardbrukar
  avling
fiskeri fiske fisker oppdrett laks lakselus merd kvote fangst mottak

# Economy and work
økonomi penger kroner kostnad koste utgift budsjett regning pris dyr rimelig gratis økonomisk
spare innsparing kutt nedskjæring effektivisering besparelse redusere gevinst underskudd
  nedleggelse
finansiering tilskudd bevilgning midler investering lån rente støtteordning overføring ramme
  rammetilskudd øremerket statlig tilskot løyving
skatt avgift gebyr moms egenandel eiendomsskatt toll satser takst
fattig fattigdom gjeld inkasso matkø husleie levekår sosialhjelp utbetaling inntekt livsopphold
  trygd stønad ytelse satsen regninger dagpenger uføretrygd
lønn tariff betalt lønnsoppgjør overtid tillegg inntekt honorar løn
arbeid jobb yrke stilling sysselsetting arbeidsplass yrkesliv ansettelse arbeidsledig arbeidsliv
  karriere arbeidsmarked arbeidssøker
tiltak kurs praksis praksisplass arbeidstrening arbeidsprøving lønnstilskudd kvalifisering cv
  mentor
arbeidsgiver bedrift sjef leder virksomhet ansette arbeidsgivar leiar
næring næringsliv bedrift industri firma verdiskaping gründer næringsdrivende verksted verft
  verksemd
handel butikk kunde varehandel kjøpesenter marked salg restaurant forbruker
reiseliv turist turisme hotell camping hytte besøkende cruise overnatting bobil
konkurranse anbud anskaffelse leverandør privat kommersiell privatisering innkjøp marked

# Staff, competence
ansatte bemanning personell medarbeider folk stillinger årsverk vikar vaktliste turnus
  grunnbemanning bemanningsnorm vakt helgevakt
rekruttering rekruttere beholde søker ubesatt ledig fagfolk oppsigelse slutte turnover mangel
arbeidsmiljø arbeidsvilkår sykefravær stress slitasje arbeidspress tidspress utbrent belastning
  hms arbeidsbelastning
kompetanse kunnskap utdanning fagkunnskap opplæring kurs etterutdanning videreutdanning
  kvalifikasjon erfaring faglig fag
fagforening tillitsvalgt medbestemmelse verneombud partene arbeidstaker tariffavtale hovedavtale
  organisert

# Children, school
barn unge ungdom elev barnehage oppvekst baby småbarn tenåring jente gutt unger dattera sønn born
skole skule undervisning klasse klasserom time trinn grunnskole ungdomsskole videregående læreplan
  pensum lekse fag
lærer pedagog kontaktlærer rektor assistent barnehagelærer lærernorm klassestørrelse elevtall
  lærar
læring mestring karakter eksamen prøve resultat lese skrive matematikk engelsk naturfag utbytte
mobbing trivsel vennskap venn utenfor utenforskap ensom utestenge erte plage leke friminutt
  skolemiljø psykososial jevnaldrende uvenner
barnevern omsorgssvikt fosterhjem akuttplassering omsorgsovertakelse beredskapshjem
fritid idrett idrettslag fotball kulturskole korps klubb fritidsklubb aktivitet trening lag
  forening svømmehall idrettshall
student studier universitet høgskole fagskole forskning forsker campus studie stipend

# Health and care
lege fastlege doktor allmennlege legekontor legetime resept legesenter pasientliste henvisning
sykehus helseforetak spesialist avdeling operasjon utskrivning poliklinikk innleggelse helse
  spesialisthelsetjeneste behandling pasient sykepleier sjukehus spesialisthelseteneste
akutt legevakt ambulanse nødetat nødsentral luftambulanse helikopter hjertestarter responstid
  utrykning brann hjertestans blålys
psykisk psykolog angst depresjon selvmord terapi traume psykiatri sinn helsesykepleier helsesøster
  samtale
rus narkotika alkohol avhengighet avrusing drikke overdose lar ettervern pille edru nykter
  pengespill skadereduksjon sprøyte
eldre eldreomsorg sykehjem hjemmesykepleie hjemmetjeneste demens hjemmehjelp gammel omsorg stell
  pensjonist aldershjem åtti nitti alderdom heimesjukepleie heimehjelp heimeteneste sjukeheim
pårørende ektefelle avlastning søsken mor far kone mann foreldre foresatte familie nærmeste
  besteforeldre
funksjonsnedsettelse rullestol universell tilgjengelighet hjelpemiddel assistanse bpa blind syn
  hørsel døv tegnspråk skjermleser utviklingshemming funksjonshemmet tilrettelegging
syk sykdom diagnose smerte kronisk kreft plager skade ufør sykmelding rehabilitering sjuk sjukdom
legemiddel medisin apotek vaksine dosett tablett bivirkning
forebygging folkehelse lavterskel helsestasjon kosthold ernæring røyking fysisk

# Government, law, process
prosess medvirkning høring folkemøte innspill involvere påvirke medbestemme rådføre uttale høyre
  innbygger dialog høringsfrist lytte brukermedvirkning høyring medverknad påverke
frist tidsfrist utsette utsettelse høringsperiode sommerferie forhaste
utredning konsekvensutredning beregning grunnlag prognose tall analyse statistikk framskriving
  evaluering regnestykke dokumentere utgreiing saksutgreiing
lov lovverk paragraf regelverk forskrift hjemmel lovforslag bestemmelse rettslig juridisk lovfeste
  lovtekst lovendring
rett rettighet krav rettssikkerhet klage klageadgang anke avslag vedtak begrunnelse klageinstans
  likebehandling advokat jurist omgjøre klagerett omgjort domstol grunngjeving rettstryggleik
skjønn vurdering individuell unntak dispensasjon kriterier vilkår
tilsyn kontroll sanksjon straff bot revisjon håndheve misbruk juks overtredelse
ansvar oppgavefordeling roller myndighet forvaltningsnivå departement direktorat fylkeskommune
  kommune stat fylke statsforvalter ansvarsfordeling
samarbeid samhandling koordinering koordinator samordne samarbeidspartner tverrfaglig helhetlig
  partnerskap samordning
organisering struktur sammenslåing reform omorganisering sentralisering kontorstruktur enhet
  modell sammenslått interkommunal
politikk politiker kommunestyre storting regjering valg demokrati folkevalgt flertall parti
byråkrati rapportering skjemavelde administrasjon papirarbeid forenkle administrativ merarbeid
  tungvint
dokumentasjon attest kvittering bekreftelse erklæring legeerklæring papir vedlegg bevis
  opplysninger fødselsattest kopi kontoutskrift stempel
åpenhet innsyn offentlighet informasjon informere orientere kunngjøre nettside

# Services, contact
ventetid vente kø behandlingstid saksbehandlingstid forsinkelse treg sein sen måned venteliste
  svartid raskt lenge uker purre
åpningstid åpen stengt dør drop-in timebestilling oppmøte kontor bemannet mottak skranke
  publikumsmottak lukket vakt opningstid open
telefon ringe samtale chat svare kontakt kontaktsenter tastevalg sentralbord
veileder saksbehandler veiledning hjelp bistand råd rettleiar rettleiing oppfølging kontaktperson
respekt verdighet empati vennlig nedlatende mistillit tillit holdning ydmykende mistro tone smil
  lytte møtt skam behandlet sett hørt
lokal nær nærhet fysisk stedlig nærkontor tjenestested lokalkunnskap tilstedeværelse
språk forstå klarspråk ord formulering uforståelig vanskelig begrep lese brev tolk oversette tekst
  begripe norsk morsmål
digital nett nettside app mobil nettbrett pc skjerm data datasystem teknologi it programvare
  selvbetjening nettbasert internett bredbånd
innlogging bankid passord logge elektronisk kodebrikke minid
feil teknisk feilmelding nede krasje henge virke lagre laste knapp nettleser system skjema
personvern taushetsplikt sikkerhet personopplysning samtykke overvåking innsyn gdpr sensitiv lekke
journal register integrasjon deling dataflyt epikrise fagsystem datadeling system
kunstig intelligens algoritme automatisert robot maskinlæring ki automatisering
søknad søke skjema søknadsskjema fylle melde registrere innsending
kvalitet standard forsvarlig tjenestekvalitet tilbud tjeneste tjenestetilbud teneste tenestetilbod

# People, society
innvandrer flyktning integrering minoritet språkopplæring asyl norskkurs bosetting
  introduksjonsprogram fremmedspråklig
same samisk urfolk reindrift sameting kven nasjonal minoritet
diskriminering likestilling rasisme kjønn kvinne mann likhet mangfold hets trakassering lhbt
utsatt sårbar utenforskap marginalisert vanskeligstilt svak hjemløs bostedsløs enslig einsleg
kultur kunst bibliotek teater konsert kino musikk festival kunstner film litteratur kulturhus
  kulturtilbod
frivillig frivillighet dugnad ideell organisasjon lag sanitetsforening ildsjel røde kors
religion kirke tro livssyn menighet gravplass moske prest kristen kyrkje
identitet tilhørighet fellesskap samhold bygda naboskap nabo samlingspunkt tradisjon hjemsted
vold overgrep kriminalitet politi trygghet utrygg hærverk krisesenter voldtekt tyveri straffesak
  tryggleik vald
fengsel innsatt soning kriminalomsorg løslatelse straffedømt domfelt
forsvar krig totalforsvar tilfluktsrom sivilforsvar krise sikkerhetspolitisk
medier avis journalist presse ytringsfrihet sosiale plattform desinformasjon kringkasting
mat måltid kosthold matvare skolemat lunsj frukt kantine kjøkken middag
dyrevelferd hund katt kjæledyr husdyr veterinær løsdrift
"""
"""One group on each line; a line that begins with blanks belongs to the one above."""


_SHORTEST_PART = 4  # letters of a part of a compound
_SHORT, _TAKEN = 3, 2  # a stem this short says little of a word that lost more than so many letters


def concepts_of(stem: str, spelling: str) -> tuple[int, ...]:
    """The groups that a word belongs to, or else its first and its last part.

    Args:
        stem: What stands for all forms of the word.
        spelling: The word in lower case, folded inside.
    """
    groups = _by_word()
    whole = groups.get(stem) or groups.get(spelling)
    if whole:
        return whole
    found: list[int] = []
    for first in range(len(stem) - _SHORTEST_PART, _SHORTEST_PART - 2, -1):
        if part := groups.get(stem[:first]):
            found += part
            break
    for last in range(2, len(stem) - _SHORTEST_PART + 1):
        if part := groups.get(stem[last:]):
            found += part
            break
    return tuple(dict.fromkeys(found))


@cache
def _by_word() -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, group in enumerate(_groups()):
        for written in group:
            word = analyse(written)
            lost = len(written) - len(word.stem)
            is_vague = len(word.stem) <= _SHORT and lost > _TAKEN
            key = word.beginnings[-1] if is_vague else word.stem
            if number not in found.setdefault(key, []):
                found[key].append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def _groups() -> list[list[str]]:
    lines = (one for one in _GROUPS.replace("\n  ", " ").splitlines() if one)
    return [one.split() for one in lines if not one.startswith("#")]
