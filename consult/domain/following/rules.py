"""Rules of telling people what happens."""

from collections.abc import Collection
from datetime import datetime

from consult.domain.following.types import QUIET_FOR, REMIND_DAYS
from consult.kernel.clock import to_oslo


def calendar_days_left(closes_at: datetime, *, now: datetime) -> int:
    """Days from today's date to the deadline's in Norway: 0 on the last day, negative after it."""
    return (to_oslo(closes_at).date() - to_oslo(now).date()).days


def due_reminder(
    *, closes_at: datetime, written_at: datetime, sent: Collection[int], now: datetime
) -> int | None:
    """Which reminder of an unsent answer is due, named by its days before the deadline.

    A reminder that was missed is not sent when a later one is due, and none is sent twice or after
    the deadline.

    Args:
        closes_at: The deadline that holds for the writer.
        written_at: When something was written last.
        sent: The reminders that have been sent.
        now: The present moment.
    """
    left = calendar_days_left(closes_at, now=now)
    if now > closes_at or now - written_at < QUIET_FOR:
        return None
    due = [days for days in REMIND_DAYS if left <= days]
    if not due or min(due) >= min(sent, default=REMIND_DAYS[0] + 1):
        return None
    return min(due)


def is_digest_due(digested_at: datetime | None, *, now: datetime) -> bool:
    """Whether today's digest has not been sent yet; days are Norwegian."""
    return digested_at is None or to_oslo(digested_at).date() < to_oslo(now).date()
