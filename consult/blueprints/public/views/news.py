"""What happened in a round, and what of it is new to this visitor."""

from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.public import bp
from consult.blueprints.public.looking import begin_visit
from consult.blueprints.public.news import Parts, happenings_of, lines_of
from consult.blueprints.shared.access import requires
from consult.domain.rounds.queries import get_round, list_proposals, list_questions
from consult.kernel.clock import utc_now
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/news")
@requires(Permission.VIEW_ROUND, on=get_round)
def news(round_: "Round") -> ResponseReturnValue:
    """What happened, newest first; what is new since the last visit is said to be."""
    since = begin_visit(round_, now=utc_now())
    lines = lines_of(round_, happenings_of([round_]), _parts_of(round_), since=since)
    return render_template(
        "public/news.html",
        round=round_,
        since=since,
        new=[line for line in lines if line.is_new],
        earlier=[line for line in lines if not line.is_new],
    )


def _parts_of(round_: "Round") -> Parts:
    questions, proposals = list_questions(round_.id), list_proposals(round_.id)
    return {
        **{("question", one.key): one for one in questions},
        **{("proposal", one.key): one for one in proposals},
    }
