"""Finding what senders have asked to have deleted."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.submissions.models import ErasureRequest, Submission
from consult.domain.submissions.senders import ErasureStatus
from consult.kernel.errors import NotFound


def find_open_request(submission: Submission) -> ErasureRequest | None:
    """The request that waits for a decision, if there is one."""
    query = select(ErasureRequest).where(
        ErasureRequest.submission_id == submission.id, ErasureRequest.status == ErasureStatus.OPEN
    )
    return session().scalars(query).first()


def list_requests_about(submission: Submission) -> Sequence[ErasureRequest]:
    """Every request about an answer, the latest first."""
    query = (
        select(ErasureRequest)
        .where(ErasureRequest.submission_id == submission.id)
        .order_by(ErasureRequest.id.desc())
    )
    return session().scalars(query).all()


def list_requests(round_id: int) -> Sequence[ErasureRequest]:
    """Every request of a round, those that wait first."""
    query = (
        select(ErasureRequest)
        .join(ErasureRequest.submission)
        .where(Submission.round_id == round_id)
        .options(joinedload(ErasureRequest.submission).joinedload(Submission.round))
        .order_by(ErasureRequest.decided_at.is_not(None), ErasureRequest.id.desc())
    )
    return session().scalars(query).all()


def count_open_requests(round_id: int) -> int:
    """How many requests of a round wait for a decision."""
    query = (
        select(func.count(ErasureRequest.id))
        .join(ErasureRequest.submission)
        .where(Submission.round_id == round_id, ErasureRequest.status == ErasureStatus.OPEN)
    )
    return session().scalar(query) or 0


def get_request(request_id: str) -> ErasureRequest:
    """A request by public id. Raises :class:`NotFound`."""
    query = (
        select(ErasureRequest)
        .where(ErasureRequest.public_id == request_id)
        .options(joinedload(ErasureRequest.submission).joinedload(Submission.round))
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("erasure request", request_id)
    return found
