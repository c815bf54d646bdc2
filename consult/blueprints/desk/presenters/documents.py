"""What the documents page shows of each document."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.domain.documents.rules import is_restartable
from consult.domain.documents.types import (
    BUILD_ERROR_LABELS,
    BUILD_STATUS_LABELS,
    DOCUMENT_KIND_LABELS,
    BuildStatus,
    DocumentFormat,
)
from consult.kernel.clock import to_oslo

if TYPE_CHECKING:
    from consult.domain.documents.models import Document, DocumentFile

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
"""What the languages of documents are called, each in itself."""

_TONES = {
    BuildStatus.WAITING: "neutral",
    BuildStatus.BUILDING: "info",
    BuildStatus.READY: "success",
    BuildStatus.FAILED: "danger",
}


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A document in the list.

    Attributes:
        is_active: Whether it is waiting or being built, so that the page should look again.
        restartable: Whether it failed or its worker has fallen silent.
        problem: What went wrong, in a sentence; empty when nothing did.
        digest: SHA-256 of the PDF.
        size: Of the PDF.
        word_size: Of the Word file; empty for documents from before there were any.
        slides_size: Of the slides; as the Word file.
        basis: Name of the snapshot that its figures come from; empty for the oldest documents.
        is_outdated: Whether something has happened in the round since the data were frozen.
    """

    public_id: str
    kind: str
    title: str
    locale: str
    language: str
    status: str
    tone: str
    progress: int
    is_ready: bool
    is_active: bool
    restartable: bool
    problem: str
    requested_at: datetime
    finished_at: datetime | None
    by: str
    digest: str
    size: str
    word_size: str
    slides_size: str
    basis: str
    basis_id: str
    frozen_at: datetime | None
    is_outdated: bool


def present_document(
    document: "Document",
    names: Mapping[str, str],
    *,
    now: datetime,
    as_of: datetime | None = None,
) -> DocumentCard:
    """One document.

    Args:
        document: It, with its snapshot.
        names: The persons by the audit log's references.
        now: The present moment.
        as_of: The last change in the round's data, where the card shall tell of it.
    """
    basis = document.snapshot
    restartable = is_restartable(document.status, alive_at=document.alive_at, now=now)
    is_active = document.status in {BuildStatus.WAITING, BuildStatus.BUILDING} and not restartable
    files = {file.format: file for file in document.files}
    paper = files.get(DocumentFormat.PDF)
    return DocumentCard(
        public_id=document.public_id,
        kind=_(DOCUMENT_KIND_LABELS[document.kind]),
        title=document.title,
        locale=document.locale,
        language=LANGUAGES[document.locale],
        status=_("Stopped") if restartable else _(BUILD_STATUS_LABELS[document.status]),
        tone="danger" if restartable else _TONES[document.status],
        progress=document.progress,
        is_ready=document.status is BuildStatus.READY,
        is_active=is_active,
        restartable=restartable,
        problem=_problem(document) if restartable else "",
        requested_at=document.requested_at,
        finished_at=document.finished_at,
        by=names.get(document.requested_by) or _("Somebody who is no longer registered"),
        digest=paper.digest if paper else "",
        size=_size(paper),
        word_size=_size(files.get(DocumentFormat.DOCX)),
        slides_size=_size(files.get(DocumentFormat.PPTX)),
        basis=basis.name if basis else "",
        basis_id=basis.public_id if basis else "",
        frozen_at=basis.taken_at if basis else None,
        is_outdated=basis is not None and as_of is not None and basis.as_of < as_of,
    )


def _size(file: "DocumentFile | None") -> str:
    return str(_("%(size)s kB", size=max(1, file.size // 1024))) if file else ""


def _problem(document: "Document") -> str:
    if document.error is not None:
        return str(_(BUILD_ERROR_LABELS[document.error]))
    return str(
        _("Nothing has happened for a while: the worker may have stopped. You can start again.")
    )


def filename_of(document: "Document", format_: DocumentFormat) -> str:
    """``rom-for-lokale-kontor-summary-nb-2026-11-22.pdf``: the round, what it is, and the day."""
    day = to_oslo(document.finished_at or document.requested_at).date().isoformat()
    return f"{document.round.slug}-{document.kind.value}-{document.locale}-{day}.{format_.value}"
