"""Changing rounds."""

from datetime import datetime

from consult.db import session
from consult.domain.accounts.types import SYSTEM, Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.rounds.models import Round
from consult.domain.rounds.queries import rounds_due
from consult.domain.rounds.rules import check_transition, effective_status
from consult.domain.rounds.types import RoundStatus


def change_status(round_: Round, target: RoundStatus, *, by: Actor, at: datetime) -> None:
    """Move a round to another state and record it. Raises ``TransitionError``."""
    check_transition(round_.status, target)
    before = round_.status
    round_.status = target
    session().flush()
    record(
        Tag.ROUND_STATUS_CHANGED,
        subject=round_.reference,
        by=by.reference,
        stream=organisation_stream(round_.owner_id),
        data={"before": before.value, "after": target.value},
        at=at,
    )


def move_by_clock(*, now: datetime) -> int:
    """Write down what the clock has already decided; returns how many rounds moved."""
    moved = 0
    for round_ in rounds_due(now):
        while True:
            target = effective_status(
                round_.status, opens_at=round_.opens_at, closes_at=round_.closes_at, now=now
            )
            if target is round_.status:
                break
            step = RoundStatus.OPEN if round_.status is RoundStatus.ANNOUNCED else target
            change_status(round_, step, by=SYSTEM, at=now)
            moved += 1
    return moved
