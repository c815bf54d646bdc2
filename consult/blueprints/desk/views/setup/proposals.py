"""The proposals of a round, as they are written."""

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.languages import in_languages, stored_texts
from consult.blueprints.desk.forms.parts import ProposalForm, placed
from consult.blueprints.desk.presenters.setup import proposal_rows
from consult.blueprints.desk.views.setup.pages import (
    hold_if_saving,
    last_save,
    section_choices,
    show,
    status_of,
)
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.analysis.queries.wordings import answers_by_wording
from consult.domain.rounds.queries import get_proposal, get_round, list_proposals
from consult.domain.rounds.service import add_proposal as add_to_round
from consult.domain.rounds.service import change_proposal
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Proposal, Round


@bp.get("/rounds/<slug:round_slug>/setup/proposals")
@requires(Permission.MANAGE_ROUND, on=get_round)
def setup_proposals(round_: "Round") -> ResponseReturnValue:
    """The proposals in order."""
    rows = proposal_rows(list_proposals(round_.id), round_.languages)
    return show("proposals.html", round_, rows=rows)


@bp.route("/rounds/<slug:round_slug>/setup/add-proposal", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def add_proposal(round_: "Round") -> ResponseReturnValue:
    """Write a new proposal."""
    form = _form(round_, {})
    if not form.validate_on_submit():
        return show("proposal.html", round_, form=form, proposal=None), 422 if form.errors else 200
    add_to_round(round_, form.spec, by=current_actor())
    flash(_("The proposal is added."), "success")
    return redirect(url_for("desk.setup_proposals", round_slug=round_.slug))


@bp.route("/rounds/<slug:round_slug>/setup/proposals/<key:key>", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_proposal)
@transactional
def edit_proposal(proposal: "Proposal") -> ResponseReturnValue:
    """Change a proposal."""
    round_ = proposal.round
    hold_if_saving(proposal)
    stored = stored_texts(title=proposal.title, text=proposal.text)
    stored["section"] = proposal.section.key if proposal.section else ""
    form = _form(round_, stored)
    if form.meet(stored) or not form.validate_on_submit():
        answered = answers_by_wording(proposal)
        page = show(
            "proposal.html",
            round_,
            form=form,
            proposal=proposal,
            answered=answered,
            last_save=last_save(round_, form, "proposal", proposal.key),
        )
        return page, status_of(form)
    change_proposal(proposal, form.spec, by=current_actor())
    flash(_("Saved."), "success")
    return redirect(url_for("desk.setup_proposals", round_slug=round_.slug))


def _form(round_: "Round", stored: dict[str, str]) -> ProposalForm:
    form = in_languages(ProposalForm, tuple(round_.languages))(data=stored)
    return placed(form, sections=section_choices(round_), proposals={})
