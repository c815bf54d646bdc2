"""Deciding whether an answer that joins another still holds."""

from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from consult.blueprints.shared.forms import Form


class Choice(StrEnum):
    """What can be decided."""

    KEEP = "keep"
    DROP = "drop"
    ASK = "ask"


class EndorsementForm(Form):
    """Keep, drop or ask, with a reason."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    choice = RadioField(
        _l("What do you decide?"),
        choices=lambda: {
            Choice.KEEP.value: _("It holds for the other answer as it is now"),
            Choice.DROP.value: _("It holds no more: take no stances from the other answer"),
            Choice.ASK.value: _("Ask the body, by mail, whether it still joins"),
        },
        validators=[InputRequired(_l("Choose what you decide."))],
    )
    reason = TextAreaField(
        _l("Why?"),
        description=_l("Stands in the history of the answer. Needed when it holds no more."),
        validators=[Optional(), Length(max=1000)],
    )

    def is_reasoned(self) -> bool:
        """Whether a reason stands where one is needed; puts a message there where not."""
        if self.choice.data == Choice.DROP.value and not (self.reason.data or "").strip():
            self.add_error(self.reason, _("Write why it holds no more."))
            return False
        return True
