"""The form in which a table host writes a remark."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from consult.blueprints.respond.forms import AnswerForm
from consult.blueprints.shared.context import localise
from consult.domain.meetings.types import (
    MAX_NOTE_LENGTH,
    WORDING_LABELS,
    Wording,
    WrittenNote,
)
from consult.kernel.ids import new_public_id
from consult.kernel.text.plain import excerpt

if TYPE_CHECKING:
    from consult.domain.meetings.models import Meeting, MeetingPrompt


class TableNoteForm(AnswerForm):
    """A remark.

    Attributes:
        client_id: Made with the page, or by the phone; the same one is stored once.
        written_at: ISO 8601 with its offset from UTC, by the phone's clock; may be empty.
    """

    client_id = HiddenField()
    written_at = HiddenField()
    prompt = SelectField(_l("What is it about?"), validators=[Optional()])
    body = TextAreaField(
        _l("What was said?"),
        validators=[
            DataRequired(_l("Write what was said.")),
            Length(max=MAX_NOTE_LENGTH, message=_l("This is too long. Make it two notes.")),
        ],
        description=_l("One point at a time. Do not write names."),
    )
    wording = RadioField(_l("Whose words are these?"), default=Wording.PARAPHRASE.value)

    def __init__(self, meeting: "Meeting", **kwargs: Any) -> None:
        asked = request.args.get("prompt", "")
        first = str(meeting.prompts[0].number) if meeting.prompts else ""
        known = {str(prompt.number) for prompt in meeting.prompts}
        super().__init__(data={"prompt": asked if asked in known else first}, **kwargs)
        self.prompt.choices = [
            *((str(prompt.number), prompt_words(prompt)) for prompt in meeting.prompts),
            ("", _("Something else")),
        ]
        self.wording.choices = [(one.value, _(WORDING_LABELS[one])) for one in Wording]
        if not self.client_id.data:
            self.client_id.data = new_public_id()

    @property
    def reason(self) -> str:
        """Why it was refused, in one text."""
        # Errors of the form as a whole stand under no name.
        return " ".join(str(message) for messages in self.errors.values() for message in messages)

    @property
    def note(self) -> WrittenNote:
        """The remark as it was written."""
        return WrittenNote(
            client_id=self.client_id.data or "",
            body=self.body.data or "",
            wording=Wording(self.wording.data),
            prompt=int(self.prompt.data) if self.prompt.data else None,
            written_at=_moment(self.written_at.data or ""),
        )


def prompt_words(prompt: "MeetingPrompt") -> str:
    """What the groups talk about, with its number."""
    words = localise(prompt.question.text) if prompt.question else prompt.text
    return f"{prompt.number}. {excerpt(words, 200)}"


def _moment(text: str) -> datetime | None:
    """The moment that a phone wrote down; ``None`` for what is none or has no time zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
