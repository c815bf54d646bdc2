"""Forms of answering, but for the question itself (question_forms.py)."""

from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.organisations.types import (
    ACTOR_GROUP_LABELS,
    ACTOR_TYPE_LABELS,
    ActorGroup,
    ActorType,
)
from consult.domain.submissions.rules import clean_name
from consult.domain.submissions.service.erasing import MAX_ERASURE_TEXT
from consult.domain.submissions.types import (
    COUNCIL_TYPES,
    PUBLICATION_LABELS,
    Publication,
    SenderKind,
)
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import CONTENT_LANGUAGES, LANGUAGE_NAMES
from consult.kernel.ids import token_digest


def _trimmed(value: str | None) -> str | None:
    return value.strip() if value else value


def _cleaned(value: str | None) -> str | None:
    return clean_name(value) if value else value


class AnswerForm(Form):
    """A form that survives a page that was open for too long: it asks to be sent once more.

    Attributes:
        token_is_old: Whether that is so; known once the form is validated.
    """

    token_is_old = False

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; an old or missing token becomes a sentence that says what to do."""
        is_valid: bool = super().validate(extra_validators)
        token = self["csrf_token"]
        if token.errors:
            self.token_is_old = True
            token.errors = []
            message = _("The page had been open for too long. Nothing is lost: send it once more.")
            self.form_errors.append(message)
        return is_valid


class ConfirmForm(AnswerForm):
    """One button."""


class DetailsForm(AnswerForm):
    """What stands once in a draft; may come later, from a phone that had no contact.

    Attributes:
        revision: A short name for what was stored when the writer's page was made.
        is_outdated: Whether somebody stored something else meanwhile; known once it is compared.
    """

    revision = HiddenField()
    is_outdated = False

    @property
    def content_digest(self) -> str:
        """A short name for what the form says: the same for all who say the same."""
        return token_digest(repr(sorted(self.said().items())))[:16]

    def said(self) -> dict[str, str]:
        """What is filled in, by field."""
        own = {"csrf_token", "revision"}
        return {one.short_name: str(one.data) for one in self if one.data and one.name not in own}

    def show(self, stored: Self) -> None:
        """Note what the page shows, unless it comes back and says so itself."""
        if not self.is_submitted():
            self.revision.data = stored.content_digest

    def is_based_on(self, stored: Self) -> bool:
        """Whether it may take the place of what is stored; if not, the form says why."""
        known = {self.content_digest, self.revision.data or stored.content_digest}
        self.revision.data = stored.content_digest
        if stored.content_digest in known:
            return True
        self.is_outdated = True
        self.form_errors.append(
            _("This was changed on another device or in another window. Nothing is saved yet.")
        )
        return False


class FindLinksForm(AnswerForm):
    """The address that lost links are mailed to."""

    email = EmailField(
        _l("E-mail"),
        validators=[
            DataRequired(_l("Write the e-mail address that you gave when you answered.")),
            Email(_l("Write an e-mail address, such as kari@example.no.")),
            Length(max=254),
        ],
        filters=[_trimmed],
        render_kw={"autocomplete": "email"},
    )


class ErasureForm(AnswerForm):
    """A request to delete an answer."""

    message = TextAreaField(
        _l("Why do you ask?"), validators=[Optional(), Length(max=MAX_ERASURE_TEXT)]
    )


class CodeForm(AnswerForm):
    """A code from a printed page."""

    code = StringField(
        _l("Your code"),
        validators=[DataRequired(_l("Write the code from the paper.")), Length(max=40)],
        filters=[_trimmed],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class WhoForm(DetailsForm):
    """Who the answer is from. Fields that do not concern this kind of sender are taken out."""

    name = StringField(_l("Name"), validators=[Length(max=250)], filters=[_cleaned])
    actor_type = SelectField(
        _l("What kind of body are you?"),
        validators=[InputRequired(_l("Choose what kind of body you are."))],
    )
    council_type = RadioField(
        _l("What kind of council are you?"), validators=[Optional()], validate_choice=False
    )
    discussed_on = DateField(_l("Which day did you talk about it?"), validators=[Optional()])
    contact_email = EmailField(
        _l("E-mail"),
        validators=[
            Optional(),
            Email(_l("Write an e-mail address, such as kari@example.no.")),
            Length(max=254),
        ],
        filters=[_trimmed],
        render_kw={"autocomplete": "email"},
    )
    organisation_number = StringField(
        _l("Organisation number"), validators=[Optional(), Length(max=20)], filters=[_trimmed]
    )
    written_by = StringField(
        _l("Who writes, if you answer on their behalf?"),
        validators=[Optional(), Length(max=250)],
        filters=[_cleaned],
    )
    claimed = HiddenField()
    language = SelectField(
        _l("Which language will you write in?"),
        choices={code: LANGUAGE_NAMES[code] for code in CONTENT_LANGUAGES},
        validators=[DataRequired()],
    )

    def suit(self, kind: SenderKind, *, is_registered: bool = False) -> "WhoForm":
        """Keep the fields that this kind of sender is asked; a registered body has its name."""
        self.actor_type.choices = _grouped_types()
        self.council_type.choices = {
            kind.value: _(ACTOR_TYPE_LABELS[kind]) for kind in COUNCIL_TYPES
        }
        if kind is not SenderKind.ORGANISATION or is_registered:
            del self.actor_type
        if kind is not SenderKind.COUNCIL or is_registered:
            del self.council_type
        if kind is not SenderKind.COUNCIL:
            del self.discussed_on
        if kind is not SenderKind.ORGANISATION or is_registered:
            del self.organisation_number
        if kind is SenderKind.PERSON or is_registered:
            del self.claimed
        if is_registered:
            del self.written_by
        elif kind is SenderKind.PERSON:
            self.written_by.label.text = _("Who writes, if you answer for somebody else?")
        if is_registered:
            del self.name
        elif kind is SenderKind.PERSON:
            self.name.label.text = _("Your name")
            self.name.render_kw = {"autocomplete": "name"}
        else:
            self.name.label.text = (
                _("Name of the council")
                if kind is SenderKind.COUNCIL
                else _("Name of the organisation, authority or business")
            )
            self.name.validators = [
                DataRequired(name_required_message()),
                *self.name.validators,
            ]
            self.name.flags.required = True
            self.name.render_kw = {"autocomplete": "organization"}
        return self

    def said(self) -> dict[str, str]:
        """What is filled in; a person without a name is stored as just that."""
        said = super().said()
        if "name" in self:
            said["name"] = said.get("name") or _("Private person")
        if "organisation_number" in said:
            said["organisation_number"] = "".join(said["organisation_number"].split())
        return said

    @property
    def chosen_type(self) -> ActorType:
        """The kind of sender that was chosen, where there was a choice."""
        if "actor_type" in self and self.actor_type.data:
            return ActorType(self.actor_type.data)
        if "council_type" in self:
            chosen = self.council_type.data
            return ActorType(chosen) if chosen in COUNCIL_TYPES else COUNCIL_TYPES[0]
        return ActorType.PRIVATE_PERSON

    def refuse_name(self, error: InvalidInput) -> None:
        """Show why a name cannot be stored."""
        messages = {
            "identity_number": identity_number_message(),
            "required": name_required_message(),
            "length": _("An organisation number has nine digits. You can leave it empty."),
            "control_digit": _(
                "This is not an organisation number: a digit must be wrong. You can leave it empty."
            ),
        }
        self.refuse(error, messages)


def id_of_window(window: HiddenField) -> str | None:
    """The id that a browser made for what is written in a window, if it looks like one of ours."""
    made = str(window.data or "")
    return made if made.isalnum() and len(made) <= 40 else None


def name_required_message() -> str:
    """What a sender without a name is asked for."""
    message: str = _("Write the name that is to stand on the answer.")
    return message


def identity_number_message() -> str:
    """Why a text with a national identity number is not saved."""
    message: str = _(
        "There is a national identity number (11 digits) in what you wrote. We never store those. "
        "Take it out and save again; everything else you wrote is still here."
    )
    return message


def _grouped_types() -> dict[str, Any]:
    """Kinds of body by part of society, none of them chosen beforehand."""
    groups: dict[str, Any] = {"": _("Choose")}
    for group in ActorGroup:
        groups[_(ACTOR_GROUP_LABELS[group])] = {
            kind.value: _(ACTOR_TYPE_LABELS[kind])
            for kind in ActorType
            if kind.group is group and (kind.is_organisation or kind is ActorType.INFORMAL_GROUP)
        }
    return groups


class PublicationForm(DetailsForm):
    """How the answer may be published."""

    publication = RadioField(
        _l("How may we publish your answer?"),
        choices=lambda: {item.value: _(PUBLICATION_LABELS[item]) for item in Publication},
        validators=[InputRequired(_l("Choose how we may publish your answer."))],
    )
