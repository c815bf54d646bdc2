"""Announcing a round, and what may happen to it afterwards: more time, an early end, a new step."""

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.setup import ExtendForm, ReasonForm, after_parent_message
from consult.blueprints.desk.presenters.setup import finding_rows
from consult.blueprints.desk.views.setup.pages import show
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import format_moment
from consult.domain.rounds import service
from consult.domain.rounds.errors import RoundIncomplete
from consult.domain.rounds.listing import list_deadline_changes
from consult.domain.rounds.queries import get_round
from consult.domain.rounds.rules import closing_moment
from consult.domain.rounds.service.lifecycle import find_before_announcing
from consult.domain.rounds.types import ROUND_RULES, RoundStatus
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/setup/announce")
@requires(Permission.MANAGE_ROUND, on=get_round)
def announce_round(round_: "Round") -> ResponseReturnValue:
    """What is missing, what is worth a second look, and the button."""
    return _announcement(round_)


@bp.post("/rounds/<slug:round_slug>/setup/announce")
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def announce_round_now(round_: "Round") -> ResponseReturnValue:
    """Show the round to everybody, unless something is missing."""
    try:
        service.announce(round_, by=current_actor(), at=utc_now())
    except RoundIncomplete:
        return _announcement(round_), 422
    if round_.status is RoundStatus.OPEN and not ROUND_RULES[round_.type].is_open_to_all:
        flash(_("The round is open for those you ask. Nobody else sees it."), "success")
    elif round_.status is RoundStatus.OPEN:
        flash(_("The round is announced and open. Everybody can answer now."), "success")
    else:
        opens = format_moment(round_.opens_at)
        flash(_("The round is announced. It opens on %(moment)s.", moment=opens), "success")
    return redirect(url_for("desk.invitations", round_slug=round_.slug))


@bp.route("/rounds/<slug:round_slug>/setup/deadline", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def extend_deadline(round_: "Round") -> ResponseReturnValue:
    """Give everybody more time, with the reason."""
    form = ExtendForm()
    if not form.validate_on_submit():
        return _deadline_page(round_, form), 422 if form.errors else 200
    try:
        service.extend_deadline(
            round_,
            closing_moment(form.closes.day),
            reason=str(form.reason.data),
            by=current_actor(),
            at=utc_now(),
            may_outlast_parent=bool(form.may_outlast_parent.data),
        )
    except InvalidInput as error:
        later = _("The new deadline must be later than the present one, and still ahead.")
        is_behind = error.reason == "after_parent"
        form.add_error(form.closes, after_parent_message() if is_behind else later)
        return _deadline_page(round_, form), 422
    moment = format_moment(round_.closes_at)
    flash(_("The deadline is now %(moment)s.", moment=moment), "success")
    return redirect(url_for("desk.overview", round_slug=round_.slug))


@bp.route("/rounds/<slug:round_slug>/setup/close", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def close_round(round_: "Round") -> ResponseReturnValue:
    """Stop taking answers before the deadline, with the reason."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return show("close.html", round_, form=form), 422 if form.errors else 200
    service.close_now(round_, reason=str(form.reason.data), by=current_actor(), at=utc_now())
    flash(_("The round is closed."), "success")
    return redirect(url_for("desk.overview", round_slug=round_.slug))


@bp.route("/rounds/<slug:round_slug>/setup/cancel", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def cancel_round(round_: "Round") -> ResponseReturnValue:
    """Give the round up, with the reason."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return show("cancel.html", round_, form=form), 422 if form.errors else 200
    service.cancel(round_, reason=str(form.reason.data), by=current_actor(), at=utc_now())
    flash(_("The round is cancelled. What was received is kept."), "success")
    return redirect(url_for("desk.overview", round_slug=round_.slug))


@bp.post("/rounds/<slug:round_slug>/step")
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def take_step(round_: "Round") -> ResponseReturnValue:
    """Move the round on, or one step back."""
    target = request.form.get("target", "")
    if target not in list(RoundStatus):
        raise NotFound("status", target)
    service.take_step(round_, RoundStatus(target), by=current_actor(), at=utc_now())
    flash(_("The round's state is changed."), "success")
    return redirect(url_for("desk.overview", round_slug=round_.slug))


def _announcement(round_: "Round") -> str:
    rows = finding_rows(round_, find_before_announcing(round_, now=utc_now()))
    return show(
        "announce.html",
        round_,
        missing=[row for row in rows if row.blocks],
        warnings=[row for row in rows if not row.blocks],
    )


def _deadline_page(round_: "Round", form: ExtendForm) -> str:
    changes = list_deadline_changes(round_.id)
    return show("deadline.html", round_, form=form, changes=list(reversed(changes)))
