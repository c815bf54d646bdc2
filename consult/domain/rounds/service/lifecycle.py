"""Moving a round through its states."""

from datetime import datetime

from consult.db import session
from consult.domain.accounts.types import SYSTEM, Actor
from consult.domain.audit.types import Tag
from consult.domain.rounds.checking import announcement_findings
from consult.domain.rounds.errors import RoundIncomplete
from consult.domain.rounds.findings import Finding
from consult.domain.rounds.models import DeadlineChange, Round
from consult.domain.rounds.queries import count_invitations, rounds_due, spec_of
from consult.domain.rounds.rules import check_transition, effective_status, written_reason
from consult.domain.rounds.service.news import add_news
from consult.domain.rounds.service.recording import note
from consult.domain.rounds.types import (
    FREE_STEPS,
    NewsKind,
    RoundStatus,
)
from consult.kernel.errors import TransitionError

_NEWS: dict[tuple[RoundStatus, RoundStatus], NewsKind] = {
    (RoundStatus.ANNOUNCED, RoundStatus.OPEN): NewsKind.OPENED,
    (RoundStatus.ANALYSIS, RoundStatus.REPORTED): NewsKind.REPORTED,
    (RoundStatus.ANNOUNCED, RoundStatus.CANCELLED): NewsKind.CANCELLED,
    (RoundStatus.OPEN, RoundStatus.CANCELLED): NewsKind.CANCELLED,
}
"""Steps that people outside the desk want to know of."""


def change_status(
    round_: Round,
    target: RoundStatus,
    *,
    by: Actor,
    at: datetime,
    data: dict[str, object] | None = None,
) -> None:
    """Move a round to another state and record it. Raises ``TransitionError``."""
    check_transition(round_.status, target)
    before = round_.status
    round_.status = target
    session().flush()
    note(
        Tag.ROUND_STATUS_CHANGED,
        round_,
        by=by,
        data={"before": before.value, "after": target.value, **(data or {})},
        at=at,
    )
    if (kind := _NEWS.get((before, target))) is not None:
        add_news(round_, kind, at=at)


def find_before_announcing(round_: Round, *, now: datetime) -> tuple[Finding, ...]:
    """Everything that stands in the way of announcing, or is worth a second look."""
    return announcement_findings(
        spec_of(round_),
        owner_type=round_.owner.actor_type,
        invited=count_invitations(round_.id),
        now=now,
    )


def announce(round_: Round, *, by: Actor, at: datetime) -> None:
    """Show a round to everybody; it opens at once when its opening is not ahead.

    The warnings that its owner saw and let stand are recorded with it.

    Raises:
        RoundIncomplete: Something is missing; ``missing`` says what and where.
        TransitionError: It has been announced before, or cancelled.
    """
    check_transition(round_.status, RoundStatus.ANNOUNCED)
    findings = find_before_announcing(round_, now=at)
    if missing := tuple(finding for finding in findings if finding.blocks):
        raise RoundIncomplete(missing)
    warnings = sorted({finding.code.value for finding in findings})
    change_status(round_, RoundStatus.ANNOUNCED, by=by, at=at, data={"warnings": warnings})
    if round_.opens_at <= at:
        change_status(round_, RoundStatus.OPEN, by=by, at=at)


def close_now(round_: Round, *, reason: str, by: Actor, at: datetime) -> None:
    """Stop taking answers before the deadline; the new deadline and the reason are shown to all.

    Whoever has begun, follows or was asked is told.

    Raises:
        InvalidInput: No reason is given.
        TransitionError: The round is not open.
    """
    why = written_reason(reason)
    catch_up(round_, at=at)
    check_transition(round_.status, RoundStatus.CLOSED)
    if round_.status is not RoundStatus.OPEN:
        raise TransitionError("round", round_.status.value, RoundStatus.CLOSED.value)
    before = round_.closes_at
    set_deadline(round_, at, reason=why, by=by, at=at)
    change_status(round_, RoundStatus.CLOSED, by=by, at=at)
    add_news(round_, NewsKind.CLOSED_EARLY, at=at, data={"old": before.isoformat(), "reason": why})


def cancel(round_: Round, *, reason: str, by: Actor, at: datetime) -> None:
    """Give a round up, with the reason. Raises ``InvalidInput`` or ``TransitionError``."""
    why = written_reason(reason)
    catch_up(round_, at=at)
    check_transition(round_.status, RoundStatus.CANCELLED)
    round_.cancel_reason = why
    change_status(round_, RoundStatus.CANCELLED, by=by, at=at)


def take_step(round_: Round, target: RoundStatus, *, by: Actor, at: datetime) -> None:
    """Move a round by one of the steps that need no check. Raises ``TransitionError``."""
    catch_up(round_, at=at)
    if target not in FREE_STEPS.get(round_.status, ()):
        raise TransitionError("round", round_.status.value, target.value)
    change_status(round_, target, by=by, at=at)


def set_deadline(round_: Round, new: datetime, *, reason: str, by: Actor, at: datetime) -> None:
    """Move the deadline and keep both dates with the reason; the rules are the caller's."""
    before = round_.closes_at
    round_.deadline_changes.append(
        DeadlineChange(
            changed_at=at,
            old_closes_at=before,
            new_closes_at=new,
            reason=reason,
            changed_by=by.reference,
        )
    )
    round_.closes_at = new
    session().flush()
    note(
        Tag.ROUND_DEADLINE_CHANGED,
        round_,
        by=by,
        data={"before": before.isoformat(), "after": new.isoformat()},
        at=at,
    )


def catch_up(round_: Round, *, at: datetime) -> int:
    """Write down what the clock has already decided of one round; returns the steps taken."""
    steps = 0
    while True:
        target = effective_status(
            round_.status, opens_at=round_.opens_at, closes_at=round_.closes_at, now=at
        )
        if target is round_.status:
            return steps
        step = RoundStatus.OPEN if round_.status is RoundStatus.ANNOUNCED else target
        change_status(round_, step, by=SYSTEM, at=at)
        steps += 1


def move_by_clock(*, now: datetime) -> int:
    """Write down what the clock has already decided; returns how many steps rounds moved."""
    return sum(catch_up(round_, at=now) for round_ in rounds_due(now))
