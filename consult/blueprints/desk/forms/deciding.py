"""Forms of deciding about answers."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp

from consult.blueprints.desk.forms.intake import one_line
from consult.blueprints.shared.forms import Form
from consult.domain.submissions.service.deciding import MAX_REASON_LENGTH
from consult.domain.submissions.types import DECISION_LABELS, DecisionKind
from consult.kernel.errors import InvalidInput

_NUMBER_LIST = r"^\s*\d{1,6}(\s*[,; ]\s*\d{1,6})*\s*$"


class _ReasonForm(Form):
    """Something that needs a reason."""

    reason = TextAreaField(
        _l("Why"),
        validators=[
            DataRequired(_l("Write why.")),
            Length(max=MAX_REASON_LENGTH),
        ],
        filters=[one_line],
        description=_l("Shown with the answer at the desk. Write nothing about persons."),
    )

    def refuse_decision(self, error: InvalidInput) -> None:
        """Show at its field why nothing was decided."""
        field = {"stands": "original"}.get(error.field, error.field)
        self.refuse(
            InvalidInput(field, error.reason),
            {
                "required": _("Give the number of the answer that stands."),
                "unknown": _("There is no other answer with this number that stands by itself."),
                "not_late": _("The answer came before the deadline."),
            },
        )


class MarkForm(_ReasonForm):
    """What an answer is, and why."""

    kind = RadioField(_l("What is it?"), validators=[InputRequired(_l("Choose what it is."))])
    original = StringField(
        _l("Number of the answer that stands"),
        validators=[Optional(), Regexp(r"^\s*\d{1,6}\s*$", message=_l("Write a number."))],
        description=_l("For an answer that has come twice: which one counts."),
    )

    def __init__(self, kinds: Sequence[DecisionKind]) -> None:
        super().__init__()
        self.kind.choices = [(kind.value, _(DECISION_LABELS[kind])) for kind in kinds]

    @property
    def chosen(self) -> DecisionKind:
        """What was chosen."""
        return DecisionKind(self.kind.data)

    @property
    def original_number(self) -> int | None:
        """The number of the answer that stands, if one is given."""
        return int(self.original.data) if self.original.data else None


class MergeForm(_ReasonForm):
    """Which of a sender's answers are merged into this one."""

    same = SelectMultipleField(
        _l("Answers that seem to come from the same sender"), validators=[Optional()], coerce=int
    )
    others = StringField(
        _l("Numbers of further answers"),
        validators=[
            Optional(),
            Length(max=200),
            Regexp(_NUMBER_LIST, message=_l("Write numbers with commas between them.")),
        ],
        description=_l("With commas between them, such as 12, 14."),
    )

    def __init__(self, candidates: Sequence[tuple[int, str]]) -> None:
        super().__init__()
        self.same.choices = list(candidates)

    @property
    def numbers(self) -> list[int]:
        """The numbers of the answers to merge."""
        written = (self.others.data or "").replace(",", " ").replace(";", " ").split()
        return sorted({*(self.same.data or []), *map(int, written)})
