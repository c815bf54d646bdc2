"""Writing down answers that came on paper, by phone, by mail or in person."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.addresses import answer_address
from consult.blueprints.desk.forms.by_hand import HandForm, hand_form
from consult.blueprints.desk.presenters.channels import BY_HAND_TITLES, other_ways
from consult.blueprints.desk.suggestions import suggested_organisations
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.screening import screen_upload
from consult.blueprints.shared.settings import site_address, upload_limit_bytes, upload_limit_mb
from consult.domain.intake.details import HAND_CHANNELS, AnswerDetails
from consult.domain.intake.errors import IntakeError
from consult.domain.intake.explaining import INFECTED, explain
from consult.domain.intake.queries import list_places
from consult.domain.intake.service.registering import (
    UploadedFile,
    find_lateness,
    register_by_hand,
)
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.errors import NothingAnswered
from consult.domain.submissions.types import Channel, SubmissionStatus
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission


@bp.route("/rounds/<slug:round_slug>/intake/by-hand", methods=["GET", "POST"])
@requires(Permission.REGISTER_ANSWER, on=get_round)
@transactional
def intake_by_hand(round_: "Round") -> ResponseReturnValue:
    """Write down an answer that came on paper, by phone or by mail."""
    details = AnswerDetails(
        received_on=to_oslo(utc_now()).date(),
        channel=_asked_channel(),
        language=(round_.languages or ["nb"])[0],
    )
    form = hand_form(details, list_places(round_.id))
    if not form.validate_on_submit():
        return _hand_page(round_, form), 422 if form.is_submitted() else 200
    if not form.settle_lateness(find_lateness(round_, form.details)):
        return _hand_page(round_, form), 422
    submission = _register_by_hand(round_, form)
    if submission is None:
        return _hand_page(round_, form), 422
    flash(_("The answer is registered as number %(number)s.", number=submission.number), "success")
    if submission.status is SubmissionStatus.TO_CHECK:
        flash(_("It counts once it has been read back to the caller."), "info")
    return redirect(answer_address(submission))


def _asked_channel() -> Channel:
    """The way the answer came, as the form or the address says; on paper otherwise."""
    asked = request.form.get("channel") or request.args.get("channel")
    return next((one for one in HAND_CHANNELS if one == asked), Channel.PAPER)


def _hand_page(round_: "Round", form: HandForm) -> str:
    form.lateness = form.lateness or find_lateness(round_, form.details)
    return render_template(
        "desk/by_hand.html",
        round=round_,
        form=form,
        title=_(BY_HAND_TITLES[form.came_as]),
        other_ways=other_ways(round_.slug, besides=form.came_as),
        organisations=suggested_organisations(),
        limit_mb=upload_limit_mb(),
    )


def _register_by_hand(round_: "Round", form: HandForm) -> "Submission | None":
    """The registered answer, or ``None`` with the reasons put into the form."""
    try:
        if form.file.data:
            screen_upload(form.file.data.stream)
        return register_by_hand(
            round_,
            form.details,
            form.written(),
            by=current_actor(),
            files=current_app.extensions["files"],
            limit_bytes=upload_limit_bytes(),
            scan=_uploaded(form),
            base_url=site_address() if form.sends_receipt.data else None,
        )
    except InvalidInput as error:
        if error.reason == "infected":
            form.add_error(form.file, _(INFECTED))
            return None
        form.refuse_details(error, form.places)
    except IntakeError as error:
        refusal = explain(error)
        form.add_error(form.file, _(refusal.problem, **refusal.data))
    except NothingAnswered:
        form.form_errors.append(
            _("Write the answer at one place at least, or tick that there are no comments.")
        )
    return None


def _uploaded(form: HandForm) -> UploadedFile | None:
    upload = form.file.data
    if not upload:
        return None
    media_type = upload.mimetype or "application/octet-stream"
    return UploadedFile(upload.read(), upload.filename, media_type[:120])
