"""Forms of signing: the plan, the signature, sending back, handing on, stopping."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.composing.types import PlannedStep
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import N_

if TYPE_CHECKING:
    from consult.domain.organisations.models import Membership

SPARE_STEPS = 3
"""Empty steps offered where nothing has been signed before."""

MOST_STEPS = 12

_REFUSED = {
    ("steps", "required"): N_("Fill in at least one step."),
    ("steps", "nobody_on_letter"): N_("Somebody must stand under the letter."),
    ("steps", "blank_text"): N_("There is no text to sign yet. Write it first."),
    ("due_on", "past"): N_("This day has passed."),
    ("due_on", "order"): N_("This is earlier than the step before it."),
    ("person", "not_a_signatory"): N_("One of those you chose may not sign any longer."),
}

_REASON = [DataRequired(_l("Write why.")), Length(max=2000)]


class StepForm(PlainForm):
    """One step of the plan; a step without a name and a person is left out."""

    label = StringField(_l("Step"), validators=[Optional(), Length(max=200)])
    person = SelectField(_l("Who signs?"), validators=[Optional()])
    title = StringField(_l("Title under the letter"), validators=[Optional(), Length(max=200)])
    due_on = DateField(_l("To be signed by"), validators=[Optional()])
    is_body = BooleanField(_l("A body decides in a meeting, and this person records it"))
    on_letter = BooleanField(_l("Stands under the letter"))

    @property
    def is_blank(self) -> bool:
        """Whether nothing was planned here."""
        return not (self.label.data or "").strip() and not self.person.data


class PlanForm(Form):
    """Who signs, in which order, by when."""

    steps = FieldList(FormField(StepForm), max_entries=MOST_STEPS)
    more = SubmitField(_l("Add a step"))

    def offer(self, signatories: "Sequence[Membership]") -> None:
        """Offer those who may sign, each once."""
        choices = [("", _("Choose")), *person_choices(signatories)]
        for entry in self.steps:
            entry.form.person.choices = choices

    def add_rows(self, number: int) -> None:
        """Add empty steps, as far as there is room."""
        for _number in range(min(number, MOST_STEPS - len(self.steps))):
            self.steps.append_entry({"on_letter": True})

    def planned(self, ids: Mapping[str, int]) -> list[PlannedStep]:
        """The steps that were filled in, in order; a half-filled one gets its error.

        ``ids`` gives the person behind each public id that was offered.
        """
        steps = []
        for row in self._filled():
            if not (row.label.data or "").strip():
                self._refuse_row(row, "label", _("Name the step."))
            elif not row.person.data:
                self._refuse_row(row, "person", _("Choose who signs."))
            else:
                steps.append(_planned(row, ids[row.person.data]))
        return steps

    def refuse_plan(self, error: InvalidInput) -> None:
        """Show what does not hold together at the step it is about, or above them all."""
        text = _(_REFUSED[error.field, error.reason])
        number = error.data.get("step")
        if isinstance(number, int):
            self._refuse_row(self._filled()[number - 1], error.field, text)
        else:
            self.form_errors.append(text)

    def _refuse_row(self, row: StepForm, name: str, text: str) -> None:
        self.add_error(row[name], text)
        self.steps.errors = [entry.errors for entry in self.steps]

    def _filled(self) -> list[StepForm]:
        return [entry.form for entry in self.steps if not entry.form.is_blank]


class SignForm(Form):
    """A signature, on the text that was shown."""

    digest = HiddenField(validators=[DataRequired()])
    has_read = BooleanField(
        _l("I have read the text"),
        validators=[InputRequired(_l("Confirm that you have read the text."))],
    )


class DecisionForm(SignForm):
    """What a body decided, recorded by somebody for it."""

    decided_on = DateField(
        _l("Day of the meeting"), validators=[DataRequired(_l("Give the day of the meeting."))]
    )
    case_number = StringField(_l("Case number"), validators=[Optional(), Length(max=60)])


class ReturnForm(Form):
    """Why the text goes back to the writers."""

    reason = TextAreaField(
        _l("What must be changed?"),
        description=_l("The writers and those who have signed are told by e-mail."),
        validators=_REASON,
    )


class HandOnForm(Form):
    """To whom a step is handed on, and why."""

    person = SelectField(
        _l("Who shall sign instead?"), validators=[DataRequired(_l("Choose a person."))]
    )
    title = StringField(_l("Title under the letter"), validators=[Optional(), Length(max=200)])
    reason = TextAreaField(_l("Why?"), validators=_REASON)

    def offer(self, signatories: "Sequence[Membership]", *, besides: int) -> None:
        """Offer those who may sign, other than whose turn it is."""
        others = [one for one in signatories if one.person_id != besides]
        self.person.choices = [("", _("Choose")), *person_choices(others)]


class StopForm(Form):
    """Why signing stops."""

    reason = TextAreaField(
        _l("Why?"),
        description=_l("Those who have signed, or were asked to, are told by e-mail."),
        validators=_REASON,
    )


def person_choices(signatories: "Sequence[Membership]") -> list[tuple[str, str]]:
    """Those who may sign as choices, each once."""
    people = {one.person_id: one.person for one in signatories}
    return [(str(one.public_id), one.name) for one in people.values()]


def _planned(row: Any, person_id: int) -> PlannedStep:
    return PlannedStep(
        label=row.label.data,
        person_id=person_id,
        title=row.title.data or "",
        on_letter=bool(row.on_letter.data),
        is_body=bool(row.is_body.data),
        due_on=row.due_on.data,
    )
