"""Where an answer seems to stand on a proposal, by turns of phrase of Norwegian hearing letters.

A list of phrases in bokmål and nynorsk, not a learned model: stances are few, and anybody can read
here why one was suggested. A phrase in a sentence that speaks of others ("noen støtter") says
nothing about the sender and is passed over.
"""

import re
from collections.abc import Iterable, Iterator

from consult.domain.coding.rules import sentences
from consult.domain.coding.suggesting.types import SuggestedStance
from consult.domain.submissions.types import Stance, StanceModifier

EDITION = 1
"""Grows when the same words would be read in another way; kept with each stance accepted."""

_NOT = r"(?:ikke|ikkje)"
_SUPPORTS = r"(?:støtter|støttar|stør|støtte)"
_AGREES = r"(?:enige?|einige?|samde?|samd)"
_OFTEN = r"(?:\w+\s){0,3}?"

_PHRASES: tuple[tuple[Stance, tuple[str, ...]], ...] = (
    (
        Stance.NO_COMMENTS,
        (
            rf"(?:har|hadde) (?:ingen|{_NOT}) (?:særlige |ytterligere )?(?:merknad|kommentar)\w*",
            r"uten merknad\w*",
            r"utan merknad\w*",
        ),
    ),
    (
        Stance.NO_POSITION,
        (
            rf"tar {_NOT} (?:\w+ )?(?:stilling|standpunkt)",
            rf"tek {_NOT} (?:\w+ )?(?:stilling|standpunkt)",
            rf"(?:ønsker|ynskjer|ønskjer) {_NOT} å (?:uttale|mene|meine)\w*",
            rf"har {_NOT} (?:tatt|teke) (?:stilling|standpunkt)",
            rf"vil {_NOT} (?:uttale seg|ta (?:stilling|standpunkt))",
        ),
    ),
    (
        Stance.OPPOSE,
        (
            rf"{_SUPPORTS} (?:derfor |difor )?{_NOT}",
            rf"(?:kan|vil) {_NOT} (?:støtte|stø|gå inn for|slutte (?:oss|seg))",
            r"(?:går|gå) (?:\w+ )?(?:imot|mot)\b",
            r"(?:er|stiller oss|stiller seg|stiller) (?:\w+ )?(?:imot|kritiske?|negative?)\b",
            r"(?:frarår|fraråder|fraråde|rår frå|rår ifrå|rå ifrå|avviser|avvise|åtvarar)\b",
            r"advarer (?:\w+ )?mot",
            r"(?:uenige?|usamde?|ueinige?) i",
            rf"er {_NOT} {_AGREES}",
            rf"bør {_NOT} (?:innføres|gjennomføres|vedtas|bli|skje|innførast|gjennomførast)",
            r"(?:bør|må) (?:\w+ )?(?:forkastes|trekkes|avvises|skrinlegges|leggast bort)",
            r"et dårlig forslag",
            r"eit dårleg framlegg",
        ),
    ),
    (
        Stance.SUPPORT_PARTLY,
        (
            rf"{_SUPPORTS} (?:bare |berre )?(?:delvis|deler|delar|halve|dels)",
            rf"(?:delvis|dels|til dels|bare delvis) {_AGREES}",
            rf"{_AGREES} i (?:noe|deler|noko|delar)",
            rf"(?:ser|seier) (?:\w+ )?(?:nytten|nytta) av {_OFTEN}men",
        ),
    ),
    (
        Stance.SUPPORT,
        (
            rf"{_SUPPORTS}(?! (?:derfor |difor )?{_NOT})",
            r"(?:slutter|sluttar|slutte) (?:oss|seg) (?:\w+ )?til",
            r"(?:gir|gjev|gi) (?:\w+ ){0,3}(?:tilslutning|tilslutnad|støtte)\b",
            rf"(?:er|sier oss|seier oss) (?:\w+ )?{_AGREES} (?:i|med|om)\b",
            r"(?:ser|stiller oss|stiller seg|er) (?:\w+ )?positive?t? (?:på|til|for)\b",
            r"(?:går|gå) (?:\w+ )?inn for\b",
            r"(?:ønsker|ynskjer|ønskjer) (?:\w+ ){1,4}velkom\w+",
            r"(?:stiller|stille) (?:oss|seg) (?:\w+ )?bak",
            r"(?:et|eit) (?:veldig |svært )?(?:godt|bra|viktig) (?:forslag|framlegg|tiltak)",
        ),
    ),
)
"""In this order: what is taken by one phrase is not read again by the next."""

