"""Values of the outbox."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class DeliveryState(StrEnum):
    """How far a mail has come."""

    FAILED = "failed"
    WAITING = "waiting"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a mail goes and in which language it is written.

    Attributes:
        is_confidential: It is about something only inside an organisation: whoever runs the
            installation sees neither its kind nor the whole address.
    """

    email: str
    name: str
    locale: str
    is_confidential: bool = False


@dataclass(frozen=True, slots=True)
class MailAttachment:
    """A file that goes with a mail, by reference: its bytes are fetched when the mail leaves.

    Attributes:
        digest: Names it in the file store; empty for what is made anew.
        receipt_of: Public id of the answer whose receipt it is, as a PDF.
    """

    filename: str
    media_type: str
    digest: str = ""
    receipt_of: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail ready to be handed to a transport.

    Attributes:
        message_id: Our own id, kept the same when a delivery is tried again.
        files: Name, media type and bytes of each attachment.
    """

    message_id: str
    to: Recipient
    subject: str
    body_text: str
    body_html: str
    headers: dict[str, str] = field(default_factory=dict)
    files: tuple[tuple[str, str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What makes a mail one that can be declined.

    Attributes:
        topic: What it is about, such as ``round:abc``; declining it declines all about that.
        base_url: Address that the link to decline starts with.
        is_sent_anyway: It goes out although its topic was declined, as an invitation by law does.
        about: Reference of what the mail goes away with when that is deleted.
    """

    topic: str
    base_url: str
    is_sent_anyway: bool = False
    about: str | None = None


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the round's owner adds to a mail, as Markdown in one language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class InvitationMail:
    """What an invitation says, in the recipient's language.

    Attributes:
        language: The language of title and introduction.
        is_open_to_all: Whether bodies that were not asked may answer too.
        reason: Why this body is asked.
        contact: Whom to ask, on one line; may be empty.
        link: Address of the round's page.
        own_words: What the owner wants said as well.
    """

    title: str
    introduction: str
    language: str
    owner: str
    is_open_to_all: bool
    reason: str
    opens_at: datetime
    deadline: datetime
    contact: str
    link: str
    own_words: OwnWords | None = None


RETRY_AFTER: tuple[timedelta, ...] = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
"""Waits before the next try; after the last one the mail is listed as failed, to be sent again."""
