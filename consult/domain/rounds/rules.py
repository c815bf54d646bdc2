"""Rules of rounds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from consult.domain.organisations.types import ActorGroup
from consult.domain.rounds.types import (
    ROUND_RULES,
    TRANSITIONS,
    AnswerPublishing,
    DeadlineWarning,
    InvitationStatus,
    RoundStatus,
    RoundType,
)
from consult.kernel.clock import OSLO, end_of_day, start_of_day, to_oslo
from consult.kernel.errors import InvalidInput, TransitionError


class Asked(Protocol):
    """What needs to be known of a question to lead somebody to it."""

    audience: list[str]


AskedT = TypeVar("AskedT", bound=Asked)


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
    """Whether the time to answer is shorter than this kind of round should have.

    Counted from date to date in Norway, so that neither the hour nor summer time decides.
    """
    rules = ROUND_RULES[kind]
    period = timedelta(days=(to_oslo(closes_at).date() - to_oslo(opens_at).date()).days)
    if rules.minimum_period is not None and period < rules.minimum_period:
        return DeadlineWarning.UNDER_MINIMUM
    if rules.normal_period is not None and period < rules.normal_period:
        return DeadlineWarning.UNDER_NORMAL
    return None


def needs_reason(kind: RoundType, *, opens_at: datetime, closes_at: datetime) -> bool:
    """Whether so short a time to answer has to be explained in writing."""
    warning = deadline_warning(kind, opens_at=opens_at, closes_at=closes_at)
    return warning is DeadlineWarning.UNDER_MINIMUM


def opening_moment(value: date | datetime) -> datetime:
    """When a round opens: a date means its first second; a time without a zone is Norwegian."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=OSLO)
    return start_of_day(value)


def closing_moment(value: date | datetime) -> datetime:
    """When a round closes: a date means 23:59:59 on it; a time without a zone is Norwegian."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=OSLO)
    return end_of_day(value)


def check_extension(new: datetime, *, old: datetime, now: datetime) -> None:
    """A deadline is only ever moved to a later moment that lies ahead.

    Raises:
        InvalidInput: reason ``not_later`` or ``past``.
    """
    if new <= old:
        raise InvalidInput("closes_at", "not_later")
    if new <= now:
        raise InvalidInput("closes_at", "past")


def publishing_is_open(publishing: AnswerPublishing, *, closes_at: datetime, now: datetime) -> bool:
    """Whether the round's answers may stand on the web at a moment."""
    if publishing is AnswerPublishing.AFTER_DEADLINE:
        return is_past(closes_at, now=now)
    return publishing is AnswerPublishing.WHEN_RELEASED


def written_reason(reason: str) -> str:
    """A reason without blanks around it. Raises :class:`InvalidInput` when nothing is left."""
    text = reason.strip()
    if not text:
        raise InvalidInput("reason", "required")
    return text


def next_key(prefix: str, taken: Collection[str]) -> str:
    """The first free key of a series: ``q`` and ``q1``, ``q2`` taken → ``q3``."""
    number = len(taken) + 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"


def invitation_status(
    *,
    address: str | None,
    sent_at: datetime | None,
    has_failed: bool,
    has_answered: bool,
    has_declined: bool = False,
) -> InvitationStatus:
    """Where an invitation stands; an answer outweighs a mail that never came through."""
    if has_answered:
        return InvitationStatus.ANSWERED
    if has_declined:
        return InvitationStatus.DECLINED
    if has_failed:
        return InvitationStatus.FAILED
    if sent_at is not None:
        return InvitationStatus.SENT
    return InvitationStatus.NOT_SENT if address else InvitationStatus.NO_ADDRESS


def is_corrected(
    before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
) -> bool:
    """Whether texts that people may have answered to read otherwise now.

    A language that is added, or blanks that are moved, correct nothing.

    Args:
        before: Texts by language, each under a name of its own.
        after: The same names, as they are to be.
    """
    return any(
        " ".join(text.split()) != " ".join(after.get(name, {}).get(language, "").split())
        for name, texts in before.items()
        for language, text in texts.items()
        if text.strip()
    )


def wording_at(replaced: Sequence[datetime], moment: datetime) -> int:
    """Which wording of a question stood at a moment.

    Args:
        replaced: When each former wording was replaced, in order.
        moment: When an answer arrived.
    """
    return 1 + sum(replaced_at <= moment for replaced_at in replaced)


def days_left(closes_at: datetime, *, now: datetime) -> int:
    """Whole days until the deadline, counted as people do: 0 on its last 24 hours, never below."""
    return max(0, (closes_at - now).days)


def concerns(audience: Collection[str], group: ActorGroup) -> bool:
    """Whether a question is meant for a part of society more than for others."""
    return group.value in audience


def in_walking_order(questions: Iterable[AskedT], group: ActorGroup) -> tuple[AskedT, ...]:
    """The questions as somebody is led through them: those meant for their part of society first.

    Otherwise, whoever begins with the question shown first would skip those asked before it.
    """
    return tuple(sorted(questions, key=lambda question: not concerns(question.audience, group)))


def receipt_number(slug: str, number: int) -> str:
    """The number on a receipt: the initials of the round's short name and a running number.

    ``rom-for-lokale-kontor``, 42 → ``RFLK-0042``. Unique within the round.
    """
    initials = "".join(part[0] for part in slug.split("-") if part)[:6].upper()
    return f"{initials}-{number:04d}"
