"""Reading the outbox."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from consult.db import session
from consult.domain.notifications.models import OutboxMessage


def list_messages(*, offset: int = 0, limit: int = 50) -> Sequence[OutboxMessage]:
    """Mails, newest first."""
    query = select(OutboxMessage).order_by(OutboxMessage.id.desc()).offset(offset).limit(limit)
    return session().scalars(query).all()


def list_failed() -> Sequence[OutboxMessage]:
    """Mails that were given up and wait for somebody to send them again."""
    query = (
        select(OutboxMessage)
        .where(OutboxMessage.failed_at.is_not(None))
        .order_by(OutboxMessage.id.desc())
    )
    return session().scalars(query).all()


def find_message(public_id: str) -> OutboxMessage | None:
    """One mail."""
    query = select(OutboxMessage).where(OutboxMessage.public_id == public_id)
    return session().scalars(query).one_or_none()


def due_message_ids(now: datetime, *, limit: int = 50) -> Sequence[int]:
    """Ids of mails to be sent now, oldest first."""
    query = (
        select(OutboxMessage.id)
        .where(
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.failed_at.is_(None),
            OutboxMessage.send_after <= now,
        )
        .order_by(OutboxMessage.id)
        .limit(limit)
    )
    return session().scalars(query).all()
