"""Filling and emptying the outbox."""

from collections.abc import Sequence
from dataclasses import asdict
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
from consult.domain.notifications.types import RETRY_AFTER, Mail, MailAttachment, Recipient
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
    )
    session().add(message)
    session().flush()
    on_commit(_announce)
    return message


def deliver(message_id: int, *, transport: Transport, files: FileStore, now: datetime) -> bool:
    """Try to deliver one mail and note how it went; ``False`` when it was not due after all."""
    message = _hold_unsent(message_id)
    if message is None:
        return False
    message.attempts += 1
    try:
        transport.deliver(_mail_of(message, files))
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


def _mail_of(message: OutboxMessage, files: FileStore) -> Mail:
    return Mail(
        message_id=message.public_id,
        to=Recipient(email=message.to_email, name=message.to_name, locale=message.locale),
        subject=message.subject,
        body_text=message.body_text,
        body_html=message.body_html,
        headers=dict(message.headers),
        files=tuple(
            (item["filename"], item["media_type"], _attached(item["digest"], files))
            for item in message.attachments
        ),
    )


def _attached(digest: str, files: FileStore) -> bytes:
    try:
        return files.read(digest)
    except FileNotFoundError as missing:
        raise DeliveryFailed(f"attachment missing ({digest})", permanent=True) from missing


def _note_failure(message: OutboxMessage, failure: DeliveryFailed, now: datetime) -> None:
    message.last_error = failure.reason[:500]
    if failure.permanent or message.attempts > len(RETRY_AFTER):
        message.failed_at = now
    else:
        message.send_after = now + RETRY_AFTER[message.attempts - 1]
