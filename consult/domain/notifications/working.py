"""Mails to the staff about work on answers. They say how many and where, never what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from consult.domain.notifications.service import enqueue
from consult.domain.notifications.types import Recipient


@dataclass(frozen=True, slots=True)
class WorkNote:
    """The round that a mail is about.

    Attributes:
        title: Its title, in ``language``.
        link: Where the work is.
    """

    title: str
    language: str
    link: str


def send_note_mentioned(to: Recipient, note: WorkNote, *, name: str, number: int) -> None:
    """Tell a colleague that somebody asks for them in a note about an answer."""
    enqueue("note_mentioned", to, note=note, name=name, number=number)


def send_answers_given(to: Recipient, note: WorkNote, *, name: str, numbers: Sequence[int]) -> None:
    """Tell a colleague which answers somebody has given them."""
    enqueue("answers_given", to, note=note, name=name, numbers=numbers)


def send_answers_due(
    to: Recipient,
    note: WorkNote,
    *,
    due_on: date,
    soon: Sequence[int],
    overdue: Sequence[int],
) -> None:
    """Remind a colleague of answers whose deadline is near or over; ``due_on`` is the nearest."""
    enqueue("answers_due", to, note=note, due_on=due_on, soon=soon, overdue=overdue)
