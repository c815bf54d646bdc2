"""After sending: changing, withdrawing, asking for deletion, and seeing what became of it."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.respond import bp
from consult.blueprints.respond.aftermath import afterwards_of, stage_text, web_text
from consult.blueprints.respond.forms import ConfirmForm, ErasureForm
from consult.blueprints.respond.links import let_in
from consult.blueprints.respond.presenters import receipt_rows
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.arrival import request_arrived_at
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.feedback import show_told
from consult.domain.coding.queries.versions import themes_of_answer
from consult.domain.composing.types import SIDE_LABELS
from consult.domain.disclosure.queries import find_review_of, get_published
from consult.domain.disclosure.types import ReviewState
from consult.domain.following.outcomes import told_of_answer
from consult.domain.following.queries import find_watch
from consult.domain.following.service.watching import end_watch, watch_answer
from consult.domain.following.types import OUTCOME_LABELS
from consult.domain.reports.editions import published_editions, uses_in
from consult.domain.responses.branches import find_sent_feedback
from consult.domain.rounds.errors import DeadlinePassed, RoundNotOpen
from consult.domain.submissions.companions import get_sent_files
from consult.domain.submissions.erasures import list_requests_about
from consult.domain.submissions.errors import ErasureAlreadyAsked, NotAmendable
from consult.domain.submissions.queries import get_sent_answers, get_submission
from consult.domain.submissions.senders import ERASURE_STATUS_LABELS, ErasureStatus
from consult.domain.submissions.service.amending import start_amendment, withdraw_submission
from consult.domain.submissions.service.erasing import request_erasure
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission, can

if TYPE_CHECKING:
    from consult.domain.disclosure.models import AnswerReview
    from consult.domain.submissions.models import Submission


def _receipt_of(submission: "Submission") -> str:
    return url_for("respond.receipt", public_id=submission.public_id)


@bp.post("/receipts/<pid:public_id>/change")
@requires(Permission.AMEND_ANSWER, on=get_submission)
@transactional
def amend(submission: "Submission") -> ResponseReturnValue:
    """Begin, or go on with, a new version of an answer."""
    if not ConfirmForm().validate_on_submit():
        flash(_("The page had been open for too long. Press the button once more."), "warning")
        return redirect(_receipt_of(submission))
    try:
        draft = start_amendment(submission, by=current_actor(), now=request_arrived_at())
    except (DeadlinePassed, RoundNotOpen):
        flash(_("The deadline has passed. Your answer stands as you sent it."), "warning")
        return redirect(_receipt_of(submission))
    except NotAmendable:
        flash(_("This answer cannot be changed here."), "warning")
        return redirect(_receipt_of(submission))
    if draft.organisation_id is None:
        let_in(draft)
    return redirect(url_for("respond.tasks", public_id=draft.public_id))


@bp.route("/receipts/<pid:public_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.AMEND_ANSWER, on=get_submission)
@transactional
def withdraw(submission: "Submission") -> ResponseReturnValue:
    """Withdraw an answer, after one more press."""
    if afterwards_of(submission, now=utc_now()).is_withdrawn:
        return redirect(_receipt_of(submission))
    form = ConfirmForm()
    if not form.validate_on_submit():
        page = render_template(
            "respond/withdraw.html", submission=submission, round=submission.round, form=form
        )
        return page, 422 if form.is_submitted() else 200
    withdraw_submission(
        submission,
        by=current_actor(),
        now=utc_now(),
        files=current_app.extensions["files"],
    )
    flash(_("Your answer is withdrawn. It does not count any more."), "success")
    return redirect(_receipt_of(submission))


@bp.route("/receipts/<pid:public_id>/erasure", methods=["GET", "POST"])
@requires(Permission.AMEND_ANSWER, on=get_submission)
@transactional
def erasure(submission: "Submission") -> ResponseReturnValue:
    """Ask the owner to delete an answer, after reading what that can and cannot do."""
    form = ErasureForm()
    if not form.validate_on_submit():
        return _erasure_page(submission, form, 422 if form.is_submitted() else 200)
    try:
        request_erasure(submission, form.message.data or "", now=utc_now())
    except InvalidInput as error:
        form.refuse(error, {})
        return _erasure_page(submission, form, 422)
    except ErasureAlreadyAsked:
        return redirect(url_for("respond.erasure", public_id=submission.public_id))
    asked = _("Your request has gone to %(owner)s.", owner=submission.round.owner.name)
    flash(asked, "success")
    return redirect(url_for("respond.erasure", public_id=submission.public_id))


def _erasure_page(submission: "Submission", form: ErasureForm, status: int) -> ResponseReturnValue:
    asked = list_requests_about(submission)
    page = render_template(
        "respond/erasure.html",
        submission=submission,
        round=submission.round,
        form=form,
        asked=asked,
        labels=ERASURE_STATUS_LABELS,
        is_waiting=any(one.status is ErasureStatus.OPEN for one in asked),
        afterwards=afterwards_of(submission, now=utc_now()),
    )
    return page, status


@bp.get("/receipts/<pid:public_id>/versions/<int:number>")
@requires(Permission.VIEW_RECEIPT, on=get_submission)
def version(submission: "Submission", number: int) -> ResponseReturnValue:
    """An earlier version of an answer, as it was sent."""
    found = next((one for one in submission.versions if one.number == number), None)
    if found is None:
        raise NotFound("version", number)
    files = get_sent_files(submission, number)
    return render_template(
        "respond/version.html",
        submission=submission,
        round=submission.round,
        version=found,
        is_current=number == submission.current_version_number,
        rows=receipt_rows(
            get_sent_answers(submission, number),
            files,
            language=submission.language,
            locale=current_locale(),
        ),
        files=files,
    )


@bp.get("/receipts/<pid:public_id>/uses")
@requires(Permission.VIEW_RECEIPT, on=get_submission)
def uses(submission: "Submission") -> ResponseReturnValue:
    """What became of an answer so far: where the round stands, and the themes of each passage."""
    is_shown = submission.round.themes_shown_at is not None
    review = find_review_of(submission.current_version.id)
    feedback = find_sent_feedback(submission) if submission.is_internal else None
    return render_template(
        "respond/uses.html",
        submission=submission,
        round=submission.round,
        stage=stage_text(submission.round, now=utc_now()),
        web=web_text(submission, review, now=utc_now()),
        is_on_web=_is_on_web(submission, review),
        is_shown=is_shown,
        passages=themes_of_answer(submission.id) if is_shown else [],
        outcomes=told_of_answer(submission) if is_shown else (),
        outcome_labels=OUTCOME_LABELS,
        reports=[
            (one, uses_in(one, submission.id)) for one in published_editions(submission.round_id)
        ],
        side_labels=SIDE_LABELS,
        is_withdrawn=afterwards_of(submission, now=utc_now()).is_withdrawn,
        is_told=find_watch(submission) is not None,
        feedback=feedback,
        told=show_told(
            feedback.told, feedback.quotes, locale=current_locale(), texts=feedback.texts
        )
        if feedback
        else None,
    )


def _is_on_web(submission: "Submission", review: "AnswerReview | None") -> bool:
    """Whether everybody may read the answer now."""
    if review is None or review.state is not ReviewState.CLEARED:
        return False
    try:
        get_published(submission.round.slug, submission.number)
    except NotFound:
        return False
    return can(current_actor(), Permission.VIEW_PUBLISHED, submission)


@bp.post("/receipts/<pid:public_id>/tell")
@requires(Permission.VIEW_RECEIPT, on=get_submission)
@transactional
def tell(submission: "Submission") -> ResponseReturnValue:
    """Begin or stop telling the sender by mail what happens with the answer."""
    page = redirect(url_for("respond.uses", public_id=submission.public_id))
    if not ConfirmForm().validate_on_submit():
        flash(_("The page had been open for too long. Press the button once more."), "warning")
    elif request.form.get("act") == "stop":
        if (watch := find_watch(submission)) is not None:
            end_watch(watch, by=current_actor())
        flash(_("You get no more mail about what happens with your answer."), "success")
    elif watch_answer(submission, by=current_actor(), now=utc_now()):
        told = _("We write to %(email)s when something happens.", email=submission.contact_email)
        flash(told, "success")
    return page
