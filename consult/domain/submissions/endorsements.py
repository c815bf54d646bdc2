"""Finding who joins whose answer."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from consult.db import get_one, session
from consult.domain.rounds.models import Round
from consult.domain.submissions.models import Endorsement, Submission
from consult.domain.submissions.types import DeadlineStatus, SubmissionStatus


def find_answer_of(round_id: int, organisation_id: int) -> Submission | None:
    """The latest answer of a registered body that stands."""
    query = (
        select(Submission)
        .where(
            Submission.round_id == round_id,
            Submission.organisation_id == organisation_id,
            Submission.status == SubmissionStatus.RECEIVED,
        )
        .order_by(Submission.id.desc())
        .limit(1)
    )
    return session().scalars(query).one_or_none()


def _standing() -> Select[Endorsement]:
    """What joins another in answers that count."""
    return (
        select(Endorsement)
        .join(Submission, Submission.id == Endorsement.submission_id)
        .where(
            Submission.status == SubmissionStatus.RECEIVED,
            Submission.deadline_status != DeadlineStatus.LATE_EXCLUDED,
        )
        .options(
            joinedload(Endorsement.submission),
            joinedload(Endorsement.of),
            joinedload(Endorsement.of_organisation),
        )
        .order_by(Submission.number)
    )


def list_endorsements(round_id: int) -> Sequence[Endorsement]:
    """Everything that joins another in the answers of a round that count, by number."""
    return session().scalars(_standing().where(Submission.round_id == round_id)).all()


def get_endorsement(round_slug: str, endorsement_id: str) -> Endorsement:
    """What joins another in a round, by public id. Raises ``NotFound``."""
    query = (
        select(Endorsement)
        .join(Submission, Submission.id == Endorsement.submission_id)
        .join(Round, Round.id == Submission.round_id)
        .where(Round.slug == round_slug, Endorsement.public_id == endorsement_id)
        .options(joinedload(Endorsement.submission), joinedload(Endorsement.of))
    )
    return get_one(query, "endorsement", endorsement_id)


def endorsement_by_id(endorsement_id: int) -> Endorsement:
    """What joins another, by internal id. Raises ``NotFound``."""
    query = select(Endorsement).where(Endorsement.id == endorsement_id)
    return get_one(query, "endorsement", endorsement_id)


def resting_on(submission_id: int, version: int) -> Sequence[Endorsement]:
    """What was last confirmed for a version of an answer, and holds no earlier stances yet."""
    query = select(Endorsement).where(
        Endorsement.of_id == submission_id,
        Endorsement.of_version == version,
        Endorsement.held.is_(None),
        Endorsement.dropped_at.is_(None),
    )
    return session().scalars(query).all()


def find_endorsement(submission_id: int) -> Endorsement | None:
    """What an answer joins, if it joins anything."""
    query = (
        select(Endorsement)
        .where(Endorsement.submission_id == submission_id)
        .options(joinedload(Endorsement.of))
    )
    return session().scalars(query).one_or_none()


def joinings_of(submission_ids: Collection[int]) -> dict[int, Endorsement]:
    """What each of some answers joins; those that join nothing are missing."""
    query = (
        select(Endorsement)
        .where(Endorsement.submission_id.in_(submission_ids))
        .options(joinedload(Endorsement.of))
    )
    return {one.submission_id: one for one in session().scalars(query)}


def joined_by(submission_id: int) -> Sequence[Endorsement]:
    """Who joins an answer, of those whose own answer counts, by number.

    Those that have been dropped, or that nobody has confirmed yet, are left out.
    """
    query = _standing().where(
        Endorsement.of_id == submission_id,
        Endorsement.dropped_at.is_(None),
        Endorsement.of_version.is_not(None),
    )
    return session().scalars(query).all()


def count_joined(submission_ids: Collection[int]) -> dict[int, int]:
    """How many stand behind each of some answers by joining it; those without any are missing."""
    query = (
        select(Endorsement.of_id, func.count())
        .join(Submission, Submission.id == Endorsement.submission_id)
        .where(
            Endorsement.of_id.in_(submission_ids),
            Endorsement.dropped_at.is_(None),
            Endorsement.of_version.is_not(None),
            Submission.status == SubmissionStatus.RECEIVED,
            Submission.deadline_status != DeadlineStatus.LATE_EXCLUDED,
        )
        .group_by(Endorsement.of_id)
    )
    return {row[0]: row[1] for row in session().execute(query) if row[0] is not None}


def count_to_check(round_id: int) -> int:
    """How many rest on an answer that has come or changed since a person looked."""
    other = aliased(Submission)
    query = (
        select(func.count(Endorsement.id))
        .join(Submission, Submission.id == Endorsement.submission_id)
        .where(
            Submission.round_id == round_id,
            Submission.status == SubmissionStatus.RECEIVED,
            Submission.deadline_status != DeadlineStatus.LATE_EXCLUDED,
        )
    )
    return session().scalar(_unconfirmed(query, other)) or 0


def ids_to_tell() -> list[int]:
    """Ids of what rests on an answer that has changed, and whose senders have not been told.

    Whoever joined a body by name alone is told nothing of its answer: it may not be theirs to know.
    """
    other = aliased(Submission)
    query = (
        select(Endorsement.id)
        .join(Submission, Submission.id == Endorsement.submission_id)
        .where(
            Submission.status == SubmissionStatus.RECEIVED,
            Endorsement.told_at.is_(None),
            Endorsement.is_read,
            Endorsement.of_version.is_not(None),
        )
        .order_by(Endorsement.id)
    )
    return list(session().scalars(_unconfirmed(query, other)))


def _unconfirmed(query: Select[int], other: type[Submission]) -> Select[int]:
    """Narrow to what is not confirmed for the other answer as it is now (``state_of``)."""
    return query.join(other, other.id == Endorsement.of_id).where(
        Endorsement.dropped_at.is_(None),
        or_(
            Endorsement.of_version.is_(None),
            Endorsement.of_status.is_(None),
            other.current_version_number != Endorsement.of_version,
            other.status != Endorsement.of_status,
        ),
    )
