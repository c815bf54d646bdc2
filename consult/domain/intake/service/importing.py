"""An uploaded document becomes an import in progress, is corrected, or is given up."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from consult.db import on_commit, session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.intake.codec import (
    assignments_from_json,
    assignments_to_json,
    details_from_json,
    details_to_json,
    document_from_json,
    document_to_json,
)
from consult.domain.intake.correcting import BlockEdit, Mapped, apply_edits
from consult.domain.intake.details import AnswerDetails
from consult.domain.intake.errors import HoldsIdentityNumber, ImportChanged, NoTextLayer
from consult.domain.intake.explaining import ROUND_REFUSALS
from consult.domain.intake.mapping import map_to_targets
from consult.domain.intake.models import ImportDraft
from consult.domain.intake.queries import count_open_imports_of, list_places, targets_of
from consult.domain.intake.recognise import recognise
from consult.domain.intake.scanning import check_document, kept_text, redact_document
from consult.domain.intake.service.stepping import count_up
from consult.domain.intake.types import IntakeWarning, RecognisedDocument
from consult.domain.organisations.queries import find_by_name, find_organisation
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.types import Signer
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.files import FileStore
from consult.kernel.office.container import Format
from consult.kernel.text.plain import canonical

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round

INCOMING = "incoming"
"""The part of the store where originals wait until somebody confirms or gives them up."""


def begin_import(
    round_: "Round",
    content: bytes,
    *,
    filename: str,
    by: Actor,
    files: FileStore,
    limit_bytes: int,
    sender: str = "",
    actor_type: ActorType | None = None,
    redact: bool = False,
) -> ImportDraft:
    """Recognise a document, place its parts in the round, and keep both until somebody decides.

    ``redact`` takes national identity numbers out: then the text is kept without them, and the
    file is not. Raises one of :mod:`consult.domain.intake.errors`, among them
    ``HoldsIdentityNumber``, or what :func:`check_takes_answers` does; then nothing of the file was
    kept.
    """
    check_takes_answers(round_)
    name = safe_filename(filename)
    document = _recognise(content, filename=name, limit_bytes=limit_bytes)
    try:
        check_document(content, document, filename=name)
    except HoldsIdentityNumber:
        if not redact:
            raise
        document = redact_document(document)
        name, content = kept_text(document, filename=name)
    assignments = map_to_targets(document, targets_of(list_places(round_.id)))
    draft = ImportDraft(
        round=round_,
        filename=name,
        media_type=document.media_type,
        digest=files.part(INCOMING).save(content),
        size=len(content),
        recognised=document_to_json(document),
        assignments=assignments_to_json(assignments),
        details=details_to_json(_first_details(document, round_, sender, actor_type)),
        created_by=by.reference,
        created_at=utc_now(),
    )
    session().add(draft)
    session().flush()
    _record(Tag.IMPORT_STARTED, draft, by, {"digest": draft.digest, "size": draft.size})
    return draft


def _recognise(content: bytes, *, filename: str, limit_bytes: int) -> RecognisedDocument:
    """What stands in a document; of a scanned one only how many pages it has.

    Its pages become passages when it is registered, and are read after that.
    """
    try:
        return recognise(content, filename=filename, limit_bytes=limit_bytes)
    except NoTextLayer as scan:
        return RecognisedDocument(
            media_type=Format.PDF,
            blocks=(),
            page_count=scan.pages,
            warnings=(IntakeWarning.PAGES_WITHOUT_TEXT,),
        )


def check_takes_answers(round_: "Round") -> None:
    """Refuse answers to a round that nobody has been shown yet, and to one that was cancelled.

    What comes after the deadline is registered all the same, as late. Raises ``InvalidInput`` with
    the field ``round`` and the status as reason.
    """
    if round_.status in ROUND_REFUSALS:
        raise InvalidInput("round", round_.status.value)


def safe_filename(name: str) -> str:
    """The last part of a file's name without control characters, at most 255 characters."""
    last = PurePath(canonical(name).replace("\\", "/").replace("\n", " ")).name.strip()
    return last[-255:] if last.strip(".") else "document"


def mapped_of(draft: ImportDraft) -> Mapped:
    """The document of an import and where its blocks go, as they stand now."""
    document = document_from_json(draft.recognised)
    return Mapped(document, assignments_from_json(draft.assignments))


