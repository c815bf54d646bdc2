"""Building documents: the data in one short transaction, the rendering in none."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import current_app

from consult.db import transaction
from consult.domain.documents.errors import AddressRefused, InvalidDocument, NoLongerPrintable
from consult.domain.documents.render import forget_unused_layouts, render_pdf
from consult.domain.documents.render.html import render_html
from consult.domain.documents.rules import shown_progress
from consult.domain.documents.service.building import (
    RenderedFile,
    announce_unclaimed,
    claim_build,
    compose_document,
    document_requested,
    fail_build,
    finish_build,
    note_progress,
)
from consult.domain.documents.slides.writing import render_pptx
from consult.domain.documents.types import BuildError, Document, DocumentFormat
from consult.domain.documents.word.rendering.document import render_docx
from consult.domain.reports.editions import find_edition_built_as
from consult.domain.reports.service.publishing import compose_edition
from consult.kernel.clock import utc_now

_STEP = 3  # per cent between two notes: some thirty short transactions a build

_LOG = logging.getLogger(__name__)


def find_unclaimed_documents() -> None:
    """Put every build that was lost on its way into the queue in again."""
    with transaction():
        announce_unclaimed(now=utc_now())


def forget_layouts() -> None:
    """Give back the memory of long reports that were built a while ago."""
    forget_unused_layouts(now=utc_now())


def build_document(public_id: str, attempt: int) -> None:
    """Build what was asked for; a failure is written down for its owner and logged."""
    with transaction():
        if not claim_build(public_id, attempt, now=utc_now()):
            return
    try:
        with transaction():
            tree = _compose(public_id, now=utc_now())
            note_progress(public_id, attempt, shown_progress(0), now=utc_now())
        files = _render(tree, _Progress(public_id, attempt))
        with transaction():
            finish_build(public_id, attempt, tree=tree, files=files, now=utc_now())
    except Exception as problem:  # noqa: BLE001 -- whatever it is, the owner must be told
        _LOG.error("document %s failed", public_id, exc_info=problem)
        with transaction():
            fail_build(public_id, attempt, error=_error_of(problem), now=utc_now())


def _compose(public_id: str, *, now: datetime) -> Document:
    """The tree of a document: by the area of reports for an edition, else from the data alone."""
    edition = find_edition_built_as(public_id)
    return compose_edition(edition, now=now) if edition else compose_document(public_id, now=now)


def build_at_once(public_id: str, attempt: int) -> None:
    """Build what was asked for within the caller's own transaction, which waits for it."""
    if claim_build(public_id, attempt, now=utc_now()):
        tree = _compose(public_id, now=utc_now())
        files = _render(tree, lambda _share: None)
        finish_build(public_id, attempt, tree=tree, files=files, now=utc_now())


def _render(tree: Document, progress: Callable[[float], None]) -> tuple[RenderedFile, ...]:
    """Render the web edition, the PDF, the Word file and the slides into the store."""
    files = current_app.extensions["files"]
    assets = Path(str(current_app.static_folder)) / "build"
    web = str(render_html(tree)).encode()
    rendered = (
        (DocumentFormat.HTML, web),
        (DocumentFormat.PDF, render_pdf(tree, assets=assets, progress=progress)),
        (DocumentFormat.DOCX, render_docx(tree, assets=assets)),
        (DocumentFormat.PPTX, render_pptx(tree)),
    )
    return tuple(
        RenderedFile(format_, files.save(content), len(content)) for format_, content in rendered
    )


class _Progress:
    """Notes the share of the lay-out that is done, a few per cent at a time."""

    def __init__(self, public_id: str, attempt: int) -> None:
        self._public_id = public_id
        self._attempt = attempt
        self._noted = shown_progress(0)

    def __call__(self, share: float) -> None:
        shown = shown_progress(share)
        if shown < self._noted + _STEP:
            return
        self._noted = shown
        with transaction():
            note_progress(self._public_id, self._attempt, shown, now=utc_now())


def _error_of(problem: Exception) -> BuildError:
    if isinstance(problem, AddressRefused | FileNotFoundError):
        return BuildError.ASSETS
    if isinstance(problem, NoLongerPrintable):
        return BuildError.OUTDATED
    return BuildError.CONTENT if isinstance(problem, InvalidDocument) else BuildError.UNEXPECTED


def _enqueue(public_id: str, *, attempt: int) -> None:
    current_app.extensions["jobs"].enqueue("build_document", public_id, attempt)


document_requested.connect(_enqueue)
