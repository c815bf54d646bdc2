"""Actions on many answers: what was done, with what became of each."""

from collections.abc import Collection, Sequence

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import get_one, session
from consult.domain.handling.models import AnswerTask, BulkAction, BulkItem
from consult.domain.handling.types import Outcome
from consult.domain.rounds.models import Round
from consult.domain.submissions.models import Submission
from consult.domain.submissions.types import SubmissionStatus


def find_numbered(round_id: int, numbers: Collection[int]) -> Sequence[Submission]:
    """The answers of a round with these numbers, by number."""
    query = (
        select(Submission)
        .where(
            Submission.round_id == round_id,
            Submission.number.in_(numbers),
            Submission.status != SubmissionStatus.MINUTES,
        )
        .options(joinedload(Submission.round).joinedload(Round.owner))
        .order_by(Submission.number)
    )
    return session().scalars(query).all()


def tasks_among(submission_ids: Collection[int]) -> dict[int, AnswerTask]:
    """The tasks of some answers, by the answer's id; where there is none, it is missing."""
    query = (
        select(AnswerTask)
        .where(AnswerTask.submission_id.in_(submission_ids))
        .options(joinedload(AnswerTask.assignee), joinedload(AnswerTask.held_by))
    )
    return {task.submission_id: task for task in session().scalars(query)}


def get_action(round_slug: str, action_id: str) -> BulkAction:
    """An action of a round, with its answers. Raises :class:`NotFound`."""
    query = (
        select(BulkAction)
        .join(BulkAction.round)
        .where(Round.slug == round_slug, BulkAction.public_id == action_id)
        .options(
            joinedload(BulkAction.round).joinedload(Round.owner),
            selectinload(BulkAction.items).joinedload(BulkItem.submission),
        )
    )
    return get_one(query, "action", action_id)


def list_actions(
    round_id: int, *, offset: int = 0, limit: int = 20
) -> list[tuple[BulkAction, int, int]]:
    """Actions of a round, the newest first: each with how many answers it changed, of how many."""
    done = func.sum(case((BulkItem.outcome == Outcome.DONE, 1), else_=0))
    query = (
        select(BulkAction, done, func.count(BulkItem.id))
        .join(BulkAction.items)
        .where(BulkAction.round_id == round_id)
        .group_by(BulkAction.id)
        .order_by(BulkAction.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [(row[0], row[1] or 0, row[2]) for row in session().execute(query)]


def count_actions(round_id: int) -> int:
    """How many actions there have been in a round."""
    query = select(func.count(BulkAction.id)).where(BulkAction.round_id == round_id)
    return session().scalar(query) or 0
