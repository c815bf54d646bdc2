"""Finding words of quantity in prose: "et flertall av høringsinstansene støtter …".

A claim is a word of quantity together with those it counts, or with what they do: "flere tiltak"
is none. What is proposed ("alle kommuner bør …") is none either. Source: domain guide §3.3.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from consult.domain.documents.rules import Quantifier
from consult.domain.organisations.types import ActorGroup, ActorType


class Unit(StrEnum):
    """What a sentence counts."""

    SENDERS = "senders"
    ORGANISATIONS = "organisations"
    ANSWERS = "answers"


class Leaning(StrEnum):
    """What those who are counted think of the matter."""

    FOR = "for"
    PARTLY = "partly"
    AGAINST = "against"
    SPEAKING = "speaking"


@dataclass(frozen=True, slots=True)
class Claim:
    """That so many of some say something.

    Attributes:
        quantifier: The smallest quantity that the words can mean.
        is_broad: Words such as "stor tilslutning", which name no quantity of their own.
        start: Where the words begin in the sentence; ``end`` is where they end.
        types: The kinds of actors that are counted; empty for all.
        has_number: Whether the sentence says of how many.
    """

    sentence: str
    quantifier: Quantifier
    start: int
    end: int
    unit: Unit = Unit.SENDERS
    leaning: Leaning = Leaning.SPEAKING
    types: frozenset[ActorType] = frozenset()
    is_broad: bool = False
    has_number: bool = False

    @property
    def words(self) -> str:
        """The very words."""
        return self.sentence[self.start : self.end]


_QUANTITIES: tuple[tuple[Quantifier, str], ...] = (
    (Quantifier.ALL, r"alle|samtlige|samtlege|all"),
    (Quantifier.MOST, r"de (?:aller )?fleste|dei (?:aller )?fleste|most"),
    (
        Quantifier.MAJORITY,
        (
            r"(?:(?:et|eit|a|the) )?(?:klart |stort |knapt |solid |clear |large |great )?"
            r"(?:flertall(?:et)?|fleirtal(?:et)?|majority)"
        ),
    ),
    (Quantifier.A_FEW, r"noen (?:svært )?få|nokre (?:svært )?få|et fåtall|eit fåtal|a few"),
    (Quantifier.MANY, r"(?:svært |veldig |very )?(?:mange|many)"),
    (Quantifier.SEVERAL, r"flere|fleire|en rekke|ei rekkje|several|a number"),
    (Quantifier.SOME, r"enkelte|einskilde|some"),
    (Quantifier.ONE, r"(?:bare |kun |berre |only )?(?:én|éin|ett|éitt|one)"),
    (Quantifier.NONE, r"ingen|none|no"),
)

_ANSWERS = (
    r"(?:hørings|høyrings)?(?:innspill(?:ene)?|innspel(?:a)?|svar(?:et|ene|a)?|uttalelse(?:r|ne)?|"
    r"uttale(?:r|ne)?|tilbakemelding(?:er|ene|ar|ane)?|fråsegn(?:er|ene)?)"
    r"|answers?|submissions?"
)
_BODIES = (
    r"(?:hørings|høyrings)?instans(?:er|ene|ar|ane)?"
    r"|organisasjon(?:er|ene|ar|ane)?|organi[sz]ations?|consultees?|bodies|body"
)
_SENDERS = (
    r"avsender(?:e|ne)?|avsendar(?:ar|ane)?|aktør(?:er|ene|ar|ane)?|respondent(?:er|ene|ar|ane|s)?"
    r"|senders?|som har (?:uttalt|svart|svara)|som (?:uttaler|uttalar) seg|who (?:answered|address)"
)
_PEOPLE = frozenset(kind for kind in ActorType if kind.group is ActorGroup.PEOPLE)
_USERS = frozenset(kind for kind in ActorType if kind.group is ActorGroup.USERS)
_KNOWLEDGE = frozenset({ActorType.UNIVERSITY, ActorType.RESEARCH_INSTITUTE})
_UNIONS = frozenset(
    {ActorType.UNION, ActorType.CONFEDERATION, ActorType.UNION_BRANCH, ActorType.EMPLOYEE_REP_BODY}
)
_KINDS: tuple[tuple[str, frozenset[ActorType]], ...] = (
    (r"fylkeskommun(?:e|er|ene|ar|ane)|counties", frozenset({ActorType.COUNTY})),
    (
        r"fylkesledd(?:ene|a)?|nav-fylk(?:e|er|ene|a)|county offices?",
        frozenset({ActorType.NAV_COUNTY}),
    ),
    (
        r"lokallag(?:ene|a)?|(?:lokal)?avdeling(?:er|ene|ar|ane)|branches",
        frozenset({ActorType.UNION_BRANCH}),
    ),
    (r"kommun(?:e|er|ene|ar|ane)|municipalit(?:y|ies)", frozenset({ActorType.MUNICIPALITY})),
    (r"bydel(?:er|ene|ar|ane)?|city districts?", frozenset({ActorType.CITY_DISTRICT})),
    (r"nav-kontor(?:ene|a|er)?|local offices", frozenset({ActorType.NAV_OFFICE})),
    (r"direktorat(?:er|ene|a)?|directorates?", frozenset({ActorType.DIRECTORATE})),
    (r"ombud(?:ene|a)?|ombuds?", frozenset({ActorType.OMBUD})),
    (r"statsforvalter(?:e|ne)|statsforvaltar(?:ar|ane)", frozenset({ActorType.COUNTY_GOVERNOR})),
    (
        (
            r"brukerorganisasjon(?:er|ene)?|brukarorganisasjon(?:ar|ane)?|brukerutvalg(?:ene)?"
            r"|brukarutval(?:a)?|user organisations?"
        ),
        _USERS,
    ),
    (
        (
            r"fagforening(?:er|ene|ar|ane)?|fagforbund(?:ene|a)?"
            r"|arbeidstakerorganisasjon(?:er|ene)?|arbeidstakarorganisasjon(?:ar|ane)?|unions?"
        ),
        _UNIONS,
    ),
    (r"universitet(?:er|ene|a)?|forskningsmiljø(?:er|ene)?|forskingsmiljø(?:a)?", _KNOWLEDGE),
    (r"privatpersoner?|enkeltpersoner|einskildpersonar|private persons?|persons", _PEOPLE),
)
_VERBS = (
    r"støtter|stør|støttar|mener|meiner|er|har|peker|peikar|tar|tek|går|ønsker|ønskjer|uttrykker"
    r"|uttrykkjer|understreker|understrekar|fremhever|framhevar|slutter|sluttar|foreslår|føreslår"
    r"|fraråder|frarår|viser|advarer|åtvarar|ser|trekker|trekkjer|sier|seier|gir|gjev"
    r"|support|supports|oppose|opposes|say|says|point|points|want|wants|ask|asks|agree|agrees"
    r"|think|thinks"
)
_BROAD = (
    r"(?:stor|bred|brei|klar|sterk) (?:tilslutning|tilslutnad|oppslutning|oppslutnad|støtte"
    r"|enighet|semje)|klar fellesnevner|klar fellesnemnar"
    r"|(?:broad|wide|strong) (?:support|agreement)"
)
_NOUNS = "|".join((*(words for words, _kind in _KINDS), _ANSWERS, _BODIES, _SENDERS))
_BETWEEN = r"(?:av |of |på |i |the |de |dei |disse |desse |\d+ |[\wæøå]+e |[\wæøå]+a )"
_CLAIM = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<{what.name}>{words})" for what, words in _QUANTITIES)
    + rf")(?: {_BETWEEN}{{0,6}}?(?P<noun>{_NOUNS})(?![\w-])|(?= (?:{_VERBS})\b|, \d))",
    re.IGNORECASE,
)
_LOOSE = re.compile(rf"(?<![\w-])(?:{_BROAD})(?![\w-])", re.IGNORECASE)
_WISH = re.compile(
    r"\W*(?:som \w+ \w+ )?(?:bør|skal|må|kan|lyt|should|must|shall|can|may)\b", re.IGNORECASE
)
_AGAINST = re.compile(
    r"støtter (?:\w+ )?ikke|stør (?:\w+ )?ikkje|går i?mot|er i?mot|er uenig|er usamd|ueinig"
    r"|er (?:\w+ )?kritisk|fraråd|frarår|avvis|innvend|oppose|against|disagree|reject|object"
    r"|do(?:es)? not support",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"støtte|stør\b|støttar|slutt(?:er|ar)? (?:\w+ )?(?:seg|opp)|er (?:\w+ )?(?:enig|einig|samd)"
    r"|er (?:\w+ )?positiv|stiller seg bak|stør opp|for forslaget|går inn for"
    r"|support|agree|in favour|welcome",
    re.IGNORECASE,
)
_PARTLY = re.compile(r"delvis|helt eller|heilt eller|partly|in part", re.IGNORECASE)
_NUMBER = re.compile(r"\b\d+\b")


def find_claims(sentence: str) -> Iterator[Claim]:
    """Every claim in a sentence, in its order."""
    matches = list(_CLAIM.finditer(sentence))
    taken = [match.span() for match in matches]
    loose = [
        match
        for match in _LOOSE.finditer(sentence)
        if not any(start <= match.start() < end for start, end in taken)
    ]
    found = sorted([*matches, *loose], key=lambda match: match.start())
    for place, match in enumerate(found):
        until = found[place + 1].start() if place + 1 < len(found) else len(sentence)
        after = sentence[match.end() : until]
        if match.re is _LOOSE:
            yield _loose(sentence, match)
        elif not _WISH.match(after):
            yield _claim(sentence, match, after)


def _claim(sentence: str, match: re.Match[str], after: str) -> Claim:
    unit, types = _counted(match["noun"] or "")
    return Claim(
        sentence=sentence,
        quantifier=next(one for one in Quantifier if match.groupdict().get(one.name)),
        start=match.start(),
        end=match.end(),
        unit=unit,
        leaning=_leaning(after),
        types=types,
        has_number=bool(_NUMBER.search(sentence)),
    )


def _loose(sentence: str, match: re.Match[str]) -> Claim:
    agrees = not re.search(r"fellesne", match[0], re.IGNORECASE)
    return Claim(
        sentence=sentence,
        quantifier=Quantifier.MAJORITY,
        start=match.start(),
        end=match.end(),
        leaning=Leaning.FOR if agrees else Leaning.SPEAKING,
        is_broad=True,
    )


def _leaning(after: str) -> Leaning:
    against, support = _AGAINST.search(after), _FOR.search(after)
    if against and (support is None or against.start() <= support.start()):
        return Leaning.AGAINST
    if support is None:
        return Leaning.SPEAKING
    return Leaning.PARTLY if _PARTLY.search(after) else Leaning.FOR


def _counted(noun: str) -> tuple[Unit, frozenset[ActorType]]:
    """What a noun counts."""
    for words, types in _KINDS:
        if re.fullmatch(words, noun, re.IGNORECASE):
            return Unit.SENDERS, types
    if re.fullmatch(_ANSWERS, noun, re.IGNORECASE):
        return Unit.ANSWERS, frozenset()
    if re.fullmatch(_BODIES, noun, re.IGNORECASE):
        return Unit.ORGANISATIONS, frozenset()
    return Unit.SENDERS, frozenset()
