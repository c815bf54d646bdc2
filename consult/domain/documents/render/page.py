"""The web edition as one file that can be opened from a disk, with its style sheet inside."""

import json
from pathlib import Path

from markupsafe import Markup

from consult.domain.documents.render.html import render_template
from consult.domain.documents.types import Document

_STYLE_SHEET = "document.css"


def render_page(document: Document, *, assets: Path) -> str:
    """A whole HTML page. ``assets`` is the folder of the asset build with its manifest.

    Raises :class:`InvalidDocument` when the tree is not coherent.
    """
    manifest = json.loads((assets / "manifest.json").read_text("utf-8"))
    style_sheet = (assets / manifest[_STYLE_SHEET]).read_text("utf-8")
    return str(
        render_template(
            "print/page.html",
            document,
            medium="web",
            heading_level=2,
            style_sheet=Markup(style_sheet),  # noqa: S704 -- our own build
        )
    )