def details_of(draft: ImportDraft) -> AnswerDetails:
    """What is known of an import's sender and letter, as it stands now."""
    return details_from_json(draft.details)


def correct_import(
    draft: ImportDraft,
    edits: Mapping[int, BlockEdit],
    *,
    revision: int,
    by: Actor,
    merge: int | None = None,
) -> None:
    """Change kind, text and place of blocks; the original file stays as it is.

    ``merge`` is the index of a block that is then put together with the one before it.

    Raises ``ImportChanged`` when somebody else was faster, ``InvalidInput`` for an unknown place.
    """
    check_open(draft, revision)
    before = mapped_of(draft)
    targets = targets_of(list_places(draft.round_id))
    after = apply_edits(before, edits, targets=targets, merge=merge)
    if after == before:
        return
    count_up(draft, revision)
    draft.recognised = document_to_json(after.document)
    draft.assignments = assignments_to_json(after.assignments)
    session().flush()
    _record(Tag.IMPORT_CORRECTED, draft, by, {"revision": draft.revision})


def reassign_block(
    draft: ImportDraft, block_index: int, *, target: str, revision: int, by: Actor
) -> None:
    """Move one block, or a heading with all that stands under it, to another place."""
    block = mapped_of(draft).document.blocks[block_index]
    edit = BlockEdit(block.role, block.level, block.text, target)
    correct_import(draft, {block_index: edit}, revision=revision, by=by)


def change_details(draft: ImportDraft, details: AnswerDetails, *, by: Actor) -> None:
    """Keep what a person says of the sender and the letter, complete or not."""
    check_open(draft, draft.revision)
    wanted = details_to_json(details)
    if wanted == draft.details:
        return
    draft.details = wanted
    session().flush()
    _record(Tag.IMPORT_CORRECTED, draft, by, {"details": True})


def discard_import(draft: ImportDraft, *, by: Actor, files: FileStore) -> None:
    """Delete an import in progress, and its file unless another import rests on it."""
    check_open(draft, draft.revision)
    _record(Tag.IMPORT_DISCARDED, draft, by, {"digest": draft.digest})
    session().delete(draft)
    session().flush()
    forget_incoming(draft.digest, files=files)


def forget_incoming(digest: str, *, files: FileStore) -> None:
    """Remove a waiting original once the transaction is through, unless an import needs it."""

    def remove() -> None:
        if not count_open_imports_of(digest):
            files.part(INCOMING).remove(digest)

    on_commit(remove)


def check_open(draft: ImportDraft, revision: int) -> None:
    """Raise ``ImportChanged`` when the import is confirmed, or not as the caller saw it."""
    if draft.confirmed_at is not None or draft.revision != revision:
        raise ImportChanged


def resolve_sender(details: AnswerDetails) -> AnswerDetails:
    """The details with the registered organisation of that name, and its kind if none is given."""
    known = None
    if details.organisation_id is not None:
        known = find_organisation(details.organisation_id)
    if known is None or known.name != details.sender:
        known = find_by_name(details.sender) if details.sender.strip() else None
    if known is None:
        return replace(details, organisation_id=None)
    return replace(
        details,
        sender=known.name,
        organisation_id=known.id,
        actor_type=details.actor_type or known.actor_type,
    )


def _first_details(
    document: RecognisedDocument, round_: "Round", sender: str, actor_type: ActorType | None
) -> AnswerDetails:
    """What the document says of itself; what it does not say is left to be asked for."""
    return resolve_sender(
        AnswerDetails(
            sender=sender.strip() or document.sender or "",
            actor_type=actor_type,
            signatories=tuple(Signer(one.name, one.title) for one in document.signatories),
            document_date=document.document_date,
            their_ref=document.our_ref,
            received_on=to_oslo(utc_now()).date(),
            language=document.language or (round_.languages or ["nb"])[0],
        )
    )


def _record(tag: Tag, draft: ImportDraft, by: Actor, data: dict[str, object]) -> None:
    record(
        tag,
        subject=draft.reference,
        by=by.reference,
        stream=organisation_stream(draft.round.owner_id),
        data=data,
    )
