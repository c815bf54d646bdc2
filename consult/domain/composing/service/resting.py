"""What a text rests on: taking passages in, and taking the link away on purpose."""

from typing import TYPE_CHECKING

from sqlalchemy import delete

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.models import Evidence, LeftOut
from consult.domain.composing.types import EvidenceUse
from consult.domain.disclosure.quoting import quotable_in_version
from consult.kernel.clock import utc_now

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage
    from consult.domain.composing.models import Part


def rest_on(part: "Part", passage: "Passage", use: EvidenceUse, *, by: Actor) -> Evidence:
    """Note that a part rests on a passage; one that had been left out is so no more.

    What was taken out of the answer by law is not quoted.

    That the passage is of the document's own hearings is the caller's question
    (:func:`consult.domain.composing.sources.get_sources`).
    """
    words = quotable_in_version(passage.version_id).words(
        passage.quote, version_id=passage.version_id, start=passage.start, end=passage.end
    )
    evidence = Evidence(
        part_id=part.id,
        passage_id=passage.id,
        use=use,
        quote=words,
        added_at=utc_now(),
        added_by=by.reference,
    )
    session().add(evidence)
    session().execute(
        delete(LeftOut).where(
            LeftOut.composition_id == part.composition_id, LeftOut.passage_id == passage.id
        )
    )
    session().flush()
    _log(Tag.EVIDENCE_ADDED, evidence, by=by)
    return evidence


def take_away(evidence: Evidence, *, by: Actor) -> None:
    """End the link between a text and a passage; the words in the text stay as they are."""
    if evidence.removed_at is None:
        evidence.removed_at = utc_now()
        session().flush()
        _log(Tag.EVIDENCE_REMOVED, evidence, by=by)


def put_back(evidence: Evidence, *, by: Actor) -> None:
    """Undo taking a link away."""
    if evidence.removed_at is not None:
        evidence.removed_at = None
        session().flush()
        _log(Tag.EVIDENCE_ADDED, evidence, by=by)


def _log(tag: Tag, evidence: Evidence, *, by: Actor) -> None:
    record(
        tag,
        subject=evidence.part.reference,
        by=by.reference,
        stream=organisation_stream(evidence.part.composition.organisation_id),
        data={"passage": evidence.passage.reference, "use": evidence.use.value},
    )
