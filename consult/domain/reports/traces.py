"""What an answer has led to: for each passage where reports use it, or why they leave it out."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, select

from consult.db import session
from consult.domain.coding.models import Passage
from consult.domain.composing.models import (
    Composition,
    Evidence,
    Ground,
    LeftOut,
    Part,
    Recommendation,
)
from consult.domain.composing.types import REPORTS, EvidenceUse, Side


@dataclass(frozen=True, slots=True)
class Trace:
    """One place where a report uses a passage, or that it leaves it out.

    Attributes:
        report: The report.
        part: The part that uses it; ``None`` where it is left out.
        use: What it does in the text.
        side: Whether it speaks for or against the proposal.
        proposal: What is proposed, or was considered; ``proposal_id`` is its public id.
        reason: Why it speaks for or against it, or why it is left out.
    """

    report: Composition
    part: Part | None = None
    use: EvidenceUse | None = None
    side: Side | None = None
    proposal: str = ""
    proposal_id: str = ""
    reason: str = ""

    @property
    def is_left_out(self) -> bool:
        """Whether the report does not use it."""
        return self.part is None


@dataclass(frozen=True, slots=True)
class Traced:
    """A passage with what reports make of it; nothing where nobody has decided yet."""

    passage: Passage
    traces: tuple[Trace, ...] = field(default=())


def traces_of_answer(submission_id: int) -> tuple[Traced, ...]:
    """Each passage of an answer that a report uses or leaves out, in the answer's order.

    That is the work as it stands today: for the owner's team, and for nobody outside.
    """
    found: dict[int, list[Trace]] = defaultdict(list)
    passages: dict[int, Passage] = {}
    for passage, trace in (
        *_in_texts(submission_id),
        *_at_proposals(submission_id),
        *_left_out(submission_id),
    ):
        passages[passage.id] = passage
        if not trace.is_left_out or not any(
            one.report is trace.report for one in found[passage.id]
        ):
            found[passage.id].append(trace)
    ordered = sorted(passages.values(), key=lambda one: (one.position, one.start, one.id))
    return tuple(Traced(one, tuple(found[one.id])) for one in ordered)


def _of_report(submission_id: int) -> ColumnElement[bool]:
    return and_(Passage.submission_id == submission_id, Composition.kind.in_(REPORTS))


def _in_texts(submission_id: int) -> list[tuple[Passage, Trace]]:
    query = (
        select(Passage, Composition, Part, Evidence.use)
        .join(Evidence, Evidence.passage_id == Passage.id)
        .join(Part, Part.id == Evidence.part_id)
        .join(Composition, Composition.id == Part.composition_id)
        .where(_of_report(submission_id), Part.removed_at.is_(None), Evidence.removed_at.is_(None))
        .order_by(Composition.id, Part.position, Evidence.id)
    )
    return [
        (passage, Trace(report, part, use=use))
        for passage, report, part, use in session().execute(query)
    ]


def _at_proposals(submission_id: int) -> list[tuple[Passage, Trace]]:
    query = (
        select(Passage, Composition, Part, Recommendation, Ground.side, Ground.reason)
        .join(Ground, Ground.passage_id == Passage.id)
        .join(Recommendation, Recommendation.id == Ground.recommendation_id)
        .join(Part, Part.id == Recommendation.part_id)
        .join(Composition, Composition.id == Recommendation.composition_id)
        .where(
            _of_report(submission_id),
            Part.removed_at.is_(None),
            Recommendation.removed_at.is_(None),
            Ground.removed_at.is_(None),
        )
        .order_by(Composition.id, Part.position, Recommendation.position, Ground.id)
    )
    return [
        (
            passage,
            Trace(
                report,
                part,
                side=side,
                proposal=proposed.text,
                proposal_id=proposed.public_id,
                reason=reason,
            ),
        )
        for passage, report, part, proposed, side, reason in session().execute(query)
    ]


def _left_out(submission_id: int) -> list[tuple[Passage, Trace]]:
    query = (
        select(Passage, Composition, LeftOut.reason)
        .join(LeftOut, LeftOut.passage_id == Passage.id)
        .join(Composition, Composition.id == LeftOut.composition_id)
        .where(_of_report(submission_id))
        .order_by(Composition.id, LeftOut.id)
    )
    return [
        (passage, Trace(report, reason=reason))
        for passage, report, reason in session().execute(query)
    ]
