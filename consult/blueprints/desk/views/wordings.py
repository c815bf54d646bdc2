"""The answers to one wording of a question that was corrected while the round was open."""

from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.desk import bp
from consult.blueprints.desk.presenters.text import blocks_of_text
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.lists import page_of
from consult.domain.analysis.queries.wordings import answers_to_question, list_answers_to
from consult.domain.rounds.queries import get_question
from consult.domain.submissions.rules import chosen_words
from consult.kernel.errors import NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Question


@bp.get("/rounds/<slug:round_slug>/questions/<key:key>/wordings/<int:number>")
@requires(Permission.VIEW_DESK, on=get_question)
def wording(question: "Question", number: int) -> ResponseReturnValue:
    """What one wording said, and the answers to it apart from those to the others."""
    if not 1 <= number <= question.wording:
        raise NotFound("wording", number)
    answered = answers_to_question(question)
    paging = page_of(answered[number])
    asked = question.as_worded(number)
    answers = list_answers_to(question, number, offset=paging.offset, limit=paging.size)
    return render_template(
        "desk/analysis/wording.html",
        round=question.round,
        question=question,
        asked=asked,
        number=number,
        answered=answered,
        paging=paging,
        rows=[
            (
                answer.version.submission,
                chosen_words(asked, answer, locale=current_locale()),
                blocks_of_text(answer.text),
            )
            for answer in answers
        ],
    )
