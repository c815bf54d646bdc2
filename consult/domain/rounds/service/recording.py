"""Noting in the audit log what was done to a round."""

from datetime import datetime

from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.rounds.errors import RoundFrozen
from consult.domain.rounds.models import Round
from consult.domain.rounds.rules import effective_status
from consult.domain.rounds.types import EDITABLE_STATUSES, RoundStatus
from consult.kernel.clock import utc_now


def note(
    tag: Tag,
    round_: Round,
    *,
    by: Actor,
    data: dict[str, object] | None = None,
    at: datetime | None = None,
) -> None:
    """Write an entry about a round into its owner's chain."""
    record(
        tag,
        subject=round_.reference,
        by=by.reference,
        stream=organisation_stream(round_.owner_id),
        data=data,
        at=at,
    )


def status_now(round_: Round, *, now: datetime | None = None) -> RoundStatus:
    """Where a round stands by the clock, also before the worker has written it down."""
    return effective_status(
        round_.status,
        opens_at=round_.opens_at,
        closes_at=round_.closes_at,
        now=now or utc_now(),
    )


def check_editable(round_: Round) -> None:
    """Raise :class:`RoundFrozen` once the paper and the questions stand fast."""
    status = status_now(round_)
    if status not in EDITABLE_STATUSES:
        raise RoundFrozen(status.value)


def check_planned(round_: Round) -> None:
    """Raise :class:`RoundFrozen` once the round has been announced."""
    if round_.status is not RoundStatus.PLANNED:
        raise RoundFrozen(round_.status.value)
