"""Forms of the administration."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, Email, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.blueprints.shared.organisations import NamesForm, kinds_by_group, offer, trim
from consult.kernel.i18n import LANGUAGE_NAMES, LOCALES

_EMAIL = Email(_l("Write an e-mail address, such as kari@example.no."))
_NAME = DataRequired(_l("Write a name."))


class OrganisationForm(NamesForm):
    """What is registered of a body."""

    name = StringField(_l("Name"), validators=[_NAME, Length(max=250)], filters=[trim])
    actor_type = SelectField(_l("Kind"), validators=[DataRequired(_l("Choose a kind."))])
    organisation_number = StringField(
        _l("Organisation number"),
        description=_l(
            "Nine digits. Leave it empty for councils, branches and groups without one."
        ),
        validators=[Length(max=30)],
        filters=[trim],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    parent = StringField(
        _l("Belongs under"),
        description=_l("The name, number or short name of the body above it."),
        validators=[Length(max=250)],
        filters=[trim],
        render_kw={"autocomplete": "off"},
    )
    language = SelectField(_l("Language of letters to it"))
    county = StringField(_l("County"), validators=[Length(max=100)], filters=[trim])
    email = EmailField(
        _l("E-mail"), validators=[Optional(), _EMAIL, Length(max=254)], filters=[trim]
    )
    dissolved_on = DateField(
        _l("Dissolved on"),
        description=_l("A dissolved body can no longer be invited. Its answers stay."),
        validators=[Optional()],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.actor_type, {"": _("Choose a kind"), **kinds_by_group()})
        offer(self.language, LANGUAGE_NAMES)


class PersonForm(Form):
    """What is registered of a person."""

    name = StringField(_l("Name"), validators=[_NAME, Length(max=200)], filters=[trim])
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
        offer(self.locale, {"": _("As the browser asks for"), **languages})
