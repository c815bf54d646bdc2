"""Where a sign-off stands: derived from its steps and what happened, stored nowhere.

A signature holds as long as the text is the one that was seen. The first thing that ends a
sign-off (a return, a changed text, a stop) ends it for good: signing starts over with a new one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from consult.domain.composing.types import FrozenText, PlannedStep, SignEventKind
from consult.kernel.clock import to_oslo
from consult.kernel.errors import InvalidInput
from consult.kernel.text.rich.codec import from_json


class SignState(StrEnum):
    """What a sign-off has come to."""

    RUNNING = "running"
    COMPLETE = "complete"
    RETURNED = "returned"
    BROKEN = "broken"
    STOPPED = "stopped"


ENDINGS: dict[SignEventKind, SignState] = {
    SignEventKind.RETURNED: SignState.RETURNED,
    SignEventKind.SEAL_BROKEN: SignState.BROKEN,
    SignEventKind.STOPPED: SignState.STOPPED,
}
"""What ends a sign-off, and as what. Nothing that happens after it counts."""


class Reminder(StrEnum):
    """Why somebody is reminded."""

    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it was planned; see :class:`~consult.domain.composing.models.SignStep`."""

    id: int
    label: str
    person_id: int
    name: str
    title: str = ""
    on_letter: bool = True
    is_body: bool = False
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What happened; see :class:`~consult.domain.composing.models.SignEvent`."""

    kind: SignEventKind
    at: datetime
    by: str
    digest: str
    step_id: int | None = None
    name: str = ""
    title: str = ""
    for_name: str | None = None
    to_id: int | None = None
    to_name: str = ""
    reason: str = ""
    decided_on: date | None = None
    case_number: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A step that has been signed, with name and title as they were then."""

    step: Step
    event: Event


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is.

    Attributes:
        name: Who shall sign: the step's person, or to whom it was handed on.
        since: When the turn came to them.
        reminded_on: Days on which they were written to, the day it became their turn included.
    """

    step: Step
    person_id: int
    name: str
    title: str
    since: datetime
    reminded_on: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a sign-off stands.

    Attributes:
        signatures: What holds, in the order of the steps; nothing once the sign-off has ended.
        fallen: What was signed before it ended, and holds no more.
        turn: Whose turn it is while it runs.
        ahead: Steps after the turn, in order.
        ending: What ended it; ``None`` while it holds, and where only the changed text tells.
    """

    state: SignState
    digest: str
    signatures: tuple[Signature, ...]
    fallen: tuple[Signature, ...]
    turn: Turn | None
    ahead: tuple[Step, ...]
    ending: Event | None

    @property
    def holds(self) -> bool:
        """Whether the text is sealed: it is being signed, or everybody has signed."""
        return self.state in {SignState.RUNNING, SignState.COMPLETE}

    @property
    def signed_at(self) -> datetime | None:
        """When the last signature was given, if everybody has signed."""
        if self.state is not SignState.COMPLETE:
            return None
        return self.signatures[-1].event.at


def find_standing(
    steps: Sequence[Step], events: Iterable[Event], *, sealed: str, current: str
) -> Standing:
    """Where a sign-off stands.

    Args:
        steps: In order; at least one.
        events: In the order in which they happened.
        sealed: Digest of the text that was frozen for it.
        current: Digest of the text as it is now.
    """
    signed: dict[int, Signature] = {}
    recent: list[Event] = []  # from the start, or from the last signature
    ending = None
    for event in events:
        if ending is not None:
            break
        if event.kind in ENDINGS:
            ending = event
        recent.append(event)
        step = next((one for one in steps if one.id not in signed), None)
        if _counts(event, step, sealed) and step is not None:
            signed[step.id] = Signature(step, event)
            recent = [event]
    waiting = [step for step in steps if step.id not in signed]
    state = _state(ending, is_changed=sealed != current, is_waiting=bool(waiting))
    given = tuple(signed.values())
    has_ended = state not in {SignState.RUNNING, SignState.COMPLETE}
    return Standing(
        state=state,
        digest=sealed,
        signatures=() if has_ended else given,
        fallen=given if has_ended else (),
        turn=_turn(waiting[0], recent) if state is SignState.RUNNING else None,
        ahead=tuple(waiting[1:]) if state is SignState.RUNNING else (),
        ending=ending,
    )


def check_plan(steps: Sequence[PlannedStep], *, today: date) -> None:
    """Raise ``InvalidInput`` where a plan does not hold together.

    At ``steps`` where nobody is asked or nobody stands under the letter, ``label`` for a step
    without a name, and ``due_on`` for a date that has passed or comes before an earlier step's.
    """
    if not steps:
        raise InvalidInput("steps", "required")
    if not any(step.on_letter for step in steps):
        raise InvalidInput("steps", "nobody_on_letter")
    latest = today
    for number, step in enumerate(steps, start=1):
        if not step.label.strip():
            raise InvalidInput("label", "required", step=number)
        if step.due_on is None:
            continue
        if step.due_on < today:
            raise InvalidInput("due_on", "past", step=number)
        if step.due_on < latest:
            raise InvalidInput("due_on", "order", step=number)
        latest = step.due_on


def is_blank(text: FrozenText) -> bool:
    """Whether a document says nothing at all: no words, no stance, no "no comments"."""
    return not any(
        part.stance or part.no_comments or from_json(part.body).blocks for part in text.parts
    )


def reminder_due(
    due_on: date | None, *, reminded_on: Iterable[date], today: date
) -> Reminder | None:
    """Which reminder is due: one from the day before the date, one once it has passed.

    Whoever was written to on the same side of the date is left alone, for whatever reason it was.
    """
    if due_on is None:
        return None
    latest = max(reminded_on, default=date.min)
    if today > due_on:
        return Reminder.OVERDUE if latest <= due_on else None
    eve = due_on - timedelta(days=1)
    return Reminder.DUE if today >= eve and latest < eve else None


def _counts(event: Event, step: Step | None, sealed: str) -> bool:
    """Whether it is a signature of the step whose turn it is, on the very text."""
    is_signature = event.kind is SignEventKind.SIGNED and event.digest == sealed
    return is_signature and step is not None and event.step_id == step.id


def _state(ending: Event | None, *, is_changed: bool, is_waiting: bool) -> SignState:
    if ending is not None:
        return ENDINGS[ending.kind]
    if is_changed:
        return SignState.BROKEN
    return SignState.RUNNING if is_waiting else SignState.COMPLETE


def _turn(step: Step, events: Sequence[Event]) -> Turn:
    person_id, name, title = step.person_id, step.name, step.title
    since = events[0].at
    written = [since]
    for event in events:
        if event.step_id != step.id:
            continue
        if event.kind is SignEventKind.DELEGATED and event.to_id is not None:
            person_id, name, title = event.to_id, event.to_name, event.title
            since, written = event.at, [event.at]
        elif event.kind is SignEventKind.REMINDED:
            written.append(event.at)
    days = tuple(to_oslo(moment).date() for moment in written)
    return Turn(step, person_id, name, title, since, days)
