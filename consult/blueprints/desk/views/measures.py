"""One measure: what it is, who carries it out, what was answered, how far it has come."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.followup import FollowForm, PlanForm, ReplyForm, StatusForm
from consult.blueprints.desk.presenters.followup import measure_page
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.followup.queries import get_measure
from consult.domain.followup.service.measures import (
    answer_proposal,
    plan_measure,
    plan_of,
    tell_status,
)
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.followup.models import Measure

_PLACE = "/rounds/<slug:round_slug>/follow-up/<number:number>"


@bp.get(_PLACE)
@requires(Permission.VIEW_DESK, on=get_measure)
def measure(measure: "Measure") -> ResponseReturnValue:
    """The measure with its history, and what it rests on."""
    page = measure_page(measure, now=utc_now())
    return render_template(
        "desk/followup/measure.html", round=measure.round, measure=measure, page=page
    )


@bp.route(f"{_PLACE}/plan", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_measure)
@transactional
def measure_plan(measure: "Measure") -> ResponseReturnValue:
    """Say who carries it out, and when."""
    form = PlanForm(obj=plan_of(measure)).offer()
    by, now = current_actor(), utc_now()
    if _is_saved(form, lambda: plan_measure(measure, form.plan, by=by, at=now)):
        return _saved(measure)
    return _form_page(measure, form, _("Who carries it out, and when"))


@bp.route(f"{_PLACE}/answer", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_measure)
@transactional
def measure_reply(measure: "Measure") -> ResponseReturnValue:
    """Note what the addressee says to the proposal."""
    by, now = current_actor(), utc_now()
    form = ReplyForm(
        reply=measure.reply,
        reason=measure.reply_reason,
        on=measure.replied_on or to_oslo(now).date(),
        language=measure.reply_language if measure.reply else measure.language,
    ).offer()
    if _is_saved(form, lambda: answer_proposal(measure, form.answered, by=by, at=now)):
        return _saved(measure)
    return _form_page(measure, form, _("The answer to the proposal"))


@bp.route(f"{_PLACE}/status", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_measure)
@transactional
def measure_status(measure: "Measure") -> ResponseReturnValue:
    """Tell how far it has come."""
    by, now = current_actor(), utc_now()
    form = StatusForm(
        status=measure.status, on=to_oslo(now).date(), language=measure.language
    ).offer()
    if _is_saved(form, lambda: tell_status(measure, form.report, by=by, at=now)):
        return _saved(measure)
    return _form_page(measure, form, _("How far it has come"))


def _is_saved(form: FollowForm, save: Callable[[], object]) -> bool:
    if not form.validate_on_submit():
        return False
    try:
        save()
    except InvalidInput as error:
        form.refuse_because(error)
        return False
    return True


def _form_page(measure: "Measure", form: FollowForm, title: str) -> ResponseReturnValue:
    page = render_template(
        "desk/followup/measure_form.html",
        round=measure.round,
        measure=measure,
        form=form,
        title=title,
    )
    return page, 422 if form.is_submitted() else 200


def _saved(measure: "Measure") -> ResponseReturnValue:
    flash(_("Saved."), "success")
    return redirect(
        url_for("desk.measure", round_slug=measure.round.slug, number=measure.number), code=303
    )
