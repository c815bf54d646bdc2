"""What should be searched and what should not: the passages of versions that count now."""

from dataclasses import dataclass

from sqlalchemy import select

from consult.db import session
from consult.domain.analysis.models import SearchEntry
from consult.domain.coding.models import Passage
from consult.domain.coding.queries.scope import is_current
from consult.domain.coding.types import PassageKind
from consult.domain.submissions.models import Submission, SubmissionVersion


@dataclass(frozen=True, slots=True)
class Outdated:
    """Ids of passages whose entries have to go: of former versions, and by another edition."""

    former: list[int]
    other_edition: list[int]


def former_passage_ids(submission_id: int, version_id: int) -> list[int]:
    """Passages of an answer's other versions that can be found still."""
    query = (
        select(Passage.id)
        .join(SearchEntry, SearchEntry.passage_id == Passage.id)
        .where(Passage.submission_id == submission_id, Passage.version_id != version_id)
    )
    return list(session().scalars(query))


def outdated_entry_ids(edition: int) -> Outdated:
    """Everything that is found and should not be, or by other stems."""
    current = (
        select(Passage.id)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(is_current())
    )
    former = select(SearchEntry.passage_id).where(SearchEntry.passage_id.not_in(current))
    other = select(SearchEntry.passage_id).where(
        SearchEntry.edition != edition, SearchEntry.passage_id.in_(current)
    )
    return Outdated(list(session().scalars(former)), list(session().scalars(other)))


def passages_without_entry(*, limit: int) -> dict[int, str]:
    """The words of passages that should be found and are not, some of them, by id."""
    query = (
        select(Passage.id, Passage.quote)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .outerjoin(SearchEntry, SearchEntry.passage_id == Passage.id)
        .where(is_current(), Passage.kind != PassageKind.CHOSEN, SearchEntry.passage_id.is_(None))
        .order_by(Passage.id)
        .limit(limit)
    )
    return {row.id: row.quote for row in session().execute(query)}
