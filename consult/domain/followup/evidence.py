"""Finding the files that show how far measures have come, and where the report says so."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Select, func, select

from consult.db import get_one, session
from consult.domain.composing.frozen import unfreeze
from consult.domain.followup.models import EvidenceFile, Measure, MeasureEvent, RoundFollowUp
from consult.domain.followup.types import MeasureEventKind
from consult.domain.reports.building.proposed import part_anchor
from consult.domain.reports.editions import find_edition_of
from consult.domain.rounds.models import Round

if TYPE_CHECKING:
    from consult.domain.reports.models import Edition

PART = "evidence"
"""The part of the store where the files lie."""


def latest_status(measure: Measure) -> MeasureEvent | None:
    """What was told last of how far a measure has come."""
    told = [one for one in measure.events if one.kind is MeasureEventKind.STATUS]
    return told[-1] if told else None


def get_evidence(round_slug: str, number: int, file_id: str) -> EvidenceFile:
    """A file of a measure. Raises ``NotFound``."""
    return get_one(_of(round_slug, number, file_id), "evidence", file_id)


def get_published_evidence(round_slug: str, number: int, file_id: str) -> EvidenceFile:
    """A file that everybody may have: its owner says so, and the measures are published.

    Raises ``NotFound``.
    """
    query = (
        _of(round_slug, number, file_id)
        .join(RoundFollowUp, RoundFollowUp.round_id == Measure.round_id)
        .where(EvidenceFile.is_public, RoundFollowUp.published_at.is_not(None))
    )
    return get_one(query, "evidence", file_id)


def _of(round_slug: str, number: int, file_id: str) -> Select[EvidenceFile]:
    return (
        select(EvidenceFile)
        .join(EvidenceFile.event)
        .join(MeasureEvent.measure)
        .join(Measure.round)
        .where(
            Round.slug == round_slug,
            Measure.number == number,
            EvidenceFile.public_id == file_id,
        )
    )


def count_files_of(digest: str) -> int:
    """How many pieces of evidence rest on the same bytes."""
    query = select(func.count(EvidenceFile.id)).where(EvidenceFile.digest == digest)
    return session().scalar(query) or 0


def evidence_digests() -> Select[tuple[str]]:
    """The digests of all files of evidence, as a query."""
    return select(EvidenceFile.digest)


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """Where a published report proposes a measure; ``chapter`` is the anchor of the chapter."""

    edition: "Edition"
    chapter: str


def place_in_report(measure: Measure) -> ReportPlace | None:
    """The chapter of the edition that the measure is from; nothing once it is off the web."""
    edition = find_edition_of(measure.version_id)
    if edition is None:
        return None
    text = unfreeze(measure.version.content)
    proposed_in = next((one.part for one in text.recommendations if one.key == measure.key), None)
    chapter = ""
    for part in text.parts:
        chapter = part.key if part.depth == 1 else chapter
        if part.key == proposed_in:
            return ReportPlace(edition, part_anchor(chapter or part.key))
    return None
