"""What was decided about answers, what waits for a decision, and who has sent several."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import joinedload

from consult.db import get_one, session
from consult.domain.rounds.models import Round
from consult.domain.submissions.models import Decision, Submission
from consult.domain.submissions.types import (
    STANDING_STATUSES,
    DeadlineStatus,
    DecisionKind,
    SubmissionStatus,
)

_ABOUT_LATENESS = [kind for kind in DecisionKind if kind.is_about_lateness]


def get_decision(round_slug: str, number: int, decision_id: str) -> Decision:
    """A decision on an answer of a round, by public id. Raises :class:`NotFound`."""
    query = (
        select(Decision)
        .join(Decision.submission)
        .join(Submission.round)
        .where(
            Decision.public_id == decision_id,
            Round.slug == round_slug,
            Submission.number == number,
        )
        .options(joinedload(Decision.submission).joinedload(Submission.round))
    )
    return get_one(query, "decision", decision_id)


def current_decisions(submission_id: int) -> Sequence[Decision]:
    """The decisions on an answer that hold now, in the order they were made."""
    query = (
        select(Decision)
        .where(Decision.submission_id == submission_id, Decision.taken_back_at.is_(None))
        .options(joinedload(Decision.stands))
        .order_by(Decision.id)
    )
    return session().scalars(query).all()


def merged_into(submission_id: int) -> Sequence[Decision]:
    """The decisions by which other answers of the same sender were merged into this one."""
    query = (
        select(Decision)
        .join(Decision.submission)
        .where(
            Decision.stands_id == submission_id,
            Decision.kind == DecisionKind.MULTIPLE,
            Decision.taken_back_at.is_(None),
        )
        .options(joinedload(Decision.submission).joinedload(Submission.round))
        .order_by(Submission.number)
    )
    return session().scalars(query).all()


def find_same_sender(submission: Submission) -> Sequence[Submission]:
    """Other answers of the round that stand and seem to come from the same sender.

    The same registered organisation, the same contact address, or the same name. Whether it is
    the same sender, a person decides.
    """
    same: list[ColumnElement[bool]] = []
    if submission.organisation_id is not None:
        same.append(Submission.organisation_id == submission.organisation_id)
    if submission.contact_email:
        same.append(func.lower(Submission.contact_email) == submission.contact_email.lower())
    if submission.name:
        same.append(func.lower(Submission.name) == submission.name.lower())
    if not same:
        return []
    query = (
        select(Submission)
        .where(
            Submission.round_id == submission.round_id,
            Submission.id != submission.id,
            Submission.status.in_(STANDING_STATUSES),
            or_(*same),
        )
        .order_by(Submission.number)
    )
    return session().scalars(query).all()


def find_standing(round_id: int, numbers: Sequence[int]) -> Sequence[Submission]:
    """The answers with these numbers that nothing is decided about, by number."""
    query = (
        select(Submission)
        .where(
            Submission.round_id == round_id,
            Submission.number.in_(numbers),
            Submission.status.in_(STANDING_STATUSES),
        )
        .order_by(Submission.number)
    )
    return session().scalars(query).all()


def list_unread(round_id: int) -> Sequence[Submission]:
    """Answers by phone that have not been read back to the caller yet, by number."""
    query = select(Submission).where(_is_unread(round_id)).order_by(Submission.number)
    return session().scalars(query).all()


def list_undecided_late(round_id: int) -> Sequence[Submission]:
    """Answers after the deadline on which nobody has decided whether they are included."""
    query = select(Submission).where(_is_undecided(round_id)).order_by(Submission.number)
    return session().scalars(query).all()


def count_undecided(round_id: int) -> int:
    """How many answers wait for somebody: to be read back, or late and not decided on."""
    query = select(func.count(Submission.id)).where(
        or_(_is_unread(round_id), _is_undecided(round_id))
    )
    return session().scalar(query) or 0


def _is_unread(round_id: int) -> ColumnElement[bool]:
    return (Submission.round_id == round_id) & (Submission.status == SubmissionStatus.TO_CHECK)


def _is_undecided(round_id: int) -> ColumnElement[bool]:
    return (Submission.round_id == round_id) & is_late_undecided()


def is_late_undecided() -> ColumnElement[bool]:
    """The answer came after the deadline, and nobody has decided whether it is included."""
    decided = exists().where(
        Decision.submission_id == Submission.id,
        Decision.kind.in_(_ABOUT_LATENESS),
        Decision.taken_back_at.is_(None),
    )
    return (
        (Submission.status == SubmissionStatus.RECEIVED)
        & (Submission.deadline_status == DeadlineStatus.LATE_INCLUDED)
        & ~decided
    )
