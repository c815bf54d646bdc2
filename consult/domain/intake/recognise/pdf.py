"""PDF into drafts. The only module that knows pdfplumber and the pdfminer beneath it."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.layout import (
    LTChar,
    LTContainer,
    LTCurve,
    LTFigure,
    LTImage,
    LTLine,
    LTPage,
    LTRect,
)
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from consult.domain.intake.errors import (
    EmptyDocument,
    EncryptedFile,
    NoTextLayer,
    OversizedFile,
    TooManyPages,
    UnreadableFile,
)
from consult.domain.intake.recognise.draft import DraftDocument
from consult.domain.intake.recognise.pdf_lines import Glyph, Line, Rule, lines_of_page
from consult.domain.intake.recognise.pdf_paragraphs import drafts_of_lines
from consult.domain.intake.types import IntakeWarning
from consult.kernel.office.container import Format

MAX_CHARACTERS = 6_000_000
"""Some 2 000 full pages: bounds the memory that one document can take."""

MAX_SCANNED_PAGES = 100
"""Pages that are read for identity numbers while somebody waits for the upload."""

_SYMBOL_FONTS = ("wingdings", "symbol", "dingbat", "webdings")
_BOLD_NAMES = ("bold", "black", "heavy", "semibd", "demi")

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it warns of what viewers accept


def read_pdf(content: bytes, *, filename: str, limit_pages: int) -> DraftDocument:
    """The paragraphs of a PDF in reading order.

    Raises:
        EmptyDocument: there is no text and nothing else.
        EncryptedFile: a password is needed.
        NoTextLayer: there are only pictures.
        TooManyPages: more pages than ``limit_pages``.
        UnreadableFile: damaged.
    """
    try:
        with pdfplumber.open(BytesIO(content)) as document:
            pages = len(document.pages)
            if pages > limit_pages:
                raise TooManyPages(filename, size=pages, limit=limit_pages)
            if not pages:
                raise UnreadableFile(filename, "no pages")
            lines, empty, pictures = _read_pages(document.pages, filename)
    except (UnreadableFile, OversizedFile):
        raise
    except Exception as error:
        raise _translate(error, filename) from error
    if not lines:
        if pictures:
            raise NoTextLayer(filename, pages=pages)
        raise EmptyDocument(filename, "no text")
    return DraftDocument(
        Format.PDF,
        tuple(drafts_of_lines(lines)),
        page_count=pages,
        warnings=(IntakeWarning.PAGES_WITHOUT_TEXT,) if empty else (),
        indent_tolerance=4,
        wrapped=True,
    )


def page_texts(content: bytes) -> Iterator[str]:
    """The words of each page, but for those after :data:`MAX_SCANNED_PAGES`.

    Raises ``EncryptedFile`` or ``UnreadableFile``.
    """
    try:
        with pdfplumber.open(BytesIO(content)) as document:
            for page in document.pages[:MAX_SCANNED_PAGES]:
                yield page.extract_text_simple()
                page.close()
    except Exception as error:
        raise _translate(error, "pdf") from error


def _translate(error: Exception, filename: str) -> Exception:
    cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
    if isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError)):
        return EncryptedFile(filename)
    return UnreadableFile(filename, type(cause).__name__)


def _read_pages(pages: list[Any], filename: str) -> tuple[list[Line], int, bool]:
    """The lines of all pages, how many pages are pictures only, whether there are pictures."""
    lines: list[Line] = []
    empty = characters = 0
    pictures = False
    for number, page in enumerate(pages, start=1):
        content = _read_page(page.layout)
        characters += len(content.glyphs)
        if characters > MAX_CHARACTERS:
            raise OversizedFile(filename, size=characters, limit=MAX_CHARACTERS)
        found = list(
            lines_of_page(
                content.glyphs, content.rules, page=number, width=page.width, height=page.height
            )
        )
        pictures = pictures or content.has_pictures
        empty += not found and content.has_pictures
        lines += found
        page.close()
    return lines, empty, pictures


@dataclass(slots=True)
class _PageContent:
    """What a page shows: letters, thin lines, and whether there are pictures or drawings."""

    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    has_pictures: bool = False


def _read_page(layout: LTPage) -> _PageContent:
    """What a page shows. Reads pdfminer's objects as they are: pdfplumber's copies cost double."""
    content = _PageContent()
    seen: set[tuple[str, int, int]] = set()
    last: LTCurve | None = None
    for item in _items(layout):
        if isinstance(item, LTChar):
            glyph = _glyph(item, layout.y1)
            key = (glyph.text, round(glyph.x0), round(glyph.top))
            if item.upright and glyph.text.strip() and key not in seen:
                seen.add(key)
                content.glyphs.append(glyph)
        elif isinstance(item, LTCurve):
            content.rules += _rules(item, layout.y1, framed=_is_frame(item, last))
            last = item
            content.has_pictures = content.has_pictures or not isinstance(item, (LTLine, LTRect))
        elif isinstance(item, LTImage):
            content.has_pictures = True
    return content


def _items(container: LTContainer[Any]) -> Iterator[Any]:
    """All objects of a page, those within embedded forms too."""
    for item in container:
        if isinstance(item, LTFigure):
            yield from _items(item)
        else:
            yield item


def _glyph(char: LTChar, top: float) -> Glyph:
    text = char.get_text()
    symbols, bold = _font(char.fontname)
    if symbols or "\uf000" <= text[:1] <= "\uf8ff":
        text = "•" if text.strip() else text
    elif text.startswith("(cid:"):
        text = "\ufffd"
    return Glyph(text, char.x0, char.x1, top - char.y1, top - char.y0, float(char.size), bold)


@lru_cache(maxsize=256)
def _font(fontname: str) -> tuple[bool, bool]:
    """Whether a font's letters are pictures, and whether it is bold; its name tells."""
    name = fontname.rpartition("+")[2].casefold()
    symbols = any(font in name for font in _SYMBOL_FONTS)
    return symbols, any(weight in name for weight in _BOLD_NAMES)


def _is_frame(shape: LTCurve, last: LTCurve | None) -> bool:
    """Whether a shape frames something: its line is drawn, or is what two filled boxes leave."""
    if not isinstance(shape, LTRect) or shape.width <= 20 or shape.height <= 8:
        return False
    if shape.stroke:
        return True
    sides = zip(shape.bbox, last.bbox, strict=True) if isinstance(last, LTRect) else ()
    return bool(sides) and all(0 < abs(one - other) < 3 for one, other in sides)


def _rules(shape: LTCurve, height: float, *, framed: bool) -> Iterator[Rule]:
    """The thin lines that a line or a frame is made of."""
    x0, x1, top, bottom = shape.x0, shape.x1, height - shape.y1, height - shape.y0
    if min(x1 - x0, bottom - top) <= 2:
        yield Rule(x0, x1, top, bottom)
    elif framed:
        yield from (Rule(x0, x1, top, top), Rule(x0, x1, bottom, bottom))
        yield from (Rule(x0, x0, top, bottom), Rule(x1, x1, top, bottom))
