"""Mails to the groups of a programme."""

from dataclasses import dataclass

from consult.domain.notifications.service import enqueue
from consult.domain.notifications.types import Recipient


@dataclass(frozen=True, slots=True)
class GroupNews:
    """What the steering group has done with a sub-report, in the recipient's language.

    Attributes:
        what: ``accepted``, ``supplement``, ``answered`` or ``handed_on``.
        text: The reason or the answer; may be empty.
        title: Of the programme, in ``language``.
        link: Where the group reads it.
    """

    what: str
    text: str
    owner: str
    title: str
    language: str
    link: str


def send_group_news(to: Recipient, news: GroupNews) -> None:
    """Tell a group what was said of its sub-report, or of a question in it."""
    enqueue("group_news", to, news=news)
