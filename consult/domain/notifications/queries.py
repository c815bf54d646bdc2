"""Reading the outbox."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from consult.db import session
from consult.domain.notifications.models import OutboxMessage
from consult.domain.notifications.types import DeliveryState
from consult.kernel.errors import NotFound


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


def list_in_state(
    state: DeliveryState, *, offset: int = 0, limit: int = 50
) -> Sequence[OutboxMessage]:
    """Mails that were sent, that wait, or that were given up; newest first."""
    query = (
        select(OutboxMessage)
        .where(_is_in(state))
        .order_by(OutboxMessage.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return session().scalars(query).all()


def count_by_state() -> dict[DeliveryState, int]:
    """How many mails there are in each state."""
    query = select(*(func.count().filter(_is_in(state)) for state in DeliveryState)).select_from(
        OutboxMessage
    )
    return dict(zip(DeliveryState, session().execute(query).one(), strict=True))


def get_message(public_id: str) -> OutboxMessage:
    """One mail. Raises :class:`NotFound`."""
    message = find_message(public_id)
    if message is None:
        raise NotFound("mail", public_id)
    return message


def _is_in(state: DeliveryState) -> ColumnElement[bool]:
    match state:
        case DeliveryState.FAILED:
            return OutboxMessage.failed_at.is_not(None)
        case DeliveryState.WAITING:
            return and_(OutboxMessage.sent_at.is_(None), OutboxMessage.failed_at.is_(None))
        case DeliveryState.SENT:
            return OutboxMessage.sent_at.is_not(None)


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
