"""Forms of what belongs to an answer: that it lay beside another, and supplements."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.submissions.types import MAX_ANSWER_LENGTH
from consult.domain.submissions.uploads import ACCEPTED_EXTENSIONS


class BesideForm(Form):
    """The answer that another lay beside when it came."""

    number = IntegerField(
        _l("Number of the other answer"),
        description=_l("The answer of the body that sent it along, such as the municipality."),
        validators=[InputRequired(_l("Write a number.")), NumberRange(min=1, max=999_999)],
    )


class RegisterSupplementForm(Form):
    """A supplement that came by mail or on paper."""

    text = TextAreaField(_l("What it says"), validators=[Optional(), Length(max=MAX_ANSWER_LENGTH)])
    question = SelectField(_l("What is it about?"), validators=[Optional()])
    file = FileField(
        _l("File"),
        validators=[Optional()],
        render_kw={"accept": ",".join(ACCEPTED_EXTENSIONS)},
    )
    received_on = DateField(_l("Received"), validators=[InputRequired(_l("Write when it came."))])

    def offer(self, places: Mapping[str, str]) -> "RegisterSupplementForm":
        """Fill in the questions: their words by key."""
        self.question.choices = {"": _("The answer as a whole"), **places}
        return self
