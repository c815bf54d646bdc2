"""Forms of the public pages."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, RadioField
from wtforms.validators import DataRequired, Email, Length

from consult.blueprints.shared.forms import Form
from consult.domain.following.types import RHYTHM_LABELS, Rhythm


class RhythmForm(Form):
    """How often somebody wants mail."""

    rhythm = RadioField(_l("How often do you want mail?"), default=Rhythm.SINGLE.value)

    def __init__(self, **values: Any) -> None:
        """Offer each rhythm in the reader's language."""
        super().__init__(**values)
        self.rhythm.choices = {one.value: _(label) for one, label in RHYTHM_LABELS.items()}

    @property
    def chosen(self) -> Rhythm:
        """The rhythm, once the form has been validated."""
        return Rhythm(self.rhythm.data)


class FollowForm(RhythmForm):
    """Following a round without an account."""

    email = EmailField(
        _l("E-mail"),
        description=_l("We send one mail for you to confirm, and nothing before you have."),
        validators=[
            DataRequired(_l("Write your e-mail address.")),
            Email(_l("Write an e-mail address, such as kari@example.no.")),
            Length(max=254),
        ],
    )
