"""Setting answers aside that are part of a flood, and letting them in again."""

from collections.abc import Collection, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import set_committed_value

from consult.db import session, table_of
from consult.domain.submissions.models import Decision, Submission
from consult.domain.submissions.types import DecisionKind, SubmissionStatus

_ABOUT_LATENESS = [kind for kind in DecisionKind if kind.is_about_lateness]


def set_aside(submission: Submission) -> None:
    """Keep an answer out of lists and figures until somebody has looked at it."""
    status = SubmissionStatus.QUARANTINED
    rows = table_of(Submission)
    session().execute(update(rows).where(rows.c.id == submission.id).values(status=status))
    set_committed_value(submission, "status", status)


def change_statuses(
    submission_ids: Sequence[int],
    status: SubmissionStatus,
    *,
    of: Collection[SubmissionStatus] = (SubmissionStatus.QUARANTINED,),
) -> int:
    """Give answers another status, if theirs is one of some; returns how many. The caller logs it.

    A withdrawn answer stays withdrawn whatever becomes of those it came with, and one that
    somebody has marked by itself stays as it was marked.
    """
    marked = select(Decision.submission_id).where(
        Decision.taken_back_at.is_(None), Decision.kind.not_in(_ABOUT_LATENESS)
    )
    changed = 0
    for start in range(0, len(submission_ids), 500):
        query = (
            update(Submission)
            .where(
                Submission.id.in_(submission_ids[start : start + 500]),
                Submission.status.in_(of),
                Submission.id.not_in(marked),
            )
            .values(status=status)
            .execution_options(synchronize_session="fetch")
        )
        changed += session().execute(query).rowcount  # type: ignore[attr-defined]
    return changed
