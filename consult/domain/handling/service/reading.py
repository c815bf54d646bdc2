"""What somebody of the staff has read. It is their own mark and no case: nothing is logged."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.handling.models import ReadMark
from consult.kernel.clock import utc_now

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


def mark_read(submission: "Submission", *, by: Actor) -> bool:
    """Note that the actor has read an answer as it stands now; returns whether that is new."""
    if by.person_id is None:
        return False
    number = submission.current_version_number
    mark = _find(submission.id, by.person_id)
    if mark is None:
        mark = ReadMark(
            person_id=by.person_id, submission_id=submission.id, version_number=0, read_at=utc_now()
        )
        session().add(mark)
    if mark.version_number == number:
        return False
    mark.version_number, mark.read_at = number, utc_now()
    session().flush()
    return True


def mark_unread(submission: "Submission", *, by: Actor) -> None:
    """Forget that the actor has read an answer."""
    unmark([submission.id], by=by)


def unmark(submission_ids: Collection[int], *, by: Actor) -> None:
    """Forget that the actor has read some answers."""
    step = delete(ReadMark).where(
        ReadMark.submission_id.in_(submission_ids), ReadMark.person_id == by.person_id
    )
    session().execute(step)


def _find(submission_id: int, person_id: int) -> ReadMark | None:
    query = select(ReadMark).where(
        ReadMark.submission_id == submission_id, ReadMark.person_id == person_id
    )
    return session().scalars(query).one_or_none()
