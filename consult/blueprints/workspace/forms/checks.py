"""Forms of the checks of a report."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from consult.blueprints.shared.forms import Form


class SignForForm(Form):
    """Why what was found may stay as it is."""

    reason = TextAreaField(
        _l("Why it can stay like this"),
        description=_l("Your name and the reason are kept with the report."),
        validators=[
            DataRequired(_l("Say why it can stay like this.")),
            Length(max=1000, message=_l("The reason is too long. Shorten it.")),
        ],
    )
