"""Registering and changing the bodies under an organisation."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Email, Length, Optional

from consult.blueprints.shared.organisations import (
    GroundForm,
    NamesForm,
    kinds_by_group,
    offer,
    trim,
)
from consult.domain.organisations.types import ActorType

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation

_ADDRESS = Email(_l("Write an e-mail address, such as kari@example.no."))


class BodyForm(NamesForm):
    """What is registered of a body under an organisation."""

    name = StringField(
        _l("Name"),
        validators=[DataRequired(_l("Write a name.")), Length(max=250)],
        filters=[trim],
    )
    actor_type = SelectField(_l("Kind"), validators=[DataRequired(_l("Choose a kind."))])
    email = EmailField(
        _l("E-mail"),
        description=_l("Where its invitations go."),
        validators=[Optional(), _ADDRESS, Length(max=254)],
        filters=[trim],
    )
    organisation_number = StringField(
        _l("Organisation number"),
        description=_l(
            "Nine digits. Leave it empty for councils, branches and groups without one."
        ),
        validators=[Length(max=30)],
        filters=[trim],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.actor_type, {"": _("Choose a kind"), **kinds_by_group()})

    @property
    def values(self) -> dict[str, Any]:
        """What the form says, as the services take it."""
        return {
            "name": str(self.name.data),
            "names": self.names,
            "actor_type": ActorType(self.actor_type.data),
            "organisation_number": self.organisation_number.data or None,
            "email": self.email.data or None,
        }


class FirstCoordinatorForm(BodyForm):
    """A new body, and whoever shall coordinate it."""

    coordinator_email = EmailField(
        _l("E-mail of its coordinator"),
        description=_l(
            "They decide who else works for it. You yourself see nothing of what is written there."
        ),
        validators=[Optional(), _ADDRESS, Length(max=254)],
        filters=[trim],
        render_kw={"autocomplete": "off"},
    )
    coordinator_name = StringField(
        _l("Name of its coordinator"),
        validators=[Length(max=200)],
        filters=[trim],
        render_kw={"autocomplete": "off"},
    )


class EndBodyBelowForm(GroundForm):
    """Ends a body; who carries it on is chosen among those beside it."""

    successors = SelectMultipleField(
        _l("Who carries on its tasks?"),
        description=_l("Choose none if nobody does, and several if it is divided."),
    )

    def __init__(self, *args: Any, beside: "Sequence[Organisation]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.successors.choices = [(body.slug, body.name) for body in beside]
        self._beside = {body.slug: body for body in beside}

    @property
    def chosen(self) -> "list[Organisation]":
        """The bodies that carry it on."""
        return [self._beside[slug] for slug in self.successors.data or ()]
