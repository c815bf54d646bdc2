"""Forms of the administration."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    EmailField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, Email, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.organisations.types import (
    ACTOR_GROUP_LABELS,
    ACTOR_TYPE_LABELS,
    ROLE_LABELS,
    ActorGroup,
    ActorType,
)
from consult.kernel.i18n import LANGUAGE_NAMES, LOCALES

_EMAIL = Email(_l("Write an e-mail address, such as kari@example.no."))
_NAME = DataRequired(_l("Write a name."))


_NO_BODIES = (ActorType.PRIVATE_PERSON, ActorType.ANONYMOUS_PARTICIPANT)


def _trim(value: str | None) -> str | None:
    return value.strip() if value else value


def _offer(field: SelectField, choices: Mapping[str, str | dict[str, str]]) -> None:
    """Give a field its choices: value to label, or a heading to such a mapping."""
    field.choices = dict(choices)


def _kinds_by_group() -> dict[str, dict[str, str]]:
    """Every kind a body can be of, under the part of society it belongs to."""
    return {
        _(ACTOR_GROUP_LABELS[group]): {
            kind.value: _(ACTOR_TYPE_LABELS[kind])
            for kind in ActorType
            if kind.group is group and kind not in _NO_BODIES
        }
        for group in ActorGroup
    }


class OrganisationForm(Form):
    """What is registered of a body."""

    name = StringField(_l("Name"), validators=[_NAME, Length(max=250)], filters=[_trim])
    actor_type = SelectField(_l("Kind"), validators=[DataRequired(_l("Choose a kind."))])
    organisation_number = StringField(
        _l("Organisation number"),
        description=_l(
            "Nine digits. Leave it empty for councils, branches and groups without one."
        ),
        validators=[Length(max=30)],
        filters=[_trim],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    parent = StringField(
        _l("Belongs under"),
        description=_l("The name, number or short name of the body above it."),
        validators=[Length(max=250)],
        filters=[_trim],
        render_kw={"autocomplete": "off"},
    )
    language = SelectField(_l("Language of letters to it"))
    county = StringField(_l("County"), validators=[Length(max=100)], filters=[_trim])
    email = EmailField(
        _l("E-mail"), validators=[Optional(), _EMAIL, Length(max=254)], filters=[_trim]
    )
    dissolved_on = DateField(
        _l("Dissolved on"),
        description=_l("A dissolved body can no longer be invited. Its answers stay."),
        validators=[Optional()],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.actor_type, {"": _("Choose a kind"), **_kinds_by_group()})
        _offer(self.language, LANGUAGE_NAMES)


class MemberForm(Form):
    """Gives a person a role in an organisation."""

    email = EmailField(
        _l("E-mail"),
        validators=[
            DataRequired(_l("Write an e-mail address, such as kari@example.no.")),
            _EMAIL,
            Length(max=254),
        ],
        filters=[_trim],
        render_kw={"autocomplete": "off"},
    )
    name = StringField(
        _l("Name"),
        description=_l("Only needed for somebody who is not registered yet."),
        validators=[Length(max=200)],
        filters=[_trim],
        render_kw={"autocomplete": "off"},
    )
    role = RadioField(_l("Role"), validators=[DataRequired(_l("Choose a role."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.role, {role.value: _(label) for role, label in ROLE_LABELS.items()})


class EndRoleForm(Form):
    """Ends a role, at once or at a moment."""

    when = RadioField(_l("When does the role end?"), default="now")
    ends_at = DateTimeLocalField(
        _l("Date and time, if later"),
        description=_l("Norwegian time. From this minute on the role gives nothing."),
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        validators=[Optional()],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.when, {"now": _("Now"), "later": _("At a later time")})


class PersonForm(Form):
    """What is registered of a person."""

    name = StringField(_l("Name"), validators=[_NAME, Length(max=200)], filters=[_trim])
    locale = SelectField(_l("Language of pages and mails"))
    is_admin = BooleanField(
        _l("May run the installation"),
        description=_l(
            "Sees organisations, people, the log and mail. It opens no organisation's answers."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = {code: LANGUAGE_NAMES[code] for code in LOCALES}
        _offer(self.locale, {"": _("As the browser asks for"), **languages})
