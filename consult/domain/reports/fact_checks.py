"""Who is quoted in a report, and what they say of it (queries)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.coding.models import Passage
from consult.domain.composing.models import Evidence, Ground, Part, Recommendation
from consult.domain.composing.types import EvidenceUse
from consult.domain.reports.models import FactCheck
from consult.domain.reports.types import QuotedPlace
from consult.domain.submissions.models import Submission
from consult.kernel.errors import NotFound

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition


@dataclass(frozen=True, slots=True)
class QuotedSender:
    """A sender whose words stand in a report, and where; ``check`` is the latest question."""

    submission: Submission
    places: tuple[QuotedPlace, ...]
    check: FactCheck | None = None

    @property
    def is_changed(self) -> bool:
        """Whether other words stand there than those that were shown."""
        shown = [QuotedPlace(**one) for one in self.check.places] if self.check else []
        return bool(shown) and set(shown) != set(self.places)


def list_quoted(composition: "Composition") -> tuple[QuotedSender, ...]:
    """Every sender who is quoted, in the text or for or against a proposal, by number."""
    found: dict[int, list[QuotedPlace]] = {}
    evidence = (
        select(Passage.submission_id, Part.key, Part.heading, Evidence.quote)
        .join(Passage, Passage.id == Evidence.passage_id)
        .join(Part, Part.id == Evidence.part_id)
        .where(
            Part.composition_id == composition.id,
            Part.removed_at.is_(None),
            Evidence.removed_at.is_(None),
            Evidence.use == EvidenceUse.QUOTED,
        )
        .order_by(Part.position, Evidence.id)
    )
    grounds = (
        select(Passage.submission_id, Part.key, Recommendation.text, Ground.quote)
        .join(Passage, Passage.id == Ground.passage_id)
        .join(Recommendation, Recommendation.id == Ground.recommendation_id)
        .join(Part, Part.id == Recommendation.part_id)
        .where(
            Recommendation.composition_id == composition.id,
            Recommendation.removed_at.is_(None),
            Part.removed_at.is_(None),
            Ground.removed_at.is_(None),
        )
        .order_by(Part.position, Recommendation.position, Ground.id)
    )
    for query in (evidence, grounds):
        for submission_id, key, heading, words in session().execute(query):
            found.setdefault(submission_id, []).append(QuotedPlace(key, heading, words))
    checks = _latest_checks(composition.id)
    senders = select(Submission).where(Submission.id.in_(found)).order_by(Submission.number)
    return tuple(
        QuotedSender(one, tuple(dict.fromkeys(found[one.id])), checks.get(one.id))
        for one in session().scalars(senders)
    )


def _latest_checks(composition_id: int) -> Mapping[int, FactCheck]:
    query = select(FactCheck).where(FactCheck.composition_id == composition_id)
    return {one.submission_id: one for one in session().scalars(query.order_by(FactCheck.id))}


def get_fact_check(composition_id: int, public_id: str) -> FactCheck:
    """A question to a sender about a report. Raises ``NotFound``."""
    query = select(FactCheck).where(
        FactCheck.composition_id == composition_id, FactCheck.public_id == public_id
    )
    return _one(session().scalars(query).one_or_none(), public_id)


def get_asked(submission_id: int, public_id: str) -> FactCheck:
    """A question about an answer, for its sender. Raises ``NotFound``."""
    query = (
        select(FactCheck)
        .where(FactCheck.submission_id == submission_id, FactCheck.public_id == public_id)
        .options(joinedload(FactCheck.composition))
    )
    return _one(session().scalars(query).one_or_none(), public_id)


def list_asked(submission_id: int) -> Sequence[FactCheck]:
    """What the sender of an answer has been asked to check, the latest first."""
    query = select(FactCheck).where(FactCheck.submission_id == submission_id)
    return session().scalars(query.order_by(FactCheck.id.desc())).all()


def _one(found: FactCheck | None, public_id: str) -> FactCheck:
    if found is None:
        raise NotFound("fact check", public_id)
    return found
