"""The form of a branch's answer in its organisation: who met, how they voted, how far it goes."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from consult.blueprints.respond.forms import AnswerForm
from consult.domain.submissions.mandates import EXPOSURE_LABELS, Exposure, Ground, Mandate

_MOST = 10_000_000


def _count(label: str) -> IntegerField:
    return IntegerField(
        label,
        validators=[
            Optional(),
            NumberRange(0, _MOST, _l("Write how many there were, as a number.")),
        ],
        render_kw={"inputmode": "numeric"},
    )


class GroundForm(AnswerForm):
    """On what ground a branch answers, and how far that may travel."""

    body = StringField(
        _l("Which body has dealt with it?"),
        description=_l("Such as the board, the members' meeting, or a group of elected members."),
        validators=[Optional(), Length(max=200)],
    )
    held_on = DateField(_l("When did it meet?"), validators=[Optional()])
    votes_for = _count(_l("Votes for the answer"))
    votes_against = _count(_l("Votes against it"))
    abstained = _count(_l("Abstained"))
    members = _count(_l("How many members do you represent?"))
    exposure = RadioField(
        _l("How far may your answer go?"),
        choices=lambda: {item.value: _(EXPOSURE_LABELS[item]) for item in Exposure},
        validators=[InputRequired(_l("Choose how far your answer may go."))],
    )

    @property
    def ground(self) -> Ground:
        """What was told, as a value."""
        mandate = Mandate(
            body=str(self.body.data or ""),
            held_on=self.held_on.data,
            votes_for=self.votes_for.data,
            votes_against=self.votes_against.data,
            abstained=self.abstained.data,
            members=self.members.data,
        )
        return Ground(mandate, Exposure(self.exposure.data))
