"""Forms of joint statements: asking a body, and its answer."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from consult.blueprints.shared.forms import Form


class AskBodyForm(Form):
    """Which body is asked."""

    body = StringField(_l("Name or organisation number"), validators=[Length(max=250)])
    chosen = HiddenField()


class ConfirmJointForm(Form):
    """A body says yes to the text that it was shown."""

    digest = HiddenField(validators=[InputRequired()])


class DeclineJointForm(Form):
    """Why a body does not stand behind it."""

    reason = TextAreaField(
        _l("Why not?"),
        description=_l("Those who asked you read this."),
        validators=[DataRequired(_l("Write why.")), Length(max=2000)],
    )
