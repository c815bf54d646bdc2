"""Values of suggestions."""

from dataclasses import dataclass

from consult.domain.submissions.types import Stance, StanceModifier

SHOWN = 3
"""Themes that are suggested for a passage."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A passage with what stands around it.

    Attributes:
        place: What it was written to, such as ``question:12``; the empty text for remarks on the
            whole.
        near: The words of the passages before and after it in the same part of the answer.
    """

    text: str
    place: str = ""
    near: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A passage that people have coded.

    Attributes:
        themes: Ids of the themes they put on it.
        answer: Which answer it belongs to: passages of one answer are tried together.
    """

    passage: Surroundings
    themes: frozenset[int]
    answer: int


@dataclass(frozen=True, slots=True)
class ThemeText:
    """What the codebook says of a theme.

    Attributes:
        texts: Each with how much it weighs beside a coded passage.
    """

    id: int
    texts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a model is made from.

    Attributes:
        uncoded: Passages that nobody has coded; they tell how people write in this round.
        places: What was asked at each place.
    """

    themes: tuple[ThemeText, ...]
    examples: tuple[Example, ...]
    uncoded: tuple[Surroundings, ...]
    places: dict[str, str]


@dataclass(frozen=True, slots=True)
class Suggested:
    """A theme for a passage.

    Attributes:
        share: How sure the model is, from 0 to 1; all themes together make 1.
        words: Start and end of the words that speak for it.
    """

    theme_id: int
    share: float
    words: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SuggestedStance:
    """Where an answer seems to stand on a proposal, by the words of one passage.

    Attributes:
        words: Start and end of what says so.
    """

    value: Stance
    modifiers: tuple[StanceModifier, ...]
    words: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """How a model fared on coded passages that it had not learned from.

    Attributes:
        passages: How many were tried.
        first: For how many its first suggestion was one of theirs.
        among: For how many one of its first three was.
    """

    passages: int
    first: int
    among: int
