"""The form of what comes of a theme."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from consult.blueprints.shared.forms import Form
from consult.domain.following.service.answering import MAX_OUTCOME_LENGTH
from consult.domain.following.types import OUTCOME_LABELS, Outcome
from consult.kernel.i18n import CONTENT_LANGUAGES, LANGUAGE_NAMES


class OutcomeForm(Form):
    """What is recommended or done on a theme, and why."""

    outcome = RadioField(
        _l("What comes of it?"), validators=[InputRequired(_l("Choose what comes of it."))]
    )
    text = TextAreaField(
        _l("What, and why"),
        description=_l(
            "Everybody whose words have this theme reads it. Say what you recommend or do, "
            "and why; also why not."
        ),
        validators=[DataRequired(_l("Write what, and why.")), Length(max=MAX_OUTCOME_LENGTH)],
    )
    language = SelectField(_l("Language of the text"))

    def offer(self) -> "OutcomeForm":
        """Fill in the choices."""
        self.outcome.choices = [(one.value, _(label)) for one, label in OUTCOME_LABELS.items()]
        self.language.choices = [(code, LANGUAGE_NAMES[code]) for code in CONTENT_LANGUAGES]
        return self

    @property
    def chosen(self) -> Outcome:
        """What was chosen."""
        return Outcome(self.outcome.data)
