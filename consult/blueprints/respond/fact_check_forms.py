"""The form in which a sender says whether a quotation is right."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.reports.service.fact_checking import LONGEST_REPLY
from consult.domain.reports.types import VERDICT_LABELS


class FactCheckForm(Form):
    """Whether the words are right, and what is wrong with them."""

    verdict = RadioField(
        _l("Is it right?"), validators=[DataRequired(_l("Say whether it is right."))]
    )
    text = TextAreaField(
        _l("What is wrong"),
        description=_l("Leave it empty if the words are right."),
        validators=[Optional(), Length(max=LONGEST_REPLY)],
    )

    def offer(self) -> "FactCheckForm":
        """Fill in the choices, in the reader's language."""
        self.verdict.choices = [(one.value, _(label)) for one, label in VERDICT_LABELS.items()]
        return self
