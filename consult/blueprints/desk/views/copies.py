"""Answers that repeat one another: what seems to be a copy, and what somebody has decided."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.copies import CopyForm
from consult.blueprints.desk.presenters.clusters import cluster_cards
from consult.blueprints.desk.presenters.copies import copy_cards, decided_rows
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.accounts.queries import names_by_reference
from consult.domain.coding.clusters import CAMPAIGN_POLICY_LABELS
from consult.domain.coding.queries.campaign_policy import campaign_policy
from consult.domain.coding.queries.clusters import list_clusters
from consult.domain.coding.queries.copies import find_copies, get_copy, list_decided
from consult.domain.coding.service.copying import decide_copy, take_back_copy
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.decisions import find_standing
from consult.domain.submissions.listing import get_answer
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.coding.models import TextCopy
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission


@bp.get("/rounds/<slug:round_slug>/copies")
@requires(Permission.VIEW_DESK, on=get_round)
def copies(round_: "Round") -> ResponseReturnValue:
    """Answers that say nearly the same, bodies' that hold the same paragraphs, what is decided."""
    decided = list_decided(round_.id)
    return render_template(
        "desk/copies.html",
        round=round_,
        clusters=cluster_cards(list_clusters(round_.id)),
        policy=CAMPAIGN_POLICY_LABELS[campaign_policy(round_.id)],
        cards=copy_cards(find_copies(round_.id)),
        decided=decided_rows(decided, names_by_reference([one.decided_by for one in decided])),
    )


@bp.post("/rounds/<slug:round_slug>/answers/<number:number>/copies")
@requires(Permission.CODE_ANSWERS, on=get_answer)
@transactional
def decide_answer_copy(submission: "Submission") -> ResponseReturnValue:
    """Say whether an answer repeats an earlier one."""
    form = CopyForm()
    found = find_standing(submission.round_id, [form.first.data or 0])
    is_copy = bool(form.is_copy.data)
    try:
        if not form.validate_on_submit() or not found:
            raise InvalidInput("first", "unknown")
        decide_copy(submission, found[0], is_copy=is_copy, by=current_actor())
    except InvalidInput:
        flash(_("One of the two answers does not stand any more. Nothing is decided."), "warning")
        return redirect(_page(submission.round))
    if is_copy:
        flash(_("What both say is counted once. Both senders are counted."), "success")
    else:
        flash(_("The two answers stand apart."), "success")
    return redirect(_page(submission.round))


@bp.post("/rounds/<slug:round_slug>/copies/<pid:copy_id>/take-back")
@requires(Permission.CODE_ANSWERS, on=get_copy)
@transactional
def take_copy_back(decision: "TextCopy") -> ResponseReturnValue:
    """Take back what was said about two answers."""
    take_back_copy(decision, by=current_actor())
    flash(_("It is taken back. Each answer stands as it did before."), "success")
    return redirect(_page(decision.round))


def _page(round_: "Round") -> str:
    return url_for("desk.copies", round_slug=round_.slug)
