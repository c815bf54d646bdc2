"""The form for the protection of small groups."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from consult.blueprints.shared.forms import Form
from consult.domain.rounds.types import SMALL_GROUP


class SmallGroupsForm(Form):
    """The smallest number of persons that is told."""

    threshold = IntegerField(
        _l("From how many persons on may a number be told?"),
        description=_l("Between 3 and 50. Organisations are always shown."),
        validators=[
            InputRequired(_l("Write a number.")),
            NumberRange(
                SMALL_GROUP.lowest,
                SMALL_GROUP.highest,
                _l("Write a number between 3 and 50. The number from before still holds."),
            ),
        ],
    )

    @property
    def chosen(self) -> int:
        """The number, once the form has been validated."""
        return int(self.threshold.data or SMALL_GROUP.default)
