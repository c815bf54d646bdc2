"""Forms of mails that came in."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from consult.blueprints.desk.forms.intake import one_line
from consult.blueprints.shared.forms import Form


class SetAsideForm(Form):
    """Why a mail is no answer."""

    reason = StringField(
        _l("Why it is no answer"),
        validators=[DataRequired(_l("Write why.")), Length(max=500)],
        filters=[one_line],
        description=_l("For example: advertising, or the same letter on paper is registered."),
    )
