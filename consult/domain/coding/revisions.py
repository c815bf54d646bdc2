"""The codebook as numbered versions: what changes it, and what stands in the way of taking back.

Values and rules; the database is not known here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from consult.domain.coding.rules import depth_of
from consult.domain.coding.types import MAXIMUM_DEPTH, Colour, ThemeContent
from consult.kernel.i18n import N_

MAX_REASON_LENGTH = 1000
"""Characters of a reason."""

MAX_PARTS = 4
"""Themes that one can be split into at once."""


class ChangeKind(StrEnum):
    """What a version of the codebook began with."""

    BEGUN = "begun"
    REWORDED = "reworded"
    MOVED = "moved"
    MERGED = "merged"
    SPLIT = "split"
    UNDONE = "undone"


CHANGE_LABELS: dict[ChangeKind, str] = {
    ChangeKind.BEGUN: N_("First version"),
    ChangeKind.REWORDED: N_("Reworded"),
    ChangeKind.MOVED: N_("Moved"),
    ChangeKind.MERGED: N_("Merged"),
    ChangeKind.SPLIT: N_("Split up"),
    ChangeKind.UNDONE: N_("Taken back"),
}

CAN_BE_UNDONE = frozenset({ChangeKind.MOVED, ChangeKind.MERGED, ChangeKind.SPLIT})
"""Changes that can be taken back as a whole; words are simply written anew."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a theme stands: under which one, and where among its siblings."""

    theme_id: int
    parent_id: int | None
    position: int


@dataclass(frozen=True, slots=True)
class Change:
    """A change as the rule of taking back sees it.

    Attributes:
        themes: Ids of the themes it concerned: taking it back changes them again.
        needs: Ids of the themes that must stand in the codebook when it is taken back.
        retires: Ids of the themes it took out of the codebook.
    """

    number: int
    kind: ChangeKind
    themes: frozenset[int] = frozenset()
    needs: frozenset[int] = frozenset()
    retires: frozenset[int] = frozenset()
    is_undone: bool = False

    @property
    def holds(self) -> bool:
        """Whether it can be taken back and has not been."""
        return self.kind in CAN_BE_UNDONE and not self.is_undone


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking back a change restored, and what it left because of what was done since.

    Attributes:
        restored: Codings that are as they were before the change.
        off: Codings that somebody has taken off since; they stay off.
        stayed: Codings made since; they stay where they were put.
        kept: Names of new themes that stay, for they are in use.
    """

    restored: int = 0
    off: int = 0
    stayed: int = 0
    kept: tuple[str, ...] = ()

    @property
    def has_conflicts(self) -> bool:
        """Whether anything is not as it was before the change."""
        return bool(self.off or self.stayed or self.kept)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of the codebook in its history.

    Attributes:
        made_by: Reference of who made it; none for the first, which many have built.
        details: What happened, as values to show.
        can_undo: Whether its change still holds and no later one stands in the way.
        blocked_by: Number of the latest version that has to be taken back first.
        undone_in: Number of the version that took it back.
    """

    public_id: str
    number: int
    kind: ChangeKind
    why: str
    made_by: str | None
    made_at: datetime
    details: Mapping[str, Any]
    can_undo: bool
    blocked_by: int | None
    undone_in: int | None


@dataclass(frozen=True, slots=True)
class FrozenTheme:
    """A theme as it stood in an earlier version of the codebook.

    Attributes:
        waiting: It was being split; passages still waited under it.
    """

    key: str
    content: ThemeContent
    path: tuple[str, ...]
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A theme that was split, whose passages wait to be sorted.

    Attributes:
        passages: How many wait.
        sorted: How many are sorted.
    """

    key: str
    name: str
    passages: int
    sorted: int


@dataclass(frozen=True, slots=True)
class SampledTheme:
    """A theme as it stood when a sample was drawn.

    Attributes:
        id: Of the theme it is, or was.
    """

    id: int
    frozen: FrozenTheme

    @property
    def key(self) -> str:
        """Its key, which never changes."""
        return self.frozen.key

    @property
    def content(self) -> ThemeContent:
        """What it said."""
        return self.frozen.content

    @property
    def depth(self) -> int:
        """1 for the outermost."""
        return len(self.frozen.path)

    @property
    def full_name(self) -> str:
        """Names from the outermost down."""
        return " › ".join(self.frozen.path)


def find_blockers(changes: Iterable[Change], number: int) -> tuple[int, ...]:
    """Numbers of the later changes that must be taken back before one can be, the latest first.

    Those concern the same themes, or took one out that has to be there.
    """
    changes = tuple(changes)
    target = next(change for change in changes if change.number == number)
    later = (change for change in changes if change.number > number and change.holds)
    found = (
        change.number
        for change in later
        if change.themes & target.themes or change.retires & target.needs
    )
    return tuple(sorted(found, reverse=True))


def fits(parents: Mapping[int, int | None]) -> bool:
    """Whether themes with these parents form a tree that is not too deep."""
    try:
        return all(depth_of(one, parents) <= MAXIMUM_DEPTH for one in parents)
    except ValueError:
        return False


def thaw_themes(values: Sequence[Mapping[str, Any]]) -> tuple[FrozenTheme, ...]:
    """Themes that :func:`freeze_themes` has made values of."""
    return tuple(
        FrozenTheme(
            key=one["key"],
            content=ThemeContent(
                name=one["name"],
                colour=Colour(one["colour"]),
                definition=one["definition"],
                include=one["include"],
                exclude=one["exclude"],
            ),
            path=tuple(one["path"]),
            waiting=one["waiting"],
        )
        for one in values
    )


def freeze_themes(rows: Sequence[FrozenTheme]) -> list[dict[str, Any]]:
    """Themes as plain values that can be stored."""
    return [
        {
            "key": row.key,
            "name": row.content.name,
            "definition": row.content.definition,
            "include": row.content.include,
            "exclude": row.content.exclude,
            "colour": row.content.colour.value,
            "path": list(row.path),
            "waiting": row.waiting,
        }
        for row in rows
    ]
