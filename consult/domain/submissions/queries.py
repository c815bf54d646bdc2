"""Finding answers. Nothing here shows a draft to anybody but its writers."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.submissions.models import Submission
from consult.kernel.errors import NotFound


def get_submission(public_id: str) -> Submission:
    """An answer by public id. Raises :class:`NotFound`."""
    query = (
        select(Submission)
        .where(Submission.public_id == public_id)
        .options(joinedload(Submission.round))
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("submission", public_id)
    return found
