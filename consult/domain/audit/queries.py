"""Reading the audit log and proving it whole."""

from collections.abc import Sequence

from sqlalchemy import select

from consult.db import session
from consult.domain.audit.models import AuditEntry, AuditStream
from consult.domain.audit.rules import GENESIS, entry_hash
from consult.domain.audit.types import ChainBreak


def entries_about(subject: str, *, limit: int = 200) -> Sequence[AuditEntry]:
    """What was done to one subject, newest first."""
    query = (
        select(AuditEntry)
        .where(AuditEntry.subject == subject)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    return session().scalars(query).all()


def latest_entries(
    streams: Sequence[str] | None = None, *, offset: int = 0, limit: int = 50
) -> Sequence[AuditEntry]:
    """The newest entries, of some chains or of all."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).offset(offset).limit(limit)
    if streams is not None:
        query = query.where(AuditEntry.stream.in_(streams))
    return session().scalars(query).all()


def find_chain_break(stream: str) -> ChainBreak | None:
    """The first entry that was changed, removed or put in afterwards, or ``None``."""
    previous, expected = GENESIS, 0
    query = select(AuditEntry).where(AuditEntry.stream == stream).order_by(AuditEntry.seq)
    for entry in session().scalars(query).yield_per(1000):
        expected += 1
        computed = entry_hash(
            previous,
            stream=entry.stream,
            seq=entry.seq,
            at=entry.at,
            actor=entry.actor,
            tag=entry.tag,
            subject=entry.subject,
            data=entry.data,
        )
        if entry.seq != expected or entry.previous_hash != previous or entry.hash != computed:
            return ChainBreak(stream, expected)
        previous = entry.hash
    head = session().get(AuditStream, stream)
    if head is not None and (head.seq, head.head_hash) != (expected, previous):
        return ChainBreak(stream, expected + 1)
    return None


def stream_names() -> Sequence[str]:
    """Every chain there is."""
    return session().scalars(select(AuditStream.name).order_by(AuditStream.name)).all()
