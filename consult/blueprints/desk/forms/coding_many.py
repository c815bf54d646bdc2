"""The form with which many passages are coded at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired

from consult.blueprints.shared.forms import Form
from consult.domain.coding.service.many import MOST_PASSAGES

if TYPE_CHECKING:
    from consult.domain.coding.types import ThemeRow

ON, OFF = "on", "off"


class CodeManyForm(Form):
    """What is done with passages: exactly those that were shown when it was chosen."""

    passages = HiddenField()
    act = RadioField(
        _l("What shall be done?"),
        default=ON,
        validators=[InputRequired(_l("Choose what shall be done."))],
    )
    theme = SelectField(_l("Theme"), validators=[InputRequired(_l("Choose a theme."))])

    def offer(self, themes: "Sequence[ThemeRow]") -> "CodeManyForm":
        """Fill in what can be chosen."""
        self.act.choices = [(ON, _("Put the theme on them")), (OFF, _("Take the theme off them"))]
        self.theme.choices = [("", _("Choose a theme"))]
        self.theme.choices += [(row.key, " › ".join(row.path)) for row in themes]
        return self

    @property
    def chosen(self) -> list[str]:
        """The public ids of the passages; one more than allowed is enough to refuse them."""
        return (self.passages.data or "").split(",")[: MOST_PASSAGES + 1]
