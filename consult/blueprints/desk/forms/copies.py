"""The form that says whether an answer repeats an earlier one."""

from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from consult.blueprints.shared.forms import Form


class CopyForm(Form):
    """The earlier answer, and what was found."""

    first = IntegerField(validators=[InputRequired(), NumberRange(min=1, max=999_999)])
    is_copy = BooleanField()
