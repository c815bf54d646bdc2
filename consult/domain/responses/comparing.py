"""Where we stand on a proposal beside what we and others have said: words, never shares."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import session
from consult.domain.disclosure.models import AnswerReview
from consult.domain.disclosure.queries import current_reviews, is_published
from consult.domain.disclosure.variants import is_publishable, publishable_text
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.listing import OPEN_TO_ALL
from consult.domain.rounds.models import Proposal, Question, Round
from consult.domain.submissions.models import Answer, Submission, SubmissionVersion
from consult.domain.submissions.types import Publication, Stance, SubmissionStatus, Voice
from consult.kernel.i18n import N_

if TYPE_CHECKING:
    from consult.domain.disclosure.types import LegalBasis

MOST = 60
"""Published answers shown beside ours on one proposal."""

ALIKE = 75
"""Of 100: from here on two titles are proposed as the same; people decide whether they are."""


class Relation(StrEnum):
    """How somebody's stance relates to ours."""

    AGREE = "agree"
    PARTLY = "partly"
    DISAGREE = "disagree"
    UNSAID = "unsaid"


RELATION_LABELS: dict[Relation, str] = {
    Relation.AGREE: N_("Agree with us"),
    Relation.PARTLY: N_("Agree partly with us"),
    Relation.DISAGREE: N_("Disagree with us"),
    Relation.UNSAID: N_("Cannot be compared: a stance is missing"),
}

_LEAN = {
    Stance.SUPPORT: 2,
    Stance.SUPPORT_WITH_COMMENTS: 2,
    Stance.SUPPORT_PARTLY: 1,
    Stance.OPPOSE: 0,
}


@dataclass(frozen=True, slots=True)
class Said:
    """What was said about a proposal.

    Attributes:
        submission: By whom, and where it can be read.
        proposal: What it was said about.
    """

    submission: Submission
    proposal: Proposal
    stance: Stance | None
    text: str


def relation_of(ours: Stance | None, theirs: Stance | None) -> Relation:
    """How a stance relates to ours; both must have taken one."""
    own = _LEAN.get(ours) if ours is not None else None
    other = _LEAN.get(theirs) if theirs is not None else None
    if own is None or other is None:
        return Relation.UNSAID
    if own == other:
        return Relation.AGREE
    return Relation.PARTLY if 1 in (own, other) else Relation.DISAGREE


def is_alike(title: str, other: str) -> bool:
    """Whether two proposals seem to be about the same, by the words of their titles."""
    return fuzz.token_sort_ratio(title.casefold(), other.casefold()) >= ALIKE


def list_earlier(organisation_id: int, proposal: Proposal) -> list[Said]:
    """What the organisation has said about proposals that seem the same, the latest first.

    Only rounds that are open to all: what is said inside another organisation stays there.
    """
    query = (
        select(Answer, Proposal)
        .join(Answer.version)
        .join(Submission, Submission.id == SubmissionVersion.submission_id)
        .join(Round, Round.id == Submission.round_id)
        .outerjoin(Question, Question.id == Answer.question_id)
        .join(Proposal, Proposal.id == func.coalesce(Answer.proposal_id, Question.proposal_id))
        .where(
            Submission.organisation_id == organisation_id,
            Submission.status == SubmissionStatus.RECEIVED,
            SubmissionVersion.number == Submission.current_version_number,
            Submission.round_id != proposal.round_id,
            Round.type.in_(OPEN_TO_ALL),
            Answer.voice == Voice.SENDER,
        )
        .options(joinedload(Answer.version).joinedload(SubmissionVersion.submission))
        .order_by(Submission.received_at.desc(), Answer.position)
    )
    found: dict[tuple[int, int], tuple[Proposal, list[Answer]]] = {}
    for answer, theirs in session().execute(query):
        if _is_same(proposal, theirs):
            key = (answer.version.submission_id, theirs.id)
            found.setdefault(key, (theirs, []))[1].append(answer)
    return [
        Said(
            answers[0].version.submission,
            theirs,
            _stance(answers),
            _join([one.text for one in answers]),
        )
        for theirs, answers in found.values()
    ]


def list_published_on(
    proposal: Proposal, *, without: int, say: "Callable[[LegalBasis], str]"
) -> list[Said]:
    """What other bodies say about a proposal in answers that everybody may read, by number.

    Whether the round's answers may be read at all is the policy's question.

    Args:
        proposal: Of the round.
        without: Id of the organisation that compares.
        say: What stands in the place of words that were taken out.
    """
    query = (
        current_reviews(proposal.round_id)
        .where(
            is_published(),
            Submission.publication == Publication.WITH_NAME,
            or_(Submission.organisation_id.is_(None), Submission.organisation_id != without),
            Submission.actor_type.in_([kind for kind in ActorType if kind.is_organisation]),
            SubmissionVersion.answers.any(_is_about(proposal)),
        )
        .options(
            joinedload(AnswerReview.submission),
            joinedload(AnswerReview.version)
            .selectinload(SubmissionVersion.answers)
            .joinedload(Answer.question),
            selectinload(AnswerReview.redactions),
        )
        .order_by(Submission.number)
        .limit(MOST)
    )
    asked = set(session().scalars(_questions_on(proposal)))
    found = []
    for review in session().scalars(query):
        answers = [
            one
            for one in review.version.answers
            if one.voice is Voice.SENDER
            and is_publishable(one)
            and (one.proposal_id == proposal.id or one.question_id in asked)
        ]
        texts = [publishable_text(review, one, say=say) for one in answers]
        if answers:
            found.append(Said(review.submission, proposal, _stance(answers), _join(texts)))
    return found


def _questions_on(proposal: Proposal) -> Select[int]:
    return select(Question.id).where(Question.proposal_id == proposal.id)


def _is_about(proposal: Proposal) -> ColumnElement[bool]:
    return or_(Answer.proposal_id == proposal.id, Answer.question_id.in_(_questions_on(proposal)))


def _is_same(proposal: Proposal, other: Proposal) -> bool:
    shared = proposal.title.keys() & other.title.keys()
    return any(is_alike(proposal.title[code], other.title[code]) for code in shared)


def _stance(answers: Sequence[Answer]) -> Stance | None:
    return next((one.stance for one in answers if one.stance is not None), None)


def _join(texts: Sequence[str]) -> str:
    return "\n\n".join(filter(None, texts))
