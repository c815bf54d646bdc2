"""What to look at before a response is sent: what is in order, what is not, what stands in the way.

Being late is told and never blocks: the moment of the request decides how the answer stands to the
deadline, and the owner decides what becomes of it (domain guide, scenario 32).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from consult.domain.composing.letter import written_parts
from consult.domain.composing.standing import SignState
from consult.domain.composing.types import FrozenPart, FrozenText
from consult.domain.rounds.rules import is_past
from consult.domain.rounds.types import PUBLIC_STATUSES, RoundStatus
from consult.kernel.text.identity import has_identity_number
from consult.kernel.text.rich.codec import from_json
from consult.kernel.text.rich.showing import to_plain


class Outcome(StrEnum):
    """What a check says."""

    FINE = "fine"
    LOOK = "look"
    BLOCKS = "blocks"


class Topic(StrEnum):
    """What is checked, in the order in which it is shown."""

    TEXT = "text"
    QUESTIONS = "questions"
    IDENTITY = "identity"
    HEAD = "head"
    COMMENTS = "comments"
    WORD = "word"
    SIGNATURES = "signatures"
    HEARING = "hearing"
    JOINT = "joint"
    ATTACHMENTS = "attachments"
    DEADLINE = "deadline"


class Reason(StrEnum):
    """What was found; the page has words for each."""

    WRITTEN = "written"
    BLANK = "blank"
    ALL_ANSWERED = "all_answered"
    REQUIRED = "required"
    SKIPPED = "skipped"
    IDENTITY_NUMBER = "identity_number"
    HEAD_COMPLETE = "head_complete"
    NO_RECIPIENT = "no_recipient"
    NO_REFERENCE = "no_reference"
    NO_BASIS = "no_basis"
    DATE_AHEAD = "date_ahead"
    OPEN_COMMENTS = "open_comments"
    NO_OPEN_COMMENTS = "no_open_comments"
    OPEN_SUGGESTIONS = "open_suggestions"
    SIGNED = "signed"
    NOT_ASKED_TO_SIGN = "not_asked_to_sign"
    BEING_SIGNED = "being_signed"
    SEAL_BROKEN = "seal_broken"
    HEARING_OPEN = "hearing_open"
    NOT_CONFIRMED = "not_confirmed"
    MENTIONS_ATTACHMENT = "mentions_attachment"
    IN_TIME = "in_time"
    LATE = "late"
    NOT_OPEN_YET = "not_open_yet"
    CLOSED_TO_ALL = "closed_to_all"


_OUTCOMES: dict[Reason, Outcome] = {
    Reason.BLANK: Outcome.BLOCKS,
    Reason.REQUIRED: Outcome.BLOCKS,
    Reason.IDENTITY_NUMBER: Outcome.BLOCKS,
    Reason.NOT_ASKED_TO_SIGN: Outcome.BLOCKS,
    Reason.BEING_SIGNED: Outcome.BLOCKS,
    Reason.SEAL_BROKEN: Outcome.BLOCKS,
    Reason.NOT_OPEN_YET: Outcome.BLOCKS,
    Reason.CLOSED_TO_ALL: Outcome.BLOCKS,
    Reason.SKIPPED: Outcome.LOOK,
    Reason.NO_RECIPIENT: Outcome.LOOK,
    Reason.NO_REFERENCE: Outcome.LOOK,
    Reason.NO_BASIS: Outcome.LOOK,
    Reason.DATE_AHEAD: Outcome.LOOK,
    Reason.OPEN_COMMENTS: Outcome.LOOK,
    Reason.OPEN_SUGGESTIONS: Outcome.LOOK,
    Reason.HEARING_OPEN: Outcome.LOOK,
    Reason.NOT_CONFIRMED: Outcome.LOOK,
    Reason.MENTIONS_ATTACHMENT: Outcome.LOOK,
    Reason.LATE: Outcome.LOOK,
}
"""What is not named here is in order."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or proposal of the round that is put to us, by key."""

    key: str
    text: str
    is_required: bool = False
    is_proposal: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that the checks look at.

    Attributes:
        text: The response as it stands.
        wants_reference: The owner has a case number, which an answer should name.
        open_threads: Comments that nobody has resolved.
        open_suggestions: Changes from Word that nobody has decided about.
        sign_state: ``None`` where nobody has been asked to sign.
        hearing_until: When the internal hearing closes; ``None`` where there is none.
        unconfirmed: Names of bodies that are asked to stand behind it and have not answered.
        has_attachments: Something goes along.
        closes_at: Our own deadline, where we have one, else everybody's.
    """

    text: FrozenText
    asked: tuple[Asked, ...]
    wants_reference: bool
    open_threads: int
    open_suggestions: int
    sign_state: SignState | None
    hearing_until: datetime | None
    unconfirmed: tuple[str, ...]
    has_attachments: bool
    status: RoundStatus
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked. ``names`` are what it is about, such as questions."""

    topic: Topic
    reason: Reason
    names: tuple[str, ...] = ()
    number: int = 0

    @property
    def outcome(self) -> Outcome:
        """What it means for sending."""
        return _OUTCOMES.get(self.reason, Outcome.FINE)


