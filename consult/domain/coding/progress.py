"""How far answers have been coded."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, func, select

from consult.db import session
from consult.domain.coding.models import Passage
from consult.domain.coding.queries.passages import is_coded
from consult.domain.coding.types import PassageKind
from consult.domain.submissions.models import Submission, SubmissionVersion


@dataclass(frozen=True, slots=True)
class Progress:
    """Paragraphs and bullets of an answer that carry a theme, of all that it has.

    Parts that a reader has chosen from them are not counted again.
    """

    coded: int = 0
    total: int = 0


def progress_by_answer(submission_ids: Collection[int]) -> dict[int, Progress]:
    """How far each answer, as it stands now, has been coded; one without passages is missing."""
    query = (
        select(
            Passage.submission_id,
            func.sum(case((is_coded(), 1), else_=0)).label("coded"),
            func.count().label("total"),
        )
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(
            Passage.submission_id.in_(submission_ids),
            Passage.kind != PassageKind.CHOSEN,
            SubmissionVersion.number == Submission.current_version_number,
        )
        .group_by(Passage.submission_id)
    )
    return {row.submission_id: Progress(row.coded, row.total) for row in session().execute(query)}
