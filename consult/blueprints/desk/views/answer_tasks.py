"""What the staff does with single answers: transcripts of videos, translations, senders."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.addresses import answer_address
from consult.blueprints.desk.forms.answer_tasks import (
    SenderForm,
    TranscriptForm,
    TranslationForm,
)
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.light_text import blocks_of_text
from consult.domain.coding.errors import TextCoded
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.attached import FILE_PROBLEM_LABELS, FileProblem
from consult.domain.submissions.companions import find_attachment, list_answer_tasks
from consult.domain.submissions.listing import get_answer
from consult.domain.submissions.senders import SENDER_CHECK_LABELS
from consult.domain.submissions.service.transcribing import write_transcript, write_translation
from consult.domain.submissions.service.vetting import settle_sender
from consult.domain.submissions.types import AttachmentKind
from consult.kernel.errors import InvalidInput, NotFound
from consult.kernel.i18n import CONTENT_LANGUAGES
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Answer, Submission


@bp.get("/rounds/<slug:round_slug>/answer-tasks")
@requires(Permission.VIEW_DESK, on=get_round)
def answer_tasks(round_: "Round") -> ResponseReturnValue:
    """Transcripts to write, senders and files to look at."""
    tasks = list_answer_tasks(round_.id)
    return render_template(
        "desk/answer_tasks.html",
        round=round_,
        tasks=tasks,
        checks=SENDER_CHECK_LABELS,
        problems=FILE_PROBLEM_LABELS,
        viruses=sum(one.problem is FileProblem.INFECTED for one in tasks.files),
    )


@bp.route(
    "/rounds/<slug:round_slug>/answers/<number:number>/files/<pid:file_id>/transcript",
    methods=["GET", "POST"],
)
@requires(Permission.REGISTER_ANSWER, on=get_answer)
@transactional
def transcribe(submission: "Submission", file_id: str) -> ResponseReturnValue:
    """Write down what is said in a video."""
    file = find_attachment(submission, file_id)
    if file.kind is not AttachmentKind.VIDEO:
        raise NotFound("video", file_id)
    form = TranscriptForm(data={"text": file.transcript.text if file.transcript else ""})
    if form.validate_on_submit():
        try:
            write_transcript(file, form.text.data or "", by=current_actor())
        except InvalidInput as error:
            form.refuse(error, {})
        except TextCoded:
            flash(_("The transcript is coded already and cannot be changed."), "warning")
            return redirect(answer_address(submission))
        else:
            flash(_("The transcript is saved. It can be coded like any other text."), "success")
            return redirect(answer_address(submission))
    page = render_template(
        "desk/transcribe.html", round=submission.round, submission=submission, file=file, form=form
    )
    return page, 422 if form.errors else 200


@bp.route(
    "/rounds/<slug:round_slug>/answers/<number:number>/parts/<number:position>/translation",
    methods=["GET", "POST"],
)
@requires(Permission.REGISTER_ANSWER, on=get_answer)
@transactional
def translate(submission: "Submission", position: int) -> ResponseReturnValue:
    """Write a translation of one part of an answer."""
    answer = _part_at(submission, position)
    form = TranslationForm().offer(without=submission.language, languages=CONTENT_LANGUAGES)
    if form.validate_on_submit():
        language, text = str(form.language.data), form.text.data or ""
        try:
            write_translation(answer, text, language=language, by=current_actor())
        except InvalidInput as error:
            form.refuse(error, {})
        else:
            flash(_("The translation is saved beside the original."), "success")
            return redirect(answer_address(submission))
    page = render_template(
        "desk/translate.html",
        round=submission.round,
        submission=submission,
        answer=answer,
        blocks=blocks_of_text(answer.text),
        form=form,
    )
    return page, 422 if form.errors else 200


def _part_at(submission: "Submission", position: int) -> "Answer":
    for answer in submission.current_version.answers:
        if answer.position == position:
            return answer
    raise NotFound("part", position)


@bp.route("/rounds/<slug:round_slug>/answers/<number:number>/sender", methods=["GET", "POST"])
@requires(Permission.REGISTER_ANSWER, on=get_answer)
@transactional
def check_sender(submission: "Submission") -> ResponseReturnValue:
    """Say whether an answer is from the body that was chosen, or keep it as it is written."""
    body = submission.claimed_organisation
    form = SenderForm().offer(body.name if body else None)
    if form.validate_on_submit():
        settle_sender(submission, is_claimed_body=form.decision.data == "body", by=current_actor())
        flash(_("The sender is checked."), "success")
        return redirect(answer_address(submission))
    page = render_template(
        "desk/check_sender.html",
        round=submission.round,
        submission=submission,
        check=SENDER_CHECK_LABELS.get(submission.sender_check) if submission.sender_check else None,
        form=form,
    )
    return page, 422 if form.errors else 200
