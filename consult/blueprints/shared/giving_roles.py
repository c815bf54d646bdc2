"""Giving a person a role in an organisation: what is asked, and what can be wrong with it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, RadioField, StringField
from wtforms.validators import DataRequired, Email, Length

from consult.blueprints.shared.forms import Form
from consult.blueprints.shared.organisations import offer, trim
from consult.domain.organisations.types import ROLE_LABELS
from consult.kernel.errors import InvalidInput

_ADDRESS = _l("Write an e-mail address, such as kari@example.no.")


class RoleForm(Form):
    """Who gets a role, and which."""

    email = EmailField(
        _l("E-mail"),
        validators=[DataRequired(_ADDRESS), Email(_ADDRESS), Length(max=254)],
        filters=[trim],
        render_kw={"autocomplete": "off"},
    )
    name = StringField(
        _l("Name"),
        description=_l("Only needed for somebody who is not registered yet."),
        validators=[Length(max=200)],
        filters=[trim],
        render_kw={"autocomplete": "off"},
    )
    role = RadioField(_l("Role"), validators=[DataRequired(_l("Choose a role."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.role, {role.value: _(label) for role, label in ROLE_LABELS.items()})

    def refuse_role(self, error: InvalidInput) -> None:
        """Show why :func:`consult.domain.organisations.service.add_member` gives no role."""
        messages = {
            "required": _("Nobody is registered with this address. Write the person's name too."),
            "held": _("This person has the role already."),
            "not_a_signatory": _("Nobody can be their own deputy."),
        }
        self.refuse(error, messages)
