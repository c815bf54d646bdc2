"""Forms of the public pages."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField
from wtforms.validators import DataRequired, Email, Length

from consult.blueprints.shared.forms import Form

_EMAIL_MESSAGE = _l("Write an e-mail address, such as kari@example.no.")


class SupportForm(Form):
    """Where to send the link that confirms a support."""

    email = EmailField(
        _l("E-mail"),
        validators=[DataRequired(_EMAIL_MESSAGE), Email(_EMAIL_MESSAGE), Length(max=254)],
        filters=[lambda value: value.strip() if value else value],
        render_kw={"autocomplete": "email"},
    )


class ConfirmForm(Form):
    """One button."""
