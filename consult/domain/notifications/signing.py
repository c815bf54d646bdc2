"""Mails about signing a document. They say who and where, never what was written or why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from consult.domain.notifications.service import enqueue
from consult.domain.notifications.types import Recipient


@dataclass(frozen=True, slots=True)
class SignNote:
    """What every mail about a sign-off tells.

    Attributes:
        organisation: Whose document it is.
        title: The title of the round it answers, in ``language``.
        link: The sign-off's page.
        code: The first letters of the text's digest.
    """

    organisation: str
    title: str
    language: str
    link: str
    code: str


def send_sign_turn(
    to: Recipient,
    note: SignNote,
    *,
    step: str,
    is_body: bool,
    due_on: date | None,
    signed: Sequence[str],
    for_name: str | None = None,
    handed_by: str | None = None,
) -> None:
    """Tell somebody that it is their turn to sign.

    Args:
        to: The signatory, or a deputy.
        note: About what.
        step: The step's name.
        is_body: A body decides, and the recipient records it.
        due_on: By when; the meeting's day where a body decides.
        signed: Names of those who have signed.
        for_name: In whose place a deputy may sign.
        handed_by: Who has handed the step on.
    """
    enqueue(
        "sign_turn",
        to,
        note=note,
        step=step,
        is_body=is_body,
        due_on=due_on,
        signed=signed,
        for_name=for_name,
        handed_by=handed_by,
    )


def send_sign_reminder(
    to: Recipient, note: SignNote, *, step: str, name: str, due_on: date, is_overdue: bool
) -> None:
    """Remind a signatory, and whoever watches over it, of a step that is due or overdue.

    ``name`` is whose turn it is.
    """
    enqueue(
        "sign_reminder",
        to,
        note=note,
        step=step,
        name=name,
        due_on=due_on,
        is_overdue=is_overdue,
    )


def send_sign_returned(to: Recipient, note: SignNote, *, name: str) -> None:
    """Tell writers and those who had signed that a signatory sends the text back."""
    enqueue("sign_returned", to, note=note, name=name)


def send_seal_broken(
    to: Recipient, note: SignNote, *, name: str, part: str, has_signed: bool
) -> None:
    """Tell somebody that the text was changed, by whom and where, and that signatures fell."""
    enqueue("seal_broken", to, note=note, name=name, part=part, has_signed=has_signed)


def send_sign_stopped(to: Recipient, note: SignNote, *, name: str) -> None:
    """Tell those who had signed, or were asked to, that signing was stopped."""
    enqueue("sign_stopped", to, note=note, name=name)


def send_sign_complete(to: Recipient, note: SignNote, *, signed: Sequence[str]) -> None:
    """Tell whoever watches over it that everybody has signed and the text can be sent."""
    enqueue("sign_complete", to, note=note, signed=signed)
