"""Mails between organisations that answer together."""

from consult.domain.notifications.service import enqueue
from consult.domain.notifications.types import Recipient


def send_joint_asked(
    to: Recipient, *, organisation: str, body: str, round_title: str, language: str, link: str
) -> None:
    """Ask a body whether it stands behind another's response.

    Args:
        to: Who coordinates the body.
        organisation: Who asks.
        body: The body's name.
        round_title: The round's title, in ``language``.
        language: Of the title.
        link: Where the text stands, and where the body answers.
    """
    enqueue(
        "joint_asked",
        to,
        organisation=organisation,
        body=body,
        round_title=round_title,
        language=language,
        link=link,
    )
