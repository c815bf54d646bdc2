"""What differs between two rich texts, so that a person can read it."""

from dataclasses import dataclass
from enum import StrEnum

from consult.kernel.text.rich.types import Block, Inline


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
