"""Finding published answers by their words and by who sent them.

Words are looked for in what everybody may read: a search must not tell what was taken out of an
answer, nor the name of a sender who stands without it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import session
from consult.domain.disclosure.models import AnswerReview
from consult.domain.disclosure.queries import current_reviews, is_published
from consult.domain.disclosure.variants import publishable_answers, publishable_text
from consult.domain.organisations.types import ActorGroup, ActorType
from consult.domain.submissions.models import Answer, Party, Submission, SubmissionVersion
from consult.domain.submissions.parties import COUNTED
from consult.domain.submissions.private import is_open_answer
from consult.domain.submissions.types import Publication

_TAKEN_OUT = "\x00"


@dataclass(frozen=True, slots=True)
class PublishedFilter:
    """Which published answers are wanted.

    Attributes:
        words: Stand together in the answer or in the sender's name; empty for any.
        group: The sender's part of society; ``None`` for any.
        question_id: Only answers that say something to it; ``None`` for any.
    """

    words: str = ""
    group: ActorGroup | None = None
    question_id: int | None = None

    def __bool__(self) -> bool:
        return bool(self.words or self.group or self.question_id)


def find_published(round_id: int, wanted: PublishedFilter) -> list[int]:
    """Ids of the reviews of published answers that are wanted, by number."""
    query = (
        current_reviews(round_id)
        .where(is_published(), *_conditions(wanted))
        .options(
            joinedload(AnswerReview.submission),
            joinedload(AnswerReview.version)
            .selectinload(SubmissionVersion.answers)
            .joinedload(Answer.question),
            joinedload(AnswerReview.version).selectinload(SubmissionVersion.parties),
            selectinload(AnswerReview.redactions),
        )
        .order_by(Submission.number)
    )
    if not wanted.words:
        return list(session().scalars(query.with_only_columns(AnswerReview.id)))
    return [one.id for one in session().scalars(query) if _says(one, wanted.words)]


def published_numbers(round_id: int) -> Sequence[int]:
    """The numbers of the answers that everybody may read, once that is opened."""
    query = current_reviews(round_id).where(is_published()).order_by(Submission.number)
    return session().scalars(query.with_only_columns(Submission.number)).all()


def load_published(review_ids: Collection[int]) -> Sequence[AnswerReview]:
    """Published answers with what a list shows of them, by number."""
    query = (
        select(AnswerReview)
        .join(AnswerReview.submission)
        .where(AnswerReview.id.in_(review_ids))
        .options(
            joinedload(AnswerReview.submission).joinedload(Submission.came_with),
            joinedload(AnswerReview.version)
            .selectinload(SubmissionVersion.answers)
            .joinedload(Answer.question),
            selectinload(AnswerReview.redactions),
        )
        .order_by(Submission.number)
    )
    return session().scalars(query).all()


def published_beside(submission: Submission) -> Sequence[Submission]:
    """Published answers that lay beside this one when it came, or that it lay beside."""
    query = (
        current_reviews(submission.round_id)
        .where(
            is_published(),
            or_(
                Submission.came_with_id == submission.id,
                Submission.id == (submission.came_with_id or 0),
            ),
        )
        .options(joinedload(AnswerReview.submission))
        .order_by(Submission.number)
    )
    return [review.submission for review in session().scalars(query)]


def groups_of_published(round_id: int) -> list[ActorGroup]:
    """The parts of society that published answers come from, in the order of lists."""
    query = (
        current_reviews(round_id)
        .where(is_published())
        .with_only_columns(Submission.actor_type)
        .distinct()
    )
    there = {kind.group for kind in session().scalars(query)}
    return [group for group in ActorGroup if group in there]


def _conditions(wanted: PublishedFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.group is not None:
        kinds = [kind for kind in ActorType if kind.group is wanted.group]
        found.append(Submission.actor_type.in_(kinds))
    if wanted.question_id is not None:
        asked = and_(Answer.question_id == wanted.question_id, is_open_answer())
        found.append(SubmissionVersion.answers.any(asked))
    if wanted.words:
        text = SubmissionVersion.text.icontains(wanted.words, autoescape=True)
        added = SubmissionVersion.answers.any(
            Answer.added_text.icontains(wanted.words, autoescape=True)
        )
        found.append(or_(text, added, _is_named(wanted.words)))
    return found


def _is_named(words: str) -> ColumnElement[bool]:
    behind = SubmissionVersion.parties.any(
        and_(Party.capacity.in_(COUNTED), Party.name.icontains(words, autoescape=True))
    )
    return and_(
        Submission.publication == Publication.WITH_NAME,
        or_(Submission.name.icontains(words, autoescape=True), behind),
    )


def _says(review: AnswerReview, words: str) -> bool:
    """Whether the words stand in what everybody may read."""
    submission = review.submission
    shown = _TAKEN_OUT.join(
        publishable_text(review, one, say=lambda _basis: _TAKEN_OUT)
        for one in publishable_answers(review)
    )
    if submission.publication is Publication.WITH_NAME:
        behind = (party.name for party in review.version.parties if party.capacity in COUNTED)
        shown = _TAKEN_OUT.join((shown, submission.name, *behind))
    return words.lower() in shown.lower()
