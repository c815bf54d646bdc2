"""Files on a draft: taken in, removed, and carried over when the draft is sent."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from consult.db import on_commit, session
from consult.domain.files.types import QUARANTINE
from consult.domain.submissions.attached import MOST_FILES, ReadUpload
from consult.domain.submissions.companions import count_draft_files_of, list_draft_files
from consult.domain.submissions.models import Attachment, Draft, DraftFile
from consult.domain.submissions.rules import check_free_text
from consult.domain.submissions.service.drafting import hold_draft
from consult.domain.submissions.types import AttachmentKind, StoredFile
from consult.domain.submissions.uploads import (
    HEAD_LENGTH,
    UploadType,
    clean_filename,
    recognise_upload,
)
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.files import FileStore
from consult.kernel.text.plain import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from consult.domain.rounds.models import Question

DRAFTS = "drafts"
"""The part of the store where files wait until their draft is sent or deleted."""

MEGABYTE = 1024 * 1024

MAX_SUMMARY_LENGTH = 6000
"""Characters: two pages."""


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """How large files may be, in megabytes."""

    file_mb: int
    video_mb: int


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that may be taken in, and what reading it told; ``size`` in bytes."""

    filename: str
    type: UploadType
    size: int
    found: ReadUpload


def check_upload(
    stream: BinaryIO,
    *,
    filename: str,
    limits: UploadLimits,
    read: "Callable[[BinaryIO, str], ReadUpload]",
) -> Upload:
    """Whether a file may be taken in, and as what; the stream stands at its start again.

    Raises ``InvalidInput`` as :func:`attach_file`, but for ``too_many``.
    """
    name = clean_filename(filename)
    upload = recognise_upload(stream.read(HEAD_LENGTH), name)
    size = stream.seek(0, 2)
    is_video = upload.kind is AttachmentKind.VIDEO
    limit = limits.video_mb if is_video else limits.file_mb
    if size > limit * MEGABYTE:
        raise InvalidInput("file", "video_large" if is_video else "file_large", limit=limit)
    check_free_text("file", name)
    stream.seek(0)
    found = ReadUpload()
    if not is_video:
        found = read(stream, name)
        check_free_text("file", found.text)
        stream.seek(0)
    return Upload(name, upload, size, found)


def keep_upload(
    stream: BinaryIO,
    *,
    filename: str,
    question_id: int | None,
    files: FileStore,
    limits: UploadLimits,
    read: "Callable[[BinaryIO, str], ReadUpload]",
) -> StoredFile:
    """Keep a file for good that is sent as it is uploaded. Raises as :func:`check_upload`."""
    upload = check_upload(stream, filename=filename, limits=limits, read=read)
    return StoredFile(
        filename=upload.filename,
        media_type=upload.type.media_type,
        digest=files.save_stream(stream),
        size=upload.size,
        kind=upload.type.kind,
        pages=upload.found.pages,
        question_id=question_id,
        problem=upload.found.problem,
    )


def stored_file(file: DraftFile | Attachment) -> StoredFile:
    """A file that is kept already, as it goes into the next version."""
    return StoredFile(
        filename=file.filename,
        media_type=file.media_type,
        digest=file.digest,
        size=file.size,
        kind=file.kind,
        pages=file.pages,
        question_id=file.question_id,
        problem=file.problem,
    )


def attach_file(
    draft: Draft,
    stream: BinaryIO,
    *,
    filename: str,
    question: "Question | None",
    files: FileStore,
    limits: UploadLimits,
    read: "Callable[[BinaryIO, str], ReadUpload]",
) -> DraftFile:
    """Keep a file with a draft, at a question or for the answer as a whole.

    Args:
        draft: The draft.
        stream: The file, from its start.
        filename: Its name, which tells nothing for sure.
        question: Where it stands; ``None`` for the whole.
        files: The installation's store.
        limits: The largest sizes.
        read: Reads a document: its words, to look for national identity numbers in them, how many
            pages it has, and why it cannot be read.

    Raises:
        InvalidInput: ``file`` (``empty``, ``file_type``, ``file_mismatch``, ``file_large``,
            ``video_large``, ``too_many``, ``identity_number``). Nothing of it is kept.
        AlreadySent: The draft has been sent.
    """
    upload = check_upload(stream, filename=filename, limits=limits, read=read)
    hold_draft(draft, now=utc_now())
    if len(list_draft_files(draft.id)) >= MOST_FILES:
        raise InvalidInput("file", "too_many", limit=MOST_FILES)
    stored = DraftFile(
        draft_id=draft.id,
        question_id=question.id if question else None,
        kind=upload.type.kind,
        filename=upload.filename,
        media_type=upload.type.media_type,
        size=upload.size,
        digest=files.part(DRAFTS).save_stream(stream),
        pages=upload.found.pages,
        is_scanned=upload.found.is_scanned,
        problem=upload.found.problem,
        created_at=utc_now(),
    )
    session().add(stored)
    session().flush()
    return stored


def write_summary(draft: Draft, stored: DraftFile, text: str) -> None:
    """Keep what the sender writes of a long document, for those who cannot read all of it.

    Raises:
        InvalidInput: ``summary`` (``too_long``, ``identity_number``).
        AlreadySent: The draft has been sent.
    """
    words = canonical(text).strip()
    if len(words) > MAX_SUMMARY_LENGTH:
        raise InvalidInput("summary", "too_long", limit=MAX_SUMMARY_LENGTH)
    check_free_text("summary", words)
    hold_draft(draft, now=utc_now())
    stored.summary = words
    session().flush()


def part_holding(stored: DraftFile, *, files: FileStore) -> str | None:
    """The part of the store that has a draft's file; ``None`` when it is kept for good already.

    That is so when the draft changes an answer that was sent with the file.
    """
    return None if files.has(stored.digest) else DRAFTS


def remove_file(draft: Draft, stored: DraftFile, *, files: FileStore) -> None:
    """Take a file off a draft, and out of the store unless another draft has the same."""
    hold_draft(draft, now=utc_now())
    session().delete(stored)
    session().flush()
    _forget([stored.digest], files=files)


def forget_files(draft: Draft, *, files: FileStore) -> None:
    """Remove all files of a draft that is being deleted."""
    found = list_draft_files(draft.id)
    for stored in found:
        session().delete(stored)
    session().flush()
    _forget([stored.digest for stored in found], files=files)


def carry_over(draft: Draft, sent: "Sequence[StoredFile]", *, files: FileStore) -> None:
    """Keep for good what is sent with a draft, and forget what is not.

    An infected file is named with the answer, and its bytes stay in quarantine.
    """
    for file in sent:
        if not files.part(QUARANTINE).has(file.digest):
            files.adopt(file.digest, files.part(DRAFTS))
    forget_files(draft, files=files)


def _forget(digests: list[str], *, files: FileStore) -> None:
    """Remove bytes that waited, once the transaction is through and if no draft needs them."""

    def remove() -> None:
        for digest in digests:
            if not count_draft_files_of(digest):
                files.part(DRAFTS).remove(digest)

    on_commit(remove)
