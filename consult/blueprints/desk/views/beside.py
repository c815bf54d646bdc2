"""What belongs to an answer: the answer it lay beside, and supplements that came later."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.addresses import answer_address
from consult.blueprints.desk.forms.beside import BesideForm, RegisterSupplementForm
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import localise
from consult.blueprints.shared.uploads import file_refusals, keep_uploaded, upload_limits
from consult.domain.rounds.queries import list_questions
from consult.domain.submissions.additions import Supplement
from consult.domain.submissions.decisions import find_standing
from consult.domain.submissions.errors import NotAmendable, NothingAnswered, NotLinkable
from consult.domain.submissions.listing import get_answer
from consult.domain.submissions.service.accompanying import link_statement, unlink_statement
from consult.domain.submissions.service.supplementing import receive_supplement
from consult.kernel.clock import end_of_day, to_oslo, utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.text.plain import canonical, excerpt
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission

_ANSWER = "/rounds/<slug:round_slug>/answers/<number:number>"


@bp.route(f"{_ANSWER}/beside", methods=["GET", "POST"])
@requires(Permission.REGISTER_ANSWER, on=get_answer)
@transactional
def answer_beside(submission: "Submission") -> ResponseReturnValue:
    """Say that an answer that was registered here came along with another."""
    form = BesideForm()
    if not form.validate_on_submit() or not _linked(submission, form):
        page = render_template(
            "desk/answer_beside.html", round=submission.round, submission=submission, form=form
        )
        return page, 422 if form.is_submitted() else 200
    flash(_("It is noted that it came along. It counts as an answer of its own."), "success")
    return redirect(answer_address(submission))


@bp.post(f"{_ANSWER}/not-beside")
@requires(Permission.REGISTER_ANSWER, on=get_answer)
@transactional
def answer_not_beside(submission: "Submission") -> ResponseReturnValue:
    """Take back that an answer came along with another."""
    unlink_statement(submission, by=current_actor())
    flash(_("It is taken back that the answer came along with another."), "success")
    return redirect(answer_address(submission))


@bp.route(f"{_ANSWER}/supplement", methods=["GET", "POST"])
@requires(Permission.REGISTER_ANSWER, on=get_answer)
@transactional
def answer_supplement(submission: "Submission") -> ResponseReturnValue:
    """Write down a supplement that came by mail or on paper."""
    places = {
        one.key: f"{number}. {excerpt(localise(one.text), 80)}"
        for number, one in enumerate(list_questions(submission.round_id), 1)
    }
    form = RegisterSupplementForm(data={"received_on": _today()}).offer(places)
    if not form.validate_on_submit() or not _supplemented(submission, form):
        page = render_template(
            "desk/answer_supplement.html",
            round=submission.round,
            submission=submission,
            form=form,
            limits=upload_limits(),
        )
        return page, 422 if form.is_submitted() else 200
    flash(_("The supplement is registered. It stands beside the answer."), "success")
    return redirect(answer_address(submission))


def _linked(submission: "Submission", form: BesideForm) -> bool:
    """Whether the answer is noted as come along; if not, the reason stands in the form."""
    found = find_standing(submission.round_id, [form.number.data or 0])
    try:
        if not found:
            raise NotLinkable(form.number.data or 0)
        link_statement(submission, found[0], by=current_actor())
    except NotLinkable:
        form.add_error(
            form.number,
            _("There is no other answer with this number that stands by itself."),
        )
        return False
    return True


def _supplemented(submission: "Submission", form: RegisterSupplementForm) -> bool:
    """Whether the supplement is registered; if not, the reason stands in the form."""
    asked = {one.key: one.id for one in list_questions(submission.round_id)}
    question_id, day = asked.get(form.question.data or ""), form.received_on.data or _today()
    if day > _today():
        form.add_error(form.received_on, _("This day has not come yet."))
        return False
    try:
        receive_supplement(
            submission,
            Supplement(canonical(form.text.data or ""), question_id),
            files=keep_uploaded(form.file.data, question_id=question_id),
            by=current_actor(),
            is_registered=True,
            received_at=_moment(day),
        )
    except NothingAnswered:
        form.add_error(form.text, _("Write something, or choose a file."))
    except NotAmendable:
        form.form_errors.append(_("The answer does not stand any more."))
    except InvalidInput as error:
        form.refuse(error, file_refusals(upload_limits()) if error.field == "file" else {})
    else:
        return True
    return False


def _today() -> date:
    return to_oslo(utc_now()).date()


def _moment(day: date) -> datetime:
    """When something came of which only the day is known; today's came just now."""
    return utc_now() if day == _today() else end_of_day(day)
