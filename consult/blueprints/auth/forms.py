"""Forms of signing in."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import DataRequired, Email, Length

from consult.blueprints.shared.forms import Form

_EMAIL_MESSAGE = _l("Write an e-mail address, such as kari@example.no.")


class LinkForm(Form):
    """Asks for a one-time link."""

    email = EmailField(
        _l("E-mail"),
        validators=[DataRequired(_EMAIL_MESSAGE), Email(_EMAIL_MESSAGE), Length(max=254)],
        filters=[lambda value: value.strip() if value else value],
        render_kw={"autocomplete": "email"},
    )
    next = HiddenField()


class PasswordForm(LinkForm):
    """Signs in by password."""

    password = PasswordField(
        _l("Password"),
        validators=[DataRequired(_l("Write your password.")), Length(max=500)],
        render_kw={"autocomplete": "current-password"},
    )


class UseLinkForm(Form):
    """Uses up a one-time link: a button, so that mail scanners that open links use none up."""

    next = HiddenField()
