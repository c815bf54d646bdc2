"""The desk's first page and the overview of a round."""

from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.desk import bp
from consult.blueprints.desk.presenters import overview as shape
from consult.blueprints.desk.presenters.invitations import invitation_rows
from consult.blueprints.desk.presenters.meetings import meeting_tiles, meetings_waiting
from consult.blueprints.desk.presenters.queue import AT_WORK, left_lines
from consult.blueprints.desk.presenters.setup import standing_of
from consult.blueprints.desk.views.queue import current_reader
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.actor import current_actor
from consult.domain.analysis.queries.counting import coding_progress
from consult.domain.coding.queries.clusters import count_undecided as count_undecided_clusters
from consult.domain.coding.queries.versions import answers_to_check
from consult.domain.disclosure.queries import count_reviews, count_set_aside
from consult.domain.disclosure.types import ReviewState
from consult.domain.handling.queries.queue import count_open, left_by_round
from consult.domain.intake.mail_queries import count_waiting
from consult.domain.meetings.queries import count_meetings
from consult.domain.rounds.listing import list_deadline_changes
from consult.domain.rounds.queries import (
    get_round,
    invited_by_round,
    list_invitations,
    rounds_owned_by,
)
from consult.domain.rounds.service.lifecycle import find_before_announcing
from consult.domain.rounds.types import ROUND_RULES
from consult.domain.submissions.companions import count_answer_tasks
from consult.domain.submissions.counting import (
    answered_organisation_ids,
    count_by_actor_type,
    count_by_round,
)
from consult.domain.submissions.endorsements import count_to_check
from consult.domain.submissions.erasures import count_open_requests
from consult.kernel.clock import utc_now
from consult.policy import Permission, can
from consult.policy.scope import desk_owner_ids

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@bp.get("/")
@requires(Permission.VIEW_DESK_HOME)
def home() -> ResponseReturnValue:
    """The rounds I work with."""
    rounds = rounds_owned_by(desk_owner_ids(current_actor()))
    ids = [round_.id for round_ in rounds]
    cards = shape.round_cards(
        rounds, received=count_by_round(ids), invited=invited_by_round(ids), now=utc_now()
    )
    mine = [one for one in rounds if can(current_actor(), Permission.HANDLE_ANSWERS, one)]
    titles = {one.id: shape.title_of(one) for one in mine}
    left = left_lines(mine, left_by_round(ids, current_reader()), titles)
    return render_template("desk/home.html", cards=cards, left=left)


@bp.get("/rounds/<slug:round_slug>")
@requires(Permission.VIEW_DESK, on=get_round)
def overview(round_: "Round") -> ResponseReturnValue:
    """Where the round stands, what waits and what comes next."""
    standing = standing_of(round_, now=utc_now())
    numbers = _numbers(round_, is_planned=standing.is_planned)
    held = count_meetings(round_.id)
    consultees = invitation_rows(list_invitations(round_.id), numbers.answered)
    return render_template(
        "desk/overview.html",
        round=round_,
        rules=ROUND_RULES[round_.type],
        standing=standing,
        numbers=numbers,
        tiles=[*shape.tiles(round_, numbers, consultees), *meeting_tiles(round_, held)],
        rows=shape.kind_rows(numbers, consultees),
        waiting=[
            *shape.waiting(round_, numbers, consultees, standing=standing),
            *meetings_waiting(round_, held),
        ],
        next_step=shape.next_step(round_, numbers, standing=standing),
        free_steps=shape.free_steps(standing),
        changes=list(reversed(list_deadline_changes(round_.id))),
    )


def _numbers(round_: "Round", *, is_planned: bool) -> shape.Numbers:
    findings = find_before_announcing(round_, now=utc_now()) if is_planned else ()
    return shape.Numbers(
        received=count_by_actor_type(round_.id),
        answered=answered_organisation_ids(round_.id),
        progress=coding_progress(round_.id),
        unfinished=sum(finding.blocks for finding in findings),
        unchecked=tuple(answers_to_check(round_.id)),
        erasures=count_open_requests(round_.id),
        answer_tasks=count_answer_tasks(round_.id),
        to_check=count_waiting(round_.id),
        unreviewed=count_reviews(round_.id).get(ReviewState.WAITING, 0),
        set_aside=count_set_aside(round_.id),
        endorsements=count_to_check(round_.id),
        alike=count_undecided_clusters(round_.id),
        unhandled=count_open(round_.id) if round_.status in AT_WORK else 0,
    )
