"""Mails about reports."""

from dataclasses import asdict, dataclass
from datetime import date

from consult.domain.notifications.models import OutboxMessage
from consult.domain.notifications.service import enqueue
from consult.domain.notifications.types import Recipient


@dataclass(frozen=True, slots=True)
class AskedToCheck:
    """What somebody who is quoted is asked, and until when.

    Attributes:
        round_title: In the recipient's language as far as there is one; ``title_language`` says.
        contact: Where to write to instead.
        link: Where the words stand and can be answered.
    """

    receipt_number: str
    round_title: str
    title_language: str
    owner: str
    due_on: date
    contact: str
    link: str


def send_fact_check(to: Recipient, asked: AskedToCheck, *, about: str) -> OutboxMessage:
    """Ask a sender whether the words that a draft quotes are right; ``about``: the question."""
    return enqueue("fact_check", to, about=about, **asdict(asked))
