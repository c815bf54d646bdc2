"""Long reports on paper: a tagged PDF (PDF/UA-1 and PDF/A-2a), the same bytes for the same tree.

The only module that knows Typst. A document reaches it as a file of data beside the template, in a
folder of this process that holds nothing else: it can neither read another file nor fetch anything.
(As an input of the engine, the data would make it forget what it has set.)
"""

import atexit
import ctypes
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock

import typst
from fontTools.ttLib import TTFont

from consult.domain.documents.errors import AddressRefused, NotTypesettable
from consult.domain.documents.render import Progress
from consult.domain.documents.render.finishing import finish_tags
from consult.domain.documents.render.numbering import number_document
from consult.domain.documents.render.pictures import Drawing
from consult.domain.documents.render.typesetting import typesetting_data
from consult.domain.documents.tree import walk
from consult.domain.documents.types import Document, Table

_TEMPLATES = Path(__file__).parents[3] / "templates" / "print" / "report"
_FACES = ("400-normal", "400-italic", "600-normal", "600-italic")
_FAMILIES = {
    "inter-latin": "Inter",
    "inter-latin-ext": "Inter Extended",
    "inter-greek": "Inter Greek",
}
_ALIKE = {0x2010: "-", 0x2011: "-", 0x2015: "—"}  # signs that Word writes and our fonts lack
_NAMES = (1, 16)  # of the family, in the table of names (OpenType)
_PICTURE_DENSITY = 200.0  # dots an inch: sharp on paper, small enough to send
_REMEMBERED = 10  # documents: for so many the engine keeps what it did not need again
_TOKEN = re.compile(r"--([a-z0-9-]+):\s*([^;}]+)")


def render_long_pdf(document: Document, *, assets: Path, progress: Progress | None = None) -> bytes:
    """The document as PDF/UA-1 and PDF/A-2a. ``assets`` is the asset build with its manifest.

    ``progress`` is told only the end, since the engine says nothing meanwhile. The engine remembers
    what it has set: in one process, a document that resembles the one before takes a fraction of
    the time, until :func:`forget_layouts`.

    Raises:
        InvalidDocument: The tree is not coherent.
        AddressRefused: A file is missing from the build.
        NotTypesettable: The engine cannot set it: it has no glyph for a letter, for example.
    """
    build = _read_build(assets)
    data = typesetting_data(document, cover=build.cover)
    with build.lock:
        written = json.dumps(data, ensure_ascii=False).translate(_ALIKE)
        (build.folder / "document.json").write_text(written, "utf-8")
        try:
            content = build.compiler.compile(
                format="pdf",
                pdf_standards=["ua-1", "a-2a"],
                timestamp=datetime.combine(document.date, time(12), UTC),
            )
        except typst.TypstError as error:
            raise NotTypesettable(error.message) from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # of the engine; no job would catch it
                raise
            raise NotTypesettable("panic") from error
    if not isinstance(content, bytes):
        raise NotTypesettable(type(content).__name__)
    numbering = number_document(document)
    finished = finish_tags(
        content,
        row_headers=[node.row_headers for node in walk(document) if isinstance(node, Table)],
        link_texts={
            anchor: f"{label.heading} {label.title}".strip()
            for anchor, label in numbering.labels.items()
        },
    )
    if progress:
        progress(1.0)
    return finished


def draw_pictures(drawings: Sequence[Drawing], *, assets: Path) -> list[bytes]:
    """Each drawing as PNG, for files that cannot hold vectors.

    Raises:
        AddressRefused: A file is missing from the build.
        NotTypesettable: The engine cannot draw one.
    """
    if not drawings:
        return []
    build = _read_build(assets)
    data = [
        {
            "svg": build.cover if drawing.height else drawing.svg,
            "width": drawing.width,
            "height": drawing.height,
        }
        for drawing in drawings
    ]
    with build.lock:
        written = json.dumps(data, ensure_ascii=False)
        (build.folder / "drawings.json").write_text(written, "utf-8")
        try:
            pages = build.painter.compile(format="png", ppi=_PICTURE_DENSITY)
        except typst.TypstError as error:
            raise NotTypesettable(error.message) from error
    return [pages] if isinstance(pages, bytes) else list(pages or ())


def forget_layouts() -> None:
    """Give back the memory that holds what was set, some 1 MB a page.

    The engine forgets what the latest ten documents did not need; it has no other way to be told.
    """
    compiler = typst.Compiler(ignore_system_fonts=True)
    for number in range(_REMEMBERED + 1):
        compiler.compile(f"#{number}".encode(), format="pdf")
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:  # glibc keeps freed memory to itself until it is asked
        trim(0)


@dataclass(frozen=True, slots=True)
class _Build:
    """What documents are set with, one after the other.

    Attributes:
        compiler: The engine with our fonts and the template.
        painter: The engine with our fonts and the template for pictures.
        folder: Where it looks for the document.
        cover: The drawing on the front as SVG.
        lock: Whoever sets a document holds it.
    """

    compiler: typst.Compiler
    painter: typst.Compiler
    folder: Path
    cover: str
    lock: Lock


@cache
def _read_build(assets: Path) -> _Build:
    """The build, read once a process; fonts are unpacked for the engine, which takes a second."""
    manifest = json.loads((assets / "manifest.json").read_text("utf-8"))
    packed = {
        assets / manifest[f"{name}-{face}.woff2"]: family
        for name, family in _FAMILIES.items()
        for face in _FACES
    }
    for font in packed:
        if not font.exists():
            raise AddressRefused(font.name)
    folder = Path(mkdtemp(prefix="consult-typst-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for font, family in packed.items():
        _unpack_font(font, folder / f"{font.stem}.ttf", family=family)
    tokens = _read_tokens((assets / manifest["print.css"]).read_text("utf-8"))
    (folder / "tokens.json").write_text(json.dumps(tokens), "utf-8")
    for template in _TEMPLATES.glob("*.typ"):
        shutil.copy(template, folder)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
    return _Build(
        compiler=typst.Compiler(folder / "report.typ", root=folder, font_paths=fonts),
        painter=typst.Compiler(folder / "drawings.typ", root=folder, font_paths=fonts),
        folder=folder,
        cover=(assets / manifest["cover.svg"]).read_text("utf-8"),
        lock=Lock(),
    )


def _unpack_font(packed: Path, target: Path, *, family: str) -> None:
    """Write a web font as TrueType under a family name: the engine tells fonts apart by it."""
    with TTFont(packed, recalcTimestamp=False) as font:
        font.flavor = None
        for name in font["name"].names:
            if name.nameID in _NAMES:
                name.string = family
        font.save(target)


def _read_tokens(style_sheet: str) -> dict[str, str | float]:
    """The custom properties of the style sheet: colours as they are, lengths as points."""
    return {
        name: float(value.removesuffix("pt")) if value.endswith("pt") else value
        for name, value in ((name, value.strip()) for name, value in _TOKEN.findall(style_sheet))
    }
