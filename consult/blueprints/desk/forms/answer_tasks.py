"""Forms of what the staff does with single answers: transcripts, translations, senders."""

from collections.abc import Collection

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from consult.blueprints.shared.forms import Form
from consult.domain.submissions.service.transcribing import MAX_TRANSCRIPT_LENGTH
from consult.kernel.i18n import LANGUAGE_NAMES


def _unix_lines(value: str | None) -> str | None:
    return value.replace("\r\n", "\n") if value else value


class TranscriptForm(Form):
    """What is said in a video."""

    text = TextAreaField(
        _l("What is said in the video"),
        validators=[
            DataRequired(_l("Write what is said in the video.")),
            Length(max=MAX_TRANSCRIPT_LENGTH),
        ],
        filters=[_unix_lines],
    )


class TranslationForm(Form):
    """A translation of one part of an answer."""

    language = SelectField(
        _l("Into which language?"), validators=[InputRequired(_l("Choose a language."))]
    )
    text = TextAreaField(
        _l("Translation"),
        validators=[
            DataRequired(_l("Write the translation.")),
            Length(max=MAX_TRANSCRIPT_LENGTH),
        ],
        filters=[_unix_lines],
    )

    def offer(self, *, without: str, languages: Collection[str]) -> "TranslationForm":
        """Fill in the languages, but for the one that the answer is written in."""
        self.language.choices = {
            code: LANGUAGE_NAMES[code] for code in languages if code != without
        }
        return self


class SenderForm(Form):
    """Whether an answer is from the body that was chosen in the register."""

    decision = RadioField(
        _l("Who is the answer from?"),
        validators=[InputRequired(_l("Choose who the answer is from."))],
    )

    def offer(self, body: str | None) -> "SenderForm":
        """Fill in what can be decided; ``body`` is the name in the register."""
        choices = {"as_written": _("Keep the sender as it is written")}
        if body is not None:
            choices = {"body": _("It is from %(name)s", name=body), **choices}
        self.decision.choices = choices
        return self
