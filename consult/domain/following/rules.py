"""Rules of telling people what happens."""

from collections.abc import Collection
from datetime import datetime

from consult.domain.following.types import QUIET_FOR, REMIND_DAYS, AnswerChange
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


def changes_since(
    told_at: datetime,
    *,
    themes_shown_at: datetime | None,
    themes_changed_at: datetime | None,
    outcome_told_at: datetime | None,
    published_at: datetime | None,
    now: datetime,
) -> tuple[AnswerChange, ...]:
    """What has happened with an answer that its sender has not been told.

    That themes are shown says it all: which of them changed before is not news to anybody.

    Args:
        told_at: Until when everything has been told.
        themes_shown_at: Since when the sender sees the themes; ``None`` while hidden.
        themes_changed_at: When a theme was last put on a passage or taken off.
        outcome_told_at: When what comes of one of its themes was last written.
        published_at: Since when everybody may read the answer, also later than now; ``None`` never.
        now: The present moment.
    """

    def is_new(moment: datetime | None) -> bool:
        return moment is not None and told_at < moment <= now

    changes = []
    if is_new(themes_shown_at):
        changes.append(AnswerChange.THEMES_SHOWN)
    elif themes_shown_at is not None and is_new(themes_changed_at):
        changes.append(AnswerChange.THEMES_CHANGED)
    if themes_shown_at is not None and is_new(outcome_told_at):
        changes.append(AnswerChange.OUTCOME_TOLD)
    if is_new(published_at):
        changes.append(AnswerChange.PUBLISHED)
    return tuple(changes)


def is_digest_due(digested_at: datetime | None, *, now: datetime) -> bool:
    """Whether today's digest has not been sent yet; days are Norwegian."""
    return digested_at is None or to_oslo(digested_at).date() < to_oslo(now).date()
