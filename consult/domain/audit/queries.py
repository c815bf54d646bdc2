"""Reading the audit log and proving it whole."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union_all

from consult.db import session
from consult.domain.audit.models import AuditEntry, AuditStream
from consult.domain.audit.rules import entry_hash
from consult.domain.audit.types import ChainBreak, ChainLink, Tag

_LOOKED_BACK = 50


def entries_about(subject: str, *, limit: int = 200) -> Sequence[AuditEntry]:
    """What was done to one subject, newest first."""
    query = (
        select(AuditEntry)
        .where(AuditEntry.subject == subject)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    return session().scalars(query).all()


def find_last_entry(subject: str, tag: Tag, data: Mapping[str, Any]) -> AuditEntry | None:
    """The newest of the last entries of a kind about a subject whose data says this, if any."""
    query = (
        select(AuditEntry)
        .where(AuditEntry.subject == subject, AuditEntry.tag == tag)
        .order_by(AuditEntry.id.desc())
        .limit(_LOOKED_BACK)
    )
    found = session().scalars(query)
    return next((one for one in found if data.items() <= (one.data or {}).items()), None)


def latest_entries(
    streams: Sequence[str] | None = None, *, offset: int = 0, limit: int = 50
) -> Sequence[AuditEntry]:
    """The newest entries, of some chains or of all."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).offset(offset).limit(limit)
    if streams is not None:
        query = query.where(AuditEntry.stream.in_(streams))
    return session().scalars(query).all()


def last_entry_at(*subjects: Select[Any], besides: Collection[Tag] = ()) -> datetime | None:
    """When something was last done to one of some subjects, other than what is named."""
    query = select(func.max(AuditEntry.at)).where(
        AuditEntry.subject.in_(union_all(*subjects)), AuditEntry.tag.not_in(besides)
    )
    return session().scalar(query)


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries somebody wants to see; an empty value asks for all.

    Attributes:
        subject: What it happened to, as ``kind:public-id``.
        tag: What happened.
        actor: Who did it, as ``Actor.reference``.
        stream: Which chain it stands in.
    """

    subject: str = ""
    tag: str = ""
    actor: str = ""
    stream: str = ""


def search_entries(
    wanted: EntryFilter,
    *,
    offset: int = 0,
    limit: int = 50,
    among: ColumnElement[bool] | None = None,
) -> Sequence[AuditEntry]:
    """Entries of every chain that match, newest first; with ``among`` only of those it names."""
    query = _matching(select(AuditEntry), wanted, among).order_by(AuditEntry.id.desc())
    return session().scalars(query.offset(offset).limit(limit)).all()


def count_entries(
    wanted: EntryFilter = EntryFilter(), *, among: ColumnElement[bool] | None = None
) -> int:
    """How many entries match; with ``among`` only of those it names."""
    return session().scalar(_matching(select(func.count(AuditEntry.id)), wanted, among)) or 0


def find_chain_break(stream: str) -> ChainBreak | None:
    """The first entry that was changed, removed or put in afterwards, or ``None``."""
    query = select(AuditEntry).where(AuditEntry.stream == stream).order_by(AuditEntry.seq)
    link = ChainLink.start(stream)
    for entry in session().scalars(query).yield_per(1000):
        following = _follow(link, entry)
        if following is None:
            return ChainBreak(stream, link.seq + 1)
        link = following
    head = session().get(AuditStream, stream, populate_existing=True)
    if head is not None and (head.seq, head.head_hash) != (link.seq, link.hash):
        return ChainBreak(stream, link.seq + 1)
    return None


def find_recent_break(*, newest: int = 1000) -> ChainBreak | None:
    """The first break among the newest entries of all chains, in a time that does not grow.

    Each chain is followed from its first entry among them, whose own predecessor is taken on
    trust, to its head; :func:`find_chain_break` takes nothing on trust.
    """
    recent = select(AuditEntry.id).order_by(AuditEntry.id.desc()).limit(newest)
    query = (
        select(AuditEntry)
        .where(AuditEntry.id.in_(recent))
        .order_by(AuditEntry.stream, AuditEntry.seq)
    )
    links: dict[str, ChainLink] = {}
    for entry in session().scalars(query):
        link = links.get(entry.stream)
        if link is None:
            link = ChainLink(entry.stream, entry.seq - 1, entry.previous_hash)
        following = _follow(link, entry)
        if following is None:
            return ChainBreak(entry.stream, link.seq + 1)
        links[entry.stream] = following
    heads = select(AuditStream).where(AuditStream.name.in_(links)).order_by(AuditStream.name)
    for head in session().scalars(heads.execution_options(populate_existing=True)):
        link = links[head.name]
        if (head.seq, head.head_hash) != (link.seq, link.hash):
            return ChainBreak(head.name, link.seq + 1)
    return None


def _follow(link: ChainLink, entry: AuditEntry) -> ChainLink | None:
    """The link that an entry makes of the one before it, or ``None`` where it does not follow."""
    computed = entry_hash(
        link.hash,
        stream=entry.stream,
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
        tag=entry.tag,
        subject=entry.subject,
        data=entry.data,
    )
    stored = (entry.seq, entry.previous_hash, entry.hash)
    if stored != (link.seq + 1, link.hash, computed):
        return None
    return ChainLink(link.stream, entry.seq, entry.hash)


def _matching(
    query: Select[Any], wanted: EntryFilter, among: ColumnElement[bool] | None
) -> Select[Any]:
    if among is not None:
        query = query.where(among)
    if wanted.subject:
        query = query.where(AuditEntry.subject == wanted.subject)
    if wanted.tag:
        query = query.where(AuditEntry.tag == wanted.tag)
    if wanted.actor:
        query = query.where(AuditEntry.actor == wanted.actor)
    if wanted.stream:
        query = query.where(AuditEntry.stream == wanted.stream)
    return query


def stream_names() -> Sequence[str]:
    """Every chain there is."""
    return session().scalars(select(AuditStream.name).order_by(AuditStream.name)).all()
