"""How many answers a round has received, for everybody: numbers with their unit, no names."""

from dataclasses import dataclass

from sqlalchemy import func, select

from consult.db import session
from consult.domain.submissions.models import Submission
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
