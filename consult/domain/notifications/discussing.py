"""Mails about comments at a document. They say who and where, never what was said."""

from dataclasses import dataclass

from consult.domain.notifications.service import enqueue
from consult.domain.notifications.types import Recipient


@dataclass(frozen=True, slots=True)
class CommentNote:
    """Where a comment stands.

    Attributes:
        organisation: Whose document it is.
        title: The title of the round it answers, in ``language``.
        link: The discussion's place.
    """

    organisation: str
    title: str
    language: str
    link: str


def send_mentioned(to: Recipient, note: CommentNote, *, name: str) -> None:
    """Tell a member that somebody asks for them in a comment; ``name`` is who."""
    enqueue("mentioned", to, note=note, name=name)