_MODIFIERS: tuple[tuple[StanceModifier, tuple[str, ...]], ...] = (
    (
        StanceModifier.CONDITION,
        (
            r"(?:forutsetter|føreset|forutsett|føresett)\b",
            r"under (?:den )?(?:forutsetning|føresetnad)\w*",
            r"på (?:det )?(?:vilkår|vilkåret)\b",
            r"\bså lenge\b",
            r"(?:men )?(?:bare|berre|kun) (?:hvis|om|dersom|viss)\b",
        ),
    ),
    (
        StanceModifier.GOES_FURTHER,
        (
            r"(?:bør|må|skulle|vil|kunne) (?:\w+ )?gå(?:tt)? (?:\w+ )?lenge?r\w*",
            rf"{_NOT} langt nok",
        ),
    ),
    (StanceModifier.TOO_EARLY, (r"\bfor tidl[ei]g\b", r"\bvente (?:til|med)\b", r"\bavvente\b")),
    (
        StanceModifier.FOR_THE_PARTIES,
        (r"mellom partene", r"mellom partane", r"(?:hører|høyrer) (?:\w+ )?til (?:hos )?part\w+"),
    ),
)

_RESERVED = re.compile(
    r"\b(?:men|likevel|samtidig|samstundes|imidlertid|derimot|i hovedsak|i hovudsak)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"^\W*(?:noen|nokon|nokre|enkelte|andre|mange|flere|fleire|dei som|de som)\b", re.IGNORECASE
)

_COMPILED = tuple(
    (stance, tuple(re.compile(rf"\b{one}(?!\w)", re.IGNORECASE) for one in phrases))
    for stance, phrases in _PHRASES
)
_COMPILED_MODIFIERS = tuple(
    (modifier, tuple(re.compile(one, re.IGNORECASE) for one in phrases))
    for modifier, phrases in _MODIFIERS
)


def suggest_stance(text: str) -> SuggestedStance | None:
    """Where the sender seems to stand by these words; ``None`` where they do not say."""
    found: dict[Stance, list[tuple[int, int]]] = {}
    own = [(start, end) for start, end in sentences(text) if not _OTHERS.match(text[start:end])]
    for start, end in own:
        for stance, at in _read_sentence(text, start, end):
            found.setdefault(stance, []).append(at)
    if not found:
        return None
    value = _weigh(found.keys(), is_reserved=any(_RESERVED.search(text[s:e]) for s, e in own))
    modifiers: list[StanceModifier] = []
    words = [at for places in found.values() for at in places]
    for modifier, phrases in _COMPILED_MODIFIERS:
        places = [
            match.span()
            for start, end in own
            for phrase in phrases
            for match in phrase.finditer(text, start, end)
        ]
        if places and value not in (Stance.NO_COMMENTS, Stance.NO_POSITION):
            modifiers.append(modifier)
            words += places
    return SuggestedStance(value, tuple(modifiers), tuple(sorted(set(words))))


def _read_sentence(text: str, start: int, end: int) -> Iterator[tuple[Stance, tuple[int, int]]]:
    taken: list[tuple[int, int]] = []
    for stance, phrases in _COMPILED:
        for phrase in phrases:
            for match in phrase.finditer(text, start, end):
                at = match.span()
                if all(at[1] <= first or last <= at[0] for first, last in taken):
                    taken.append(at)
                    yield stance, at


def _weigh(found: Iterable[Stance], *, is_reserved: bool) -> Stance:
    """One stance of those that single phrases say."""
    stances = set(found)
    for_it = Stance.SUPPORT in stances
    against = Stance.OPPOSE in stances
    if Stance.SUPPORT_PARTLY in stances or (for_it and against):
        return Stance.SUPPORT_PARTLY
    if for_it:
        return Stance.SUPPORT_WITH_COMMENTS if is_reserved else Stance.SUPPORT
    if against:
        return Stance.OPPOSE
    return Stance.NO_POSITION if Stance.NO_POSITION in stances else Stance.NO_COMMENTS
