"""What senders do after sending, seen from the desk: new versions, and requests for deletion."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.afterwards import ErasureDecisionForm
from consult.blueprints.desk.presenters.afterwards import present_versions
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.accounts.queries import names_by_reference
from consult.domain.coding.queries.versions import find_check
from consult.domain.coding.service.carrying import mark_checked
from consult.domain.intake.queries import list_places
from consult.domain.intake.table_queries import row_of_answer
from consult.domain.rounds.queries import get_round
from consult.domain.rounds.service.showing import show_themes
from consult.domain.submissions.erasures import get_request, list_requests
from consult.domain.submissions.listing import get_answer
from consult.domain.submissions.senders import ERASURE_STATUS_LABELS, ErasureStatus
from consult.domain.submissions.service.erasing import decide_erasure
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import ErasureRequest, Submission


@bp.get("/rounds/<slug:round_slug>/answers/<number:number>/versions")
@requires(Permission.VIEW_DESK, on=get_answer)
def answer_versions(submission: "Submission") -> ResponseReturnValue:
    """Every version of an answer, and what the latest one changed."""
    check = find_check(submission.current_version.id)
    names = names_by_reference([check.checked_by or ""] if check else [])
    return render_template(
        "desk/after/versions.html",
        round=submission.round,
        submission=submission,
        versions=present_versions(submission, list_places(submission.round_id)),
        check=check,
        checked_by=names.get(check.checked_by or "") if check else None,
    )


@bp.post("/rounds/<slug:round_slug>/answers/<number:number>/versions")
@requires(Permission.CODE_ANSWERS, on=get_answer)
@transactional
def check_version(submission: "Submission") -> ResponseReturnValue:
    """Note that somebody has looked at what a new version changed."""
    check = find_check(submission.current_version.id)
    if check is not None:
        mark_checked(submission, check, by=current_actor(), now=utc_now())
        flash(_("Noted. The new version is checked."), "success")
    return redirect(
        url_for("desk.answer_versions", round_slug=submission.round.slug, number=submission.number)
    )


@bp.get("/rounds/<slug:round_slug>/erasures")
@requires(Permission.MANAGE_ROUND, on=get_round)
def erasures(round_: "Round") -> ResponseReturnValue:
    """Senders who ask for their answer to be deleted."""
    return render_template(
        "desk/after/erasures.html",
        round=round_,
        asked=list_requests(round_.id),
        labels=ERASURE_STATUS_LABELS,
        is_open=ErasureStatus.OPEN,
    )


@bp.route("/rounds/<slug:round_slug>/erasures/<pid:request_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_request)
@transactional
def erasure(request: "ErasureRequest", round_slug: str) -> ResponseReturnValue:
    """Decide on a request for deletion, with a reason that the sender is told."""
    if request.round.slug != round_slug:
        raise NotFound("erasure request", request.public_id)
    form = ErasureDecisionForm()
    if not form.validate_on_submit():
        return _erasure_page(request, form, 422 if form.is_submitted() else 200)
    try:
        decide_erasure(
            request,
            is_granted=form.decision.data == "grant",
            reason=form.reason.data or "",
            by=current_actor(),
            files=current_app.extensions["files"],
            now=utc_now(),
        )
    except InvalidInput as error:
        form.refuse(error, {"required": _("Write why the request is declined.")})
        return _erasure_page(request, form, 422)
    flash(_("The decision is noted, and the sender is told if there is an address."), "success")
    return redirect(url_for("desk.erasures", round_slug=round_slug))


def _erasure_page(
    request: "ErasureRequest", form: ErasureDecisionForm, status: int
) -> ResponseReturnValue:
    names = names_by_reference([request.decided_by or ""])
    page = render_template(
        "desk/after/erasure.html",
        round=request.round,
        asked=request,
        submission=request.submission,
        form=form,
        from_row=row_of_answer(request.submission_id),
        label=ERASURE_STATUS_LABELS[request.status],
        is_open=request.status is ErasureStatus.OPEN,
        decided_by=names.get(request.decided_by or ""),
    )
    return page, status


@bp.post("/rounds/<slug:round_slug>/codebook/shown")
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def show_themes_to_senders(round_: "Round") -> ResponseReturnValue:
    """Open or close what senders see of the coding of their own answers."""
    is_shown = round_.themes_shown_at is None
    show_themes(round_, is_shown=is_shown, by=current_actor(), now=utc_now())
    flash(
        _("Each sender now sees the themes of their own answer.")
        if is_shown
        else _("Senders no longer see the themes of their answers."),
        "success",
    )
    return redirect(url_for("desk.codebook", round_slug=round_.slug))
