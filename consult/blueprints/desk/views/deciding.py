"""Deciding about an answer: marking it, taking a mark back, merging a sender's several answers."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk import bp
from consult.blueprints.desk.addresses import answer_address
from consult.blueprints.desk.forms.deciding import MarkForm, MergeForm
from consult.blueprints.desk.presenters.deciding import candidate_choices, kinds_for
from consult.blueprints.desk.views.work import work_on
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.settings import site_address
from consult.domain.submissions.decisions import (
    find_same_sender,
    find_standing,
    get_decision,
)
from consult.domain.submissions.errors import AlreadyDecided
from consult.domain.submissions.listing import get_answer
from consult.domain.submissions.service.deciding import (
    confirm_read_back,
    mark_answer,
    merge_answers,
    take_back,
    undo_merge,
)
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.submissions.models import Decision, Submission


@bp.route("/rounds/<slug:round_slug>/answers/<number:number>/mark", methods=["GET", "POST"])
@requires(Permission.REGISTER_ANSWER, on=get_answer)
@transactional
def answer_mark(submission: "Submission") -> ResponseReturnValue:
    """Say that an answer is withdrawn, has come twice, is off topic or came too late."""
    kinds = kinds_for(submission)
    if not kinds:
        raise AlreadyDecided
    form = MarkForm(kinds)
    if not form.validate_on_submit() or not _marked(submission, form):
        page = render_template(
            "desk/answer_mark.html",
            round=submission.round,
            submission=submission,
            form=form,
            work=work_on(submission),
        )
        return page, 422 if form.is_submitted() else 200
    flash(_("The answer is marked. You can take the mark back on this page."), "success")
    return redirect(answer_address(submission))


def _marked(submission: "Submission", form: MarkForm) -> bool:
    """Whether the answer is marked now; if not, the reason stands in the form."""
    stands = None
    if form.chosen.names_another and form.original_number is not None:
        found = find_standing(submission.round_id, [form.original_number])
        if not found:
            form.refuse_decision(InvalidInput("stands", "unknown"))
            return False
        stands = found[0]
    try:
        mark_answer(
            submission,
            form.chosen,
            reason=form.reason.data or "",
            by=current_actor(),
            stands=stands,
        )
    except InvalidInput as error:
        form.refuse_decision(error)
        return False
    return True


@bp.post("/rounds/<slug:round_slug>/answers/<number:number>/decisions/<pid:decision_id>/take-back")
@requires(Permission.REGISTER_ANSWER, on=get_decision)
@transactional
def take_mark_back(decision: "Decision") -> ResponseReturnValue:
    """Undo a mark; the answer is what it was before."""
    take_back(decision, by=current_actor())
    flash(_("The mark is taken back."), "success")
    return redirect(answer_address(decision.submission))


@bp.route("/rounds/<slug:round_slug>/answers/<number:number>/merge", methods=["GET", "POST"])
@requires(Permission.REGISTER_ANSWER, on=get_answer)
@transactional
def answer_merge(submission: "Submission") -> ResponseReturnValue:
    """Let this answer stand for others that the same sender has sent."""
    form = MergeForm(candidate_choices(find_same_sender(submission)))
    if not form.validate_on_submit() or not _merged(submission, form):
        page = render_template(
            "desk/answer_merge.html", round=submission.round, submission=submission, form=form
        )
        return page, 422 if form.is_submitted() else 200
    number = len(form.numbers)
    text = ngettext(
        "%(num)d answer is merged into this one.", "%(num)d answers are merged into this one.",
        number,
    )  # fmt: skip
    flash(text, "success")
    return redirect(answer_address(submission))


def _merged(submission: "Submission", form: MergeForm) -> bool:
    """Whether the answers are merged now; if not, the reason stands in the form."""
    numbers = [number for number in form.numbers if number != submission.number]
    others = find_standing(submission.round_id, numbers)
    if not numbers:
        form.add_error(form.others, _("Choose at least one other answer."))
        return False
    if len(others) != len(numbers):
        missing = ", ".join(map(str, set(numbers) - {one.number for one in others}))
        form.add_error(
            form.others,
            _("There is no other answer that stands with the number %(numbers)s.", numbers=missing),
        )
        return False
    try:
        merge_answers(submission, others, reason=form.reason.data or "", by=current_actor())
    except InvalidInput as error:
        form.refuse_decision(error)
        return False
    return True


@bp.post("/rounds/<slug:round_slug>/answers/<number:number>/unmerge")
@requires(Permission.REGISTER_ANSWER, on=get_answer)
@transactional
def answer_unmerge(submission: "Submission") -> ResponseReturnValue:
    """Let every answer that was merged into this one stand by itself again."""
    number = undo_merge(submission, by=current_actor())
    text = ngettext(
        "%(num)d answer stands by itself again.", "%(num)d answers stand by themselves again.",
        number,
    )  # fmt: skip
    flash(text, "success")
    return redirect(answer_address(submission))


@bp.post("/rounds/<slug:round_slug>/answers/<number:number>/read-back")
@requires(Permission.REGISTER_ANSWER, on=get_answer)
@transactional
def answer_read_back(submission: "Submission") -> ResponseReturnValue:
    """Confirm that the caller has heard what was written down."""
    confirm_read_back(submission, by=current_actor(), base_url=site_address())
    flash(_("The answer is confirmed and counts from now on."), "success")
    return redirect(answer_address(submission))
