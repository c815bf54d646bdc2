"""Words that tell people, titles, organisations and letter parts from running text."""

import re

from consult.kernel.text.letters import CAPITALS

_TITLE_HEADS = (
    "leder",
    "leiar",
    "rådgiver",
    "rådgjevar",
    "direktør",
    "sekretær",
    "sjef",
    "ordfører",
    "ordførar",
    "rådmann",
    "ansvarlig",
    "ansvarleg",
    "advokat",
    "jurist",
    "professor",
    "koordinator",
    "medlem",
    "president",
    "konsulent",
    "forsker",
    "forskar",
    "lærer",
    "lærar",
    "rektor",
    "dekan",
    "overlege",
    "lege",
    "psykolog",
    "ombud",
    "kontakt",
    "representant",
    "styrer",
    "styrar",
    "assistent",
    "analytiker",
    "økonom",
    "inspektør",
    "statsforvalter",
    "fylkesmann",
    "byråd",
    "kommunalsjef",
    "varamedlem",
    "advisor",
    "adviser",
    "director",
    "chair",
    "chairperson",
    "head",
    "manager",
    "secretary",
    "officer",
    "ceo",
    "researcher",
    "lecturer",
    "counsel",
    "partner",
    "jođiheaddji",
    "ráđđeaddi",
    "direktevra",
    "doaimmajođiheaddji",
    "hoavda",
    "politiker",
    "fagsjef",
    "prest",
    "biskop",
    "prost",
    "kasserer",
    "kasserar",
    "talsperson",
    "tillitsvalgt",
    "tillitsvald",
    "hovedtillitsvalgt",
    "postdoktor",
    "stipendiat",
    "ingeniør",
    "arkitekt",
    "veileder",
    "rettleiar",
    "prosjektleder",
    "redaktør",
    "spesialist",
    "terapeut",
    "fullmektig",
)
_TITLE_OPENERS = frozenset((
    "første", "fyrste", "daglig", "dagleg", "konstituert", "kst.", "fung.", "fungerende",
    "ass.", "assisterende", "assisterande", "administrerende", "administrerande", "politisk",
    "faglig", "fagleg", "senior", "adm.", "juridisk", "teknisk", "seniorrådgiver", "1.", "2.",
    "andre", "vice", "deputy", "senior", "chief", "executive", "general", "managing",
    "spesial", "medisinsk",
))  # fmt: skip
_ORGANISATION = re.compile(
    r"(?:\b(?:as|asa|sa|ba|kf|iks|hf|rhf|lo|nho|ks|nav|nrk|sv|norges|norsk|norske|den norske|noregs"
    r"|unge|foreningen|foreininga|stiftelsen|stiftinga|sametinget|sámediggi|saemiedigkie"
    r"|landslaget|university|institute|association|agency|ministry|council|union|trust|society"
    r"|styret|universitet|ntnu|oslomet|statsforvalteren|statsforvaltaren|bispedømme)\b"
    r"|(?:kommune|kommunen|departement|departementet|direktorat|direktoratet|forbund|forbundet"
    r"|forening|foreningen|foreining|lag|laget|slag|organisasjon|organisasjonen|universitetet"
    r"|høgskole|høgskolen|høgskulen|høyskole|høyskolen|rådet|råd|nemnda|nemnd|etaten|etat|tilsynet"
    r"|tilsyn|stiftelse|samband|sambandet|institutt|instituttet|senter|senteret|utvalg|utvalget"
    r"|utval|utvalet|foretak|sykehus|sjukehus|kirke|museum|museet|bibliotek|skole|skule|klubb"
    r"|nettverk|nettverket|fellesskap|allianse|alliansen|suohkan|gielda|tjïelte|searvi|lávdegoddi"
    r"|ombudet|verket|fylket|mannslag|federasjon|fagforbund|arkivet|kontoret|avdelinga|avdelingen"
    r"|avdeling|seksjon|seksjonen|enhet|enheten|samfunn|samfunnet|krets|region)\b)",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(rf"^[{CAPITALS}][\w'’.\-]*$")
_PARTICLES = frozenset(("van", "von", "de", "der", "den", "af", "av", "la", "du", "bin", "al"))
_NO_NAME_WORDS = frozenset((
    "for", "med", "til", "fra", "sign", "etter", "på", "vegne", "vennlig", "hilsen", "dato",
    "sted", "underskrift", "vedlegg", "kopi", "side", "dokumentet", "telefon", "tlf",
    "postboks", "oslo", "bergen", "trondheim", "stavanger", "tromsø", "norge", "noreg",
))  # fmt: skip
_GIVEN_NAMES = frozenset((
    "aina", "aleksander", "amalie", "amina", "anders", "andreas", "ane", "ann", "anna", "anne",
    "anniken", "are", "arild", "arne", "aslak", "astrid", "aud", "axel", "benedicte", "bente",
    "berit", "biret", "bjarne", "bjørg", "bjørn", "bodil", "brit", "cathrine", "cecilie",
    "christian", "christine", "dag", "daniel", "egil", "einar", "eirik", "eli", "elin",
    "elisabeth", "elle", "ellen", "elsa", "emil", "emma", "erik", "erlend", "espen", "eva",
    "fatima", "fredrik", "frode", "geir", "gerd", "grete", "grethe", "gro", "gunn", "gunnar",
    "gunvor", "guri", "håkon", "halvor", "hanna", "hanne", "hans", "harald", "hege", "heidi",
    "helene", "helge", "henrik", "hilde", "hildur", "idar", "ida", "inga", "inge", "inger",
    "ingrid", "ingunn", "ivar", "jan", "janne", "jens", "joar", "johan", "johannes", "john",
    "jon", "jonas", "jorunn", "jørgen", "kai", "kari", "karin", "karl", "kim", "kirsten",
    "kjell", "kjersti", "kjetil", "knut", "kristian", "kristin", "kristina", "kristine",
    "kristoffer", "lars", "lasse", "laila", "leif", "lena", "linda", "line", "lise", "liv",
    "lise", "lotte", "magnus", "mai", "maja", "malin", "marcus", "margit", "maria", "mari",
    "marianne", "marie", "marit", "markus", "mats", "mette", "mia", "mikkel",
    "mohammed", "mona", "morten", "máret", "måns", "nils", "nina", "njål", "odd", "ola",
    "olav", "ole", "oda", "oddny", "pål", "per", "peter", "petter", "ragnar", "ragnhild",
    "randi", "reidar", "rikke", "rita", "roald", "roar", "robert", "rolf", "ronny", "rune",
    "ruth", "signe", "sigrid", "sigurd", "silje", "siri", "sissel", "siv", "sofie", "solveig",
    "stein", "steinar", "stian", "stig", "stine", "sunniva", "svein", "sverre", "synnøve",
    "terje", "thea", "thomas", "thor", "thorbjørn", "tina", "tom", "tomas", "tommy", "tone",
    "tor", "tora", "tore", "torill", "torstein", "toril", "torunn", "tove", "trine", "trond",
    "truls", "trygve", "turid", "unn", "unni", "vegard", "vibeke", "victoria", "vidar",
    "vigdis", "yngve", "øystein", "øyvind", "åge", "åse", "åshild",
))  # fmt: skip


def is_organisation(text: str) -> bool:
    """Whether the words name an organisation or a part of one."""
    return bool(_ORGANISATION.search(text))


def is_title_head(word: str) -> bool:
    """Whether the word is what somebody is: "rådgiver", "forbundssekretær", "Director"."""
    folded = word.strip(".,;()").casefold()
    return folded.endswith(_TITLE_HEADS) and len(folded) > 2


def opens_title(word: str) -> bool:
    """Whether the word stands before what somebody is: "første", "daglig"."""
    return word.strip(",;()").casefold() in _TITLE_OPENERS


def count_title_heads(words: list[str]) -> int:
    """How many people the titles in a row of words belong to.

    "leder og rådgiver" and "leder/rådgiver" are one person's.
    """
    count = 0
    joined = False
    for word in words:
        if word.casefold() in ("og", "and", "for", "i", "/", "&", "ved", "av"):
            joined = True
            continue
        if is_title_head(word) and not joined:
            count += 1
        joined = word.endswith(",")
    return count


def is_given_name(word: str) -> bool:
    """Whether the word, or the first part of a double name, is a common given name."""
    folded = word.casefold()
    return folded in _GIVEN_NAMES or folded.partition("-")[0] in _GIVEN_NAMES


def is_name_word(word: str) -> bool:
    """Whether the word may be a part of a person's name."""
    return (
        (bool(_NAME_WORD.match(word)) or word in _PARTICLES)
        and word.casefold() not in _NO_NAME_WORDS
        and not is_title_head(word)
        and not word.endswith((".no", ".com"))
    )


def is_person(text: str) -> bool:
    """Whether the text is a person's name: two to five name words, no organisation."""
    words = text.split()
    if not 2 <= len(words) <= 5 or not all(is_name_word(word) for word in words):
        return False
    if words[0] in _PARTICLES or words[-1] in _PARTICLES:
        return False
    if text.isupper():
        return is_given_name(words[0]) and not is_organisation(text)
    return is_given_name(words[0]) or not is_organisation(text)
