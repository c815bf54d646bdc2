"""Forms of the room where quoted senders are asked."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.reports.service.fact_checking import LONGEST_REPLY
from consult.domain.reports.types import SETTLEMENT_LABELS


class AskForm(Form):
    """By when the quoted shall answer; who they are stands beside each of them."""

    due_on = DateField(_l("Answer by"), validators=[DataRequired(_l("Choose a day."))])


class SettleForm(Form):
    """What was done about an objection."""

    settlement = RadioField(
        _l("What was done"), validators=[DataRequired(_l("Say what was done."))]
    )
    reason = TextAreaField(
        _l("Why"),
        description=_l("The sender reads it. It must be there if the text stands."),
        validators=[Optional(), Length(max=LONGEST_REPLY)],
    )

    def offer(self) -> "SettleForm":
        """Fill in the choices, in the reader's language."""
        self.settlement.choices = [
            (one.value, _(label)) for one, label in SETTLEMENT_LABELS.items()
        ]
        return self
