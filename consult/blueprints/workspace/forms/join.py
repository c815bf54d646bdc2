"""The form of joining another's answer."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from consult.blueprints.shared.context import localise
from consult.blueprints.shared.forms import Form
from consult.domain.submissions.endorsing import MOST_RESERVATIONS
from consult.domain.submissions.types import PUBLICATION_LABELS, Publication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consult.domain.rounds.models import Proposal, Question

_PROPOSAL, _QUESTION = "proposal.", "question."
_ALL, _SOME = "all", "some"


class JoinForm(Form):
    """What is joined, what is not, and how it may be published."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    extent = RadioField(
        _l("What do you join?"),
        validators=[InputRequired(_l("Choose what you join."))],
    )
    points = SelectMultipleField(_l("Which points?"), validators=[Optional()])
    reservations = TextAreaField(
        _l("What do you not join, or see otherwise?"),
        description=_l("It is read as your own words. Leave it empty if you have no reservations."),
        validators=[Optional(), Length(max=MOST_RESERVATIONS)],
    )
    publication = RadioField(
        _l("May your answer be published on the web?"),
        default=Publication.WITH_NAME.value,
        validators=[InputRequired(_l("Choose how it may be published."))],
    )

    def offer(self, proposals: "Sequence[Proposal]", questions: "Sequence[Question]") -> "JoinForm":
        """Offer the points of the round: its proposals, and questions that are about none."""
        self.extent.choices = [(_ALL, _("All of it")), (_SOME, _("Only these points"))]
        self.publication.choices = [(one.value, _(PUBLICATION_LABELS[one])) for one in Publication]
        self.points.choices = [
            *((f"{_PROPOSAL}{one.key}", f"{one.key} {localise(one.title)}") for one in proposals),
            *(
                (f"{_QUESTION}{one.key}", localise(one.text))
                for one in questions
                if one.proposal_id is None
            ),
        ]
        return self

    def says_which(self) -> bool:
        """Whether extent and points fit together; puts a message at the points where not."""
        chosen = self.points.data or []
        if self.extent.data == _SOME and not chosen:
            self.add_error(
                self.points, _("Choose at least one point, or choose “All of it” above.")
            )
            return False
        if self.extent.data == _ALL and chosen:
            self.add_error(
                self.points,
                _("You have chosen points. Choose “Only these points” above, or take them away."),
            )
            return False
        return True

    def chosen(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The keys of the proposals and of the questions that were chosen."""
        values = self.points.data or []
        return (
            tuple(one.removeprefix(_PROPOSAL) for one in values if one.startswith(_PROPOSAL)),
            tuple(one.removeprefix(_QUESTION) for one in values if one.startswith(_QUESTION)),
        )


class StillJoinForm(Form):
    """The organisation says that it joins the other answer as it is now."""

    version = HiddenField(validators=[InputRequired()])
