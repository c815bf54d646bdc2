"""Rules of following up: what must be said with a status, when a response is due."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol
from urllib.parse import urlsplit

from consult.domain.followup.types import (
    REASONED_REPLIES,
    REASONED_STATUSES,
    RESPONSE_WITHIN,
    SETTLED_STATUSES,
    WARN_BEFORE,
    Answered,
    ClockState,
    MeasurePlan,
    MeasureStatus,
    Progress,
    Reply,
    ResponseClock,
    ResponseReminder,
    StatusReport,
)
from consult.kernel.clock import to_oslo
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import CONTENT_LANGUAGES, LOCALES
from consult.kernel.text.identity import has_identity_number
from consult.kernel.text.plain import canonical

LONGEST_TEXT = 4000
"""Characters of a reason, of evidence, of what has changed."""

LONGEST_LINE = 200
"""Characters of an owner's name."""

LONGEST_LINK = 500


class Followed(Protocol):
    """What the rules need to know of a measure."""

    status: MeasureStatus | None
    reply: Reply | None
    ends_on: date | None


def is_overdue(measure: Followed, *, today: date) -> bool:
    """Whether a measure should be done by now and is not; what was declined is expected of none."""
    return (
        measure.ends_on is not None
        and measure.ends_on < today
        and measure.status not in SETTLED_STATUSES
        and measure.reply is not Reply.DECLINED
    )


def count_progress(measures: Iterable[Followed], *, today: date) -> Progress:
    """How many measures there are in each state."""
    known = list(measures)
    return Progress(
        total=len(known),
        by_status=Counter(one.status for one in known),
        by_reply=Counter(one.reply for one in known),
        overdue=sum(is_overdue(one, today=today) for one in known),
    )


def check_plan(plan: MeasurePlan) -> MeasurePlan:
    """The plan as it is stored.

    Raises:
        InvalidInput: ``owner`` (``too_long``, ``identity_number``), ``owner_email``
            (``not_an_address``), ``owner_locale`` (``unknown``), ``ends_on`` (``before_start``).
    """
    email = plan.owner_email.strip().lower()
    local, at, host = email.partition("@")
    if email and not (local and at and "." in host and " " not in email):
        raise InvalidInput("owner_email", "not_an_address")
    if plan.owner_locale not in LOCALES:
        raise InvalidInput("owner_locale", "unknown")
    if plan.starts_on and plan.ends_on and plan.ends_on < plan.starts_on:
        raise InvalidInput("ends_on", "before_start")
    owner = " ".join(check_words("owner", plan.owner, longest=LONGEST_LINE).split())
    return replace(plan, owner=owner, owner_email=email)


def check_report(report: StatusReport, *, today: date) -> StatusReport:
    """What is told of a measure, as it is stored.

    Raises:
        InvalidInput: ``reason`` (``required`` where not all is done), ``on`` (``future``),
            ``evidence_link`` (``not_a_link``), or a text (``too_long``, ``identity_number``).
    """
    reason = check_words("reason", report.reason)
    if report.status in REASONED_STATUSES and not reason:
        raise InvalidInput("reason", "required")
    _check_day(report.on, today=today)
    _check_language(report.language)
    return replace(
        report,
        reason=reason,
        evidence=check_words("evidence", report.evidence),
        evidence_link=_check_link(report.evidence_link),
    )


def check_answered(answered: Answered, *, today: date) -> Answered:
    """What the addressee says, as it is stored.

    Raises:
        InvalidInput: ``reason`` (``required`` where something is turned down, ``too_long``,
            ``identity_number``), ``on`` (``future``).
    """
    reason = check_words("reason", answered.reason)
    if answered.reply in REASONED_REPLIES and not reason:
        raise InvalidInput("reason", "required")
    _check_day(answered.on, today=today)
    _check_language(answered.language)
    return replace(answered, reason=reason)


def check_words(field: str, text: str, *, longest: int = LONGEST_TEXT) -> str:
    """A text as it is stored. Raises ``InvalidInput`` (``too_long``, ``identity_number``)."""
    words = canonical(text).strip()
    if len(words) > longest:
        raise InvalidInput(field, "too_long")
    if has_identity_number(words):
        raise InvalidInput(field, "identity_number")
    return words


def clock_of(
    closes_at: datetime, *, has_responded: bool, responded_at: datetime | None, now: datetime
) -> ResponseClock | None:
    """Where a round stands with its response; ``None`` while it is open.

    The last day is twelve weeks after the deadline's, by Norway's calendar.

    Args:
        closes_at: The deadline of the round.
        has_responded: There is a response.
        responded_at: When it came, where that was noted.
        now: The present moment.
    """
    if now <= closes_at:
        return None
    due_on = to_oslo(closes_at).date() + RESPONSE_WITHIN
    left = (due_on - to_oslo(now).date()).days
    if has_responded:
        came_on = to_oslo(responded_at).date() if responded_at else None
        return ResponseClock(ClockState.RESPONDED, due_on, left, came_on)
    return ResponseClock(ClockState.RUNNING if left >= 0 else ClockState.LATE, due_on, left)


def due_response_reminder(
    clock: ResponseClock | None, *, sent: ResponseReminder | None
) -> ResponseReminder | None:
    """Which reminder the owner should get now: before the response is due, and when it is late."""
    if clock is None or clock.state is ClockState.RESPONDED or sent is ResponseReminder.DUE:
        return None
    if clock.state is ClockState.LATE:
        return ResponseReminder.DUE
    is_soon = clock.days_left <= WARN_BEFORE.days and sent is None
    return ResponseReminder.SOON if is_soon else None


def _check_day(on: date, *, today: date) -> None:
    if on > today:
        raise InvalidInput("on", "future")


def _check_language(language: str) -> None:
    if language not in CONTENT_LANGUAGES:
        raise InvalidInput("language", "unknown")


def _check_link(link: str) -> str:
    """An address on the web; anything else could run in the reader's browser."""
    wanted = link.strip()
    if not wanted:
        return ""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        raise InvalidInput("evidence_link", "not_a_link") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or " " in wanted:
        raise InvalidInput("evidence_link", "not_a_link")
    if len(wanted) > LONGEST_LINK:
        raise InvalidInput("evidence_link", "too_long")
    return wanted
