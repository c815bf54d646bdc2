"""The internal hearing of a case: making it, opening it, who has answered."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale, localise
from consult.blueprints.shared.site import base_url
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.forms.cases import StepForm
from consult.blueprints.workspace.forms.hearing import HearingForm, choose, hearing_form
from consult.blueprints.workspace.loading import concern_of
from consult.blueprints.workspace.presenters.hearing import (
    branch_choices,
    kind_buttons,
    turnout_text,
)
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.domain.organisations.queries import branches_for, count_members
from consult.domain.responses.errors import HearingExists, LaterThanAbove, NotBelow
from consult.domain.responses.queries import hearing_turnout, unreachable_branches
from consult.domain.responses.rules import internal_deadline
from consult.domain.responses.service.hearing import plan_hearing
from consult.domain.rounds import service as rounds
from consult.domain.rounds.errors import RoundIncomplete
from consult.domain.rounds.queries import list_proposals, list_questions
from consult.domain.rounds.rules import effective_status
from consult.domain.rounds.types import RoundStatus, SendResult
from consult.domain.submissions.counting import answered_organisation_ids
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.kernel.i18n import choose_locale
from consult.policy import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consult.domain.organisations.queries import TreeNode
    from consult.domain.responses.listing import Concern
    from consult.domain.rounds.models import Round


@bp.get("/<slug:organisation>/cases/<slug:round_slug>/hearing")
@requires(Permission.VIEW_WORKSPACE, on=concern_of)
def hearing(concern: "Concern") -> ResponseReturnValue:
    """How our branches are heard: who was asked, who has answered, what can be done now."""
    found = concern.hearing
    turnout = hearing_turnout(found, current_locale()) if found is not None else None
    return render_template(
        "workspace/cases/hearing.html",
        organisation=concern.organisation,
        concern=concern,
        round=concern.round,
        hearing=found,
        turnout=turnout,
        unreachable=unreachable_branches(found, current_locale(), now=utc_now()) if found else (),
        turnout_text=turnout_text(turnout) if turnout is not None else "",
        rooms=room_tabs(concern.organisation, concern.round),
        has_branches=bool(_branches(concern)),
        status=_status(found) if found is not None else None,
    )


@bp.route("/<slug:organisation>/cases/<slug:round_slug>/hearing/plan", methods=["GET", "POST"])
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def plan_branches(concern: "Concern") -> ResponseReturnValue:
    """Choose what to ask the branches, whom and until when."""
    if concern.hearing is not None:
        return redirect(_address(concern))
    nodes = _branches(concern)
    form = _form(concern, nodes)
    button = request.form.get("choose", "")
    if button:
        form.bodies.data = choose(nodes, button)
        return _plan_page(concern, nodes, form)
    if not form.validate_on_submit():
        return _plan_page(concern, nodes, form), 422 if form.is_submitted() else 200
    if not _plan(concern, form):
        return _plan_page(concern, nodes, form), 422
    flash(_("The internal hearing is made. Your branches see it when you open it."), "success")
    return redirect(_address(concern))


@bp.post("/<slug:organisation>/cases/<slug:round_slug>/hearing/open")
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def ask_branches(concern: "Concern") -> ResponseReturnValue:
    """Open the hearing and mail the branches."""
    found = _hearing_of(concern)
    if not StepForm().validate_on_submit():
        return redirect(_address(concern))
    if found.status is RoundStatus.PLANNED:
        try:
            rounds.announce(found, by=current_actor(), at=utc_now())
        except RoundIncomplete:
            flash(_("Something is still missing. See what it is, and open it there."), "warning")
            return redirect(url_for("desk.announce_round", round_slug=found.slug))
    _mail(found, rounds.send_invitations)
    return redirect(_address(concern))


@bp.post("/<slug:organisation>/cases/<slug:round_slug>/hearing/remind")
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def remind_branches(concern: "Concern") -> ResponseReturnValue:
    """Mail those who have not answered."""
    if StepForm().validate_on_submit():
        _mail(_hearing_of(concern), rounds.remind_silent)
    return redirect(_address(concern))


def _plan(concern: "Concern", form: HearingForm) -> bool:
    """Make the hearing; whether it could be made. What stands in the way is put at its field."""
    language = _language(concern)
    try:
        plan_hearing(
            concern.round,
            concern.organisation,
            form.plan(language),
            by=current_actor(),
            at=utc_now(),
            may_outlast_parent=bool(form.may_outlast.data),
        )
    except LaterThanAbove:
        form.add_error(
            form.closes,
            _("This is after the deadline above. Choose an earlier day, or confirm it below."),
        )
    except InvalidInput as error:
        messages = {
            "past": _("This day is over. Choose a later one."),
            "required": _("Choose at least one question, or write one of your own."),
        }
        named = form.closes if error.field == "closes_at" else form.questions
        form.add_error(named, messages.get(error.reason, _("This cannot be used.")))
    except (HearingExists, NotBelow):
        form.add_error(form.bodies, _("The list has changed. Look through it once more."))
    else:
        return True
    return False


def _plan_page(concern: "Concern", nodes: "Sequence[TreeNode]", form: HearingForm) -> str:
    return render_template(
        "workspace/cases/plan_hearing.html",
        organisation=concern.organisation,
        concern=concern,
        round=concern.round,
        rooms=room_tabs(concern.organisation, concern.round),
        form=form,
        questions=list_questions(concern.round.id),
        proposals=list_proposals(concern.round.id),
        branches=branch_choices(
            nodes,
            form.bodies.data or (),
            members=count_members([node.organisation.id for node in nodes], now=utc_now()),
        ),
        kinds=kind_buttons(nodes),
        language=_language(concern),
        asks_to_confirm=bool(form.closes.errors) or bool(form.may_outlast.data),
    )


def _form(concern: "Concern", nodes: "Sequence[TreeNode]") -> HearingForm:
    questions, proposals = list_questions(concern.round.id), list_proposals(concern.round.id)
    closes_at = internal_deadline(concern.closes_at, now=utc_now())
    data = {
        "title": _("Internal hearing: %(title)s", title=localise(concern.round.title))[:300],
        "closes": to_oslo(closes_at).date(),
        "questions": [one.key for one in questions],
        "proposals": [],
        "bodies": [node.organisation.id for node in nodes if node.depth == 1],
    }
    return hearing_form(questions, proposals, nodes, language=_language(concern), data=data)


def _mail(found: "Round", send: Callable[..., SendResult]) -> None:
    """Mail the branches whom it concerns, and tell how many that were."""
    result = send(
        found,
        answered=answered_organisation_ids(found.id),
        link=f"{base_url()}{url_for('public.round', round_slug=found.slug)}",
        by=current_actor(),
        at=utc_now(),
    )
    text = ngettext("%(num)d mail is on its way.", "%(num)d mails are on their way.", result.sent)
    flash(text, "success" if result.sent else "info")
    if result.without_address:
        flash(
            ngettext(
                "%(num)d branch has no e-mail address. Tell it in another way.",
                "%(num)d branches have no e-mail address. Tell them in another way.",
                result.without_address,
            ),
            "warning",
        )


def _branches(concern: "Concern") -> "Sequence[TreeNode]":
    return branches_for(concern.organisation, on=to_oslo(utc_now()).date())


def _hearing_of(concern: "Concern") -> "Round":
    if concern.hearing is None:
        raise NotFound("hearing", concern.round.slug)
    return concern.hearing


def _status(found: "Round") -> RoundStatus:
    return effective_status(
        found.status, opens_at=found.opens_at, closes_at=found.closes_at, now=utc_now()
    )


def _language(concern: "Concern") -> str:
    """The language our branches are written to in: the organisation's own."""
    return choose_locale(concern.organisation.language)


def _address(concern: "Concern") -> str:
    return url_for(
        "workspace.hearing", organisation=concern.organisation.slug, round_slug=concern.round.slug
    )
