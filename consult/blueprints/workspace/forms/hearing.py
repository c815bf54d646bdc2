"""The form of an internal hearing: what is asked below, of whom, until when."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.forms import Form
from consult.domain.responses.types import AskedBelow, HearingPlan
from consult.domain.rounds.rules import closing_moment
from consult.kernel.i18n import localised

if TYPE_CHECKING:
    from consult.domain.organisations.queries import TreeNode
    from consult.domain.rounds.models import Proposal, Question

CHOOSE_ALL, CHOOSE_NONE, CHOOSE_NEAREST, CHOOSE_KIND = "all", "none", "nearest", "kind:"
"""What the buttons beside the list of branches send."""


class HearingForm(Form):
    """What stands once in the form; questions and proposals add fields of their own."""

    title = StringField(
        _l("Title"), validators=[DataRequired(_l("Write a title.")), Length(max=300)]
    )
    introduction = TextAreaField(
        _l("What you say to your branches"),
        description=_l("Why you ask, and what you will do with what they write."),
        validators=[DataRequired(_l("Write a few words to your branches.")), Length(max=5000)],
    )
    closes = DateField(
        _l("Your branches' deadline"),
        validators=[DataRequired(_l("Say until when one can answer."))],
    )
    may_outlast = BooleanField(
        _l("Yes, our branches may answer after the deadline above"),
        description=_l("Then some answers can come too late to be used."),
    )
    questions = SelectMultipleField(_l("Questions"), validators=[Optional()])
    proposals = SelectMultipleField(_l("Proposals"), validators=[Optional()])
    own_questions = TextAreaField(
        _l("Questions of your own"),
        description=_l("One on each line."),
        validators=[Optional(), Length(max=5000)],
    )
    bodies = SelectMultipleField(_l("Who is asked?"), coerce=int, validators=[Optional()])

    def plan(self, language: str) -> HearingPlan:
        """The hearing as it was filled in."""
        return HearingPlan(
            title=str(self.title.data).strip(),
            introduction=str(self.introduction.data).strip(),
            language=language,
            closes_at=closing_moment(self.closes.data or date.max),
            questions=self._chosen("questions", "question_text_"),
            proposals=self._chosen("proposals", "proposal_text_"),
            own_questions=tuple(str(self.own_questions.data or "").splitlines()),
            bodies=frozenset(self.bodies.data or ()),
        )

    def wording(self, kind: str, number: int) -> Any:
        """The field for our words for a question or a proposal, by its place above from 0."""
        return self[f"{kind}_text_{number}"]

    def _chosen(self, name: str, prefix: str) -> tuple[AskedBelow, ...]:
        chosen = set(self[name].data or ())
        return tuple(
            AskedBelow(key, str(self[f"{prefix}{number}"].data or ""))
            for number, (key, _label) in enumerate(self[name].choices)
            if key in chosen
        )


def hearing_form(
    questions: "Sequence[Question]",
    proposals: "Sequence[Proposal]",
    nodes: "Sequence[TreeNode]",
    *,
    language: str,
    data: dict[str, Any],
) -> HearingForm:
    """The form for what is asked above, all of it chosen in its own words to begin with."""
    fields: dict[str, Any] = {}
    texts = {
        "question": [one.text for one in questions],
        "proposal": [one.text for one in proposals],
    }
    for kind, wordings in texts.items():
        for number, wording in enumerate(wordings):
            fields[f"{kind}_text_{number}"] = TextAreaField(
                _("Our words"),
                default=localised(wording, language),
                validators=[Optional(), Length(max=5000)],
            )
    form = type("HearingForm", (HearingForm,), fields)(data=data)
    form.questions.choices = [(one.key, localised(one.text, language)) for one in questions]
    form.proposals.choices = [(one.key, localised(one.title, language)) for one in proposals]
    form.bodies.choices = [
        (node.organisation.id, node.organisation.name_in(current_locale())) for node in nodes
    ]
    return form  # type: ignore[no-any-return]


def choose(nodes: "Sequence[TreeNode]", button: str) -> list[int]:
    """The branches that a button beside the list ticks."""
    if button == CHOOSE_NONE:
        return []
    if button == CHOOSE_NEAREST:
        return [node.organisation.id for node in nodes if node.depth == 1]
    if button.startswith(CHOOSE_KIND):
        kind = button.removeprefix(CHOOSE_KIND)
        return [node.organisation.id for node in nodes if node.organisation.actor_type == kind]
    return [node.organisation.id for node in nodes]
