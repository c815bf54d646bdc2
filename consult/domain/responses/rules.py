"""Rules of an organisation's work on an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from consult.domain.composing.types import SignEventKind
from consult.domain.responses.types import CaseStatus, CaseStep, Move
from consult.domain.rounds.rules import is_past
from consult.kernel.clock import end_of_day, to_oslo

INTERNAL_LEAD = timedelta(days=14)
"""How long before the deadline above the branches' answers should be in (domain guide, scenario
56: two weeks)."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What has been done about a round.

    Attributes:
        hears_until: Deadline of the internal hearing; ``None`` where there is none.
        is_written: Somebody has written on the response.
        is_signing: The present text is out to be signed.
        is_signed: Every step of the sign-off of the present text is signed.
    """

    status: CaseStatus | None = None
    hears_until: datetime | None = None
    is_written: bool = False
    is_signing: bool = False
    is_signed: bool = False
    is_sent: bool = False


def step_of(progress: Progress, *, now: datetime) -> CaseStep:
    """How far the work has come: the furthest thing that has been done."""
    if progress.is_sent:
        return CaseStep.SENT
    if progress.is_signed:
        return CaseStep.SIGNED
    if progress.is_written:
        return CaseStep.DRAFTED
    if progress.hears_until is not None and is_past(progress.hears_until, now=now):
        return CaseStep.HEARD
    return CaseStep.NEW if progress.status is None else CaseStep.SCREENED


def move_of(
    progress: Progress, *, has_responsible: bool, closes_at: datetime, now: datetime
) -> Move:
    """Whose move it is."""
    if progress.is_sent:
        return Move.OWNER
    if progress.status is CaseStatus.DECLINED:
        return Move.NOBODY
    if progress.status is CaseStatus.HANDED_ON:
        return Move.BELOW
    if is_past(closes_at, now=now) and progress.status is None:
        return Move.NOBODY
    if progress.status is None:
        return Move.COORDINATOR
    if progress.is_signed:
        return Move.SENDER
    if progress.is_signing:
        return Move.SIGNERS
    if progress.hears_until is not None and not is_past(progress.hears_until, now=now):
        return Move.BRANCHES
    return Move.PERSON if has_responsible else Move.COORDINATOR


_UNDOING = frozenset({SignEventKind.RETURNED, SignEventKind.SEAL_BROKEN, SignEventKind.STOPPED})


def is_sign_off_running(steps: int, events: Sequence[SignEventKind]) -> bool:
    """Whether somebody is asked to sign: nothing has undone it, and signatures are missing."""
    return _UNDOING.isdisjoint(events) and not is_sign_off_complete(steps, events)


def is_sign_off_complete(steps: int, events: Sequence[SignEventKind]) -> bool:
    """Whether a sign-off has all its signatures and nothing has undone them since."""
    signed = 0
    for event in events:
        signed = 0 if event in _UNDOING else signed + (event is SignEventKind.SIGNED)
    return steps > 0 and signed >= steps


def internal_deadline(above: datetime, *, now: datetime) -> datetime:
    """When the branches' answers should be in: two weeks before the deadline above.

    Where less time than that is left, half of it: the other half is needed for writing.
    """
    planned = end_of_day((to_oslo(above) - INTERNAL_LEAD).date())
    if planned > now + timedelta(days=1):
        return planned
    return end_of_day(to_oslo(now + (above - now) / 2).date())


def is_later_than_above(closes_at: datetime, above: datetime) -> bool:
    """Whether answers could come in when the deadline above is over."""
    return closes_at > above
