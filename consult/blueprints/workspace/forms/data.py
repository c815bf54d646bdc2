"""The form that lets a report rest on newer data."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import DataRequired, Length

from consult.blueprints.workspace.forms.versions import BreakingForm


class TakeUpForm(BreakingForm):
    """Which frozen data the figures shall come from: those whose difference was shown."""

    snapshot = HiddenField(
        validators=[DataRequired(_l("Choose the data again.")), Length(max=40)],
    )
