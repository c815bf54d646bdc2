"""What differs between two rich texts, so that a person can read it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from consult.kernel.text.rich.aligning import Token, align, content_of, stretches, tokens
from consult.kernel.text.rich.types import Block, Inline, RichText


class Change(StrEnum):
    """What happened to a block or to words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    """Of a block: some of its words differ, or its style does."""
    RESTYLED = "restyled"
    """Of words: the same words with other marks. Of a block: only its style or marks differ."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a block and what happened to them: same, added, removed or restyled."""

    change: Change
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class BlockDifference:
    """A block as it was and as it is; ``pieces`` are both in reading order."""

    change: Change
    before: Block | None
    after: Block | None
    pieces: tuple[Piece, ...]


_Run = tuple[Change, list[Token], list[Token]]
"""A change with what was and what is."""


def compare(before: RichText, after: RichText) -> tuple[BlockDifference, ...]:
    """Every block of both texts, in reading order, with what happened to it."""
    found = []
    for left, right in align(before.blocks, after.blocks):
        old = before.blocks[left] if left is not None else None
        new = after.blocks[right] if right is not None else None
        found.append(_difference(old, new))
    return tuple(found)


def _difference(old: Block | None, new: Block | None) -> BlockDifference:
    if old is None or new is None:
        change = Change.ADDED if old is None else Change.REMOVED
        known = new or old
        content = known.content if known is not None else ()
        return BlockDifference(change, old, new, (Piece(change, content),))
    if old == new:
        return BlockDifference(Change.SAME, old, new, (Piece(Change.SAME, new.content),))
    pieces = compare_words(old.content, new.content)
    reworded = any(piece.change in (Change.ADDED, Change.REMOVED) for piece in pieces)
    return BlockDifference(Change.CHANGED if reworded else Change.RESTYLED, old, new, pieces)


def compare_words(before: Sequence[Inline], after: Sequence[Inline]) -> tuple[Piece, ...]:
    """The words of both, in reading order; what was removed stands before what came instead."""
    old, new = tokens(before), tokens(after)
    runs: list[_Run] = []
    for one in stretches(old, new):
        was, now = old[one.start : one.end], new[one.new_start : one.new_end]
        if not one.is_same:
            _extend(runs, Change.CHANGED, was, now)
            continue
        for left, right in zip(was, now, strict=True):
            _extend(runs, Change.SAME if left == right else Change.RESTYLED, (left,), (right,))
    return tuple(_pieces(runs))


def _extend(runs: list[_Run], change: Change, old: Iterable[Token], new: Iterable[Token]) -> None:
    if not runs or runs[-1][0] is not change:
        runs.append((change, [], []))
    runs[-1][1].extend(old)
    runs[-1][2].extend(new)


def _pieces(runs: Iterable[_Run]) -> Iterator[Piece]:
    for change, old, new in runs:
        if change is not Change.CHANGED:
            yield Piece(change, content_of(new))
            continue
        if old:
            yield Piece(Change.REMOVED, content_of(old))
        if new:
            yield Piece(Change.ADDED, content_of(new))