def check_response(situation: Situation, *, today: date, now: datetime) -> tuple[Finding, ...]:
    """What is in order and what is not, in the order of :class:`Topic`."""
    return (
        *_check_text(situation),
        *_check_head(situation, today=today),
        *_check_work(situation, now=now),
        _check_deadline(situation, now=now),
    )


def blocks(findings: Sequence[Finding]) -> bool:
    """Whether something stands in the way of sending."""
    return any(one.outcome is Outcome.BLOCKS for one in findings)


def _check_text(situation: Situation) -> Iterator[Finding]:
    parts = written_parts(situation.text.parts)
    said = [part for part in parts if part.no_comments or part.stance or _words(part)]
    if not said:
        yield Finding(Topic.TEXT, Reason.BLANK)
        return
    yield Finding(Topic.TEXT, Reason.WRITTEN, number=len(said))
    answered = {
        *((False, part.question) for part in said),
        *((True, part.proposal) for part in said),
    }
    open_ones = [one for one in situation.asked if (one.is_proposal, one.key) not in answered]
    required = tuple(one.text for one in open_ones if one.is_required)
    skipped = tuple(one.text for one in open_ones if not one.is_required)
    if required:
        yield Finding(Topic.QUESTIONS, Reason.REQUIRED, required, len(required))
    if skipped:
        yield Finding(Topic.QUESTIONS, Reason.SKIPPED, skipped, len(skipped))
    if not open_ones and situation.asked:
        number = len(situation.asked)
        yield Finding(Topic.QUESTIONS, Reason.ALL_ANSWERED, number=number)
    suspicious = tuple(
        part.title for part in parts if has_identity_number(f"{part.heading}\n{_words(part)}")
    )
    if suspicious:
        yield Finding(Topic.IDENTITY, Reason.IDENTITY_NUMBER, suspicious, len(suspicious))


def _check_head(situation: Situation, *, today: date) -> Iterator[Finding]:
    head = situation.text.head
    found = []
    if not head.recipient:
        found.append(Reason.NO_RECIPIENT)
    if situation.wants_reference and not head.their_ref:
        found.append(Reason.NO_REFERENCE)
    if situation.hearing_until is not None and not head.basis:
        found.append(Reason.NO_BASIS)
    if head.document_date is not None and head.document_date > today:
        found.append(Reason.DATE_AHEAD)
    for reason in found or [Reason.HEAD_COMPLETE]:
        yield Finding(Topic.HEAD, reason)


def _check_work(situation: Situation, *, now: datetime) -> Iterator[Finding]:
    threads = situation.open_threads
    yield Finding(
        Topic.COMMENTS,
        Reason.OPEN_COMMENTS if threads else Reason.NO_OPEN_COMMENTS,
        number=threads,
    )
    if situation.open_suggestions:
        number = situation.open_suggestions
        yield Finding(Topic.WORD, Reason.OPEN_SUGGESTIONS, number=number)
    yield Finding(Topic.SIGNATURES, _SIGNING[situation.sign_state])
    if situation.hearing_until is not None and not is_past(situation.hearing_until, now=now):
        yield Finding(Topic.HEARING, Reason.HEARING_OPEN)
    if situation.unconfirmed:
        names = situation.unconfirmed
        yield Finding(Topic.JOINT, Reason.NOT_CONFIRMED, names, len(names))
    if not situation.has_attachments and _mentions_attachment(situation.text):
        yield Finding(Topic.ATTACHMENTS, Reason.MENTIONS_ATTACHMENT)


_SIGNING: dict[SignState | None, Reason] = {
    None: Reason.NOT_ASKED_TO_SIGN,
    SignState.RUNNING: Reason.BEING_SIGNED,
    SignState.COMPLETE: Reason.SIGNED,
    SignState.RETURNED: Reason.SEAL_BROKEN,
    SignState.BROKEN: Reason.SEAL_BROKEN,
    SignState.STOPPED: Reason.NOT_ASKED_TO_SIGN,
}


def _check_deadline(situation: Situation, *, now: datetime) -> Finding:
    if situation.status not in PUBLIC_STATUSES:
        return Finding(Topic.DEADLINE, Reason.CLOSED_TO_ALL)
    if now < situation.opens_at:
        return Finding(Topic.DEADLINE, Reason.NOT_OPEN_YET)
    late = is_past(situation.closes_at, now=now)
    return Finding(Topic.DEADLINE, Reason.LATE if late else Reason.IN_TIME)


def _words(part: FrozenPart) -> str:
    return to_plain(from_json(part.body))


_ATTACHMENT_WORDS = ("vedlegg", "vedlagt", "vedlagd", "attached", "attachment", "enclosed")


def _mentions_attachment(text: FrozenText) -> bool:
    words = " ".join(_words(part) for part in text.parts).lower()
    return any(one in words for one in _ATTACHMENT_WORDS)
