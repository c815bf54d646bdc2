"""Files that show how far a measure has come: taken in, shown to everybody or not, removed."""

from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from consult.db import on_commit, session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.followup.evidence import PART, count_files_of, latest_status
from consult.domain.followup.models import EvidenceFile
from consult.domain.intake.scanning import read_upload
from consult.domain.submissions.service.filing import UploadLimits, check_upload
from consult.kernel.errors import InvalidInput
from consult.kernel.files import FileStore

if TYPE_CHECKING:
    from consult.domain.followup.models import Measure

MOST_FILES = 10
"""Files of one status."""


def add_evidence(
    measure: "Measure",
    stream: BinaryIO,
    filename: str,
    *,
    is_public: bool,
    files: FileStore,
    limits: UploadLimits,
    by: Actor,
    at: datetime,
) -> EvidenceFile:
    """Keep a file as evidence of what was told last of a measure.

    Raises:
        InvalidInput: ``file``, as ``submissions.service.filing.attach_file``; or ``no_status``:
            nothing is told yet that it could show. Nothing is kept.
    """
    event = latest_status(measure)
    if event is None:
        raise InvalidInput("file", "no_status")
    if len(event.files) >= MOST_FILES:
        raise InvalidInput("file", "too_many", limit=MOST_FILES)
    upload = check_upload(stream, filename=filename, limits=limits, read=read_upload)
    kept = EvidenceFile(
        event=event,
        digest=files.part(PART).save_stream(stream),
        filename=upload.filename,
        media_type=upload.type.media_type,
        size=upload.size,
        is_public=is_public,
        added_at=at,
        added_by=by.reference,
    )
    session().add(kept)
    session().flush()
    _log(Tag.EVIDENCE_FILE_ADDED, kept, by=by)
    return kept


def show_evidence(kept: EvidenceFile, *, is_public: bool, by: Actor) -> None:
    """Let everybody have a file, or only the desk."""
    if kept.is_public != is_public:
        kept.is_public = is_public
        session().flush()
        _log(Tag.EVIDENCE_FILE_SHOWN, kept, by=by)


def remove_evidence(kept: EvidenceFile, *, files: FileStore, by: Actor) -> None:
    """Remove a file and its bytes; what was told in words stays."""
    digest = kept.digest
    _log(Tag.EVIDENCE_FILE_REMOVED, kept, by=by)
    kept.event.files.remove(kept)
    session().flush()

    def forget() -> None:
        if not count_files_of(digest):
            files.part(PART).remove(digest)

    on_commit(forget)


def _log(tag: Tag, kept: EvidenceFile, *, by: Actor) -> None:
    measure = kept.event.measure
    record(
        tag,
        subject=measure.reference,
        by=by.reference,
        stream=organisation_stream(measure.round.owner_id),
        data={"digest": kept.digest, "size": kept.size, "public": kept.is_public},
    )
