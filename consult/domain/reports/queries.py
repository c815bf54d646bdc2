"""Gathering what a report is built from."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from consult.db import session
from consult.domain.coding.models import Passage
from consult.domain.composing.frozen import read_text
from consult.domain.composing.models import Evidence, Ground, Part, Recommendation
from consult.domain.composing.types import FrozenText
from consult.domain.documents.building.wording import Wording
from consult.domain.documents.snapshots import read_frozen
from consult.domain.documents.types import Document, Fact
from consult.domain.programmes.queries import beneath_passages
from consult.domain.reports.building.report import ReportBasis, ReportFrame, build_report
from consult.domain.submissions.types import Signer
from consult.kernel.clock import to_oslo
from consult.kernel.i18n import N_

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition, NamedVersion
    from consult.domain.documents.models import Snapshot


def gather_basis(
    composition: "Composition", snapshot: "Snapshot", *, with_removed: bool = False
) -> ReportBasis:
    """The frozen data of a report, and the passages that its words and proposals rest on.

    ``with_removed`` also those that the text rested on earlier: an older version may name them.
    """
    frozen = read_frozen(snapshot)
    evidence = (
        select(Evidence.public_id, Evidence.passage_id)
        .join(Part, Part.id == Evidence.part_id)
        .where(Part.composition_id == composition.id)
    )
    passages = (
        select(Passage.public_id, Passage.id)
        .join(Ground, Ground.passage_id == Passage.id)
        .join(Recommendation, Recommendation.id == Ground.recommendation_id)
        .where(Recommendation.composition_id == composition.id)
    )
    if not with_removed:
        evidence = evidence.where(Evidence.removed_at.is_(None))
        passages = passages.where(Ground.removed_at.is_(None))
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


def build_edition(
    text: FrozenText,
    composition: "Composition",
    snapshot: "Snapshot",
    *,
    version: "NamedVersion",
    signers: Sequence[Signer],
) -> Document:
    """A signed text as it is published, with figures from a snapshot."""
    basis = gather_basis(composition, snapshot, with_removed=True)
    return build_shown(text, basis, composition, version=version, signers=signers)


def build_shown(
    text: FrozenText,
    basis: ReportBasis,
    composition: "Composition",
    *,
    version: "NamedVersion",
    signers: Sequence[Signer],
) -> Document:
    """A signed text with what it rests on, dated when it was kept, under its fingerprint.

    Nothing of it depends on when it is built.
    """
    say = Wording(composition.language)
    frame = ReportFrame(
        composition.kind,
        day=text.head.document_date or to_oslo(version.saved_at).date(),
        signers=signers,
        facts=(Fact(say.gettext(N_("Fingerprint of the text")), version.digest[:16]),),
    )
    return build_report(text, basis, frame)
