"""How far answers have been coded."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from consult.db import session
from consult.domain.coding.models import Coding, Passage


@dataclass(frozen=True, slots=True)
class Progress:
    """Passages of an answer that carry a theme, of all that it has."""

    coded: int = 0
    total: int = 0


def progress_by_answer(submission_ids: Collection[int]) -> dict[int, Progress]:
    """How far each answer has been coded; one without passages is missing."""
    query = (
        select(
            Passage.submission_id,
            func.count(Coding.passage_id.distinct()).label("coded"),
            func.count(Passage.id.distinct()).label("total"),
        )
        .outerjoin(Coding, Coding.passage_id == Passage.id)
        .where(Passage.submission_id.in_(submission_ids))
        .group_by(Passage.submission_id)
    )
    return {row.submission_id: Progress(row.coded, row.total) for row in session().execute(query)}
