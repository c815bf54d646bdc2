"""Declining mail: a link in every mail that is not strictly necessary, and who has used it."""

from collections.abc import Collection
from datetime import datetime

from blinker import Signal
from sqlalchemy import delete, select

from consult.db import session
from consult.domain.notifications.models import MailLink, MailStop
from consult.domain.notifications.rules import address_digest
from consult.kernel.clock import utc_now
from consult.kernel.ids import new_token, token_digest

mail_stopped = Signal()
"""Sent with a ``MailStop``, in its transaction, so that areas above can forget the address."""


def make_link(email: str, topic: str) -> str:
    """A new secret that declines a topic on behalf of an address, and needs no account."""
    token = new_token()
    session().add(
        MailLink(
            token_digest=token_digest(token),
            address_digest=address_digest(email),
            topic=topic,
            created_at=utc_now(),
        )
    )
    session().flush()
    return token


def find_link(token: str) -> MailLink | None:
    """The link of a mail by its secret."""
    query = select(MailLink).where(MailLink.token_digest == token_digest(token))
    return session().scalars(query).one_or_none()


def is_stopped(email: str, topic: str) -> bool:
    """Whether an address wants no mail about something."""
    return _find(address_digest(email), topic) is not None


def stopped_among(emails: Collection[str], topic: str) -> frozenset[str]:
    """Which of some addresses want no mail about something."""
    by_digest = {address_digest(email): email for email in emails}
    query = select(MailStop.address_digest).where(
        MailStop.topic == topic, MailStop.address_digest.in_(by_digest)
    )
    return frozenset(by_digest[digest] for digest in session().scalars(query))


def is_stopped_by(link: MailLink) -> bool:
    """Whether the link's address has declined the link's topic."""
    return _find(link.address_digest, link.topic) is not None


def stop_mail(link: MailLink, *, now: datetime) -> None:
    """Send no more mail about the link's topic to its address; doing so twice changes nothing."""
    if (stop := _find(link.address_digest, link.topic)) is None:
        stop = MailStop(address_digest=link.address_digest, topic=link.topic, created_at=now)
        session().add(stop)
        session().flush()
    mail_stopped.send(stop)


def allow_mail(email: str, topic: str) -> None:
    """Take a stop back, because the address itself has asked for mail."""
    session().execute(
        delete(MailStop).where(
            MailStop.address_digest == address_digest(email), MailStop.topic == topic
        )
    )


def _find(digest: str, topic: str) -> MailStop | None:
    query = select(MailStop).where(MailStop.address_digest == digest, MailStop.topic == topic)
    return session().scalars(query).one_or_none()
