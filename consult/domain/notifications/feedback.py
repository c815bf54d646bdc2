"""Mails to branches about what became of their answer. They say where to read it, never what."""

from consult.domain.notifications.service import enqueue
from consult.domain.notifications.types import Recipient


def send_branch_feedback(
    to: Recipient,
    *,
    branch: str,
    organisation: str,
    round_title: str,
    language: str,
    is_again: bool,
    link: str,
) -> None:
    """Tell somebody who writes for a branch that it can see where its points went.

    ``organisation`` heard the branch; ``round_title`` is the internal hearing's, in ``language``;
    ``is_again`` says that something has changed since the last such mail.
    """
    enqueue(
        "branch_feedback",
        to,
        branch=branch,
        organisation=organisation,
        round_title=round_title,
        language=language,
        is_again=is_again,
        link=link,
    )
