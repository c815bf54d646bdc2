"""Requests to represent an organisation."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.organisations.models import AccessRequest
from consult.kernel.errors import NotFound


def open_requests_to(organisation_id: int) -> Sequence[AccessRequest]:
    """Whoever waits for this organisation's answer, the first to ask first."""
    query = (
        select(AccessRequest)
        .where(AccessRequest.organisation_id == organisation_id, AccessRequest.decided_at.is_(None))
        .options(joinedload(AccessRequest.person))
        .order_by(AccessRequest.asked_at, AccessRequest.id)
    )
    return session().scalars(query).all()


def requests_of(person_id: int) -> Sequence[AccessRequest]:
    """What a person has asked for, the newest first."""
    query = (
        select(AccessRequest)
        .where(AccessRequest.person_id == person_id)
        .options(joinedload(AccessRequest.organisation))
        .order_by(AccessRequest.asked_at.desc(), AccessRequest.id.desc())
    )
    return session().scalars(query).all()


def get_request(public_id: str) -> AccessRequest:
    """One request, with who asks and whom. Raises :class:`NotFound`."""
    query = (
        select(AccessRequest)
        .where(AccessRequest.public_id == public_id)
        .options(joinedload(AccessRequest.person), joinedload(AccessRequest.organisation))
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("access request", public_id)
    return found
