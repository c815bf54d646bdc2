"""Finding frozen data, reading them, and telling what has changed since (queries)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import get_one, session
from consult.domain.documents.building.data import Basis, SummaryData
from consult.domain.documents.errors import DamagedSnapshot
from consult.domain.documents.freezing import codec
from consult.domain.documents.freezing.changes import compare
from consult.domain.documents.freezing.types import Changes
from consult.domain.documents.models import Document, Snapshot
from consult.domain.documents.queries.gathering import gather_summary
from consult.domain.documents.types import DocumentKind
from consult.domain.rounds.models import Round


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a document is built from: the data, and the snapshot that they come from."""

    data: SummaryData
    basis: Basis


def list_snapshots(round_id: int) -> Sequence[Snapshot]:
    """The snapshots of a round, the newest first, without their data."""
    query = (
        select(Snapshot)
        .where(Snapshot.round_id == round_id)
        .order_by(Snapshot.taken_at.desc(), Snapshot.id.desc())
    )
    return session().scalars(query).all()


def newest_snapshot(round_id: int) -> Snapshot | None:
    """The snapshot that was taken last, if any was."""
    query = (
        select(Snapshot)
        .where(Snapshot.round_id == round_id)
        .order_by(Snapshot.taken_at.desc(), Snapshot.id.desc())
        .limit(1)
    )
    return session().scalars(query).one_or_none()


def get_snapshot(round_slug: str, snapshot_id: str) -> Snapshot:
    """A snapshot of a round by public id. Raises :class:`NotFound`."""
    query = (
        select(Snapshot)
        .join(Round, Snapshot.round_id == Round.id)
        .where(Round.slug == round_slug, Snapshot.public_id == snapshot_id)
        .options(joinedload(Snapshot.round).joinedload(Round.owner))
    )
    return get_one(query, "snapshot", snapshot_id)


def find_snapshot(round_id: int, name: str) -> Snapshot:
    """A snapshot of a round by its name. Raises :class:`NotFound`."""
    query = select(Snapshot).where(Snapshot.round_id == round_id, Snapshot.name == name)
    return get_one(query, "snapshot", name)


def documents_from(snapshot_id: int) -> Sequence[Document]:
    """The documents that were built from a snapshot, without editions of reports, newest first."""
    query = (
        select(Document)
        .where(Document.snapshot_id == snapshot_id, Document.kind != DocumentKind.REPORT)
        .options(selectinload(Document.files), joinedload(Document.snapshot))
        .order_by(Document.requested_at.desc(), Document.id.desc())
    )
    return session().scalars(query).all()


def frozen_bytes(snapshot: Snapshot) -> bytes:
    """The frozen data as the bytes whose hash is printed.

    Raises:
        DamagedSnapshot: What is stored is not what was frozen.
    """
    content = codec.unpack(snapshot.content)
    if codec.data_hash(content) != snapshot.digest:
        raise DamagedSnapshot(snapshot.public_id)
    return content


def read_frozen(snapshot: Snapshot) -> Frozen:
    """The frozen data with their name and hash. Raises :class:`DamagedSnapshot`."""
    basis = Basis(snapshot.name, snapshot.taken_at, snapshot.digest, snapshot.reason)
    return Frozen(codec.from_bytes(frozen_bytes(snapshot)), basis)


def changes_since(snapshot: Snapshot, *, now: datetime) -> Changes:
    """What is different today from the frozen data."""
    return compare(read_frozen(snapshot).data, gather_summary(snapshot.round, now=now))


def changes_between(earlier: Snapshot, later: Snapshot) -> Changes:
    """What is different in one snapshot from another."""
    return compare(read_frozen(earlier).data, read_frozen(later).data)
