"""How far two readers agree, beyond what chance would give (pure; see ADR 36).

Each theme is a question that both readers answer for each passage: is it there or not? The tables
below hold those answers for the passages that both have read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from consult.kernel.i18n import N_

FIRM, TENTATIVE = 0.8, 0.667
"""Krippendorff (2004), ch. 11: from .800 an α is relied on, below .667 it is not."""


@dataclass(frozen=True, slots=True)
class Answers:
    """How often two readers answered alike: counts of passages.

    Attributes:
        both: Both put the theme there.
        first: Only the first.
        second: Only the second.
        neither: Neither.
    """

    both: int = 0
    first: int = 0
    second: int = 0
    neither: int = 0

    @property
    def number(self) -> int:
        """Passages that both have read."""
        return self.both + self.first + self.second + self.neither

    @property
    def differing(self) -> int:
        """Passages on which they differ."""
        return self.first + self.second


class Grade(StrEnum):
    """How far an α carries."""

    FIRM = "firm"
    TENTATIVE = "tentative"
    WEAK = "weak"
    UNKNOWN = "unknown"


GRADE_LABELS: dict[Grade, str] = {
    Grade.FIRM: N_("reliable"),
    Grade.TENTATIVE: N_("tentative"),
    Grade.WEAK: N_("not reliable"),
    Grade.UNKNOWN: N_("cannot be computed"),
}


def pool(tables: Iterable[Answers]) -> Answers:
    """All of them in one: each passage is then asked once for each theme."""
    both = first = second = neither = 0
    for one in tables:
        both, first = both + one.both, first + one.first
        second, neither = second + one.second, neither + one.neither
    return Answers(both, first, second, neither)


def cohens_kappa(answers: Answers) -> float | None:
    """Cohen's κ (1960) of two readers; ``None`` where both always gave one and the same answer."""
    n = answers.number
    if not n:
        return None
    observed = (answers.both + answers.neither) / n
    yes_first, yes_second = answers.both + answers.first, answers.both + answers.second
    by_chance = (yes_first * yes_second + (n - yes_first) * (n - yes_second)) / n**2
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)


def krippendorffs_alpha(answers: Answers) -> float | None:
    """Krippendorff's α for nominal data (Hayes and Krippendorff 2007).

    ``None`` where only one answer was ever given: without variation there is nothing to agree on,
    and 1 would be false praise.
    """
    # NumPy takes half a second to load, and only this page needs it.
    import krippendorff  # noqa: PLC0415 -- see above
    import numpy  # noqa: PLC0415, ICN001 -- see above

    if not answers.both + answers.differing or not answers.neither + answers.differing:
        return None
    units = numpy.repeat(
        [[2, 0], [1, 1], [0, 2]], [answers.both, answers.differing, answers.neither], axis=0
    )
    return float(krippendorff.alpha(value_counts=units, level_of_measurement="nominal"))


def grade_of(alpha: float | None) -> Grade:
    """What may be concluded from an α."""
    if alpha is None:
        return Grade.UNKNOWN
    if alpha >= FIRM:
        return Grade.FIRM
    return Grade.TENTATIVE if alpha >= TENTATIVE else Grade.WEAK


def size_of_sample(available: int, *, share: int) -> int:
    """How many passages ``share`` percent of those available are: at least one, rounded up."""
    return min(available, max(1, -(-available * share // 100))) if available else 0


@dataclass(frozen=True, slots=True)
class CoderAnswers:
    """How a second reader answered to one first reader in one sample, over all themes.

    Attributes:
        coder: Reference of the first reader, where it is known.
        sample: Public id of the sample.
        codebook_version: The version of the codebook it speaks of, where that was kept.
    """

    coder: str | None
    sample: str
    drawn_at: datetime
    codebook_version: int | None
    answers: Answers


@dataclass(frozen=True, slots=True)
class Figures:
    """How far two readers agree, with the counts behind it.

    Attributes:
        alpha: Krippendorff's α, ``None`` where it cannot be computed.
        kappa: Cohen's κ, likewise.
    """

    answers: Answers
    alpha: float | None
    kappa: float | None

    @property
    def grade(self) -> Grade:
        """What may be concluded."""
        return grade_of(self.alpha)


def figures_of(answers: Answers) -> Figures:
    """The figures of one table of answers."""
    return Figures(answers, krippendorffs_alpha(answers), cohens_kappa(answers))
