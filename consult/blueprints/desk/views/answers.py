"""The list of a round's answers."""

from typing import TYPE_CHECKING

from flask import render_template, request
from flask.typing import ResponseReturnValue

from consult.blueprints.desk import bp
from consult.blueprints.desk.answer_filter import asked_answers
from consult.blueprints.desk.presenters.answers import (
    deadline_tag,
    filter_values,
    sorted_columns,
    status_tag,
)
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.joining import joining_texts
from consult.blueprints.shared.lists import page_of
from consult.domain.coding.progress import Progress, progress_by_answer
from consult.domain.organisations.types import ACTOR_GROUP_LABELS, ACTOR_TYPE_LABELS
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.behind import bodies_behind
from consult.domain.submissions.endorsements import count_joined, joinings_of
from consult.domain.submissions.listing import (
    AnswerOrder,
    count_answers,
    list_answers,
    supplemented_among,
)
from consult.domain.submissions.types import (
    CHANNEL_LABELS,
    SUBMISSION_STATUS_LABELS,
    DeadlineStatus,
    SubmissionStatus,
)
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


LABELS = {
    "groups": ACTOR_GROUP_LABELS,
    "kinds": ACTOR_TYPE_LABELS,
    "channels": CHANNEL_LABELS,
    "statuses": {
        status: label
        for status, label in SUBMISSION_STATUS_LABELS.items()
        if status is not SubmissionStatus.MINUTES  # those stand under meetings
    },
    "received_status": SubmissionStatus.RECEIVED,
    "in_time": DeadlineStatus.IN_TIME,
}
"""The code lists that the page spells out, and what it need not say of most answers."""


@bp.get("/rounds/<slug:round_slug>/answers")
@requires(Permission.VIEW_DESK, on=get_round)
def answers(round_: "Round") -> ResponseReturnValue:
    """Every answer that was received, to search, filter and sort."""
    wanted = asked_answers()
    order = request.args.get("sort", AnswerOrder.NUMBER, type=AnswerOrder)
    descending = request.args.get("down") == "1"
    paging = page_of(count_answers(round_.id, wanted))
    part = {"offset": paging.offset, "limit": paging.size}
    rows = list_answers(round_.id, wanted, order=order, descending=descending, **part)
    ids = [row.id for row in rows]
    return render_template(
        "desk/answers.html",
        round=round_,
        answers=rows,
        progress=progress_by_answer(ids),
        behind=bodies_behind(round_.id, submission_ids=ids),
        joins=joining_texts(joinings_of(ids).values()),
        joined=count_joined(ids),
        supplemented=supplemented_among(ids),
        no_progress=Progress(),
        wanted=wanted,
        filter_only=filter_values(wanted),
        paging=paging,
        paging_values={**filter_values(wanted), "sort": order.value, "down": int(descending)},
        columns=sorted_columns(round_.slug, wanted, order, descending=descending),
        deadline_tag=deadline_tag,
        status_tag_of=status_tag,
        **LABELS,
    )
