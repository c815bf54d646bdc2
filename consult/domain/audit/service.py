"""Writing the audit log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from consult.db import savepoint, session
from consult.domain.audit.models import AuditEntry, AuditStream
from consult.domain.audit.rules import entry_hash
from consult.domain.audit.types import GENESIS, Tag
from consult.kernel.clock import utc_now


def record(
    tag: Tag,
    *,
    subject: str,
    by: str,
    stream: str,
    data: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> None:
    """Append one entry to a chain, in the transaction of what it tells about.

    Args:
        tag: What happened.
        subject: What it happened to, as ``kind:public-id``.
        by: Who did it, as ``Actor.reference``.
        stream: Which chain; see :func:`~consult.domain.audit.types.organisation_stream`.
        data: Before and after, counts, reasons; no names and no texts of answers.
        at: When, if not now.
    """
    moment = at or utc_now()
    content = dict(data or {})
    seq, previous = _advance(stream)
    digest = entry_hash(
        previous,
        stream=stream,
        seq=seq,
        at=moment,
        actor=by,
        tag=tag,
        subject=subject,
        data=content,
    )
    session().execute(
        update(AuditStream).where(AuditStream.name == stream).values(head_hash=digest)
    )
    session().add(
        AuditEntry(
            stream=stream,
            seq=seq,
            at=moment,
            actor=by,
            tag=tag.value,
            subject=subject,
            data=content,
            previous_hash=previous,
            hash=digest,
        )
    )
    session().flush()


def hold_chain(stream: str) -> None:
    """Keep everybody else from committing what this chain tells about, until the transaction ends.

    What several queries then read is of one moment, on either database: who has changed something
    and not noted it yet waits here before committing.
    """
    step = update(AuditStream).where(AuditStream.name == stream).values(seq=AuditStream.seq)
    session().execute(step.execution_options(synchronize_session=False))


def _advance(stream: str) -> tuple[int, str]:
    """Take the next number of a chain; a second writer waits here until the first has ended."""
    step = (
        update(AuditStream)
        .where(AuditStream.name == stream)
        .values(seq=AuditStream.seq + 1)
        .returning(AuditStream.seq, AuditStream.head_hash)
    )
    row = session().execute(step).one_or_none()
    if row is None:
        _open_chain(stream)
        row = session().execute(step).one()
    return row.seq, row.head_hash


def _open_chain(stream: str) -> None:
    """Begin a chain, unless another writer of its first entry was faster."""
    try:
        with savepoint():
            session().execute(insert(AuditStream).values(name=stream, seq=0, head_hash=GENESIS))
    except IntegrityError:
        return
