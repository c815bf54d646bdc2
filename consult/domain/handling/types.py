"""Values of the work on answers."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar

from consult.domain.organisations.types import ActorGroup
from consult.domain.submissions.types import Channel
from consult.kernel.i18n import N_

E = TypeVar("E", bound=StrEnum)

HOLD_LASTS = timedelta(hours=1)
"""How long somebody counts as working on an answer after they last did something with it."""

MOST_AT_ONCE = 500
"""Answers that one action can change: a bound on how long others wait for it."""

MAX_WORD_LENGTH = 300
"""Characters of the word with which somebody takes over."""

MAX_FILTER_NAME = 60
MOST_FILTERS = 30
"""Saved filters that one person can have in a round."""


class Pile(StrEnum):
    """A part of the queue. An answer can lie on several; it leaves each as its own work is done."""

    OPEN = "open"
    NEW = "new"
    TO_CHECK = "to_check"
    REVIEW = "review"
    LATE = "late"
    TWICE = "twice"
    HANDLED = "handled"
    DUPLICATE = "duplicate"
    OFF_TOPIC = "off_topic"

    @property
    def is_work(self) -> bool:
        """Whether what lies on it waits for somebody."""
        return self not in {Pile.HANDLED, Pile.DUPLICATE, Pile.OFF_TOPIC}


PILE_LABELS: dict[Pile, str] = {
    Pile.OPEN: N_("All that waits"),
    Pile.NEW: N_("New answers"),
    Pile.TO_CHECK: N_("To be checked"),
    Pile.REVIEW: N_("To look through"),
    Pile.LATE: N_("Late"),
    Pile.TWICE: N_("Perhaps twice"),
    Pile.HANDLED: N_("Handled"),
    Pile.DUPLICATE: N_("Duplicates"),
    Pile.OFF_TOPIC: N_("Off topic"),
}

PILE_HINTS: dict[Pile, str] = {
    Pile.OPEN: N_("Answers that nobody has said are handled."),
    Pile.NEW: N_("Nobody has taken these on yet."),
    Pile.TO_CHECK: N_(
        "Calls that are not read back, senders and files to look at, and new versions of answers."
    ),
    Pile.REVIEW: N_("Nobody outside sees these before somebody has looked them through."),
    Pile.LATE: N_("They came after the deadline, and nobody has decided whether they count."),
    Pile.TWICE: N_(
        "The same body, address or name has answered more than once. You decide what that means."
    ),
    Pile.HANDLED: N_("Somebody has said that nothing more is to be done with these."),
    Pile.DUPLICATE: N_("Marked as sent twice, or merged with another. They are not counted."),
    Pile.OFF_TOPIC: N_("Marked as not about this round. They are not counted."),
}


class Waits(StrEnum):
    """What an answer waits for, besides being handled."""

    TO_CHECK = "to_check"
    REVIEW = "review"
    LATE = "late"
    TWICE = "twice"


WAITS_LABELS: dict[Waits, str] = {
    Waits.TO_CHECK: N_("To be checked"),
    Waits.REVIEW: N_("To look through"),
    Waits.LATE: N_("Late, not decided"),
    Waits.TWICE: N_("Perhaps twice"),
}


class Due(StrEnum):
    """How a deadline stands."""

    OVERDUE = "overdue"
    WEEK = "week"
    NONE = "none"


DUE_LABELS: dict[Due, str] = {
    Due.OVERDUE: N_("Overdue"),
    Due.WEEK: N_("Within seven days"),
    Due.NONE: N_("Without a deadline"),
}


class QueueOrder(StrEnum):
    """What the queue can be sorted by."""

    NUMBER = "number"
    DUE = "due"
    NEWEST = "newest"


ORDER_LABELS: dict[QueueOrder, str] = {
    QueueOrder.NUMBER: N_("Number"),
    QueueOrder.DUE: N_("Deadline"),
    QueueOrder.NEWEST: N_("Newest first"),
}

ME = "me"
NOBODY = "nobody"
"""Whom a filter can ask for instead of a person; in a shared filter, whoever uses it is ``me``."""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which part of the queue is shown, and in which order.

    Attributes:
        q: Part of the sender's name.
        assignee: ``me``, ``nobody``, a person's public id, or empty for everybody's.
        unread: Only what I have not read as it stands now.
    """

    pile: Pile = Pile.OPEN
    q: str = ""
    group: ActorGroup | None = None
    channel: Channel | None = None
    assignee: str = ""
    due: Due | None = None
    unread: bool = False
    order: QueueOrder = QueueOrder.NUMBER

    @property
    def narrows(self) -> bool:
        """Whether anything of the pile is left out."""
        return self != QueueFilter(pile=self.pile, order=self.order)

    def values(self) -> dict[str, Any]:
        """As the values of an address, or to be stored; what leaves nothing out is missing."""
        plain = QueueFilter()
        found: dict[str, Any] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value != getattr(plain, one.name):
                found[one.name] = "1" if value is True else str(value)
        return found


