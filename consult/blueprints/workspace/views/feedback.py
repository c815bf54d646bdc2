"""Feedback to branches: where the points of each went, in its own language."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.feedback import show_told
from consult.blueprints.shared.site import base_url
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.forms.feedback import SEND, FeedbackForm, FeedbackToAllForm
from consult.blueprints.workspace.loading import ResponsePlace, response_place
from consult.blueprints.workspace.presenters.feedback import branch_rows, waiting_of
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.domain.responses.branches import get_branch_answer, list_branch_answers
from consult.domain.responses.errors import NobodyToTell, PointsNotLookedAt
from consult.domain.responses.service.feedback import send_feedback, write_feedback
from consult.kernel.clock import utc_now
from consult.kernel.errors import NotFound
from consult.kernel.i18n import choose_locale
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.responses.branches import BranchAnswer
    from consult.domain.responses.models import ResponseCase


@bp.get("/<slug:organisation>/cases/<slug:round_slug>/feedback")
@requires(Permission.VIEW_WORKSPACE, on=response_place)
def feedback(place: ResponsePlace) -> ResponseReturnValue:
    """Every branch that has answered, and how far the feedback to it has come."""
    return _list_page(place, FeedbackToAllForm())


@bp.post("/<slug:organisation>/cases/<slug:round_slug>/feedback/send")
@requires(Permission.WRITE_RESPONSE, on=response_place)
@transactional
def feedback_send(place: ResponsePlace) -> ResponseReturnValue:
    """Send to every branch what it does not know yet."""
    case, composition = _written(place)
    form = FeedbackToAllForm()
    if not form.validate_on_submit():
        return _list_page(place, form), 422
    if not _send(case, list_branch_answers(case, composition), form):
        return _list_page(place, form), 422
    return redirect(_address(place))


@bp.get("/<slug:organisation>/cases/<slug:round_slug>/feedback/<pid:answer_id>")
@requires(Permission.VIEW_WORKSPACE, on=response_place)
def feedback_branch(place: ResponsePlace, answer_id: str) -> ResponseReturnValue:
    """Our words to one branch, and all of it as the branch will read it."""
    answer = get_branch_answer(*_written(place), answer_id)
    return _branch_page(place, answer, FeedbackForm(data={"text": answer.told.text}))


@bp.post("/<slug:organisation>/cases/<slug:round_slug>/feedback/<pid:answer_id>/words")
@requires(Permission.WRITE_RESPONSE, on=response_place)
@transactional
def feedback_write(place: ResponsePlace, answer_id: str) -> ResponseReturnValue:
    """Keep our words to one branch, and send it all where that was pressed."""
    case, composition = _written(place)
    answer = get_branch_answer(case, composition, answer_id)
    form = FeedbackForm()
    if not form.validate_on_submit():
        return _branch_page(place, answer, form), 422
    write_feedback(case, answer, str(form.text.data or ""), by=current_actor(), at=utc_now())
    if request.form.get("step") != SEND:
        flash(_("Saved. The branch sees it when you send."), "success")
        return redirect(_address(place, answer_id))
    answer = get_branch_answer(case, composition, answer_id)
    if not _send(case, [answer], form):
        return _branch_page(place, answer, form), 422
    return redirect(_address(place))


def _send(
    case: "ResponseCase",
    answers: "Sequence[BranchAnswer]",
    form: FeedbackForm | FeedbackToAllForm,
) -> bool:
    """Send, and tell how it went; whether it could be sent. What stands in the way is shown."""
    try:
        result = send_feedback(
            case,
            answers,
            text=str(form.text.data or ""),
            with_open_points=bool(form.with_open.data),
            base_url=base_url(),
            by=current_actor(),
            at=utc_now(),
        )
    except PointsNotLookedAt as error:
        text = ngettext(
            "%(num)d point is neither used nor left out. Look at it first, or confirm here.",
            "%(num)d points are neither used nor left out. Look at them first, or confirm here.",
            error.number,
        )
        form.add_error(form.with_open, text)
        return False
    except NobodyToTell:
        form.add_error(form.text, _("Nobody here is in the register. Tell them in another way."))
        return False
    told = ngettext("%(num)d branch is told.", "%(num)d branches are told.", result.told)
    if result.told:
        flash(told, "success")
    else:
        flash(_("There was nothing new to tell."), "info")
    if result.without_mail:
        flash(
            ngettext(
                "%(num)d branch has no e-mail address. Tell it in another way.",
                "%(num)d branches have no e-mail address. Tell them in another way.",
                result.without_mail,
            ),
            "warning",
        )
    return True


def _list_page(place: ResponsePlace, form: FeedbackToAllForm) -> str:
    case, composition = place.concern.case, place.composition
    answers = list_branch_answers(case, composition) if case and composition else []
    return render_template(
        "workspace/feedback/branches.html",
        organisation=place.organisation,
        round=place.round,
        rooms=room_tabs(place.organisation, place.round),
        is_begun=composition is not None,
        hearing=place.concern.hearing,
        branches=branch_rows(answers),
        waiting=waiting_of(answers),
        form=form,
    )


def _branch_page(place: ResponsePlace, answer: "BranchAnswer", form: FeedbackForm) -> str:
    body = answer.submission.organisation
    locale = choose_locale(body.language if body is not None else answer.submission.language)
    return render_template(
        "workspace/feedback/branch.html",
        organisation=place.organisation,
        round=place.round,
        answer=answer,
        form=form,
        shown=show_told(answer.told, answer.quotes, locale=locale),
        waiting=waiting_of([answer]),
    )


def _written(place: ResponsePlace) -> "tuple[ResponseCase, Composition]":
    """What the branches' points can have gone into. Raises ``NotFound`` where it is not begun."""
    if place.concern.case is None or place.composition is None:
        raise NotFound("composition", place.round.slug)
    return place.concern.case, place.composition


def _address(place: ResponsePlace, answer_id: str | None = None) -> str:
    """The page of one branch, or of all."""
    return url_for(
        "workspace.feedback_branch" if answer_id else "workspace.feedback",
        organisation=place.organisation.slug,
        round_slug=place.round.slug,
        answer_id=answer_id,
    )
