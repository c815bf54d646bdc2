"""The questions that a programme's groups hand back: answered, handed on or open."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.programme import QuestionForm
from consult.blueprints.desk.presenters.programme import programme_tabs
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.settings import site_address
from consult.domain.programmes.queries import (
    get_group_question,
    get_programme,
    list_group_questions,
)
from consult.domain.programmes.service.reviewing import settle_question
from consult.domain.programmes.types import QUESTION_STATUS_LABELS
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.programmes.models import GroupQuestion
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/group-questions")
@requires(Permission.VIEW_DESK, on=get_programme)
def group_questions(round_: "Round") -> ResponseReturnValue:
    """Every question, group by group, and what became of it."""
    return render_template(
        "desk/programme/questions.html",
        round=round_,
        tabs=programme_tabs(round_, "group_questions"),
        questions=list_group_questions(round_.id),
        labels={one: _(label) for one, label in QUESTION_STATUS_LABELS.items()},
    )


@bp.route("/rounds/<slug:round_slug>/group-questions/<pid:question_id>", methods=["GET", "POST"])
@requires(Permission.HANDLE_ANSWERS, on=get_group_question)
@transactional
def group_question(question: "GroupQuestion") -> ResponseReturnValue:
    """Answer a question, or hand it on."""
    form = QuestionForm(
        data={
            "status": question.status,
            "answer": question.answer,
            "handed_to": question.handed_to,
        }
    ).offer()
    if form.validate_on_submit() and _settled(question, form):
        flash(_("Saved. The group reads it in its workspace."), "success")
        return redirect(url_for("desk.group_questions", round_slug=question.round.slug))
    page = render_template(
        "desk/programme/question.html", round=question.round, question=question, form=form
    )
    return page, 422 if form.is_submitted() else 200


def _settled(question: "GroupQuestion", form: QuestionForm) -> bool:
    try:
        settle_question(
            question,
            form.chosen,
            answer=form.answer.data or "",
            handed_to=form.handed_to.data or "",
            base_url=site_address(),
            by=current_actor(),
            at=utc_now(),
        )
    except InvalidInput as error:
        if error.field == "handed_to":
            form.add_error(form.handed_to, _("Write to whom you hand it on."))
        else:
            form.add_error(form.answer, _("Write the answer."))
        return False
    return True
