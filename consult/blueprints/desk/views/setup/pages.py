"""What the pages of the set-up share: the round's standing, and the languages by name."""

from typing import TYPE_CHECKING

from flask import render_template

from consult.blueprints.desk.forms.languages import LANGUAGE_NAMES
from consult.blueprints.desk.presenters.setup import standing_of
from consult.blueprints.shared.context import localise
from consult.domain.rounds.queries import list_proposals, list_sections
from consult.kernel.clock import utc_now
from consult.kernel.text.plain import excerpt

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


def show(template: str, round_: "Round", **values: object) -> str:
    """A page of the set-up."""
    return render_template(
        f"desk/setup/{template}",
        round=round_,
        standing=standing_of(round_, now=utc_now()),
        language_names=LANGUAGE_NAMES,
        **values,
    )


def section_choices(round_: "Round") -> dict[str, str]:
    """The sections to choose from: titles by key."""
    return {
        section.key: f"{section.key} {excerpt(localise(section.title), 80)}"
        for section in list_sections(round_.id)
    }


def proposal_choices(round_: "Round") -> dict[str, str]:
    """The proposals to choose from: titles by key."""
    return {
        proposal.key: f"{proposal.key} {excerpt(localise(proposal.title), 80)}"
        for proposal in list_proposals(round_.id)
    }
