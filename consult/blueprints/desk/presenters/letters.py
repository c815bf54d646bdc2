"""Shapes letters to those who answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.domain.submissions.letters import (
    LETTER_KIND_LABELS,
    LetterKind,
    LetterRecipient,
    merged,
)

if TYPE_CHECKING:
    from consult.domain.notifications.models import OutboxMessage
    from consult.domain.submissions.letters import LetterWords
    from consult.domain.submissions.models import SenderLetterCopy


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter about an answer.

    Attributes:
        copy_id: Public id, for noting a reply.
        title: What kind it is and, of an answer that was sent on, where to.
        state: How far the mail is, and the tone of that.
        takes_reply: Whether a reply to it can be noted.
    """

    copy_id: str
    title: str
    when: datetime
    who: str
    body: str
    language: str
    state: tuple[str, str]
    reply: str | None
    replied_at: datetime | None
    takes_reply: bool


def letter_rows(copies: Sequence["SenderLetterCopy"], names: Mapping[str, str]) -> list[LetterRow]:
    """Letters about an answer, with who wrote them."""
    rows = []
    for copy in copies:
        letter = copy.letter
        title = _(LETTER_KIND_LABELS[letter.kind])
        if letter.recipient:
            title = f"{title}: {letter.recipient}"
        rows.append(
            LetterRow(
                copy_id=copy.public_id,
                title=title,
                when=letter.created_at,
                who=names.get(letter.created_by, ""),
                body=letter.body,
                language=letter.language,
                state=_state(copy.message),
                reply=copy.reply,
                replied_at=copy.replied_at,
                takes_reply=letter.kind is not LetterKind.FORWARDED,
            )
        )
    return rows


def _state(message: "OutboxMessage | None") -> tuple[str, str]:
    """How far a mail is; one that is deleted was sent once."""
    if message is None or message.sent_at is not None:
        is_back = message is not None and message.failed_at is not None
        return (_("Came back"), "danger") if is_back else (_("Sent"), "success")
    if message.failed_at is not None:
        return _("Not delivered"), "danger"
    return _("Waits to be sent"), "neutral"


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """A letter as the first recipient gets it."""

    name: str
    subject: str
    body: str


def preview_of(words: "LetterWords", recipient: LetterRecipient) -> LetterPreview:
    """The letter with a recipient's own values in it."""
    values = recipient.own_values
    return LetterPreview(recipient.name, merged(words.subject, values), merged(words.body, values))
