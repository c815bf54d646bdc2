"""Filling and emptying the outbox."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from blinker import Signal
from sqlalchemy import delete, select

from consult.db import on_commit, session
from consult.domain.audit.service import record
from consult.domain.audit.types import SYSTEM_STREAM, Tag
from consult.domain.notifications.errors import DeliveryFailed
from consult.domain.notifications.models import OutboxMessage
from consult.domain.notifications.rendering import render_message
from consult.domain.notifications.rules import stop_headers
from consult.domain.notifications.stopping import is_stopped, make_link
from consult.domain.notifications.types import (
    RETRY_AFTER,
    Choice,
    Mail,
    MailAttachment,
    Recipient,
)
from consult.kernel.clock import utc_now
from consult.kernel.files import FileStore

outbox_filled = Signal()
"""Sent after a commit that put mail into the outbox; the worker's wake-up call."""


class Transport(Protocol):
    """Hands a mail over to whatever carries it.

    Attributes:
        keeps_bodies: Whether what a mail says must stay in the outbox once it is delivered.
    """

    keeps_bodies: ClassVar[bool]

    def deliver(self, mail: Mail) -> None:
        """Deliver, or raise :class:`DeliveryFailed`."""
        ...


def enqueue(
    kind: str,
    to: Recipient,
    *,
    about: str | None = None,
    headers: dict[str, str] | None = None,
    attachments: Sequence[MailAttachment] = (),
    **values: object,
) -> OutboxMessage:
    """Write a mail into the outbox; it is sent once the transaction has been committed.

    Args:
        kind: The folder of its templates.
        to: Who gets it.
        about: Reference of what :func:`forget_mail_about` will be called with.
        headers: Further headers.
        attachments: Files that go with it.
        values: What the templates ask for.
    """
    subject, body_text, body_html = render_message(kind, to.locale, to=to, **values)
    now = utc_now()
    message = OutboxMessage(
        kind=kind,
        about=about,
        to_email=to.email,
        to_name=to.name,
        locale=to.locale,
        subject=subject,
        body_text=body_text,
        body_html=body_html,
        headers=headers or {},
        attachments=[asdict(attachment) for attachment in attachments],
        created_at=now,
        send_after=now,
        is_confidential=to.is_confidential,
    )
    session().add(message)
    session().flush()
    on_commit(_announce)
    return message


def enqueue_declinable(
    kind: str, to: Recipient, choice: Choice, **values: object
) -> OutboxMessage | None:
    """As :func:`enqueue`, with a link and headers to decline; ``None`` where that has been done."""
    if is_stopped(to.email, choice.topic) and not choice.is_sent_anyway:
        return None
    link = f"{choice.base_url}/mail/{make_link(to.email, choice.topic)}"
    values["stop_link"] = link
    return enqueue(kind, to, about=choice.about, headers=stop_headers(link), **values)  # type: ignore[arg-type]


def deliver(
    message_id: int,
    *,
    transport: Transport,
    files: FileStore,
    now: datetime,
    make_receipt: Callable[[str], bytes] | None = None,
) -> bool:
    """Try to deliver one mail and note how it went; ``False`` when it was not due after all.

    Args:
        message_id: Which.
        transport: What carries it.
        files: Where attachments are kept.
        now: When.
        make_receipt: Makes the receipt of an answer, by its public id, as a PDF.
    """
    message = _hold_unsent(message_id)
    if message is None:
        return False
    message.attempts += 1
    try:
        # a mail that stays here needs no receipt made for it: its page makes one when asked
        sources = _Sources(files, None if transport.keeps_bodies else make_receipt)
        transport.deliver(_mail_of(message, sources))
    except DeliveryFailed as failure:
        _note_failure(message, failure, now)
    else:
        message.sent_at = now
        message.last_error = None
        if not transport.keeps_bodies:
            message.body_text = message.body_html = ""
    session().flush()
    return True


def note_broken_delivery(message_id: int, *, reason: str, now: datetime) -> None:
    """Count a try that ended with an error nobody foresaw, after its transaction was undone."""
    message = _hold_unsent(message_id)
    if message is None:
        return
    message.attempts += 1
    _note_failure(message, DeliveryFailed(reason), now)
    session().flush()


def note_bounce(public_id: str, *, now: datetime) -> bool:
    """Note that a mail we had sent came back; ``False`` when none of ours has this name."""
    query = select(OutboxMessage).where(
        OutboxMessage.public_id == public_id, OutboxMessage.sent_at.is_not(None)
    )
    message = session().scalars(query).one_or_none()
    if message is None:
        return False
    message.failed_at, message.last_error = now, "came back as undeliverable"
    session().flush()
    return True


def forget_mail_about(reference: str) -> None:
    """Delete every mail about something, whether it was sent or not."""
    session().execute(delete(OutboxMessage).where(OutboxMessage.about == reference))


def send_again(message: OutboxMessage, *, by: str, now: datetime) -> None:
    """Put a mail that was given up back into the queue; does nothing to any other mail.

    Args:
        message: The mail.
        by: Who asks for it, as ``Actor.reference``.
        now: When.
    """
    if message.failed_at is None:
        return
    message.failed_at = None
    message.attempts = 0
    message.send_after = now
    session().flush()
    record(Tag.MAIL_SENT_AGAIN, subject=message.reference, by=by, stream=SYSTEM_STREAM, at=now)
    on_commit(_announce)


def _announce() -> None:
    outbox_filled.send()


def _hold_unsent(message_id: int) -> OutboxMessage | None:
    """The mail, kept from other workers; ``None`` when one has it, or it was sent or given up."""
    query = (
        select(OutboxMessage)
        .where(
            OutboxMessage.id == message_id,
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.failed_at.is_(None),
        )
        .with_for_update(skip_locked=True)
    )
    return session().scalars(query).one_or_none()


@dataclass(frozen=True, slots=True)
class _Sources:
    """Where the bytes of attachments come from."""

    files: FileStore
    make_receipt: Callable[[str], bytes] | None

    def has(self, item: dict[str, str]) -> bool:
        """Whether the attachment is to be had here."""
        return self.make_receipt is not None or not item.get("receipt_of")

    def read(self, item: dict[str, str]) -> tuple[str, str, bytes]:
        """Name, media type and bytes of one attachment."""
        return item["filename"], item["media_type"], self._bytes(item)

    def _bytes(self, item: dict[str, str]) -> bytes:
        if (answer := item.get("receipt_of")) and self.make_receipt is not None:
            return self.make_receipt(answer)
        try:
            return self.files.read(item["digest"])
        except FileNotFoundError as missing:
            reason = f"attachment missing ({item['digest']})"
            raise DeliveryFailed(reason, permanent=True) from missing


def _mail_of(message: OutboxMessage, sources: _Sources) -> Mail:
    return Mail(
        message_id=message.public_id,
        to=Recipient(email=message.to_email, name=message.to_name, locale=message.locale),
        subject=message.subject,
        body_text=message.body_text,
        body_html=message.body_html,
        headers=dict(message.headers),
        files=tuple(sources.read(item) for item in message.attachments if sources.has(item)),
    )


def _note_failure(message: OutboxMessage, failure: DeliveryFailed, now: datetime) -> None:
    message.last_error = failure.reason[:500]
    if failure.permanent or message.attempts > len(RETRY_AFTER):
        message.failed_at = now
    else:
        message.send_after = now + RETRY_AFTER[message.attempts - 1]
