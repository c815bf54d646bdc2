"""Values of the outbox."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


class DeliveryState(StrEnum):
    """How far a mail has come."""

    FAILED = "failed"
    WAITING = "waiting"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a mail goes and in which language it is written."""

    email: str
    name: str
    locale: str


@dataclass(frozen=True, slots=True)
class MailAttachment:
    """A file that goes with a mail; ``digest`` names it in the file store."""

    filename: str
    media_type: str
    digest: str


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


RETRY_AFTER: tuple[timedelta, ...] = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
"""Waits before the next try; after the last one the mail is listed as failed, to be sent again."""
