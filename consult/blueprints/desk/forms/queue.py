"""Forms of the queue: who gets an answer, until when, what is done with many, and saved filters."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp

from consult.blueprints.desk.forms.intake import one_line
from consult.blueprints.shared.forms import Form
from consult.domain.handling.service.noting import LONGEST_NOTE
from consult.domain.handling.types import MAX_FILTER_NAME, MAX_WORD_LENGTH, NOBODY
from consult.domain.submissions.service.deciding import MAX_REASON_LENGTH
from consult.domain.submissions.types import DECISION_LABELS, DecisionKind
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.accounts.models import Person

MARKS = (
    DecisionKind.DUPLICATE,
    DecisionKind.OFF_TOPIC,
    DecisionKind.LATE_INCLUDED,
    DecisionKind.LATE_EXCLUDED,
)
"""What many answers can be marked as at once; that a sender withdrew is said one by one."""


_DIGITS = 9
"""Digits of the largest number that any answer has; every database can look for it."""


def person_choices(team: Sequence["Person"], *, me: int | None) -> list[tuple[str, str]]:
    """Who may be given answers: myself first, then the others, then nobody."""
    mine = [(one.public_id, _("Me (%(name)s)", name=one.name)) for one in team if one.id == me]
    others = [(one.public_id, one.name) for one in team if one.id != me]
    return [*mine, *others, (NOBODY, _("Nobody"))]


class _AssigneeField:
    """The chosen person of a form with a field ``assignee``."""

    assignee: SelectField

    @property
    def person_id(self) -> str | None:
        """The public id that was chosen; ``None`` for nobody."""
        return None if self.assignee.data == NOBODY else str(self.assignee.data)


class WorkForm(_AssigneeField, Form):
    """Whose one answer is, and until when."""

    assignee = SelectField(_l("Assigned to"))
    due_on = DateField(
        _l("Finish by"),
        validators=[Optional()],
        description=_l("Whoever it is assigned to gets a mail the day before."),
    )

    def offer(
        self, team: Sequence["Person"], *, me: int | None, present: "Person | None"
    ) -> "WorkForm":
        """Fill in who may be chosen, and whoever has it now, also if their role has ended."""
        choices = person_choices(team, me=me)
        if present is not None and present not in team:
            choices.insert(0, (present.public_id, present.name))
        self.assignee.choices = choices
        return self


class TakeOverForm(Form):
    """The word with which one takes over."""

    word = TextAreaField(
        _l("A word to your colleague"),
        validators=[DataRequired(_l("Write a word.")), Length(max=MAX_WORD_LENGTH)],
        filters=[one_line],
        description=_l("It stays with the answer as a note, and your colleague gets a mail."),
    )


class NumbersForm(Form):
    """Which answers an action is about: exactly those that were shown when it was chosen."""

    numbers = HiddenField()

    @property
    def chosen(self) -> list[int]:
        """Their numbers."""
        written = (self.numbers.data or "").split(",")
        return [int(one) for one in written if one.isdecimal() and len(one) <= _DIGITS]


class AssignManyForm(_AssigneeField, NumbersForm):
    """To whom many answers are given."""

    assignee = SelectField(_l("Assigned to"))


class DeadlineManyForm(NumbersForm):
    """Until when many answers shall be handled."""

    due_on = DateField(
        _l("Finish by"),
        validators=[Optional()],
        description=_l("Leave it empty to take the deadline away."),
    )


class MarkManyForm(NumbersForm):
    """As what many answers are marked, and why."""

    mark = RadioField(_l("What are they?"), validators=[InputRequired(_l("Choose what they are."))])
    original = StringField(
        _l("Number of the answer that stands"),
        validators=[Optional(), Regexp(r"^\s*\d{1,6}\s*$", message=_l("Write a number."))],
        description=_l("For answers that have come twice: which one counts."),
    )
    reason = TextAreaField(
        _l("Why"),
        validators=[DataRequired(_l("Write why.")), Length(max=MAX_REASON_LENGTH)],
        filters=[one_line],
        description=_l("Shown with each answer at the desk. Write nothing about persons."),
    )

    def offer(self) -> "MarkManyForm":
        """Fill in what they can be."""
        self.mark.choices = [(kind.value, _(DECISION_LABELS[kind])) for kind in MARKS]
        return self

    @property
    def kind(self) -> DecisionKind:
        """What was chosen."""
        return DecisionKind(self.mark.data)


def refuse_change(form: Form, error: InvalidInput) -> None:
    """Show at its field why nothing was changed."""
    named = {"stands": "original"}.get(error.field, error.field)
    form.refuse(
        InvalidInput(named, error.reason),
        {
            "past": _("This day is over. Choose today or a later day."),
            "required": _("Give the number of the answer that stands."),
            "unknown": _("This cannot be chosen any more. Load the page again."),
            "too_many": _("That is too many at once. Choose fewer."),
        },
    )


class FilterForm(Form):
    """The name under which a part of the queue is kept."""

    name = StringField(
        _l("Name"),
        validators=[
            DataRequired(_l("Give the filter a name.")),
            Length(max=MAX_FILTER_NAME),
        ],
    )
    is_shared = BooleanField(_l("Share it with everybody at this desk"))


class NoteChangeForm(Form):
    """What a note about an answer says."""

    text = TextAreaField(
        _l("Note"), validators=[DataRequired(_l("Write the note.")), Length(max=LONGEST_NOTE)]
    )


class NoteTextForm(NoteChangeForm):
    """A note about an answer, to colleagues."""

    mentions = SelectMultipleField(_l("Tell by mail"), validators=[Optional()])

    def offer(self, team: Sequence["Person"], *, me: int | None) -> "NoteTextForm":
        """Fill in who can be told."""
        self.mentions.choices = [(one.public_id, one.name) for one in team if one.id != me]
        return self

    def told(self, team: Sequence["Person"]) -> list["Person"]:
        """Who was chosen."""
        chosen = set(self.mentions.data or [])
        return [one for one in team if one.public_id in chosen]
