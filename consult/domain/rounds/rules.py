"""Rules of rounds."""

from datetime import datetime

from consult.domain.rounds.types import (
    ROUND_RULES,
    TRANSITIONS,
    DeadlineWarning,
    RoundStatus,
    RoundType,
)
from consult.kernel.errors import TransitionError


def effective_status(
    status: RoundStatus, *, opens_at: datetime, closes_at: datetime, now: datetime
) -> RoundStatus:
    """Where a round stands by the clock, also before the worker has written it down.

    An announced round is open from its opening on; an open one is closed after its deadline. The
    deadline itself (23:59:59) still counts: what arrives within that second is in time.
    """
    if status is RoundStatus.ANNOUNCED and now >= opens_at:
        status = RoundStatus.OPEN
    if status is RoundStatus.OPEN and is_past(closes_at, now=now):
        status = RoundStatus.CLOSED
    return status


def is_past(deadline: datetime, *, now: datetime) -> bool:
    """Whether a deadline is over: from the second after it on."""
    return now.replace(microsecond=0) > deadline


def check_transition(source: RoundStatus, target: RoundStatus) -> None:
    """Raise :class:`TransitionError` unless the table of states allows the step."""
    if target not in TRANSITIONS[source]:
        raise TransitionError("round", source.value, target.value)


def deadline_warning(
    kind: RoundType, *, opens_at: datetime, closes_at: datetime
) -> DeadlineWarning | None:
    """Whether the time to answer is shorter than this kind of round should have."""
    rules = ROUND_RULES[kind]
    period = closes_at - opens_at
    if rules.minimum_period is not None and period < rules.minimum_period:
        return DeadlineWarning.UNDER_MINIMUM
    if rules.normal_period is not None and period < rules.normal_period:
        return DeadlineWarning.UNDER_NORMAL
    return None


def days_left(closes_at: datetime, *, now: datetime) -> int:
    """Whole days until the deadline, counted as people do: 0 on its last 24 hours, never below."""
    return max(0, (closes_at - now).days)


def receipt_number(slug: str, number: int) -> str:
    """The number on a receipt: the initials of the round's short name and a running number.

    ``rom-for-lokale-kontor``, 42 → ``RFLK-0042``. Unique within the round.
    """
    initials = "".join(part[0] for part in slug.split("-") if part)[:6].upper()
    return f"{initials}-{number:04d}"
