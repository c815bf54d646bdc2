"""What a person says of an answer that came in another way than the form."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from consult.domain.organisations.types import ActorType
from consult.domain.rounds.rules import is_past
from consult.domain.submissions.rules import clean_name
from consult.domain.submissions.types import Channel, Publication, Relay, Signer
from consult.kernel.clock import OSLO, to_oslo
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import CONTENT_LANGUAGES

REGISTERED_CHANNELS: tuple[Channel, ...] = (Channel.DOCUMENT, Channel.EMAIL, Channel.PAPER)
"""How a document can have come in."""

HAND_CHANNELS: tuple[Channel, ...] = (
    Channel.PAPER,
    Channel.PHONE,
    Channel.EMAIL,
    Channel.DOCUMENT,
)
"""How an answer that is written down by hand can have come in."""


@dataclass(frozen=True, slots=True)
class LateChoice:
    """What is decided about an answer that came after the deadline, and why."""

    is_included: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Lateness:
    """That an answer came after the deadline.

    Attributes:
        deadline: The one that holds for this sender.
        was_posted_in_time: Whether the postmark is from before it; ``None`` where none is known.
    """

    deadline: datetime
    was_posted_in_time: bool | None


@dataclass(frozen=True, slots=True)
class AnswerDetails:
    """Who answered, when, how and what may be published, as far as it is known yet.

    Attributes:
        sender: The name on the answer.
        is_nameless: A person has answered without a name, as in a survey.
        organisation_id: The registered organisation that the sender is, when it is one.
        document_date: The date the letter carries; ``None`` until it is given.
        is_undated: Somebody has looked and found no date on the letter.
        their_ref: The sender's own reference ("Vår ref." in their letter).
        received_on: The day it arrived, in Norway.
        received_at: The moment it arrived, where that is known better than by the day.
        has_no_comments: The sender says in so many words that they have no comments.
        contact_name: Whom to ask; never published.
        contact_email: Where the receipt goes; never published.
        relay: How it came by another person's hand.
        late: What is decided, should it have come after the deadline.
    """

    sender: str = ""
    organisation_id: int | None = None
    actor_type: ActorType | None = None
    signatories: tuple[Signer, ...] = ()
    document_date: date | None = None
    is_undated: bool = False
    their_ref: str | None = None
    received_on: date | None = None
    received_at: datetime | None = None
    channel: Channel = Channel.DOCUMENT
    language: str = "nb"
    publication: Publication | None = None
    has_no_comments: bool = False
    contact_name: str | None = None
    contact_email: str | None = None
    relay: Relay = field(default_factory=Relay)
    late: LateChoice | None = None
    is_nameless: bool = False


def check_details(details: AnswerDetails, *, now: datetime) -> None:
    """Raise ``InvalidInput`` for what keeps an answer from being registered, ``further`` included.

    Reasons: ``required`` (sender, actor_type, received_on), ``undecided`` (document_date: neither
    a date nor the statement that there is none), ``both`` (the two at once), ``future``,
    ``after_received`` (document_date, posted_on), ``unknown`` (language).
    """
    faults = [*_faults_of_sender(details), *_faults_of_dates(details, today=to_oslo(now).date())]
    if faults:
        faults[0].further = tuple(faults[1:])
        raise faults[0]


def _faults_of_sender(details: AnswerDetails) -> Iterator[InvalidInput]:
    may_be_nameless = details.is_nameless and details.actor_type is ActorType.PRIVATE_PERSON
    if not clean_name(details.sender) and not may_be_nameless:
        yield InvalidInput("sender", "required")
    if details.actor_type is None:
        yield InvalidInput("actor_type", "required")
    if details.language not in CONTENT_LANGUAGES:
        yield InvalidInput("language", "unknown")


def _faults_of_dates(details: AnswerDetails, *, today: date) -> Iterator[InvalidInput]:
    written_on, posted_on, received_on = (
        details.document_date,
        details.relay.posted_on,
        details.received_on,
    )
    if written_on is None and not details.is_undated:
        yield InvalidInput("document_date", "undecided")
    if written_on is not None and details.is_undated:
        yield InvalidInput("document_date", "both")
    if received_on is None:
        yield InvalidInput("received_on", "required")
        return
    if received_on > today:
        yield InvalidInput("received_on", "future")
    if written_on is not None and written_on > received_on:
        yield InvalidInput("document_date", "after_received")
    if posted_on is not None and posted_on > received_on:
        yield InvalidInput("posted_on", "after_received")


def moment_of_receipt(details: AnswerDetails, *, now: datetime) -> datetime:
    """When an answer counts as received.

    Today means now. A day without a time means its noon: a deadline that is a date ends at
    23:59:59, so the hour decides nothing.
    """
    if details.received_at is not None:
        return details.received_at
    if details.received_on is None or details.received_on == to_oslo(now).date():
        return now
    return datetime.combine(details.received_on, time(12), tzinfo=OSLO)


def lateness_of(
    details: AnswerDetails, *, closes_at: datetime, own_deadline: datetime | None, now: datetime
) -> Lateness | None:
    """Whether an answer came after the deadline of its sender, and whether it was posted before."""
    deadline = max(closes_at, own_deadline or closes_at)
    if not is_past(deadline, now=moment_of_receipt(details, now=now)):
        return None
    posted_on = details.relay.posted_on
    return Lateness(deadline, None if posted_on is None else posted_on <= to_oslo(deadline).date())


def default_publication(actor_type: ActorType) -> Publication:
    """What applies when the sender has said nothing: bodies are published, people are not."""
    return Publication.WITH_NAME if actor_type.is_organisation else Publication.NOT_ON_WEB
