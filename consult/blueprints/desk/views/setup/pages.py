"""What the pages of the set-up share: the round's standing, and the languages by name."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import render_template, request
from flask_babel import gettext as _

from consult.blueprints.desk.forms.guarding import GuardedForm
from consult.blueprints.desk.presenters.setup import standing_of
from consult.blueprints.shared.context import localise
from consult.domain.accounts.queries import names_by_reference
from consult.domain.audit.queries import find_last_entry
from consult.domain.audit.types import Tag
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


@dataclass(frozen=True, slots=True)
class LastSave:
    """Who saved something, and when. ``name``: ``None`` for somebody who is no person here."""

    name: str | None
    at: datetime


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


def last_save(
    round_: "Round", form: GuardedForm, changed: str, key: str | None = None
) -> LastSave | None:
    """Who saved meanwhile what the form met, and when; nothing where it met nothing.

    Args:
        round_: The round that is set up.
        form: The form that met it.
        changed: What of the round it is, as its log says.
        key: Which one, where there are several.
    """
    if not form.theirs:
        return None
    said = {"changed": changed} | ({"key": key} if key else {})
    entry = find_last_entry(round_.reference, Tag.ROUND_CHANGED, said)
    if entry is None:
        return None
    return LastSave(names_by_reference([entry.actor]).get(entry.actor), entry.at)


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
