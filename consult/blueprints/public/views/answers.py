"""Answers that their senders and the round's owner let everybody read."""

from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.public import bp
from consult.blueprints.public.published import card_of, kind_of, name_of, parts_of
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.lists import page_of
from consult.blueprints.shared.standing_behind import behind_of, case_step_rows
from consult.domain.disclosure.queries import (
    count_outcomes,
    count_supporters,
    find_support,
    get_published,
    list_published,
)
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.queries import get_round
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.disclosure.models import AnswerReview
    from consult.domain.rounds.models import Round

_PER_PAGE = 30


@bp.get("/rounds/<slug:round_slug>/answers")
@requires(Permission.VIEW_PUBLISHED, on=get_round)
def answers(round_: "Round") -> ResponseReturnValue:
    """Published answers, and how many there are that are not."""
    outcomes = count_outcomes(round_.id)
    paging = page_of(outcomes.published, size=_PER_PAGE)
    reviews = list_published(round_.id, offset=paging.offset, limit=paging.size)
    supporters = count_supporters([review.submission_id for review in reviews])
    return render_template(
        "public/answers.html",
        round=round_,
        cards=[
            card_of(review, round_.slug, supporters=supporters.get(review.submission_id, 0))
            for review in reviews
        ],
        outcomes=outcomes,
        paging=paging,
    )


@bp.get("/rounds/<slug:round_slug>/answers/<number:number>")
@requires(Permission.VIEW_PUBLISHED, on=get_published)
def answer(review: "AnswerReview") -> ResponseReturnValue:
    """One published answer."""
    submission = review.submission
    actor = current_actor()
    own = find_support(submission.id, actor.email) if actor.is_authenticated else None
    return render_template(
        "public/answer.html",
        round=review.round,
        submission=submission,
        name=name_of(submission),
        kind=kind_of(submission),
        is_person=submission.actor_type is ActorType.PRIVATE_PERSON,
        parts=parts_of(review),
        version=review.version,
        case_steps=case_step_rows(review.version),
        together=behind_of(review.version)["together"],
        has_redactions=bool(review.redactions),
        supporters=count_supporters([submission.id]).get(submission.id, 0),
        i_support=own is not None and own.confirmed_at is not None,
    )
