"""What the administration and a workspace ask alike about bodies and roles."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    DateTimeLocalField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional

from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale, format_day
from consult.blueprints.shared.forms import Form
from consult.domain.organisations.errors import OrganisationNumberTaken, WouldFormCircle
from consult.domain.organisations.service import (
    dissolve,
    merge_into,
    rename,
    renumber,
    split_into,
)
from consult.domain.organisations.types import (
    ACTOR_GROUP_LABELS,
    ACTOR_TYPE_LABELS,
    EVENT_KIND_LABELS,
    ActorGroup,
    ActorType,
    Ground,
)
from consult.kernel.clock import OSLO, utc_now
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation, OrganisationEvent

_NO_BODIES = (ActorType.PRIVATE_PERSON, ActorType.ANONYMOUS_PARTICIPANT)


def trim(value: str | None) -> str | None:
    """A field's value without the space around it."""
    return value.strip() if value else value


def offer(field: SelectField, choices: Mapping[str, str | dict[str, str]]) -> None:
    """Give a field its choices: value to label, or a heading to such a mapping."""
    field.choices = dict(choices)


def kinds_by_group() -> dict[str, dict[str, str]]:
    """Every kind a body can be of, under the part of society it belongs to."""
    return {
        _(ACTOR_GROUP_LABELS[group]): {
            kind.value: _(ACTOR_TYPE_LABELS[kind])
            for kind in ActorType
            if kind.group is group and kind not in _NO_BODIES
        }
        for group in ActorGroup
    }


def number_messages(written: str | None) -> dict[str, str]:
    """What is said of an organisation number that cannot be one, by the rule's reason."""
    digits = sum(character.isdigit() for character in written or "")
    return {
        "length": _(
            "An organisation number has nine digits and nothing else. You have written %(count)s.",
            count=digits,
        ),
        "control_digit": _(
            "No organisation has this number: the last digit does not fit the others. "
            "Look for a digit that is wrong or has changed place."
        ),
    }


class RoleEndForm(Form):
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
        offer(self.when, {"now": _("Now"), "later": _("At a later time")})

    def moment(self) -> datetime | None:
        """The moment the form names, in UTC; with no time for "later", the field says so."""
        if self.when.data != "later":
            return utc_now()
        local: datetime | None = self.ends_at.data
        if local is None:
            self.add_error(self.ends_at, _("Write the date and time at which the role ends."))
            return None
        return local.replace(tzinfo=OSLO)


class NamesForm(Form):
    """A body's names in further languages."""

    name_nb = StringField(_l("Name in bokmål"), validators=[Length(max=250)], filters=[trim])
    name_nn = StringField(_l("Name in nynorsk"), validators=[Length(max=250)], filters=[trim])
    name_se = StringField(_l("Name in Northern Sámi"), validators=[Length(max=250)], filters=[trim])
    name_en = StringField(_l("Name in English"), validators=[Length(max=250)], filters=[trim])

    @property
    def names(self) -> dict[str, str]:
        """The names by language; those that are empty too."""
        return {
            field.short_name.removeprefix("name_"): field.data or ""
            for field in (self.name_nb, self.name_nn, self.name_se, self.name_en)
        }


def names_as_fields(names: Mapping[str, str]) -> dict[str, str]:
    """Names by language as the data of a :class:`NamesForm`."""
    return {f"name_{language}": name for language, name in names.items()}


def other_names(organisation: "Organisation") -> list[tuple[str, str]]:
    """A body's names in further languages, as pairs of label and name."""
    labels = {
        "nb": _("Name in bokmål"),
        "nn": _("Name in nynorsk"),
        "se": _("Name in Northern Sámi"),
        "en": _("Name in English"),
    }
    names = organisation.names
    return [(label, names[code]) for code, label in labels.items() if code in names]


