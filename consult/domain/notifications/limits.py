"""How many mails an address gets that anybody could have asked for."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from consult.db import session
from consult.domain.notifications.models import MailTally
from consult.kernel.ids import content_digest

MOST_LINK_MAILS: tuple[tuple[timedelta, int], ...] = (
    (timedelta(hours=1), 5),
    (timedelta(days=1), 15),
)
"""Enough for the secretary of a council who has forgotten where the link is, and no flood."""


def take_link_mail(email: str, *, now: datetime) -> bool:
    """Count one more mail with links to an address; false when it has had enough of them."""
    address = content_digest(email.strip().lower().encode())
    for period, most in MOST_LINK_MAILS:
        query = select(func.count(MailTally.id)).where(
            MailTally.address_digest == address, MailTally.counted_at > now - period
        )
        if (session().scalar(query) or 0) >= most:
            return False
    longest = max(period for period, _most in MOST_LINK_MAILS)
    session().execute(delete(MailTally).where(MailTally.counted_at <= now - longest))
    session().add(MailTally(address_digest=address, counted_at=now))
    session().flush()
    return True
