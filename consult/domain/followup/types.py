"""Where a measure stands, what was answered to a proposal, and the time to respond."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from consult.kernel.i18n import N_


class MeasureStatus(StrEnum):
    """How far a measure has come (domain guide §1.4, row "oppfølging")."""

    DONE = "done"
    UNDERWAY = "underway"
    PARTLY = "partly"
    NOT_DONE = "not_done"
    OUTSIDE = "outside"


MEASURE_STATUS_LABELS: dict[MeasureStatus, str] = {
    MeasureStatus.DONE: N_("Carried out"),
    MeasureStatus.UNDERWAY: N_("Under way"),
    MeasureStatus.PARTLY: N_("Carried out in part"),
    MeasureStatus.NOT_DONE: N_("Not carried out"),
    MeasureStatus.OUTSIDE: N_("Outside what we can decide"),
}

NOT_TOLD_LABEL = N_("Nothing told yet")
"""Of a measure that nobody has reported on."""

REASONED_STATUSES = frozenset({MeasureStatus.PARTLY, MeasureStatus.NOT_DONE, MeasureStatus.OUTSIDE})
"""These say that not all is done, and so must say why."""

SETTLED_STATUSES = frozenset({MeasureStatus.DONE, MeasureStatus.NOT_DONE, MeasureStatus.OUTSIDE})
"""Nothing more is expected of these: they are never overdue, and nobody is reminded of them."""


class Reply(StrEnum):
    """What the addressee of a report says to one of its proposals."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    DECLINED = "declined"


REPLY_LABELS: dict[Reply, str] = {
    Reply.ACCEPTED: N_("Accepted"),
    Reply.PARTLY: N_("Accepted in part"),
    Reply.DECLINED: N_("Declined"),
}

NO_REPLY_LABEL = N_("Not answered yet")
"""Of a proposal that its addressee has not answered."""

REASONED_REPLIES = frozenset({Reply.PARTLY, Reply.DECLINED})
"""These turn something down, and so must say why."""


class MeasureEventKind(StrEnum):
    """Something that happened to a measure."""

    TAKEN_UP = "taken_up"
    PLANNED = "planned"
    REPLIED = "replied"
    STATUS = "status"
    REMINDED = "reminded"


MEASURE_EVENT_LABELS: dict[MeasureEventKind, str] = {
    MeasureEventKind.TAKEN_UP: N_("Taken from the report"),
    MeasureEventKind.PLANNED: N_("Owner or dates changed"),
    MeasureEventKind.REPLIED: N_("Answered"),
    MeasureEventKind.STATUS: N_("Status told"),
    MeasureEventKind.REMINDED: N_("The owner was reminded"),
}

PUBLIC_EVENTS = frozenset(
    {MeasureEventKind.TAKEN_UP, MeasureEventKind.REPLIED, MeasureEventKind.STATUS}
)
"""What everybody may read of a measure's history."""


@dataclass(frozen=True, slots=True)
class MeasurePlan:
    """Who carries a measure out, and when.

    Attributes:
        owner: The body or person; as everybody may read it.
        owner_email: Where reminders go; never shown outside the desk.
        owner_locale: The language of reminders.
        starts_on: When it shall begin.
        ends_on: When it shall be done.
    """

    owner: str = ""
    owner_email: str = ""
    owner_locale: str = "nb"
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What is told of how far a measure has come.

    Attributes:
        on: The day from which it holds.
        reason: Why not, or why only in part; also any other words about it.
        evidence: What shows it, in words.
        evidence_link: Where that can be read.
        language: Of ``reason`` and ``evidence``.
    """

    status: MeasureStatus
    on: date
    reason: str = ""
    evidence: str = ""
    evidence_link: str = ""
    language: str = "nb"


@dataclass(frozen=True, slots=True)
class Answered:
    """What the addressee says to a proposal; ``on`` is the day it was decided."""

    reply: Reply
    on: date
    reason: str = ""
    language: str = "nb"


@dataclass(frozen=True, slots=True)
class Progress:
    """How many measures there are, by status and by what was answered; ``None``: nothing yet."""

    total: int
    by_status: Mapping[MeasureStatus | None, int]
    by_reply: Mapping[Reply | None, int]
    overdue: int

    @property
    def answered(self) -> int:
        """How many proposals their addressee has answered."""
        return self.total - self.by_reply.get(None, 0)


RESPONSE_WITHIN = timedelta(weeks=12)
"""Time from the deadline to a response, or a reason why there is none. Source: Consultation
Principles 2018 (UK Cabinet Office), principle on timely responses; domain guide §4."""

WARN_BEFORE = timedelta(weeks=2)
"""The owner is reminded this long before the response is due, and again when it is."""


class ClockState(StrEnum):
    """Where a round stands with its response."""

    RUNNING = "running"
    LATE = "late"
    RESPONDED = "responded"


@dataclass(frozen=True, slots=True)
class ResponseClock:
    """The time to respond.

    Attributes:
        due_on: The last day, in Norway.
        responded_on: The day of the response, if there is one.
        days_left: Until the last day; negative after it.
    """

    state: ClockState
    due_on: date
    days_left: int
    responded_on: date | None = None

    @property
    def was_late(self) -> bool:
        """Whether the response came, and after it was due."""
        return self.responded_on is not None and self.responded_on > self.due_on


class ResponseReminder(StrEnum):
    """What the owner has been reminded of."""

    SOON = "soon"
    DUE = "due"


class Rehearing(StrEnum):
    """What was decided on hearing people once more."""

    NEW_ROUND = "new_round"
    NO_NEW_ROUND = "no_new_round"


REHEARING_LABELS: dict[Rehearing, str] = {
    Rehearing.NEW_ROUND: N_("The new proposal is sent out for consultation"),
    Rehearing.NO_NEW_ROUND: N_("No new consultation"),
}
