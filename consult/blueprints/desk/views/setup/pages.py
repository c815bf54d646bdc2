"""What the pages of the set-up share: the round's standing, and the languages by name."""

from typing import TYPE_CHECKING

from flask import render_template, request
from flask_babel import gettext as _

from consult.blueprints.desk.forms.guarding import GuardedForm
from consult.blueprints.desk.presenters.setup import standing_of
from consult.blueprints.shared.context import localise
from consult.domain.rounds.conditions import values_to_choose
from consult.domain.rounds.queries import list_proposals, list_questions, list_sections
from consult.domain.rounds.service import hold_for_change
from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.types import ASKED_STANCE_LABELS, Stance
from consult.kernel.clock import utc_now
from consult.kernel.i18n import LANGUAGE_NAMES
from consult.kernel.text.plain import excerpt

if TYPE_CHECKING:
    from consult.domain.rounds.models import Question, Round
    from consult.domain.rounds.service.parts import RoundPart


def show(template: str, round_: "Round", **values: object) -> str:
    """A page of the set-up."""
    return render_template(
        f"desk/setup/{template}",
        round=round_,
        standing=standing_of(round_, now=utc_now()),
        language_names=LANGUAGE_NAMES,
        **values,
    )


def hold_if_saving(thing: "RoundPart | Round") -> None:
    """Let two who save the same thing wait for one another: the second meets the first's words."""
    if request.method == "POST":
        hold_for_change(thing)


def status_of(form: GuardedForm) -> int:
    """The status of a page with a form that is not saved."""
    if form.theirs:
        return 409
    return 422 if form.errors else 200


def section_choices(round_: "Round") -> dict[str, str]:
    """The sections to choose from: titles by key."""
    return {
        section.key: f"{section.key} {excerpt(localise(section.title), 80)}"
        for section in list_sections(round_.id)
    }


def condition_choices(round_: "Round", question: "Question | None") -> dict[str, str]:
    """What earlier closed questions can be answered with: ``question:value`` in words."""
    choices: dict[str, str] = {}
    for earlier in list_questions(round_.id):
        if question is not None and earlier.position >= question.position:
            break
        asked = excerpt(localise(earlier.text), 60)
        for value in values_to_choose(earlier.kind, earlier.options, earlier.scale):
            choices[f"{earlier.key}:{value}"] = f"{asked} – {_value_words(earlier, value)}"
    return choices


def _value_words(question: "Question", value: str) -> str:
    if question.kind is QuestionKind.STANCE:
        return str(_(ASKED_STANCE_LABELS[Stance(value)]))
    labels = {option.key: localise(option.labels) for option in question.options}
    return labels.get(value, value)


def proposal_choices(round_: "Round") -> dict[str, str]:
    """The proposals to choose from: titles by key."""
    return {
        proposal.key: f"{proposal.key} {excerpt(localise(proposal.title), 80)}"
        for proposal in list_proposals(round_.id)
    }
