"""What the staff does with files: those nobody can read, and long ones."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.addresses import answer_address
from consult.blueprints.desk.forms.answer_files import FileQuestionForm
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.forms import Form
from consult.blueprints.shared.settings import site_address
from consult.domain.submissions.attached import FILE_PROBLEM_LABELS, FileQuestion
from consult.domain.submissions.companions import find_attachment
from consult.domain.submissions.listing import get_answer
from consult.domain.submissions.service.attending import ask_about_file, settle_file
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission

_FILE = "/rounds/<slug:round_slug>/answers/<number:number>/files/<pid:file_id>"


@bp.route(f"{_FILE}/ask", methods=["GET", "POST"])
@requires(Permission.REGISTER_ANSWER, on=get_answer)
@transactional
def ask_about(submission: "Submission", file_id: str) -> ResponseReturnValue:
    """Ask the sender for a copy that can be read, or for a summary."""
    file = find_attachment(submission, file_id)
    form = FileQuestionForm(
        data={"question": FileQuestion.COPY if file.problem else FileQuestion.SUMMARY}
    )
    if submission.contact_email is not None and form.validate_on_submit():
        ask_about_file(
            file, FileQuestion(form.question.data), by=current_actor(), base_url=site_address()
        )
        flash(_("The sender is asked by mail."), "success")
        return redirect(answer_address(submission))
    page = render_template(
        "desk/ask_about_file.html",
        round=submission.round,
        submission=submission,
        file=file,
        form=form,
        problem=FILE_PROBLEM_LABELS.get(file.problem) if file.problem else None,
    )
    return page, 422 if form.errors else 200


@bp.post(f"{_FILE}/settled")
@requires(Permission.REGISTER_ANSWER, on=get_answer)
@transactional
def settle_answer_file(submission: "Submission", file_id: str) -> ResponseReturnValue:
    """Note that somebody has seen to a file that nobody could read."""
    if Form().validate_on_submit():
        settle_file(find_attachment(submission, file_id), by=current_actor())
        flash(_("It is noted. The file stands with the answer as it came."), "success")
    return redirect(url_for("desk.answer_tasks", round_slug=submission.round.slug))
