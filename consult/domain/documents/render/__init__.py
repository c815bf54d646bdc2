"""Renderings of a finished document tree: no session, no queries, no web framework."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from consult.domain.documents.errors import NotTypesettable
from consult.domain.documents.rules import LAYOUTS_KEPT, PdfEngine, choose_engine
from consult.domain.documents.tree import count_words
from consult.domain.documents.types import Document
from consult.kernel.clock import utc_now

Progress = Callable[[float], None]

_LOG = logging.getLogger(__name__)
_kept_since: list[datetime] = []  # when this process last set a long report, while it keeps it


def render_pdf(document: Document, *, assets: Path, progress: Progress | None = None) -> bytes:
    """The document on paper, by the engine that suits its kind and length (ADR 44).

    Each engine is loaded here, at its first PDF: they take half a second and 60 MB, which a command
    or a page without a PDF need not wait for. What one cannot set, such as a letter that our fonts
    lack, the other does.

    Raises what :func:`consult.domain.documents.render.pdf.render_pdf` does.
    """
    if choose_engine(document.kind, words=count_words(document)) is PdfEngine.TYPST:
        from consult.domain.documents.render import typst  # noqa: PLC0415

        _kept_since[:] = [utc_now()]
        try:
            return typst.render_long_pdf(document, assets=assets, progress=progress)
        except NotTypesettable as problem:
            _LOG.warning("A long report is laid out slowly: %s", problem)
    from consult.domain.documents.render import pdf  # noqa: PLC0415

    return pdf.render_pdf(document, assets=assets, progress=progress)


def forget_unused_layouts(*, now: datetime) -> None:
    """Give back the memory of a long report that nobody has set again for a while."""
    if _kept_since and now - _kept_since[0] >= LAYOUTS_KEPT:
        from consult.domain.documents.render import typst  # noqa: PLC0415

        _kept_since.clear()
        typst.forget_layouts()
