"""Forms of a council's answer: who took part, minority remarks, members' confirmations."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from consult.blueprints.respond.forms import (
    AnswerForm,
    DetailsForm,
    id_of_window,
    identity_number_message,
)
from consult.domain.submissions.council import LABEL_LENGTH, MOST_PEOPLE, Confirmation, Remark
from consult.domain.submissions.types import (
    MAX_ANSWER_LENGTH,
    MOST_CONFIRMATIONS,
    MOST_REMARKS,
    MOST_ROLES,
    Participants,
)
from consult.kernel.errors import InvalidInput

_FIRST_ROWS = 4
_SPARE_ROWS = 2


class ParticipantsForm(DetailsForm):
    """Rows of role and number; :func:`participants_form` adds them."""

    row_count: int = 0

    def said(self) -> dict[str, str]:
        """Who took part, whichever rows it stands in."""
        filled = [item for item in self.participants if item.role or item.count]
        return {
            f"role_{row}": f"{item.role.strip()}: {item.count}" for row, item in enumerate(filled)
        }

    @property
    def participants(self) -> list[Participants]:
        """All rows, empty ones included."""
        return [
            Participants(self[f"role_{row}"].data or "", self[f"count_{row}"].data or 0)
            for row in range(self.row_count)
        ]

    def refuse_row(self, error: InvalidInput) -> None:
        """Show at the first row that is meant why it was not saved."""
        messages = {
            "identity_number": identity_number_message(),
            "role_missing": _("Write the role as well."),
            "count_missing": _("Write how many there were, as a number."),
            "too_many": _("Name at most %(most)s roles.", most=MOST_ROLES),
        }
        field = {"role_missing": "role", "count_missing": "count"}.get(error.reason, "role")
        rows = [row for row, item in enumerate(self.participants) if _lacks(item, field)]
        self.refuse(InvalidInput(f"{field}_{rows[0] if rows else 0}", error.reason), messages)


def _lacks(item: Participants, field: str) -> bool:
    if field == "count":
        return bool(item.role) and item.count < 1
    return item.count > 0 and not item.role


def participants_form(
    stored: Sequence[Participants], *, posted: Mapping[str, str] | None = None
) -> ParticipantsForm:
    """The form with a row for each role there is, and some to spare.

    Args:
        stored: What the draft says.
        posted: What came from a page, which may have had more rows; ``None`` for none.
    """
    came = sum(name.startswith("role_") for name in posted or ())
    rows = min(MOST_ROLES, max(_FIRST_ROWS, len(stored) + _SPARE_ROWS, came))
    fields: dict[str, Any] = {"row_count": rows}
    data: dict[str, Any] = {}
    for row in range(rows):
        fields[f"role_{row}"] = StringField(
            _("Role %(number)s", number=row + 1), validators=[Optional(), Length(max=LABEL_LENGTH)]
        )
        fields[f"count_{row}"] = IntegerField(
            _("How many, role %(number)s", number=row + 1),
            validators=[
                Optional(),
                NumberRange(1, MOST_PEOPLE, _("Write how many there were, as a number.")),
            ],
            render_kw={"inputmode": "numeric"},
        )
    for row, item in enumerate(stored[:rows]):
        data |= {f"role_{row}": item.role, f"count_{row}": item.count}
    bound: type[ParticipantsForm] = type("BoundParticipantsForm", (ParticipantsForm,), fields)
    return bound(data=data) if posted is not None else bound(formdata=None, data=data)


class RemarkForm(AnswerForm):
    """What a minority says for itself.

    Attributes:
        window: The name of the open page, made in the browser.
    """

    window = HiddenField()
    place = SelectField(_l("What is the remark about?"), validators=[Optional()])
    label = StringField(
        _l("Who are the minority?"),
        validators=[
            DataRequired(_l("Write who the minority are, such as «Two of seven members».")),
            Length(max=LABEL_LENGTH),
        ],
    )
    text = TextAreaField(
        _l("What the minority says"),
        validators=[
            DataRequired(_l("Write what the minority says.")),
            Length(max=MAX_ANSWER_LENGTH),
        ],
        filters=[lambda value: value.replace("\r\n", "\n") if value else value],
    )

    def offer(self, places: Mapping[str, str]) -> "RemarkForm":
        """Fill in the questions: their words by key."""
        self.place.choices = {"": _("The answer as a whole"), **places}
        return self

    @property
    def client_id(self) -> str | None:
        """The id that the browser made for the remark, if it looks like one of ours."""
        return id_of_window(self.window)

    @property
    def remark(self) -> Remark:
        """The remark as a value."""
        return Remark(self.label.data or "", self.text.data or "")

    def refuse_remark(self, error: InvalidInput) -> None:
        """Show at its field why the remark was not saved."""
        self.refuse(
            error,
            {
                "identity_number": identity_number_message(),
                "too_long": _("This is too long. Shorten it."),
                "too_many": _("There are %(most)s remarks already.", most=MOST_REMARKS),
            },
        )


class ConfirmationForm(AnswerForm):
    """A member's word on the council's answer."""

    agrees = RadioField(
        _l("Is this the answer of the council?"),
        choices=lambda: {
            "yes": _("Yes, I confirm this text"),
            "no": _("No, I do not agree"),
        },
        validators=[InputRequired(_l("Choose whether you confirm the text."))],
    )
    role = StringField(
        _l("Your role in the council"),
        validators=[
            DataRequired(_l("Write your role, such as «member» or «deputy».")),
            Length(max=100),
        ],
    )
    name = StringField(_l("Your name"), validators=[Optional(), Length(max=200)])
    remark = TextAreaField(
        _l("Do you want to say why, or add something?"),
        validators=[Optional(), Length(max=MAX_ANSWER_LENGTH)],
    )

    @property
    def confirmation(self) -> Confirmation:
        """What is said, as a value."""
        return Confirmation(
            role=self.role.data or "",
            agrees=self.agrees.data == "yes",
            name=self.name.data or "",
            remark=(self.remark.data or "").replace("\r\n", "\n"),
        )

    def refuse_confirmation(self, error: InvalidInput) -> None:
        """Show at its field why nothing was noted."""
        self.refuse(
            error,
            {
                "identity_number": identity_number_message(),
                "required": _("Write what you do not agree with."),
                "too_long": _("This is too long. Shorten it."),
                "too_many": _(
                    "%(most)s people have answered by this link. Talk to whoever sent it to you.",
                    most=MOST_CONFIRMATIONS,
                ),
            },
        )