def filter_from(values: Mapping[str, str]) -> QueueFilter:
    """The filter that an address or a stored row describes; what it cannot mean is left out."""
    return QueueFilter(
        pile=_member(Pile, values.get("pile")) or Pile.OPEN,
        q=" ".join(values.get("q", "").split())[:200],
        group=_member(ActorGroup, values.get("group")),
        channel=_member(Channel, values.get("channel")),
        assignee=values.get("assignee", "")[:24],
        due=_member(Due, values.get("due")),
        unread=values.get("unread") == "1",
        order=_member(QueueOrder, values.get("order")) or QueueOrder.NUMBER,
    )


def _member(kind: type[E], value: str | None) -> E | None:
    try:
        return kind(value or "")
    except ValueError:
        return None


class Reminder(StrEnum):
    """Which reminder of a deadline has gone out."""

    SOON = "soon"
    OVERDUE = "overdue"


class BulkKind(StrEnum):
    """What can be done with many answers at once."""

    ASSIGN = "assign"
    DEADLINE = "deadline"
    HANDLED = "handled"
    MARK = "mark"
    CLEAR = "clear"
    READ = "read"


BULK_LABELS: dict[BulkKind, str] = {
    BulkKind.ASSIGN: N_("Assign"),
    BulkKind.DEADLINE: N_("Set a deadline"),
    BulkKind.HANDLED: N_("Say that they are handled"),
    BulkKind.MARK: N_("Mark the answers"),
    BulkKind.CLEAR: N_("Clear for the web"),
    BulkKind.READ: N_("Mark as read by me"),
}


class Outcome(StrEnum):
    """What became of one answer in an action on many, or when that was undone."""

    DONE = "done"
    SAME = "same"
    HELD = "held"
    WAITING = "waiting"
    ASIDE = "aside"
    DECIDED = "decided"
    NOT_LATE = "not_late"
    ITSELF = "itself"
    FINDINGS = "findings"
    REFUSED = "refused"
    PERSON = "person"
    CHANGED = "changed"


OUTCOME_LABELS: dict[Outcome, str] = {
    Outcome.DONE: N_("Carried out"),
    Outcome.SAME: N_("It was so already"),
    Outcome.HELD: N_("Somebody else is working on it"),
    Outcome.WAITING: N_("Something still waits with it"),
    Outcome.ASIDE: N_("It does not count, so there is nothing to do"),
    Outcome.DECIDED: N_("It is marked already"),
    Outcome.NOT_LATE: N_("It came in time"),
    Outcome.ITSELF: N_("It is the answer that stands"),
    Outcome.FINDINGS: N_("Something that was found in it is not decided on"),
    Outcome.REFUSED: N_("It was decided that it is not published"),
    Outcome.PERSON: N_("Answers of private persons are looked through one by one"),
    Outcome.CHANGED: N_("Somebody has changed it since"),
}
