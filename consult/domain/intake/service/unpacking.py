"""A ZIP of documents: each file in it becomes an import that somebody checks."""

from typing import TYPE_CHECKING

from blinker import Signal

from consult.db import on_commit, savepoint, session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.intake.archive_queries import lock_entry, lock_read_archives
from consult.domain.intake.archives import list_members, read_member
from consult.domain.intake.errors import (
    IntakeError,
    OversizedFile,
)
from consult.domain.intake.explaining import problem_of
from consult.domain.intake.models import ArchiveEntry, ArchiveImport
from consult.domain.intake.service.importing import (
    INCOMING,
    begin_import,
    check_takes_answers,
    forget_incoming,
    safe_filename,
)
from consult.domain.intake.types import EntryState, MailProblem
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.files import FileStore
from consult.kernel.text.identity import without_identity_numbers

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round

archive_taken_in = Signal()
"""Sent after a commit that left files of a ZIP to be read; the worker's wake-up call."""


def begin_archive(
    round_: "Round",
    content: bytes,
    *,
    filename: str,
    by: Actor,
    files: FileStore,
    limit_bytes: int,
) -> ArchiveImport:
    """Keep a ZIP and list its files; the worker reads them one by one.

    Raises what :func:`archives.list_members` does, ``OversizedFile``, or ``InvalidInput`` for a
    round that takes no answers; then nothing was kept.
    """
    check_takes_answers(round_)
    name = safe_filename(filename)
    if len(content) > limit_bytes:
        raise OversizedFile(name, size=len(content), limit=limit_bytes)
    members = list_members(content, filename=name)
    archive = ArchiveImport(
        round=round_,
        filename=without_identity_numbers(name)[:255],
        digest=files.part(INCOMING).save(content),
        size=len(content),
        created_by=by.reference,
        created_at=utc_now(),
    )
    archive.entries = [
        ArchiveEntry(
            position=member.position,
            filename=without_identity_numbers(member.filename)[:255],
            size=member.size,
            state=EntryState.WAITING,
        )
        for member in members
    ]
    session().add(archive)
    session().flush()
    _record(Tag.ARCHIVE_STARTED, archive, by, {"digest": archive.digest, "files": len(members)})
    on_commit(_announce)
    return archive


def read_entry(entry_id: int, *, files: FileStore, limit_bytes: int) -> None:
    """Make an import of one file of a ZIP, or note why not; nothing when it is read already."""
    entry = lock_entry(entry_id)
    if entry is None:
        return
    archive = entry.archive
    by = Actor(reference=archive.created_by)
    try:
        content = read_member(
            files.part(INCOMING).read(archive.digest),
            entry.position,
            filename=entry.filename,
            limit_bytes=limit_bytes,
        )
        with savepoint():
            entry.draft = begin_import(
                archive.round,
                content,
                filename=entry.filename,
                by=by,
                files=files,
                limit_bytes=limit_bytes,
            )
        entry.state = EntryState.TAKEN_IN
    except IntakeError as error:
        _refuse(entry, problem_of(error))
    except (InvalidInput, FileNotFoundError):  # the round was cancelled, or the ZIP is gone
        _refuse(entry, MailProblem.UNREADABLE)
    session().flush()


def give_up_entry(entry_id: int) -> None:
    """Note that a file broke what reads it, after that transaction was undone."""
    entry = lock_entry(entry_id)
    if entry is None:
        return
    _refuse(entry, MailProblem.UNREADABLE)
    session().flush()


def finish_archives(*, files: FileStore) -> None:
    """Let every ZIP go whose files have all been looked at."""
    for archive in lock_read_archives():
        archive.finished_at = utc_now()
        session().flush()
        taken = sum(entry.state is EntryState.TAKEN_IN for entry in archive.entries)
        _record(
            Tag.ARCHIVE_FINISHED,
            archive,
            Actor(reference=archive.created_by),
            {"taken_in": taken, "refused": len(archive.entries) - taken},
        )
        forget_incoming(archive.digest, files=files)


def _refuse(entry: ArchiveEntry, problem: MailProblem) -> None:
    entry.state, entry.problem = EntryState.REFUSED, problem


def _announce() -> None:
    archive_taken_in.send()


def _record(tag: Tag, archive: ArchiveImport, by: Actor, data: dict[str, object]) -> None:
    record(
        tag,
        subject=archive.reference,
        by=by.reference,
        stream=organisation_stream(archive.round.owner_id),
        data=data,
    )
