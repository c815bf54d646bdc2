"""The document on paper: a tagged PDF (PDF/UA-1), the same bytes for the same tree.

The only module that knows WeasyPrint. It reads nothing but the files of our own asset build.
"""

import io
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import weasyprint
from fontTools.ttLib import woff2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from consult.domain.documents.errors import AddressRefused
from consult.domain.documents.render import Progress
from consult.domain.documents.render.html import render_template
from consult.domain.documents.render.numbering import number_document
from consult.domain.documents.render.tagging import complete_tags
from consult.domain.documents.tree import content_hash
from consult.domain.documents.types import Document
from consult.kernel.i18n import N_, choose_locale, translator

_BASE = "https://assets.invalid/"
_STYLE_SHEET = "print.css"
_TYPES = {".woff2": "font/ttf", ".svg": "image/svg+xml", ".css": "text/css"}
_WORDS_PER_PAGE = 300
_LAYOUT_SHARE = 0.8  # of the whole time; the rest is drawing and tagging

_ENGINE_LOG = logging.getLogger("weasyprint.progress")
_ENGINE_LOG.propagate = False  # one line per page is ours to count, not the operator's to read


class BuildFetcher(URLFetcher):  # type: ignore[misc] # untyped library
    """Serves the files of one build folder under one made-up host, and nothing else."""

    def __init__(self, folder: Path) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self._files = {path.name: path for path in folder.iterdir() if path.suffix in _TYPES}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
        """The named build file. Raises :class:`AddressRefused` for every other address."""
        path = self._files.get(urlsplit(url).path.removeprefix("/"))
        if path is None or url != _BASE + path.name:
            raise AddressRefused(url)
        content = _unpacked_font(path) if path.suffix == ".woff2" else path.read_bytes()
        return URLFetcherResponse(url, content, {"Content-Type": _TYPES[path.suffix]})


@cache
def _unpacked_font(path: Path) -> bytes:
    """A font of the build as TrueType: unpacking all of them takes a second, so once a process.

    The name of a build file changes with its content.
    """
    unpacked = io.BytesIO()
    woff2.decompress(io.BytesIO(path.read_bytes()), unpacked)
    return unpacked.getvalue()


def render_pdf(document: Document, *, assets: Path, progress: Progress | None = None) -> bytes:
    """The document as PDF/UA-1. ``assets`` is the folder of the asset build with its manifest.

    ``progress`` is told the share done, from 0 to 1 and never falling. Raises
    :class:`InvalidDocument` when the tree is not coherent, :class:`AddressRefused` when a file is
    missing from the build.
    """
    markup = render_template("print/document.html", document, medium="print", heading_level=2)
    pages = 1 + len(markup.striptags().split()) // _WORDS_PER_PAGE
    try:
        with _reporting(progress, pages=pages):
            return _lay_out(document, str(markup), assets)
    except FatalURLFetchingError as error:  # derives from BaseException: no job would catch it
        raise AddressRefused(str(error)) from error


def _lay_out(document: Document, markup: str, assets: Path) -> bytes:
    """Lay the page source out, complete its tags and write it."""
    fetcher = BuildFetcher(assets)
    fonts = FontConfiguration()
    manifest = json.loads((assets / "manifest.json").read_text("utf-8"))
    sheets = [
        weasyprint.CSS(string=text, base_url=_BASE, url_fetcher=fetcher, font_config=fonts)
        for text in (
            (assets / manifest[_STYLE_SHEET]).read_text("utf-8"),
            _wording_rules(choose_locale(document.language)),
        )
    ]
    link_texts = {
        anchor: f"{label.heading} {label.title}".strip()
        for anchor, label in number_document(document).labels.items()
    }
    source = weasyprint.HTML(string=markup, base_url=_BASE, url_fetcher=fetcher)
    content: bytes = source.write_pdf(
        stylesheets=sheets,
        font_config=fonts,
        finisher=lambda laid_out, pdf: complete_tags(laid_out, pdf, link_texts=link_texts),
        pdf_variant="pdf/ua-1",
        pdf_identifier=content_hash(document)[:32].encode(),
    )
    return content


def _wording_rules(language: str) -> str:
    """Style rules that need words: page numbers and references to pages."""
    gettext = translator(language).gettext
    page = gettext(N_("Page %(page)s of %(total)s"))
    reference = gettext(N_("page %(page)s"))
    target = "target-counter(attr(data-target), page)"
    return (
        f"@page {{ @bottom-right {{ content: {_css_content(page, page='counter(page)')} }} }}\n"
        "@page cover { @bottom-right { content: none } }\n"
        f".doc-page::after {{ content: {_css_content(reference, page=target)} }}"
    )


def _css_content(message: str, *, page: str) -> str:
    """A message with places for numbers as the value of the CSS property ``content``."""
    values = {"page": page, "total": "counter(pages)"}
    parts: list[str] = []
    for position, piece in enumerate(message.replace(")s", "%(").split("%(")):
        if position % 2:
            parts.append(values[piece])
        elif piece:
            escaped = piece.replace("\\", "\\\\").replace('"', '\\"')
            parts.append(f'"{escaped}"')
    return " ".join(parts)


class _PageCounter(logging.Handler):
    """Turns the engine's log of laid-out pages into a share of the work."""

    def __init__(self, progress: Progress, pages: int) -> None:
        super().__init__()
        self._progress = progress
        self._pages = pages
        self._thread = threading.get_ident()
        self._done = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        """Report a page, unless another thread's document is meant."""
        if record.thread != self._thread:
            return
        message = record.getMessage()
        if "Creating layout - Page" in message and record.args:
            page = int(str(record.args[0] if isinstance(record.args, tuple) else 0))
            self.report(_LAYOUT_SHARE * page / (page + max(self._pages - page, 1)))
        elif message.startswith("Step 6"):
            self.report(_LAYOUT_SHARE)

    def report(self, share: float) -> None:
        """Tell the share done when it has grown."""
        if share > self._done:
            self._done = share
            self._progress(share)


@contextmanager
def _reporting(progress: Progress | None, *, pages: int) -> Iterator[None]:
    """Report progress while the block runs, and 1 when it has ended well."""
    if progress is None:
        yield
        return
    counter = _PageCounter(progress, pages)
    level = _ENGINE_LOG.level
    _ENGINE_LOG.addHandler(counter)
    _ENGINE_LOG.setLevel(logging.INFO)
    try:
        yield
    finally:
        _ENGINE_LOG.removeHandler(counter)
        _ENGINE_LOG.setLevel(level)
    counter.report(1.0)
