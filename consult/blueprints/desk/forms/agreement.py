"""Forms of double coding."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from consult.blueprints.desk.forms.intake import one_line
from consult.blueprints.shared.forms import Form
from consult.domain.coding.service.double import MAX_REASON_LENGTH
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.coding.revisions import SampledTheme


class SampleForm(Form):
    """How much is coded once more, and by whom."""

    share = IntegerField(
        _l("How many percent of the coded passages?"),
        description=_l("10 to 20 percent is customary."),
        default=20,
        validators=[
            InputRequired(_l("Write a number.")),
            NumberRange(1, 100, _l("Write a number from 1 to 100.")),
        ],
    )
    coder = SelectField(
        _l("Who codes them once more?"), validators=[DataRequired(_l("Choose who."))]
    )

    def offer(self, people: Sequence[tuple[str, str]]) -> "SampleForm":
        """Offer those who may code, by reference and name."""
        self.coder.choices = [("", _("Choose")), *people]
        return self

    def refuse_sample(self, error: InvalidInput) -> None:
        """Show why no sample was drawn."""
        self.refuse(
            error,
            {
                "nothing_to_draw": _(
                    "There is nothing for this reader to code once more: nobody else has coded "
                    "passages that they have not had before."
                )
            },
        )


class BlindForm(Form):
    """The themes that the second reader finds in a passage."""

    themes = SelectMultipleField(
        _l("Which themes does the passage take up?"),
        description=_l("If it takes up no theme, choose nothing."),
        validators=[Optional()],
    )

    def offer(self, themes: "Sequence[SampledTheme]") -> "BlindForm":
        """Offer the sample's codebook; what waited to be sorted then is not offered."""
        self.themes.choices = [(one.key, one.full_name) for one in themes if not one.frozen.waiting]
        return self


class DifferenceForm(Form):
    """What holds where two readers differ."""

    is_on = RadioField(
        _l("Does the theme belong on the passage?"),
        validators=[InputRequired(_l("Choose yes or no."))],
    )
    reason = TextAreaField(
        _l("Why"),
        description=_l("So that the next passage of this kind is read alike."),
        validators=[DataRequired(_l("Write why.")), Length(max=MAX_REASON_LENGTH)],
        filters=[one_line],
    )

    def __init__(self) -> None:
        super().__init__()
        self.is_on.choices = [("yes", _("Yes, it belongs")), ("no", _("No, take it off"))]
