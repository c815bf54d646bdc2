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

from consult.db import session
from consult.domain.accounts.types import SYSTEM, Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.documents import types
from consult.domain.documents.building.summary import build_summary
from consult.domain.documents.errors import NoLongerPrintable
from consult.domain.documents.models import Document, DocumentFile
from consult.domain.documents.queries.finding import find_document, list_unclaimed
from consult.domain.documents.rules import UNCLAIMED_AFTER
from consult.domain.documents.service.attempting import (
    announce,
    begin_again,
    change_attempt,
    claim_attempt,
)
from consult.domain.documents.service.freezing import snapshot_of_now
from consult.domain.documents.snapshots import changes_since, read_frozen
from consult.domain.documents.tree import content_hash, to_json
from consult.domain.documents.types import BuildError, BuildStatus, DocumentFormat, DocumentKind
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import LOCALES, N_, localised, translator

if TYPE_CHECKING:
    from consult.domain.documents.models import Snapshot
    from consult.domain.rounds.models import Round

_ASKED_EARLIER = N_("For a document that was asked for earlier.")

document_requested = Signal()
"""Sent after the commit of a request, with the document's public id and the attempt's number."""


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A rendering that lies in the store."""

    format: DocumentFormat
    digest: str
    size: int


def request_document(
    round_: "Round",
    kind: DocumentKind,
    *,
    locale: str,
    by: Actor,
    snapshot: "Snapshot | None" = None,
    reason: str = "",
) -> Document:
    """Ask for a document to be built; the worker is told once the request is committed.

    Its figures come from a snapshot: the one that is given, or one of the data as they are now, for
    which a ``reason`` is needed where others were taken before and something has changed since.

    Raises:
        InvalidInput: Documents of that kind are not built, or not in that language; ``reason`` as
            :func:`~consult.domain.documents.service.freezing.take_snapshot`.
        NoLongerPrintable: The snapshot holds words or names that may no longer be printed.
    """
    if kind is not DocumentKind.SUMMARY:
        raise InvalidInput("kind", "not_built", kind=kind.value)
    if locale not in LOCALES:
        raise InvalidInput("locale", "unknown", locale=locale)
    now = utc_now()
    if snapshot is None:
        snapshot = snapshot_of_now(round_, reason=reason, by=by, now=now)
    else:
        check_printable(snapshot, now=now)
    title = localised(round_.title, locale)
    return _wait_for(round_, snapshot, kind, locale=locale, title=title, by=by, now=now)


def request_report(
    round_: "Round", snapshot: "Snapshot", *, locale: str, title: str, by: Actor
) -> Document:
    """Ask for a report to be built; an area above knows its text, and composes it.

    Raises:
        NoLongerPrintable: The snapshot holds words or names that may no longer be printed.
    """
    now = utc_now()
    check_printable(snapshot, now=now)
    kind = DocumentKind.REPORT
    return _wait_for(round_, snapshot, kind, locale=locale, title=title, by=by, now=now)


def _wait_for(
    round_: "Round",
    snapshot: "Snapshot",
    kind: DocumentKind,
    *,
    locale: str,
    title: str,
    by: Actor,
    now: datetime,
) -> Document:
    document = Document(
        round_id=round_.id,
        snapshot=snapshot,
        kind=kind,
        locale=locale,
        title=title,
        status=BuildStatus.WAITING,
        attempt=1,
        alive_at=now,
        requested_by=by.reference,
        requested_at=now,
    )
    session().add(document)
    session().flush()
    _note(document, Tag.DOCUMENT_REQUESTED, by=by.reference)
    announce(document, document_requested)
    return document


def restart_document(document: Document, *, by: Actor, now: datetime) -> None:
    """Build it again after a failure, or after its worker has fallen silent.

    Raises:
        TransitionError: It is ready, or its worker is still at it.
    """
    begin_again(document, by=by, now=now)
    _note(document, Tag.DOCUMENT_REQUESTED, by=by.reference)
    announce(document, document_requested)


def announce_unclaimed(*, now: datetime) -> int:
    """Ask the worker again for what nobody has begun to build; how many that is.

    A request reaches the queue after its commit, and can be lost there. Asked twice, a build is
    begun once (:func:`claim_build`).
    """
    waiting = list_unclaimed(since=now - UNCLAIMED_AFTER)
    for document in waiting:
        document.alive_at = now
        announce(document, document_requested)
    session().flush()
    return len(waiting)


def claim_build(public_id: str, attempt: int, *, now: datetime) -> bool:
    """Begin an attempt; ``False`` when another worker has begun it or a later one was asked for."""
    return claim_attempt(Document, public_id, attempt, now=now)


def check_printable(snapshot: "Snapshot", *, now: datetime) -> None:
    """Raise :class:`NoLongerPrintable` where the law or a sender forbids to print frozen words."""
    forbidding = changes_since(snapshot, now=now).forbidding
    if forbidding:
        raise NoLongerPrintable(snapshot.public_id, len(forbidding))


def compose_document(public_id: str, *, now: datetime) -> types.Document:
    """The finished tree of a document, from its snapshot.

    A build that was asked for before there were snapshots freezes the data first.

    Raises:
        NoLongerPrintable: Something has become unprintable since the document was asked for.
    """
    document = find_document(public_id)
    if document.snapshot is None:
        reason = translator(document.round.owner.language).gettext(_ASKED_EARLIER)
        document.snapshot = snapshot_of_now(document.round, reason=reason, by=SYSTEM, now=now)
    check_printable(document.snapshot, now=now)
    return compose_summary(document.snapshot, locale=document.locale)


def compose_summary(snapshot: "Snapshot", *, locale: str) -> types.Document:
    """The summary of a snapshot as a finished tree; nothing is stored.

    The same snapshot gives the same tree, whatever has changed since.
    """
    frozen = read_frozen(snapshot)
    return build_summary(frozen.data, locale, basis=frozen.basis)


def note_progress(public_id: str, attempt: int, progress: int, *, now: datetime) -> None:
    """Write down how far an attempt has come, in per cent."""
    change_attempt(Document, public_id, attempt, progress=progress, alive_at=now)


def finish_build(
    public_id: str,
    attempt: int,
    *,
    tree: types.Document,
    files: Sequence[RenderedFile],
    now: datetime,
) -> None:
    """Keep what an attempt has made, unless a later attempt has been asked for meanwhile."""
    ready = {"status": BuildStatus.READY, "progress": 100, "alive_at": now, "finished_at": now}
    if not change_attempt(Document, public_id, attempt, **ready):
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
    failed = {"status": BuildStatus.FAILED, "error": error, "alive_at": now}
    if change_attempt(Document, public_id, attempt, **failed):
        document = find_document(public_id)
        _note(document, Tag.DOCUMENT_FAILED, by=document.requested_by, error=error.value)


def _note(document: Document, tag: Tag, *, by: str, **data: str) -> None:
    record(
        tag,
        subject=document.reference,
        by=by,
        stream=organisation_stream(document.round.owner_id),
        data={
            "kind": document.kind.value,
            "locale": document.locale,
            "snapshot": document.snapshot.digest if document.snapshot else "",
            **data,
        },
    )
