"""Forms of sending: the letter's head, what goes along, withdrawing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from consult.blueprints.shared.forms import Form
from consult.domain.responses.service.preparing import SendingPlan
from consult.domain.submissions.mandates import PoliticalStep
from consult.domain.submissions.types import PUBLICATION_LABELS, Publication

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission

MOST_CASE_STEPS = 10


class HeadForm(Form):
    """What stands above the text of the letter."""

    title = StringField(
        _l("Subject"),
        validators=[DataRequired(_l("Write what the letter is about.")), Length(max=400)],
    )
    recipient = TextAreaField(
        _l("To"),
        description=_l("Name, and address where it is wanted, each on a line."),
        validators=[Optional(), Length(max=400)],
    )
    their_ref = StringField(
        _l("Their reference"),
        description=_l("The case number of the one who asks."),
        validators=[Optional(), Length(max=100)],
    )
    our_ref = StringField(_l("Our reference"), validators=[Optional(), Length(max=100)])
    document_date = DateField(
        _l("Date"),
        description=_l("Leave it empty, and the day of the last signature stands there."),
        validators=[Optional()],
    )
    basis = TextAreaField(
        _l("How you have come to this answer"),
        description=_l("Stands first in the letter: who was heard, and how many answered."),
        validators=[Optional(), Length(max=2000)],
    )
    breaks_seal = BooleanField(_l("Change it all the same"))


class CaseStepForm(PlainForm):
    """One political body on the way; a row without its name is left out."""

    body = StringField(_l("Political body"), validators=[Optional(), Length(max=200)])
    held_on = DateField(_l("Met on"), validators=[Optional()])
    case_number = StringField(_l("Case number"), validators=[Optional(), Length(max=60)])
    proposed = TextAreaField(_l("Recommendation"), validators=[Optional(), Length(max=5000)])
    decided = TextAreaField(_l("Decision"), validators=[Optional(), Length(max=5000)])


class SendForm(Form):
    """What goes along with the letter, and how it may be published."""

    publication = RadioField(
        _l("May your answer be published on the web?"),
        default=Publication.WITH_NAME.value,
        validators=[InputRequired(_l("Choose how it may be published."))],
    )
    attached = SelectMultipleField(
        _l("Branch answers that go along"),
        description=_l(
            "Only branches that have allowed it stand here. What you tick goes along as a "
            "document of its own, with the branch's name. What you do not tick, nobody outside "
            "sees."
        ),
        validators=[Optional()],
    )
    dissents = SelectMultipleField(
        _l("Branches that disagree with us, as minority views"),
        description=_l(
            "What you tick here stands in our own answer as the minority view of that branch, "
            "with its name."
        ),
        validators=[Optional()],
    )
    is_provisional = BooleanField(
        _l("This is a provisional answer: a political body has not decided yet")
    )
    steps = FieldList(FormField(CaseStepForm), max_entries=MOST_CASE_STEPS)
    more = SubmitField(_l("Add a body"))
    is_again = HiddenField()
    is_checked = BooleanField(
        _l("I have read the letter as it will be sent"),
        validators=[InputRequired(_l("Read the letter, and confirm it here."))],
    )

    def offer(self, branches: "Sequence[Submission]") -> None:
        """Offer the ways of publishing, and the branch answers that may go along."""
        self.publication.choices = [(one.value, _(PUBLICATION_LABELS[one])) for one in Publication]
        self.attached.choices = [(one.public_id, one.name) for one in branches]
        self.dissents.choices = self.attached.choices

    def validate_dissents(self, field: SelectMultipleField) -> None:
        """A branch goes along in one way."""
        if set(field.data or ()) & set(self.attached.data or ()):
            raise ValidationError(_("Choose one of the two ways for each branch."))

    def plan(self) -> SendingPlan:
        """What was chosen."""
        return SendingPlan(
            publication=Publication(self.publication.data),
            attached=frozenset(self.attached.data or ()),
            dissents=frozenset(self.dissents.data or ()),
            is_provisional=bool(self.is_provisional.data),
            case_steps=tuple(
                PoliticalStep(
                    body=(row.body.data or "").strip(),
                    held_on=row.held_on.data,
                    case_number=(row.case_number.data or "").strip(),
                    proposed=(row.proposed.data or "").strip(),
                    decided=(row.decided.data or "").strip(),
                )
                for row in (entry.form for entry in self.steps)
                if (row.body.data or "").strip()
            ),
        )


class WithdrawForm(Form):
    """Confirms that an answer is taken back."""

    is_sure = BooleanField(
        _l("We take our answer back"),
        validators=[InputRequired(_l("Confirm that you take it back."))],
    )
