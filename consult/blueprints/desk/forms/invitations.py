"""Forms for the list of consultees."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import EmailField, HiddenField, SelectField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Email, Length, Optional

from consult.blueprints.desk.forms.setup import DayField, outlasting_field
from consult.blueprints.shared.forms import Form
from consult.domain.rounds.types import INVITATION_REASON_LABELS, InvitationReason


def reason_choices() -> dict[str, str]:
    """Why a body may be on the list, by value."""
    return {reason.value: _(label) for reason, label in INVITATION_REASON_LABELS.items()}


class InvitationForm(Form):
    """Why a body is invited, and where the mail goes."""

    reason = SelectField(_l("Why is it invited?"))
    email = EmailField(
        _l("E-mail"),
        description=_l("Leave it empty to use the organisation's own address."),
        validators=[
            Optional(),
            Email(_l("Write an e-mail address, such as post@example.no.")),
            Length(max=254),
        ],
        render_kw={"autocomplete": "off"},
    )

    def __init__(self, **values: Any) -> None:
        """Offer every reason."""
        super().__init__(**values)
        self.reason.choices = reason_choices()


class OwnDeadlineForm(Form):
    """A later deadline for one body; an empty date takes it back."""

    deadline = DayField(
        _l("Own deadline"),
        description=_l("Leave it empty to use everybody's deadline."),
        validators=[Optional()],
    )
    why = TextAreaField(_l("Why does it get more time?"), validators=[Optional(), Length(max=2000)])
    may_outlast_parent = outlasting_field()


class ListForm(Form):
    """A list of bodies to invite, as a file or as pasted rows."""

    file = FileField(
        _l("File"),
        description=_l(
            "CSV with the columns organisation (number or name), reason and e-mail. "
            "Spreadsheets can save as CSV."
        ),
        validators=[Optional()],
    )
    rows = TextAreaField(_l("Or paste the rows here"), validators=[Optional(), Length(max=500_000)])
    reason = SelectField(
        _l("Reason for rows that give none"), default=InvitationReason.AFFECTED.value
    )

    def __init__(self, **values: Any) -> None:
        """Offer every reason."""
        super().__init__(**values)
        self.reason.choices = reason_choices()

    @property
    def default_reason(self) -> InvitationReason:
        """The reason of rows that give none."""
        return InvitationReason(self.reason.data)


class ConfirmListForm(Form):
    """The list that was looked at, sent back to be carried out."""

    rows = HiddenField(validators=[DataRequired()])
    reason = HiddenField(validators=[AnyOf(list(InvitationReason))])
