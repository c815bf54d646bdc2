"""Mails between organisations that answer together."""

from dataclasses import dataclass

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


def send_joint_reminder(
    to: Recipient, *, organisation: str, body: str, round_title: str, language: str, link: str
) -> None:
    """Remind a body that has not said whether it stands behind another's response.

    The arguments are those of :func:`send_joint_asked`.
    """
    enqueue(
        "joint_reminder",
        to,
        organisation=organisation,
        body=body,
        round_title=round_title,
        language=language,
        link=link,
    )


def send_joint_taken_back(
    to: Recipient, *, organisation: str, body: str, round_title: str, language: str
) -> None:
    """Tell a body that it need not answer any more: the question is taken back.

    The arguments are those of :func:`send_joint_asked`; there is nothing left to open.
    """
    enqueue(
        "joint_taken_back",
        to,
        organisation=organisation,
        body=body,
        round_title=round_title,
        language=language,
    )


@dataclass(frozen=True, slots=True)
class JoinedChange:
    """What has happened to an answer that a body joins.

    Attributes:
        body: Who joins it.
        other: Whose answer it is.
        owner: Who has asked for answers.
        is_gone: It counts no more; else it has another text.
        is_question: The owner asks whether the body still joins.
    """

    body: str
    other: str
    owner: str
    is_gone: bool
    is_question: bool


def send_joined_changed(
    to: Recipient, change: JoinedChange, *, round_title: str, language: str, link: str
) -> None:
    """Tell a body that the answer it joins has changed, and where it can say what it wants.

    Args:
        to: Who coordinates the body.
        change: What has happened.
        round_title: The round's title, in ``language``.
        language: Of the title.
        link: Where the body says whether it still joins.
    """
    enqueue(
        "joined_changed",
        to,
        change=change,
        round_title=round_title,
        language=language,
        link=link,
    )


def send_written_in_your_name(
    to: Recipient,
    *,
    sender: str,
    body: str,
    ground: str,
    round_title: str,
    language: str,
    link: str,
) -> None:
    """Tell a body that another has answered in its name.

    Args:
        to: Who coordinates the body.
        sender: Who has sent the answer.
        body: In whose name.
        ground: On what ground, in the sender's words.
        round_title: The round's title, in ``language``.
        language: Of the title.
        link: Where the body reads it, and can say that it is not its own.
    """
    enqueue(
        "written_in_your_name",
        to,
        sender=sender,
        body=body,
        ground=ground,
        round_title=round_title,
        language=language,
        link=link,
    )