class GroundForm(Form):
    """When something happened to a body, why, and where that is written."""

    on = DateField(_l("From which day?"), validators=[DataRequired(_l("Write the date."))])
    reason = StringField(
        _l("Why?"),
        description=_l("Such as the decision behind it. It is shown with the body's history."),
        validators=[DataRequired(_l("Write the reason.")), Length(max=1000)],
        filters=[trim],
    )
    source = StringField(
        _l("Where is that written?"),
        description=_l("A case number or an address on the web."),
        validators=[Length(max=500)],
        filters=[trim],
    )

    @property
    def ground(self) -> Ground:
        """Day, reason and source as one value; of a form that was validated."""
        return Ground(cast("date", self.on.data), str(self.reason.data), self.source.data or None)


class NewNameForm(GroundForm, NamesForm):
    """Gives a body a new name and keeps the old one."""

    name = StringField(
        _l("New name"),
        validators=[DataRequired(_l("Write a name.")), Length(max=250)],
        filters=[trim],
    )


class NewNumberForm(GroundForm):
    """Gives a body a new number and keeps the old one."""

    organisation_number = StringField(
        _l("New organisation number"),
        validators=[DataRequired(_l("Write the number.")), Length(max=30)],
        filters=[trim],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )


class EndBodyForm(GroundForm):
    """Ends a body; who carries it on is written by name."""

    successors = TextAreaField(
        _l("Who carries on its tasks?"),
        description=_l(
            "One body on each line: its name, number or short name. "
            "Leave it empty if nobody carries them on."
        ),
        validators=[Length(max=2000)],
    )


def save_new_name(form: NewNameForm, organisation: "Organisation") -> bool:
    """Rename by the form; on a refusal put the reason at its field."""
    return _save(
        form,
        lambda: rename(
            organisation,
            name=str(form.name.data),
            names=form.names,
            ground=form.ground,
            by=current_actor(),
        ),
    )


def save_new_number(form: NewNumberForm, organisation: "Organisation") -> bool:
    """Change the number by the form; on a refusal put the reason at its field."""
    number = str(form.organisation_number.data)
    try:
        return _save(
            form,
            lambda: renumber(
                organisation, organisation_number=number, ground=form.ground, by=current_actor()
            ),
            number_messages(number),
        )
    except OrganisationNumberTaken as taken:
        form.add_error(
            form.organisation_number, _("%(name)s has this number already.", name=taken.name)
        )
    return False


def save_end(
    form: GroundForm, organisation: "Organisation", successors: Sequence["Organisation"]
) -> bool:
    """End a body by the form: dissolved, merged or split by how many carry it on."""
    ground, by = form.ground, current_actor()

    def end() -> object:
        if not successors:
            return dissolve(organisation, ground=ground, by=by)
        if len(successors) == 1:
            return merge_into(organisation, successors[0], ground=ground, by=by)
        return split_into(organisation, successors, ground=ground, by=by)

    try:
        return _save(form, end)
    except WouldFormCircle:
        form.add_error(
            form["successors"], _("A body cannot be carried on by itself, nor by those it follows.")
        )
    return False


def _save(
    form: GroundForm, change: Callable[[], object], messages: Mapping[str, str] | None = None
) -> bool:
    try:
        change()
    except InvalidInput as error:
        last = error.data.get("last")
        form.refuse(
            error,
            {
                "ahead": _("This day lies ahead. Register the change when it has come."),
                "before_last": _(
                    "Something later is registered already, on %(day)s. "
                    "Changes are registered in the order in which they happened.",
                    day=format_day(last) if isinstance(last, date) else "",
                ),
                "same": _("This is what is registered already."),
                "over": _("This body has ended already."),
                "several": _("Name at least two different bodies."),
                **(messages or {}),
            },
        )
        return False
    return True


def history_lines(events: Sequence["OrganisationEvent"]) -> list[dict[str, object]]:
    """A body's history for reading, the newest first; only the newest can be taken back."""
    locale = current_locale()
    return [
        {
            "on": event.happened_on,
            "what": _(EVENT_KIND_LABELS[event.kind]),
            "before": event.before.get("name") or event.before.get("organisation_number") or "",
            "after": event.after.get("name") or event.after.get("organisation_number") or "",
            "successors": [body.name_in(locale) for body in event.successors],
            "reason": event.reason,
            "source": event.source,
            "public_id": event.public_id if event is events[-1] else None,
        }
        for event in reversed(events)
    ]
