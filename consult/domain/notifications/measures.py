"""Mails about what becomes of a report: to those who carry measures out, and to a round's owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from consult.domain.notifications.models import OutboxMessage
from consult.domain.notifications.news import RoundNote
from consult.domain.notifications.service import enqueue, enqueue_declinable
from consult.domain.notifications.types import Choice, Recipient


@dataclass(frozen=True, slots=True)
class FollowNote:
    """The round that a mail is about, in the recipient's language.

    Attributes:
        language: The language of the title.
        contact: Whom to ask, on one line; may be empty.
        link: Where it can be read.
    """

    title: str
    language: str
    owner: str
    contact: str
    link: str


@dataclass(frozen=True, slots=True)
class DueMeasure:
    """A measure that somebody is reminded of; ``ends_on``: when it should be done."""

    number: int
    text: str
    language: str
    ends_on: date | None


def send_measures_due(
    to: Recipient, note: FollowNote, choice: Choice, *, measures: Sequence[DueMeasure]
) -> OutboxMessage | None:
    """Ask who carries measures out how far they have come."""
    return enqueue_declinable("measures_due", to, choice, note=note, measures=list(measures))


def send_response_due(to: Recipient, note: FollowNote, *, due_on: date, is_late: bool) -> None:
    """Remind a round's owner that those who answered wait for a response."""
    enqueue("response_due", to, note=note, due_on=due_on, is_late=is_late)


def send_followed_up(
    to: Recipient, note: RoundNote, choice: Choice, *, total: int, accepted: int, declined: int
) -> OutboxMessage | None:
    """Tell those who asked what was answered to the proposals of the report.

    Args:
        to: Who gets it.
        note: The round; its link leads to the follow-up.
        choice: How it can be declined.
        total: How many proposals there are.
        accepted: How many are carried out, also in part.
        declined: How many are not.
    """
    return enqueue_declinable(
        "followed_up", to, choice, note=note, total=total, accepted=accepted, declined=declined
    )
