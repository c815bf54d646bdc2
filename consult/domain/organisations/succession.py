"""What a body was called then, and who carries it on today: pure functions of what happened.

A body that was split has several successors. Which of them an older answer belongs to is nowhere
written, so it is never guessed: a lineage with several ends says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from consult.domain.organisations.types import EventKind, Identity


class EventLike(Protocol):
    """What is read of an event."""

    kind: EventKind
    happened_on: date
    before: dict[str, Any]


@dataclass(frozen=True, slots=True)
class End:
    """How a body ended.

    Attributes:
        successors: Ids of the bodies that carry it on; none when nobody does.
    """

    kind: EventKind
    on: date
    successors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a body has gone.

    Attributes:
        start: Id of the body itself.
        today: Ids of those that carry it on at the day asked about; itself while it lasts.
        path: Ids of the bodies on the way that have ended, itself first.
    """

    start: int
    today: tuple[int, ...]
    path: tuple[int, ...]

    @property
    def is_ambiguous(self) -> bool:
        """Whether several bodies carry it on."""
        return len(self.today) > 1

    @property
    def successor(self) -> int | None:
        """The one body that carries it on, or ``None`` when there is none or several."""
        return self.today[0] if len(self.today) == 1 else None

    @property
    def lasts(self) -> bool:
        """Whether the body itself is still there."""
        return self.today == (self.start,)


def trace_lineage(start: int, ends: Mapping[int, End], *, on: date) -> Lineage:
    """Follow a body through every merger and split up to a day, that day included."""
    today: list[int] = []
    path: list[int] = []
    waiting = [start]
    while waiting:
        body = waiting.pop(0)
        if body in path or body in today:
            continue
        end = ends.get(body)
        if end is None or end.on > on:
            today.append(body)
        else:
            path.append(body)
            waiting += end.successors
    return Lineage(start, tuple(today), tuple(path))


def would_return(start: int, successors: Iterable[int], ends: Mapping[int, End]) -> bool:
    """Whether a body would be carried on by itself, at whatever day."""
    return any(
        start in (*lineage.today, *lineage.path)
        for lineage in (trace_lineage(body, ends, on=date.max) for body in successors)
    )


def identity_on(today: Identity, events: Iterable[EventLike], on: date) -> Identity:
    """What a body was called and which number it had on a day; a change counts from its own day.

    ``events`` stand in the order in which they happened.
    """
    name, names, number = today.name, today.names, today.organisation_number
    for event in reversed([event for event in events if event.happened_on > on]):
        name = event.before.get("name", name)
        names = event.before.get("names", names)
        number = event.before.get("organisation_number", number)
    return Identity(name, names, number)
