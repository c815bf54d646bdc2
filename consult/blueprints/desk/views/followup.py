"""Following up: the measures of a round, its response, and whether to hear people again."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.followup import ChangeForm, DelayForm, RehearingForm
from consult.blueprints.desk.presenters.followup import follow_up_page, read_measure_filter
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.settings import site_address
from consult.domain.followup.queries import (
    follow_up_of,
    get_change,
    get_report_of,
    list_measures,
)
from consult.domain.followup.service.measures import answer_proposal, take_up_report
from consult.domain.followup.service.reminding import remind_owners
from consult.domain.followup.service.responding import (
    decide_rehearing,
    explain_delay,
    hide_follow_up,
    note_change,
    publish_follow_up,
    tell_those_who_asked,
)
from consult.domain.followup.types import Answered, Reply
from consult.domain.rounds.queries import get_round
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import Conflict, InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.followup.models import Measure, ProposalChange
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/follow-up")
@requires(Permission.VIEW_DESK, on=get_round)
def follow_up(round_: "Round") -> ResponseReturnValue:
    """The measures by status, what waits, and the round's response."""
    page = follow_up_page(round_, read_measure_filter(), now=utc_now())
    return render_template("desk/followup/list.html", round=round_, page=page)


@bp.post("/rounds/<slug:round_slug>/follow-up/reports/<pid:report_id>")
@requires(Permission.MANAGE_ROUND, on=get_report_of)
@transactional
def follow_up_take(report: "Composition") -> ResponseReturnValue:
    """Make measures of what a published report proposes."""
    try:
        made = take_up_report(report, by=current_actor(), at=utc_now())
    except Conflict:
        flash(_("The report is not published any more. Publish it again first."), "error")
        return _back(report.round)
    text = ngettext(
        "%(num)d measure is followed up.", "%(num)d measures are followed up.", len(made)
    )
    flash(text, "success")
    return _back(report.round)


@bp.post("/rounds/<slug:round_slug>/follow-up/<any(publish, hide, tell):step>")
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def follow_up_step(round_: "Round", step: str) -> ResponseReturnValue:
    """Let everybody see the follow-up, take it off the web, or tell those who asked."""
    by, now = current_actor(), utc_now()
    if step == "publish":
        publish_follow_up(round_, by=by, at=now)
        flash(_("Everybody can read the follow-up now."), "success")
    elif step == "hide":
        hide_follow_up(round_, by=by)
        flash(_("The follow-up is off the web."), "success")
    else:
        _tell(round_)
    return _back(round_)


@bp.post("/rounds/<slug:round_slug>/follow-up/remind")
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def follow_up_remind(round_: "Round") -> ResponseReturnValue:
    """Ask the owners of the chosen measures how far they have come: one mail to each."""
    measures = _chosen(round_)
    if not measures:
        flash(_("Choose the measures first. Nothing was sent."), "error")
        return _back(round_)
    sent = remind_owners(
        round_, measures, base_url=site_address(), by=current_actor(), at=utc_now()
    )
    if sent:
        flash(
            ngettext("%(num)d mail is on its way.", "%(num)d mails are on their way.", sent),
            "success",
        )
    else:
        flash(
            _("Nothing was sent: the measures are settled, or nobody has an e-mail address."),
            "error",
        )
    return _back(round_)


@bp.post("/rounds/<slug:round_slug>/follow-up/accept")
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def follow_up_accept(round_: "Round") -> ResponseReturnValue:
    """Answer the chosen proposals with yes; those that are answered keep their answer."""
    by, now = current_actor(), utc_now()
    waiting = [one for one in _chosen(round_) if one.reply is None]
    for one in waiting:
        answer_proposal(one, Answered(Reply.ACCEPTED, to_oslo(now).date()), by=by, at=now)
    if waiting:
        text = ngettext(
            "%(num)d proposal is accepted.", "%(num)d proposals are accepted.", len(waiting)
        )
        flash(text, "success")
    else:
        flash(_("Choose proposals that are not answered. Nothing was changed."), "error")
    return _back(round_)


@bp.route("/rounds/<slug:round_slug>/follow-up/delay", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def follow_up_delay(round_: "Round") -> ResponseReturnValue:
    """Say why there is no response yet, and when it comes."""
    told = follow_up_of(round_.id)
    form = DelayForm(
        reason=told.delay_reason if told else "",
        expected_on=told.expected_on if told else None,
        language=told.delay_language if told else round_.owner.language,
    ).offer()
    if form.validate_on_submit() and _delayed(round_, form):
        flash(_("Saved. The round’s page says it now."), "success")
        return _back(round_)
    title = _("Why the response takes longer")
    page = render_template(
        "desk/followup/form.html", round=round_, form=form, title=title, about=None
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/rounds/<slug:round_slug>/follow-up/changes/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def follow_up_change(round_: "Round") -> ResponseReturnValue:
    """Note that what was heard has changed since."""
    form = ChangeForm(language=round_.owner.language).offer()
    if form.validate_on_submit() and (change := _noted(round_, form)) is not None:
        flash(_("Noted. Now assess whether people must be heard once more."), "success")
        return redirect(
            url_for("desk.follow_up_decide", round_slug=round_.slug, change_id=change.public_id)
        )
    title = _("What was heard has changed")
    page = render_template(
        "desk/followup/form.html", round=round_, form=form, title=title, about=None
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/rounds/<slug:round_slug>/follow-up/changes/<pid:change_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_change)
@transactional
def follow_up_decide(change: "ProposalChange") -> ResponseReturnValue:
    """Decide whether people are heard once more, and why."""
    form = RehearingForm(decision=change.decision, reason=change.reason).offer()
    if form.validate_on_submit() and _decided(change, form):
        flash(_("The decision is recorded. It stands on the follow-up page."), "success")
        return _back(change.round)
    page = render_template(
        "desk/followup/form.html",
        round=change.round,
        form=form,
        title=_("Must people be heard once more?"),
        about=change,
    )
    return page, 422 if form.is_submitted() else 200


def _chosen(round_: "Round") -> "list[Measure]":
    """The measures of the round whose boxes are ticked."""
    numbers = set(request.form.getlist("n", type=int))
    return [one for one in list_measures(round_.id) if one.number in numbers]


def _tell(round_: "Round") -> None:
    try:
        tell_those_who_asked(round_, by=current_actor(), at=utc_now())
    except Conflict:
        flash(_("Publish the follow-up first, so that there is something to read."), "error")
        return
    flash(_("Everybody who asked to hear more gets one mail, in their language."), "success")


def _delayed(round_: "Round", form: DelayForm) -> bool:
    try:
        explain_delay(
            round_,
            form.reason.data or "",
            language=form.language.data,
            expected_on=form.expected_on.data,
            by=current_actor(),
        )
    except InvalidInput as error:
        form.refuse_because(error)
        return False
    return True


def _noted(round_: "Round", form: ChangeForm) -> "ProposalChange | None":
    try:
        return note_change(
            round_,
            form.text.data or "",
            language=form.language.data,
            by=current_actor(),
            at=utc_now(),
        )
    except InvalidInput as error:
        form.refuse_because(error)
        return None


def _decided(change: "ProposalChange", form: RehearingForm) -> bool:
    try:
        decide_rehearing(
            change, form.chosen, form.reason.data or "", by=current_actor(), at=utc_now()
        )
    except InvalidInput as error:
        form.refuse_because(error)
        return False
    return True


def _back(round_: "Round") -> ResponseReturnValue:
    return redirect(url_for("desk.follow_up", round_slug=round_.slug), code=303)
