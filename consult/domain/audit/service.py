"""Writing the audit log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.exc import IntegrityError

from consult.db import savepoint, session, table_of
from consult.domain.audit.models import AuditEntry, AuditStream
from consult.domain.audit.rules import entry_hash
from consult.domain.audit.types import GENESIS, Tag
from consult.kernel.clock import utc_now

# Rows and ready statements, not objects: every change of state passes here.
_STREAMS = table_of(AuditStream)
_THIS = _STREAMS.c.name == bindparam("this")
_NEXT_NUMBER = (
    update(_STREAMS)
    .where(_THIS)
    .values(seq=_STREAMS.c.seq + 1)
    .returning(_STREAMS.c.seq, _STREAMS.c.head_hash)
)
_NEW_HEAD = update(_STREAMS).where(_THIS).values(head_hash=bindparam("digest"))
_NEW_ENTRY = insert(table_of(AuditEntry))


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
    session().execute(_NEW_HEAD, {"this": stream, "digest": digest})
    entry = {
        "stream": stream,
        "seq": seq,
        "at": moment,
        "actor": by,
        "tag": tag.value,
        "subject": subject,
        "data": content,
        "previous_hash": previous,
        "hash": digest,
    }
    session().execute(_NEW_ENTRY, entry)


def hold_chain(stream: str) -> None:
    """Keep everybody else from committing what this chain tells about, until the transaction ends.

    What several queries then read is of one moment, on either database: who has changed something
    and not noted it yet waits here before committing.
    """
    step = update(AuditStream).where(AuditStream.name == stream).values(seq=AuditStream.seq)
    session().execute(step.execution_options(synchronize_session=False))


def _advance(stream: str) -> tuple[int, str]:
    """Take the next number of a chain; a second writer waits here until the first has ended."""
    session().flush()
    row = session().execute(_NEXT_NUMBER, {"this": stream}).one_or_none()
    if row is None:
        _open_chain(stream)
        row = session().execute(_NEXT_NUMBER, {"this": stream}).one()
    return row.seq, row.head_hash


def _open_chain(stream: str) -> None:
    """Begin a chain, unless another writer of its first entry was faster."""
    try:
        with savepoint():
            session().execute(insert(AuditStream).values(name=stream, seq=0, head_hash=GENESIS))
    except IntegrityError:
        return
