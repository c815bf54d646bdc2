"""Setting answers aside that are part of a flood, and letting them in again."""

from collections.abc import Collection, Sequence

from sqlalchemy import update

from consult.db import session
from consult.domain.submissions.models import Submission
from consult.domain.submissions.types import SubmissionStatus


def set_aside(submission: Submission) -> None:
    """Keep an answer out of lists and figures until somebody has looked at it."""
    submission.status = SubmissionStatus.QUARANTINED
    session().flush()


def change_statuses(
    submission_ids: Sequence[int],
    status: SubmissionStatus,
    *,
    of: Collection[SubmissionStatus] = (SubmissionStatus.QUARANTINED,),
) -> int:
    """Give answers another status, if theirs is one of some; returns how many. The caller logs it.

    A withdrawn answer stays withdrawn whatever becomes of those it came with.
    """
    changed = 0
    for start in range(0, len(submission_ids), 500):
        query = (
            update(Submission)
            .where(
                Submission.id.in_(submission_ids[start : start + 500]),
                Submission.status.in_(of),
            )
            .values(status=status)
            .execution_options(synchronize_session="fetch")
        )
        changed += session().execute(query).rowcount  # type: ignore[attr-defined]
    return changed
