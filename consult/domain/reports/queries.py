"""Gathering what a report is built from."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from consult.db import session
from consult.domain.coding.models import Passage
from consult.domain.composing.frozen import read_text
from consult.domain.composing.models import Evidence, Ground, Part, Recommendation
from consult.domain.composing.types import FrozenText
from consult.domain.documents.snapshots import read_frozen
from consult.domain.documents.types import Document
from consult.domain.programmes.queries import beneath_passages
from consult.domain.reports.building.report import ReportBasis, ReportFrame, build_report

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.documents.models import Snapshot


def gather_basis(composition: "Composition", snapshot: "Snapshot") -> ReportBasis:
    """The frozen data of a report, and the passages that its words and proposals rest on."""
    frozen = read_frozen(snapshot)
    evidence = (
        select(Evidence.public_id, Evidence.passage_id)
        .join(Part, Part.id == Evidence.part_id)
        .where(Part.composition_id == composition.id, Evidence.removed_at.is_(None))
    )
    passages = (
        select(Passage.public_id, Passage.id)
        .join(Ground, Ground.passage_id == Passage.id)
        .join(Recommendation, Recommendation.id == Ground.recommendation_id)
        .where(Recommendation.composition_id == composition.id, Ground.removed_at.is_(None))
    )
    by_mark = {row.public_id: row.passage_id for row in session().execute(evidence)}
    by_passage = {row.public_id: row.id for row in session().execute(passages)}
    return ReportBasis(
        frozen.data,
        frozen.basis,
        evidence=by_mark,
        passages=by_passage,
        beneath=beneath_passages({*by_mark.values(), *by_passage.values()}),
    )


def preview(composition: "Composition", *, day: date, status: str) -> Document | None:
    """The report as it stands now; nothing before its data are frozen."""
    if composition.snapshot is None:
        return None
    return build(read_text(composition), composition, composition.snapshot, day=day, status=status)


def build(
    text: FrozenText,
    composition: "Composition",
    snapshot: "Snapshot",
    *,
    day: date,
    status: str,
) -> Document:
    """A text of a report as a document, with figures from a snapshot."""
    frame = ReportFrame(composition.kind, day=day, status=status)
    return build_report(text, gather_basis(composition, snapshot), frame)
