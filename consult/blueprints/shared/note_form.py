"""The form of a note from a meeting: the same at a table and at the desk."""

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from consult.blueprints.shared.context import localise
from consult.blueprints.shared.forms import Form
from consult.domain.meetings.types import MAX_NOTE_LENGTH, WORDING_LABELS, Wording, WrittenNote
from consult.kernel.ids import new_public_id
from consult.kernel.text.plain import excerpt

if TYPE_CHECKING:
    from consult.domain.meetings.models import Meeting, MeetingPrompt


class NoteForm(Form):
    """A note that is written at the desk, from a sheet of paper for instance.

    Attributes:
        client_id: Made with the page, or by a phone; the same one is stored once.
    """

    client_id = HiddenField()
    prompt = SelectField(_l("What it is about"), validators=[Optional()])
    body = TextAreaField(
        _l("Note"),
        validators=[DataRequired(_l("Write the note.")), Length(max=MAX_NOTE_LENGTH)],
    )
    wording = RadioField(_l("Whose words are these?"), default=Wording.PARAPHRASE.value)

    def __init__(self, meeting: "Meeting", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.prompt.choices = [
            *((str(prompt.number), prompt_words(prompt)) for prompt in meeting.prompts),
            ("", _("Something else")),
        ]
        self.wording.choices = [(one.value, _(WORDING_LABELS[one])) for one in Wording]
        if not self.client_id.data:
            self.client_id.data = new_public_id()

    @property
    def note(self) -> WrittenNote:
        """The note as it was written."""
        return WrittenNote(
            client_id=self.client_id.data or "",
            body=self.body.data or "",
            wording=Wording(self.wording.data),
            prompt=int(self.prompt.data) if self.prompt.data else None,
        )


def prompt_words(prompt: "MeetingPrompt") -> str:
    """What the groups talk about, with its number."""
    words = localise(prompt.question.text) if prompt.question else prompt.text
    return f"{prompt.number}. {excerpt(words, 160)}"
