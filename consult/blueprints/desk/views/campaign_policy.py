"""How campaigns are counted: chosen before stances are read, changed with somebody's approval."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.clusters import PolicyForm
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.accounts.queries import names_by_reference
from consult.domain.coding.clusters import CAMPAIGN_POLICY_LABELS, CampaignPolicy
from consult.domain.coding.queries.campaign_policy import (
    are_stances_read,
    campaign_policy,
    get_policy_choice,
    list_policy_choices,
)
from consult.domain.coding.service.campaign_policy import answer_choice, choose_policy
from consult.domain.rounds.queries import get_round
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.coding.models import CampaignPolicyChoice
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/campaigns/counting")
@requires(Permission.VIEW_DESK, on=get_round)
def counting(round_: "Round") -> ResponseReturnValue:
    """How campaigns are counted now, what was chosen before, and what waits."""
    return _page(round_, PolicyForm(campaign_policy(round_.id)))


def _page(round_: "Round", form: PolicyForm) -> str:
    choices = list_policy_choices(round_.id)
    people = {one.chosen_by for one in choices} | {one.answered_by or "" for one in choices}
    return render_template(
        "desk/alike/counting.html",
        round=round_,
        form=form,
        policy=campaign_policy(round_.id),
        is_read=are_stances_read(round_.id),
        waiting=next((one for one in choices if one.is_waiting), None),
        choices=choices,
        labels=CAMPAIGN_POLICY_LABELS,
        names=names_by_reference(sorted(people)),
        me=current_actor().reference,
    )


@bp.post("/rounds/<slug:round_slug>/campaigns/counting")
@requires(Permission.CODE_ANSWERS, on=get_round)
@transactional
def choose_counting(round_: "Round") -> ResponseReturnValue:
    """Choose how campaigns are counted, or ask for another way once stances are read."""
    form = PolicyForm(campaign_policy(round_.id))
    if form.validate_on_submit():
        try:
            choice = choose_policy(
                round_,
                CampaignPolicy(form.policy.data),
                reason=form.reason.data or "",
                by=current_actor(),
            )
        except InvalidInput as error:
            form.refuse_choice(error)
        else:
            text = _("It waits for a coordinator other than you to approve it.")
            flash(text if choice.needs_approval else _("It is saved."), "success")
            return redirect(url_for("desk.counting", round_slug=round_.slug))
    return _page(round_, form), 422


@bp.post("/rounds/<slug:round_slug>/campaigns/counting/<pid:choice_id>")
@requires(Permission.MANAGE_ROUND, on=get_policy_choice)
@transactional
def answer_counting(choice: "CampaignPolicyChoice") -> ResponseReturnValue:
    """Approve a change, or turn it down."""
    is_approved = request.form.get("act") == "approve"
    try:
        answer_choice(choice, approve=is_approved, by=current_actor())
    except InvalidInput:
        flash(_("You asked for this change, so somebody else must approve it."), "warning")
    else:
        text = _("The change holds from now on, and is printed with its reason.")
        flash(text if is_approved else _("The change is turned down."), "success")
    return redirect(url_for("desk.counting", round_slug=choice.round.slug))
