"""Mail about more time that one body gets."""

from datetime import datetime

from consult.domain.notifications.service import enqueue
from consult.domain.notifications.types import Recipient


def send_own_deadline(
    to: Recipient, *, owner: str, round_title: str, language: str, deadline: datetime, link: str
) -> None:
    """Tell a body that it has more time than the others.

    Args:
        to: The body, at the address that it was asked at.
        owner: Who asks.
        round_title: The round's title, in ``language``.
        language: Of the title.
        deadline: The body's own.
        link: Address of the round's page.
    """
    enqueue(
        "own_deadline",
        to,
        owner=owner,
        round_title=round_title,
        language=language,
        deadline=deadline,
        link=link,
    )
