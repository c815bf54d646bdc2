"""Finding the bodies behind answers: co-senders, and those an answer is sent on behalf of."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager, joinedload

from consult.db import get_one, session
from consult.domain.organisations.models import Organisation
from consult.domain.submissions.models import Party, Submission, SubmissionVersion
from consult.domain.submissions.parties import COUNTED, BodyBehind, Capacity
from consult.domain.submissions.types import DeadlineStatus, SubmissionStatus


def bodies_behind(
    round_id: int, *, submission_ids: Collection[int] | None = None
) -> dict[int, tuple[BodyBehind, ...]]:
    """The bodies behind the answers of a round, or behind some of them, by the answer's id."""
    query = (
        select(
            Submission.id,
            Organisation.id,
            Party.name,
            Organisation.actor_type,
            Party.capacity,
            Party.is_confirmed,
            Party.ground,
        )
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(Party, Party.version_id == SubmissionVersion.id)
        .join(Organisation, Organisation.id == Party.organisation_id)
        .where(
            Submission.round_id == round_id,
            SubmissionVersion.number == Submission.current_version_number,
            Party.capacity.in_(COUNTED),
        )
        .order_by(Submission.id, Party.position)
    )
    if submission_ids is not None:
        query = query.where(Submission.id.in_(submission_ids))
    rows = session().execute(query).all()
    own = _own_numbers(round_id, {row[1] for row in rows})
    found: dict[int, list[BodyBehind]] = {}
    for row in rows:
        body = BodyBehind(*row[1:], own_number=own.get(row[1]))
        found.setdefault(row[0], []).append(body)
    return {key: tuple(bodies) for key, bodies in found.items()}


def _own_numbers(round_id: int, organisation_ids: Collection[int]) -> Mapping[int, int]:
    """The latest answers that bodies have sent themselves and that count, by body."""
    if not organisation_ids:
        return {}
    query = (
        select(Submission.organisation_id, Submission.number)
        .where(
            Submission.round_id == round_id,
            Submission.organisation_id.in_(organisation_ids),
            Submission.status == SubmissionStatus.RECEIVED,
            Submission.deadline_status != DeadlineStatus.LATE_EXCLUDED,
        )
        .order_by(Submission.id)
    )
    return {row[0]: row[1] for row in session().execute(query) if row[0] is not None}


def list_in_name_of(organisation_id: int, *, since: datetime) -> Sequence[Party]:
    """The answers that others have sent in a body's name since a moment, the latest first."""
    query = _in_name_of(organisation_id).where(Submission.received_at >= since)
    return session().scalars(query).all()


def get_in_name_of(organisation_id: int, submission_public_id: str) -> Party:
    """A body's place on an answer that was sent in its name. Raises ``NotFound``."""
    query = _in_name_of(organisation_id).where(Submission.public_id == submission_public_id)
    return get_one(query, "answer in the name of a body", submission_public_id)


def _in_name_of(organisation_id: int) -> Select[Party]:
    return (
        select(Party)
        .join(Party.version)
        .join(SubmissionVersion.submission)
        .where(
            Party.organisation_id == organisation_id,
            Party.capacity == Capacity.ON_BEHALF_OF,
            SubmissionVersion.number == Submission.current_version_number,
            Submission.withdrawn_at.is_(None),
        )
        .options(
            contains_eager(Party.version)
            .contains_eager(SubmissionVersion.submission)
            .joinedload(Submission.round),
            joinedload(Party.organisation),
        )
        .order_by(Submission.id.desc())
    )


def stands_behind(submission: Submission) -> list[tuple[int, Capacity]]:
    """Numbers of the other answers that the sender of this one counts behind as well."""
    if submission.organisation_id is None:
        return []
    query = (
        select(Submission.number, Party.capacity)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(Party, Party.version_id == SubmissionVersion.id)
        .where(
            Submission.round_id == submission.round_id,
            Submission.id != submission.id,
            Submission.status == SubmissionStatus.RECEIVED,
            SubmissionVersion.number == Submission.current_version_number,
            Party.organisation_id == submission.organisation_id,
            is_counted(),
        )
        .order_by(Submission.number)
    )
    return [(row[0], row[1]) for row in session().execute(query)]


def is_counted() -> ColumnElement[bool]:
    """The party is a body that counts as if it had sent the answer."""
    return Party.capacity.in_(COUNTED) & Party.is_confirmed
