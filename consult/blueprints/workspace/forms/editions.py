"""Forms of the editions of a report."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from consult.blueprints.shared.forms import Form


class EditionForm(Form):
    """Preparing or publishing: nothing but a button."""


class ErrataForm(Form):
    """What was wrong in a published edition."""

    errata = TextAreaField(
        _l("What was wrong, and what is right"),
        description=_l("It stands on top of the edition and in the list. Leave it empty for none."),
        validators=[Length(max=2000, message=_l("The text is too long. Shorten it."))],
    )


class WithdrawForm(Form):
    """Why an edition is taken off the web."""

    reason = TextAreaField(
        _l("Why it is taken off the web"),
        description=_l("Whoever opens its address reads this."),
        validators=[
            DataRequired(_l("Say why it is taken off the web.")),
            Length(max=2000, message=_l("The reason is too long. Shorten it.")),
        ],
    )
