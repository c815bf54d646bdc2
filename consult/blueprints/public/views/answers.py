"""Answers that their senders and the round's owner let everybody read."""

from typing import TYPE_CHECKING

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.public import bp
from consult.blueprints.public.behind import behind_answers, joining_of
from consult.blueprints.public.published import (
    card_of,
    case_rows_of,
    files_of,
    kind_of,
    name_of,
    parts_of,
)
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.downloads import send_stored
from consult.blueprints.shared.lists import asked_text, page_of
from consult.domain.disclosure.published import (
    PublishedFilter,
    find_published,
    groups_of_published,
    load_published,
    published_beside,
)
from consult.domain.disclosure.queries import (
    count_outcomes,
    count_supporters,
    find_support,
    get_published,
    get_published_file,
)
from consult.domain.disclosure.variants import publishable_filename
from consult.domain.organisations.types import ACTOR_GROUP_LABELS, ActorGroup, ActorType
from consult.domain.rounds.queries import get_round, list_questions
from consult.kernel.clock import utc_now
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.disclosure.models import AnswerReview, PublishedFile
    from consult.domain.rounds.models import Question, Round

_PER_PAGE = 30


@bp.get("/rounds/<slug:round_slug>/answers")
@requires(Permission.VIEW_PUBLISHED, on=get_round)
def answers(round_: "Round") -> ResponseReturnValue:
    """Published answers, and how many there are that are not."""
    questions = list_questions(round_.id)
    question = next((one for one in questions if one.key == asked_text("question")), None)
    wanted = _wanted(question)
    found = find_published(round_.id, wanted)
    paging = page_of(len(found), size=_PER_PAGE)
    reviews = load_published(found[paging.offset : paging.offset + paging.size])
    behind = behind_answers(round_.id, [review.submission for review in reviews])
    supporters = count_supporters([review.submission_id for review in reviews])
    return render_template(
        "public/answers.html",
        round=round_,
        cards=[
            card_of(
                review,
                round_.slug,
                supporters=supporters.get(review.submission_id, 0),
                behind=behind,
                question=question,
            )
            for review in reviews
        ],
        outcomes=count_outcomes(round_.id),
        paging=paging,
        wanted=wanted,
        questions=questions,
        question=question,
        groups={group: ACTOR_GROUP_LABELS[group] for group in groups_of_published(round_.id)},
    )


def _wanted(question: "Question | None") -> PublishedFilter:
    """What the address asks for; what cannot be is taken as not asked."""
    kind = asked_text("from")
    return PublishedFilter(
        words=asked_text("q"),
        group=next((one for one in ActorGroup if one == kind), None),
        question_id=question.id if question else None,
    )


@bp.get("/rounds/<slug:round_slug>/answers/<number:number>")
@requires(Permission.VIEW_PUBLISHED, on=get_published)
def answer(review: "AnswerReview") -> ResponseReturnValue:
    """One published answer."""
    submission = review.submission
    actor = current_actor()
    behind = behind_answers(review.round_id, [submission])
    own = find_support(submission.id, actor.email) if actor.is_authenticated else None
    return render_template(
        "public/answer.html",
        round=review.round,
        submission=submission,
        name=name_of(submission),
        kind=kind_of(submission),
        is_person=submission.actor_type is ActorType.PRIVATE_PERSON,
        parts=parts_of(review),
        files=files_of(review),
        unpublished_files=len(review.version.attachments) - len(review.open_files),
        version=review.version,
        case_steps=case_rows_of(review),
        behind=behind.names.get(submission.id, ()),
        joined=behind.joined.get(submission.id, 0),
        **joining_of(submission, actor, now=utc_now()),
        beside=[(one, name_of(one)) for one in published_beside(submission)],
        has_redactions=bool(review.redactions),
        supporters=count_supporters([submission.id]).get(submission.id, 0),
        i_support=own is not None and own.confirmed_at is not None,
    )


@bp.get("/rounds/<slug:round_slug>/answers/<number:number>/files/<pid:file_id>")
@requires(Permission.VIEW_PUBLISHED, on=get_published_file)
def published_file(published: "PublishedFile") -> ResponseReturnValue:
    """A file that is published with its answer: byte for byte, or its redacted edition."""
    name = publishable_filename(published.review, published.attachment)
    response = make_response(send_stored(published.digest, name, published.media_type))
    if published.review.submission.actor_type is ActorType.PRIVATE_PERSON:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
