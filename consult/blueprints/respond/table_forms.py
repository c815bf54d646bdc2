"""The form in which a table host writes a remark."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from consult.blueprints.respond.forms import AnswerForm
from consult.blueprints.shared.note_form import NoteForm
from consult.domain.meetings.types import MAX_NOTE_LENGTH, WrittenNote

if TYPE_CHECKING:
    from consult.domain.meetings.models import Meeting


class TableNoteForm(NoteForm, AnswerForm):
    """A remark.

    Attributes:
        written_at: ISO 8601 with its offset from UTC, by the phone's clock; may be empty.
    """

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

    def __init__(self, meeting: "Meeting", **kwargs: Any) -> None:
        asked = request.args.get("prompt", "")
        first = str(meeting.prompts[0].number) if meeting.prompts else ""
        known = {str(prompt.number) for prompt in meeting.prompts}
        super().__init__(meeting, data={"prompt": asked if asked in known else first}, **kwargs)

    @property
    def reason(self) -> str:
        """Why it was refused, in one text."""
        # Errors of the form as a whole stand under no name.
        return " ".join(str(message) for messages in self.errors.values() for message in messages)

    @property
    def note(self) -> WrittenNote:
        """The remark as it was written."""
        return replace(super().note, written_at=_moment(self.written_at.data or ""))


def _moment(text: str) -> datetime | None:
    """The moment that a phone wrote down; ``None`` for what is none or has no time zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
