"""How many answers a round has received, for everybody: numbers with their unit, no names."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select, union

from consult.db import session
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.behind import is_counted
from consult.domain.submissions.models import Party, Submission, SubmissionVersion
from consult.domain.submissions.parties import Capacity
from consult.domain.submissions.types import SubmissionStatus


@dataclass(frozen=True, slots=True)
class Received:
    """Answers that stand; withdrawn ones, duplicates and what is off topic are left out.

    Attributes:
        from_organisations: Answers sent by bodies of any kind.
        from_people: Answers sent by private persons and groups without legal form.
    """

    from_organisations: int
    from_people: int

    @property
    def total(self) -> int:
        """All answers that stand."""
        return self.from_organisations + self.from_people


def count_received(round_id: int) -> Received:
    """How many answers a round has received, by who sent them."""
    query = (
        select(Submission.actor_type, func.count())
        .where(Submission.round_id == round_id, Submission.status == SubmissionStatus.RECEIVED)
        .group_by(Submission.actor_type)
    )
    rows = session().execute(query).all()
    organisations = sum(number for kind, number in rows if kind.is_organisation)
    return Received(organisations, sum(number for _kind, number in rows) - organisations)


def count_by_actor_type(round_id: int) -> dict[ActorType, int]:
    """How many answers that stand came from each kind of sender; kinds without any are missing."""
    query = (
        select(Submission.actor_type, func.count())
        .where(Submission.round_id == round_id, Submission.status == SubmissionStatus.RECEIVED)
        .group_by(Submission.actor_type)
    )
    return {row[0]: row[1] for row in session().execute(query)}


def count_by_round(round_ids: Collection[int]) -> dict[int, int]:
    """How many answers that stand each of some rounds has; rounds without any are missing."""
    query = (
        select(Submission.round_id, func.count())
        .where(Submission.round_id.in_(round_ids), Submission.status == SubmissionStatus.RECEIVED)
        .group_by(Submission.round_id)
    )
    return {row[0]: row[1] for row in session().execute(query)}


def answered_organisation_ids(round_id: int) -> frozenset[int]:
    """Internal ids of the registered bodies that have an answer that stands.

    Those count too that have confirmed a joint answer, or that somebody has answered on behalf of;
    whoever has only done that has not answered itself.
    """
    stands = (Submission.round_id == round_id, Submission.status == SubmissionStatus.RECEIVED)
    for_others = (
        select(Party.id)
        .join(SubmissionVersion, SubmissionVersion.id == Party.version_id)
        .where(
            SubmissionVersion.submission_id == Submission.id,
            SubmissionVersion.number == Submission.current_version_number,
            Party.capacity == Capacity.ON_BEHALF_OF,
            Party.is_confirmed,
        )
    )
    sent = select(Submission.organisation_id).where(
        *stands,
        Submission.organisation_id.is_not(None),
        ~for_others.correlate(Submission).exists(),
    )
    behind = (
        select(Party.organisation_id)
        .join(SubmissionVersion, SubmissionVersion.id == Party.version_id)
        .join(Submission, Submission.id == SubmissionVersion.submission_id)
        .where(
            *stands,
            SubmissionVersion.number == Submission.current_version_number,
            Party.organisation_id.is_not(None),
            is_counted(),
        )
    )
    found = session().scalars(union(sent, behind))
    return frozenset(one for one in found if one is not None)
