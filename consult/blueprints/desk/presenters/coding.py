"""Shapes the coding page: a text with its passages, parts and themes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from consult.domain.coding.rules import sentences
from consult.domain.coding.types import PassageKind, ThemeRow

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage, Theme
    from consult.domain.submissions.models import Answer

KEYS = 9
"""Themes that a number key applies."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage's text.

    Attributes:
        depth: In how many chosen parts it lies; 0 for plain text.
        is_current: Whether it lies in the part that is being coded.
    """

    text: str
    depth: int = 0
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage with what has been put on it."""

    public_id: str
    pieces: tuple[Piece, ...]
    level: int | None
    is_current: bool
    has_memo: bool
    themes: tuple["Theme", ...]
    parts: tuple["PassageView", ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The passages that answer one question, under it."""

    answer: "Answer"
    passages: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the current passage stands among all of its answer.

    Attributes:
        number: Its place from 1.
        previous: Public id of the one before, if it is in the same answer.
        next: Public id of the one after, if it is in the same answer.
    """

    number: int
    total: int
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that a chosen part can begin or end with; offsets count in the version.

    Attributes:
        is_own: Whether it is one of the passage itself, not of the one that follows.
    """

    start: int
    end: int
    text: str
    is_own: bool


def sentences_from(passage: "Passage", following: "Passage | None") -> tuple[Sentence, ...]:
    """The sentences of a passage, and of the one after it, with which it can be joined."""
    return tuple(
        Sentence(one.start + start, one.start + end, one.quote[start:end], one is passage)
        for one in (passage, following)
        if one is not None
        for start, end in sentences(one.quote)
    )


def find_place(order: Sequence[tuple[str, int]], current: "Passage") -> Place:
    """Where a passage stands in the reading order of its text."""
    ids = [public_id for public_id, _position in order]
    index = ids.index(current.public_id)
    return Place(
        number=index + 1,
        total=len(ids),
        previous=ids[index - 1] if index else None,
        next=ids[index + 1] if index + 1 < len(ids) else None,
    )


def group_passages(
    answers: Iterable["Answer"],
    passages: Sequence["Passage"],
    *,
    current: "Passage",
    themes: Mapping[int, tuple["Theme", ...]],
) -> tuple[AnswerView, ...]:
    """Passages under the questions they answer, chosen parts under what they are part of."""
    parts: dict[int | None, list[Passage]] = {}
    for passage in passages:
        if passage.kind is PassageKind.CHOSEN:
            parts.setdefault(passage.parent_id, []).append(passage)
    reaching = [part for ones in parts.values() for part in ones]
    groups = []
    for answer in answers:
        whole = [
            _passage_view(passage, parts.get(passage.id, ()), current, themes, reaching)
            for passage in passages
            if passage.answer_id == answer.id and passage.kind is not PassageKind.CHOSEN
        ]
        if whole:
            groups.append(AnswerView(answer, tuple(whole)))
    return tuple(groups)


def _passage_view(
    passage: "Passage",
    parts: Sequence["Passage"],
    current: "Passage",
    themes: Mapping[int, tuple["Theme", ...]],
    reaching: Sequence["Passage"] = (),
) -> PassageView:
    """A passage with the parts that were chosen in it; those that reach into it are marked too."""
    marked = [one for one in reaching if one.start < passage.end and passage.start < one.end]
    return PassageView(
        public_id=passage.public_id,
        pieces=cut_text(passage, marked, current=current),
        level=passage.level if passage.kind is PassageKind.BULLET else None,
        is_current=passage is current,
        has_memo=bool(passage.memo),
        themes=themes.get(passage.id, ()),
        parts=tuple(_passage_view(part, (), current, themes) for part in parts),
    )


def cut_text(
    passage: "Passage", parts: Sequence["Passage"], *, current: "Passage"
) -> tuple[Piece, ...]:
    """The passage's text, cut wherever a chosen part begins or ends; overlaps add up.

    Joined together the pieces are the passage's quote, character by character.
    """
    inside = [(max(part.start, passage.start), min(part.end, passage.end), part) for part in parts]
    edges = {passage.start, passage.end}
    for start, end, _part in inside:
        edges |= {start, end}
    cuts = sorted(edges)
    pieces = []
    for start, end in pairwise(cuts):
        around = [part for first, last, part in inside if first <= start and end <= last]
        text = passage.quote[start - passage.start : end - passage.start]
        pieces.append(Piece(text, len(around), any(part is current for part in around)))
    return tuple(pieces)


def most_used(themes: Sequence[ThemeRow]) -> tuple[ThemeRow, ...]:
    """The themes that the number keys apply: those used most, in the order of the codebook.

    Which key stands for which theme changes only when another theme comes among the nine.
    """
    ranked = {theme.id for theme in sorted(themes, key=lambda theme: -theme.codings)[:KEYS]}
    return tuple(theme for theme in themes if theme.id in ranked)


def recent(
    themes: Sequence[ThemeRow], ids: Iterable[int], *, without: Sequence[ThemeRow]
) -> tuple[ThemeRow, ...]:
    """Themes used last, the latest first, but for those that have a key already."""
    by_id = {theme.id: theme for theme in themes}
    keyed = {theme.id for theme in without}
    return tuple(by_id[one] for one in ids if one in by_id and one not in keyed)
