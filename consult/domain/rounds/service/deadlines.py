"""Setting the time to answer, and giving more of it."""

from datetime import datetime

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.types import Tag
from consult.domain.rounds.errors import RoundFrozen
from consult.domain.rounds.models import Round
from consult.domain.rounds.rules import check_extension, written_reason
from consult.domain.rounds.service.lifecycle import catch_up, change_status, set_deadline
from consult.domain.rounds.service.news import add_news
from consult.domain.rounds.service.recording import check_planned, note
from consult.domain.rounds.types import EXTENDABLE_STATUSES, NewsKind, RoundStatus
from consult.kernel.errors import InvalidInput


def change_dates(
    round_: Round,
    *,
    opens_at: datetime,
    closes_at: datetime,
    short_deadline_reason: str | None,
    by: Actor,
    may_outlast_parent: bool = False,
) -> None:
    """Set when a round opens and closes, as long as it is being prepared.

    A reason for a short time to answer is asked for when the round is announced, not here.

    Raises:
        InvalidInput: The deadline is not after the opening, or as :func:`check_against_parent`.
        RoundFrozen: The round has been announced; see :func:`extend_deadline`.
    """
    check_planned(round_)
    if closes_at <= opens_at:
        raise InvalidInput("closes_at", "before_opening")
    check_against_parent(round_, closes_at, may_outlast_parent=may_outlast_parent)
    round_.opens_at = opens_at
    round_.closes_at = closes_at
    round_.short_deadline_reason = (short_deadline_reason or "").strip() or None
    session().flush()
    note(
        Tag.ROUND_CHANGED,
        round_,
        by=by,
        data={
            "changed": "dates",
            "opens_at": opens_at.isoformat(),
            "closes_at": closes_at.isoformat(),
        },
    )


def extend_deadline(
    round_: Round,
    closes_at: datetime,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    may_outlast_parent: bool = False,
) -> None:
    """Give everybody more time; a round that had closed opens again. The history is public.

    Raises:
        InvalidInput: There is no reason, or the new deadline is not later, or is past, or as
            :func:`check_against_parent`.
        RoundFrozen: The round is still being prepared, or its answers are being analysed.
    """
    why = written_reason(reason)
    catch_up(round_, at=at)
    if round_.status not in EXTENDABLE_STATUSES:
        raise RoundFrozen(round_.status.value)
    check_extension(closes_at, old=round_.closes_at, now=at)
    check_against_parent(round_, closes_at, may_outlast_parent=may_outlast_parent)
    moved = {"old": round_.closes_at.isoformat(), "new": closes_at.isoformat(), "reason": why}
    set_deadline(round_, closes_at, reason=why, by=by, at=at)
    add_news(round_, NewsKind.DEADLINE_MOVED, at=at, data=dict(moved))
    if round_.status is RoundStatus.CLOSED:
        change_status(round_, RoundStatus.OPEN, by=by, at=at)


def check_against_parent(round_: Round, closes_at: datetime, *, may_outlast_parent: bool) -> None:
    """Refuse an internal deadline behind the one above, unless somebody has confirmed it.

    Raises:
        InvalidInput: reason ``after_parent``.
    """
    parent = round_.parent
    if parent is not None and closes_at > parent.closes_at and not may_outlast_parent:
        raise InvalidInput("closes_at", "after_parent")
