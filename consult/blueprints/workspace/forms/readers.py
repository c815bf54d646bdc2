"""The form that lets somebody outside read a draft."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField
from wtforms.validators import DataRequired, Length

from consult.blueprints.shared.forms import Form
from consult.domain.composing.service.inviting import LONGEST_NAME


class ReaderForm(Form):
    """Who shall read, and how long."""

    name = StringField(
        _l("Who shall read it?"),
        description=_l("Their comments stand under this name."),
        validators=[DataRequired(_l("Write a name.")), Length(max=LONGEST_NAME)],
    )
    ends_on = DateField(
        _l("Last day the link works"), validators=[DataRequired(_l("Choose a day."))]
    )
