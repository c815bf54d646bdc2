"""Requesting documents and noting how their building goes.

A build takes longer than a transaction should last. So :mod:`consult.jobs.documents` calls these
one after the other, each in a short transaction of its own; rendering happens between them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from blinker import Signal
from sqlalchemy import Update, update

from consult.db import on_commit, session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.documents import types
from consult.domain.documents.building.summary import build_summary
from consult.domain.documents.models import Document, DocumentFile
from consult.domain.documents.queries import find_document, gather_summary, list_unclaimed
from consult.domain.documents.rules import UNCLAIMED_AFTER, is_restartable
from consult.domain.documents.tree import content_hash, to_json
from consult.domain.documents.types import BuildError, BuildStatus, DocumentFormat, DocumentKind
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, TransitionError
from consult.kernel.i18n import LOCALES, localised

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round

document_requested = Signal()
"""Sent after the commit of a request, with the document's public id and the attempt's number."""


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A rendering that lies in the store."""

    format: DocumentFormat
    digest: str
    size: int


def request_document(round_: "Round", kind: DocumentKind, *, locale: str, by: Actor) -> Document:
    """Ask for a document to be built; the worker is told once the request is committed.

    Raises:
        InvalidInput: Documents of that kind are not built, or not in that language.
    """
    if kind is not DocumentKind.SUMMARY:
        raise InvalidInput("kind", "not_built", kind=kind.value)
    if locale not in LOCALES:
        raise InvalidInput("locale", "unknown", locale=locale)
    now = utc_now()
    document = Document(
        round_id=round_.id,
        kind=kind,
        locale=locale,
        title=localised(round_.title, locale),
        status=BuildStatus.WAITING,
        attempt=1,
        alive_at=now,
        requested_by=by.reference,
        requested_at=now,
    )
    session().add(document)
    session().flush()
    _note(document, Tag.DOCUMENT_REQUESTED, by=by.reference)
    _announce(document)
    return document


def restart_document(document: Document, *, by: Actor, now: datetime) -> None:
    """Build it again after a failure, or after its worker has fallen silent.

    Raises:
        TransitionError: It is ready, or its worker is still at it.
    """
    if not is_restartable(document.status, alive_at=document.alive_at, now=now):
        raise TransitionError("document", document.status.value, BuildStatus.WAITING.value)
    document.status = BuildStatus.WAITING
    document.error = None
    document.progress = 0
    document.attempt += 1
    document.alive_at = now
    document.requested_by = by.reference
    session().flush()
    _note(document, Tag.DOCUMENT_REQUESTED, by=by.reference)
    _announce(document)


def announce_unclaimed(*, now: datetime) -> int:
    """Ask the worker again for what nobody has begun to build; how many that is.

    A request reaches the queue after its commit, and can be lost there. Asked twice, a build is
    begun once (:func:`claim_build`).
    """
    waiting = list_unclaimed(since=now - UNCLAIMED_AFTER)
    for document in waiting:
        document.alive_at = now
        _announce(document)
    session().flush()
    return len(waiting)


def claim_build(public_id: str, attempt: int, *, now: datetime) -> bool:
    """Begin an attempt; ``False`` when another worker has begun it or a later one was asked for."""
    step = (
        update(Document)
        .where(
            Document.public_id == public_id,
            Document.attempt == attempt,
            Document.status == BuildStatus.WAITING,
        )
        .values(status=BuildStatus.BUILDING, progress=1, alive_at=now)
    )
    return _changes_one(step)


def compose_document(public_id: str, *, now: datetime) -> types.Document:
    """The finished tree of a document, from the data as they are at this moment."""
    document = find_document(public_id)
    return compose_summary(document.round, locale=document.locale, now=now)


def compose_summary(round_: "Round", *, locale: str, now: datetime) -> types.Document:
    """The summary of a round as a finished tree; nothing is stored."""
    return build_summary(gather_summary(round_, now=now), locale)


def note_progress(public_id: str, attempt: int, progress: int, *, now: datetime) -> None:
    """Write down how far an attempt has come, in per cent."""
    step = _of_attempt(public_id, attempt).values(progress=progress, alive_at=now)
    _changes_one(step)


def finish_build(
    public_id: str,
    attempt: int,
    *,
    tree: types.Document,
    files: Sequence[RenderedFile],
    now: datetime,
) -> None:
    """Keep what an attempt has made, unless a later attempt has been asked for meanwhile."""
    if not _changes_one(
        _of_attempt(public_id, attempt).values(
            status=BuildStatus.READY, progress=100, alive_at=now, finished_at=now
        )
    ):
        return
    document = find_document(public_id)
    document.tree = json.loads(to_json(tree))
    document.tree_digest = content_hash(tree)
    document.title = tree.title
    document.files = [
        DocumentFile(format=file.format, digest=file.digest, size=file.size) for file in files
    ]
    session().flush()
    _note(
        document,
        Tag.DOCUMENT_BUILT,
        by=document.requested_by,
        tree=document.tree_digest,
        **{file.format.value: file.digest for file in files},
    )


def fail_build(public_id: str, attempt: int, *, error: BuildError, now: datetime) -> None:
    """Write down that an attempt has failed, and why."""
    step = _of_attempt(public_id, attempt).values(
        status=BuildStatus.FAILED, error=error, alive_at=now
    )
    if _changes_one(step):
        document = find_document(public_id)
        _note(document, Tag.DOCUMENT_FAILED, by=document.requested_by, error=error.value)


def _of_attempt(public_id: str, attempt: int) -> Update:
    """A change of the document that only the present attempt may make."""
    return update(Document).where(
        Document.public_id == public_id,
        Document.attempt == attempt,
        Document.status == BuildStatus.BUILDING,
    )


def _changes_one(step: Update) -> bool:
    """Carry a change out; whether there was something to change."""
    session().expire_all()
    changed = session().execute(step.returning(Document.id)).one_or_none()
    return changed is not None


def _announce(document: Document) -> None:
    public_id, attempt = document.public_id, document.attempt

    def announce() -> None:
        document_requested.send(public_id, attempt=attempt)

    on_commit(announce)


def _note(document: Document, tag: Tag, *, by: str, **data: str) -> None:
    record(
        tag,
        subject=document.reference,
        by=by,
        stream=organisation_stream(document.round.owner_id),
        data={"kind": document.kind.value, "locale": document.locale, **data},
    )
