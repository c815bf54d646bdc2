"""Finding ZIPs of documents and the files in them."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import get_one, session
from consult.domain.intake.models import ArchiveEntry, ArchiveImport
from consult.domain.intake.types import EntryState
from consult.domain.rounds.models import Round


def get_archive(round_slug: str, archive_id: str) -> ArchiveImport:
    """A ZIP of a round by public id, with what became of its files. Raises :class:`NotFound`."""
    query = (
        select(ArchiveImport)
        .join(ArchiveImport.round)
        .where(ArchiveImport.public_id == archive_id, Round.slug == round_slug)
        .options(
            joinedload(ArchiveImport.round).joinedload(Round.owner),
            selectinload(ArchiveImport.entries).joinedload(ArchiveEntry.draft),
        )
    )
    return get_one(query, "archive", archive_id)


def list_archives(round_id: int) -> Sequence[ArchiveImport]:
    """A round's ZIPs, the newest first."""
    query = (
        select(ArchiveImport)
        .where(ArchiveImport.round_id == round_id)
        .order_by(ArchiveImport.id.desc())
    )
    return session().scalars(query).all()


def list_unread_archives(round_id: int) -> Sequence[ArchiveImport]:
    """A round's ZIPs whose files are still being read, the newest first."""
    query = (
        select(ArchiveImport)
        .where(ArchiveImport.round_id == round_id, ArchiveImport.finished_at.is_(None))
        .order_by(ArchiveImport.id.desc())
    )
    return session().scalars(query).all()


def count_entries(archive_ids: Collection[int]) -> dict[int, dict[EntryState, int]]:
    """How many files of some ZIPs have come how far."""
    query = (
        select(ArchiveEntry.archive_id, ArchiveEntry.state, func.count(ArchiveEntry.id))
        .where(ArchiveEntry.archive_id.in_(archive_ids))
        .group_by(ArchiveEntry.archive_id, ArchiveEntry.state)
    )
    counts: dict[int, dict[EntryState, int]] = {}
    for archive_id, state, number in session().execute(query):
        counts.setdefault(archive_id, {})[state] = number
    return counts


def waiting_entry_ids(limit: int) -> Sequence[int]:
    """Files that nobody has read yet, the oldest first."""
    query = (
        select(ArchiveEntry.id)
        .where(ArchiveEntry.state == EntryState.WAITING)
        .order_by(ArchiveEntry.id)
        .limit(limit)
    )
    return session().scalars(query).all()


def lock_entry(entry_id: int) -> ArchiveEntry | None:
    """A file that waits, kept from other workers; ``None`` when one has it or it is read."""
    query = (
        select(ArchiveEntry)
        .where(ArchiveEntry.id == entry_id, ArchiveEntry.state == EntryState.WAITING)
        .with_for_update(skip_locked=True)
    )
    return session().scalars(query).one_or_none()


def lock_read_archives() -> Sequence[ArchiveImport]:
    """ZIPs that are not finished although no file of theirs waits, kept from other workers."""
    waits = select(ArchiveEntry.id).where(
        ArchiveEntry.archive_id == ArchiveImport.id, ArchiveEntry.state == EntryState.WAITING
    )
    query = (
        select(ArchiveImport)
        .where(ArchiveImport.finished_at.is_(None), ~waits.exists())
        .with_for_update(skip_locked=True)
    )
    return session().scalars(query).all()
