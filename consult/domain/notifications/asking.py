"""Mails that ask a sender about a file: for a copy that can be read, or for a summary."""

from consult.domain.notifications.service import enqueue
from consult.domain.notifications.types import Recipient


def send_file_question(
    to: Recipient,
    *,
    about: str,
    question: str,
    filename: str,
    receipt_number: str,
    round_title: str,
    owner: str,
    link: str,
) -> None:
    """Ask a sender about a file.

    Args:
        to: Who sent it.
        about: The answer's reference.
        question: ``copy`` or ``summary``.
        filename: The file's name.
        receipt_number: The answer's number.
        round_title: The round's title in the recipient's language.
        owner: Who asks.
        link: Where the answer can be opened and changed.
    """
    enqueue(
        "file_question",
        to,
        about=about,
        question=question,
        filename=filename,
        receipt_number=receipt_number,
        round_title=round_title,
        owner=owner,
        link=link,
    )
