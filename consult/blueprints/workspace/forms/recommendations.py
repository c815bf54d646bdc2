"""Forms of what a report proposes."""

from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional

from consult.blueprints.shared.forms import Form, member_of
from consult.domain.composing.service.recommending import LONGEST_PROPOSAL
from consult.domain.composing.types import (
    HORIZON_LABELS,
    INSTRUMENT_LABELS,
    SIDE_LABELS,
    Horizon,
    Instrument,
    RecommendationContent,
    Side,
)
from consult.kernel.text.plain import excerpt

if TYPE_CHECKING:
    from consult.domain.composing.models import Recommendation
    from consult.kernel.errors import InvalidInput

PROPOSED, CONSIDERED = "proposed", "considered"

_OPEN = "open"
"""Chosen where nothing is decided yet."""

_LONG = [Optional(), Length(max=LONGEST_PROPOSAL)]


class RecommendationForm(Form):
    """A proposal, and the revision that the page goes on from."""

    revision = HiddenField(default="0")
    part = SelectField(_l("Chapter"), validators=[Optional()])
    text = TextAreaField(
        _l("What is proposed"),
        description=_l("As it shall be printed, in the box and in every table."),
        validators=[DataRequired(_l("Write what is proposed.")), Length(max=LONGEST_PROPOSAL)],
    )
    standing = RadioField(_l("Is it proposed?"), default=PROPOSED)
    reason = TextAreaField(
        _l("Why it is not proposed"),
        description=_l("Only for what was considered and is not proposed."),
        validators=_LONG,
    )
    addressee = StringField(_l("Who is to do it"), validators=[Optional(), Length(max=200)])
    horizon = RadioField(_l("By when"), default=_OPEN)
    begins_in = IntegerField(_l("Begins in the year"), validators=[Optional()])
    instrument = SelectField(_l("What it takes"), validators=[Optional()])
    concretises = TextAreaField(
        _l("Which decision it makes concrete"),
        description=_l("A signal of the Storting or another decision that it follows up."),
        validators=_LONG,
    )
    legal_need = TextAreaField(_l("What law or regulation has to change"), validators=_LONG)
    assessment = TextAreaField(
        _l("Your assessment of what speaks against it"),
        description=_l("Must be written where a passage speaks against the proposal."),
        validators=_LONG,
    )

    def offer(self, chapters: Sequence[tuple[str, str]]) -> "RecommendationForm":
        """Fill in the choices, in the reader's language; ``chapters`` as key and name."""
        self.part.choices = list(chapters)
        self.standing.choices = [
            (PROPOSED, _("It is proposed")),
            (CONSIDERED, _("It was considered and is not proposed")),
        ]
        self.horizon.choices = [
            (_OPEN, _("Not decided yet")),
            *((one.value, _(label)) for one, label in HORIZON_LABELS.items()),
        ]
        self.instrument.choices = [
            ("", _("Not decided yet")),
            *((one.value, _(label)) for one, label in INSTRUMENT_LABELS.items()),
        ]
        return self

    def fill(self, content: RecommendationContent, *, revision: int) -> "RecommendationForm":
        """Show what a proposal says."""
        for one in fields(RecommendationContent):
            if one.name in self:
                self[one.name].data = getattr(content, one.name)
        self.standing.data = PROPOSED if content.is_proposed else CONSIDERED
        self.horizon.data = content.horizon.value if content.horizon else _OPEN
        self.instrument.data = content.instrument.value if content.instrument else ""
        self.revision.data = str(revision)
        return self

    def in_words(self) -> dict[str, str]:
        """What each field of a proposal holds, as it is read; empty for nothing."""
        said = {one.name: str(self[one.name].data or "") for one in self}
        for name in ("standing", "horizon", "instrument"):
            choices = dict(self[name].choices)
            said[name] = str(choices.get(self[name].data, "")) if self[name].data else ""
        said["is_proposed"] = said["standing"]
        return said

    @property
    def base_revision(self) -> int:
        """The revision that the page goes on from."""
        raw = self.revision.data or "0"
        return int(raw) if raw.isdigit() and len(raw) < 10 else 0

    @property
    def content(self) -> RecommendationContent:
        """What the form holds, as a value."""
        return RecommendationContent(
            text=self.text.data or "",
            is_proposed=self.standing.data != CONSIDERED,
            reason=self.reason.data or "",
            addressee=self.addressee.data or "",
            horizon=member_of(Horizon, self.horizon.data),
            begins_in=self.begins_in.data,
            instrument=member_of(Instrument, self.instrument.data),
            concretises=self.concretises.data or "",
            legal_need=self.legal_need.data or "",
            assessment=self.assessment.data or "",
        )

    def show_refusal(self, error: "InvalidInput") -> None:
        """Say what a service refused, at its field."""
        messages = {
            "required": {
                "reason": _("Write why it is not proposed."),
                "assessment": _(
                    "A passage speaks against this proposal. Write what you think of that. "
                    "What you have written is kept here, and nothing is saved yet."
                ),
            }.get(error.field, _("Write what is proposed.")),
            "too_long": _("This is too long. Shorten it."),
            "year": _("Write a year between 1990 and 2100."),
        }
        self.refuse(error, messages)


class GroundForm(Form):
    """A passage for or against a proposal, and why it is that."""

    passage = HiddenField(validators=[DataRequired(), Length(max=24)])
    recommendation = SelectField(
        _l("Which proposal?"), validators=[DataRequired(_l("Choose a proposal."))]
    )
    side = RadioField(
        _l("Does it speak for or against?"), validators=[DataRequired(_l("Choose one."))]
    )
    reason = TextAreaField(
        _l("Why it does"),
        description=_l("In one sentence. It is printed where the report shows what it rests on."),
        validators=_LONG,
    )

    def offer(self, proposals: Sequence["Recommendation"]) -> "GroundForm":
        """Fill in the proposals to choose from."""
        self.recommendation.choices = [(one.public_id, excerpt(one.text, 110)) for one in proposals]
        self.side.choices = [(one.value, _(label)) for one, label in SIDE_LABELS.items()]
        return self

    @property
    def chosen_side(self) -> Side:
        """The side that was chosen; only once the form is valid."""
        return Side(self.side.data)


class MoveForm(Form):
    """The chapter that a proposal shall stand in."""

    part = SelectField(_l("Move it to"), validators=[DataRequired()])
