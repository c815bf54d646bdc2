"""Answers to questions that promise not to publish what is answered: which they are, as SQL.

An answer keeps the promise that it was given under (:meth:`Question.keeps_private`).
"""

from sqlalchemy import ColumnElement, exists, or_, select

from consult.db import session
from consult.domain.rounds.models import FormerWording, Question
from consult.domain.submissions.models import Answer


def asks_in_private(round_id: int) -> bool:
    """Whether a round has ever promised it, so that its answers have to be looked at for it."""
    former = exists().where(
        FormerWording.question_id == Question.id, FormerWording.is_private.is_(True)
    )
    promises = or_(Question.is_private.is_(True), Question.withheld_at.is_not(None), former)
    query = select(Question.id).where(Question.round_id == round_id, promises).limit(1)
    return session().scalar(query) is not None


def is_private_answer() -> ColumnElement[bool]:
    """The answer in the query is not published."""
    now = exists().where(
        Question.id == Answer.question_id,
        or_(Question.is_private.is_(True), Question.withheld_at.is_not(None)),
    )
    then = exists().where(
        FormerWording.question_id == Answer.question_id,
        FormerWording.number == Answer.wording,
        FormerWording.is_private.is_(True),
    )
    return or_(now.correlate(Answer), then.correlate(Answer))


def is_open_answer() -> ColumnElement[bool]:
    """The answer in the query may be published, as far as its question is concerned."""
    return ~is_private_answer()


def only_open_answers(round_id: int) -> tuple[ColumnElement[bool], ...]:
    """What keeps private answers of a round out of a query; nothing where there can be none."""
    return (is_open_answer(),) if asks_in_private(round_id) else ()
