"""Files that go along with a response: taken in, and removed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from consult.db import on_commit, session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.intake.scanning import read_upload
from consult.domain.organisations.queries import descendants_of
from consult.domain.responses.enclosures import count_enclosures_of, list_enclosures
from consult.domain.responses.errors import NotBelow
from consult.domain.responses.models import Enclosure
from consult.domain.submissions.attached import MOST_FILES
from consult.domain.submissions.service.filing import UploadLimits, check_upload
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.files import FileStore

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.organisations.models import Organisation

WAITING = "enclosures"
"""The part of the store where files wait until they are sent."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it is uploaded. ``body`` is the body below whose own statement it is."""

    stream: BinaryIO
    filename: str
    body: "Organisation | None" = None


def enclose_file(
    composition: "Composition",
    file: NewFile,
    *,
    files: FileStore,
    limits: UploadLimits,
    by: Actor,
) -> Enclosure:
    """Let a file go along with a response.

    Raises:
        InvalidInput: ``file``, as ``submissions.service.filing.attach_file``; ``body``
            (``has_one``): a statement of the body goes along already. Nothing is kept.
        NotBelow: The body does not stand under the organisation.
    """
    upload = check_upload(file.stream, filename=file.filename, limits=limits, read=read_upload)
    there = list_enclosures(composition.id)
    if len(there) >= MOST_FILES:
        raise InvalidInput("file", "too_many", limit=MOST_FILES)
    if file.body is not None:
        _check_body(composition, file.body)
        if any(one.body_id == file.body.id for one in there):
            raise InvalidInput("body", "has_one")
    enclosure = Enclosure(
        composition=composition,
        body=file.body,
        kind=upload.type.kind,
        filename=upload.filename,
        media_type=upload.type.media_type,
        size=upload.size,
        pages=upload.found.pages,
        problem=upload.found.problem,
        digest=files.part(WAITING).save_stream(file.stream),
        added_at=utc_now(),
        added_by=by.reference,
    )
    session().add(enclosure)
    session().flush()
    _log(Tag.ENCLOSURE_ADDED, enclosure, by=by)
    return enclosure


def remove_enclosure(enclosure: Enclosure, *, files: FileStore, by: Actor) -> None:
    """Let a file not go along; what was sent with it before keeps it."""
    digest = enclosure.digest
    _log(Tag.ENCLOSURE_REMOVED, enclosure, by=by)
    session().delete(enclosure)
    session().flush()

    def forget() -> None:
        if not count_enclosures_of(digest):
            files.part(WAITING).remove(digest)

    on_commit(forget)


def _check_body(composition: "Composition", body: "Organisation") -> None:
    below = descendants_of(composition.organisation_id)
    if body.id not in {node.organisation.id for node in below}:
        raise NotBelow(body.name)


def _log(tag: Tag, enclosure: Enclosure, *, by: Actor) -> None:
    organisation = enclosure.composition.organisation
    record(
        tag,
        subject=enclosure.composition.reference,
        by=by.reference,
        stream=organisation_stream(organisation.id),
        data={"digest": enclosure.digest, "size": enclosure.size},
    )
