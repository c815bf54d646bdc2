"""Renderings of a finished document tree: no session, no queries, no web framework."""

from collections.abc import Callable
from pathlib import Path

from consult.domain.documents.types import Document

Progress = Callable[[float], None]


def render_pdf(document: Document, *, assets: Path, progress: Progress | None = None) -> bytes:
    """The document on paper: :func:`consult.domain.documents.render.pdf.render_pdf`.

    Its layout engine is loaded here, at the first PDF: it takes half a second and 60 MB, which a
    command or a page without a PDF need not wait for.
    """
    from consult.domain.documents.render import pdf  # noqa: PLC0415

    return pdf.render_pdf(document, assets=assets, progress=progress)
