"""Answering on behalf of another body, and what that body says."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from consult.blueprints.shared.forms import Form
from consult.domain.responses.service.representing import MOST_GROUND


class SpeakForForm(Form):
    """The ground on which we write in another body's name."""

    ground = TextAreaField(
        _l("On what ground do you answer for them?"),
        description=_l("Such as a decision, an agreement or a power of attorney, with its date."),
        validators=[DataRequired(_l("Write on what ground.")), Length(max=MOST_GROUND)],
    )


class OwnUpForm(Form):
    """Whether an answer in our name is ours."""

    is_ours = HiddenField(validators=[InputRequired()])
