"""Whether a word of quantity fits the numbers (domain guide §3.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from consult.domain.analysis.rules import AGAINST, FOR, PARTLY
from consult.domain.documents.building.data import AnswerFacts
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.rules import Quantifier, choose_quantifier
from consult.domain.reports.language.claims import Claim, Leaning, Unit
from consult.domain.submissions.types import Stance

FEW = 5
"""Those who address a point are named one by one where they are fewer."""

_ORDER = list(Quantifier)
_STANCES: dict[Leaning, tuple[Stance, ...]] = {
    Leaning.FOR: FOR,
    Leaning.PARTLY: (*FOR, *PARTLY),
    Leaning.AGAINST: AGAINST,
}


class Trouble(StrEnum):
    """What is wrong with a claim."""

    MISMATCH = "mismatch"
    UNCOUNTED = "uncounted"
    UNNAMED = "unnamed"
    NO_DENOMINATOR = "no_denominator"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is wrong with a claim, and what the numbers are.

    Attributes:
        counted: Those who say what the sentence says.
        of: How many address the point.
        fitting: The word that fits.
    """

    claim: Claim
    trouble: Trouble
    counted: tuple[AnswerFacts, ...] = ()
    count: int = 0
    of: int = 0
    fitting: Quantifier | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who speaks of the point that a part is about.

    Attributes:
        addressing: Everybody who is counted with the point, one for each sender.
        saying: Those of them who speak of it, by what they think; in ``SPEAKING`` all who do.
        is_exact: Whether ``saying`` is what a sentence on the point tells; of a theme a sentence
            may tell less than all that is said on it.
    """

    addressing: tuple[AnswerFacts, ...]
    saying: dict[Leaning, tuple[AnswerFacts, ...]]
    is_exact: bool


def spoken_of_proposal(figures: Figures, key: str) -> Spoken:
    """Who addresses a proposal of the round, and where they stand."""
    positions = figures.proposal(key)
    addressing = tuple(one.answer for one in positions.addressing)
    saying = {
        leaning: tuple(one.answer for one in positions.with_value(*stances))
        for leaning, stances in _STANCES.items()
    }
    return Spoken(addressing, saying | {Leaning.SPEAKING: addressing}, is_exact=True)


def spoken_of_theme(figures: Figures, key: str) -> Spoken:
    """Who speaks of a theme or one under it, among all who wrote something."""
    themes = figures.below(key)
    numbers = {one.answer for one in figures.passages if not themes.isdisjoint(one.themes)}
    wrote = [one for one in figures.analysed if one.has_comments and not one.only_joins]
    everybody = {body.sender: body for one in wrote for body in one.bodies}
    speaking = {body.sender: body for one in wrote if one.number in numbers for body in one.bodies}
    return Spoken(
        tuple(everybody.values()), {Leaning.SPEAKING: tuple(speaking.values())}, is_exact=False
    )


def judge(claim: Claim, spoken: Spoken | None) -> Judgement | None:
    """What is wrong with a claim; nothing where it is right.

    Of a theme only too big a word is wrong: the sentence may be about less than the whole theme.
    As many support something there, at most, as speak of it.
    """
    if spoken is None:
        return Judgement(claim, Trouble.UNCOUNTED)
    saying = spoken.saying.get(claim.leaning, spoken.saying[Leaning.SPEAKING])
    among, counted = _told(claim, spoken.addressing), _told(claim, saying)
    count, of = _number(claim, counted), _number(claim, among)
    fitting = choose_quantifier(min(count, of), of=of) if of else Quantifier.NONE
    wrong = Judgement(claim, Trouble.MISMATCH, counted, count, of, fitting)
    if not _fits(claim, count, of, is_exact=spoken.is_exact):
        return wrong
    if _must_be_named(claim, counted, count, of):
        return Judgement(claim, Trouble.UNNAMED, counted, count, of, fitting)
    if claim.quantifier is Quantifier.MAJORITY and not claim.is_broad and not claim.has_number:
        return Judgement(claim, Trouble.NO_DENOMINATOR, counted, count, of, fitting)
    return None


def _told(claim: Claim, answers: Sequence[AnswerFacts]) -> tuple[AnswerFacts, ...]:
    """Those of some who are of the kind that the sentence counts."""
    return tuple(
        one
        for one in answers
        if (not claim.types or one.actor_type in claim.types)
        and (claim.unit is not Unit.ORGANISATIONS or one.actor_type.is_organisation)
    )


def _number(claim: Claim, answers: Sequence[AnswerFacts]) -> int:
    if claim.unit is Unit.ANSWERS:
        return len({one.number for one in answers})
    return len({one.sender for one in answers})


def _fits(claim: Claim, count: int, of: int, *, is_exact: bool) -> bool:
    if claim.is_broad:
        return 2 * count > of
    if not is_exact:
        fitting = choose_quantifier(min(count, of), of=of) if of else Quantifier.NONE
        return _ORDER.index(claim.quantifier) <= _ORDER.index(fitting) or _is_close(
            claim.quantifier, count, of
        )
    if of == 0:
        return claim.quantifier is Quantifier.NONE
    return claim.quantifier is choose_quantifier(count, of=of) or _is_close(
        claim.quantifier, count, of
    )


def _is_close(word: Quantifier, count: int, of: int) -> bool:
    """Where the ladder leaves two words: two or three of many, and three that are a tenth."""
    if word is Quantifier.SOME:
        return count >= 2 and 10 * count < of
    if word is Quantifier.SEVERAL:
        return count >= 3 and 10 * count >= of and 3 * count <= of
    if word is Quantifier.A_FEW:
        return 2 <= count <= 3 and 2 * count <= of
    return word is Quantifier.ONE and count == 1


def _must_be_named(claim: Claim, counted: Sequence[AnswerFacts], count: int, of: int) -> bool:
    """Whether so few speak of it, or one alone does, that a word hides who; named they may be."""
    if claim.quantifier is Quantifier.NONE or (of >= FEW and count > 1):
        return False
    names = [one.name.casefold() for one in counted]
    return not any(name in claim.sentence.casefold() for name in names)
