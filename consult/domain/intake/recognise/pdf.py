"""PDF into drafts. The only module that knows pdfplumber and the pdfminer beneath it."""

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pdfplumber
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
from consult.domain.intake.recognise.container import Format
from consult.domain.intake.recognise.draft import DraftDocument
from consult.domain.intake.recognise.pdf_lines import Glyph, Line, Rule, lines_of_page
from consult.domain.intake.recognise.pdf_paragraphs import drafts_of_lines
from consult.domain.intake.types import Warning

MAX_CHARACTERS = 6_000_000
"""Some 2 000 full pages: bounds the memory that one document can take."""

_SYMBOL_FONTS = ("wingdings", "symbol", "dingbat", "webdings")

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
    except Exception as error:  # noqa: BLE001 -- pdfminer raises whatever its parsing ran into
        raise _translate(error, filename) from error
    if not lines:
        if pictures:
            raise NoTextLayer(filename, pages=pages)
        raise EmptyDocument(filename, "no text")
    return DraftDocument(
        Format.PDF,
        tuple(drafts_of_lines(lines)),
        page_count=pages,
        warnings=(Warning.PAGES_WITHOUT_TEXT,) if empty else (),
        indent_tolerance=4,
        wrapped=True,
    )


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
        glyphs = list(_glyphs(page))
        characters += len(glyphs)
        if characters > MAX_CHARACTERS:
            raise OversizedFile(filename, size=characters, limit=MAX_CHARACTERS)
        found = list(lines_of_page(glyphs, list(_rules(page)), page=number, width=page.width))
        has_pictures = bool(page.images)
        pictures = pictures or has_pictures or bool(page.curves)
        if not found and has_pictures:
            empty += 1
        lines += found
        page.close()
    return lines, empty, pictures


def _glyphs(page: Any) -> Iterator[Glyph]:
    seen: set[tuple[str, int, int]] = set()
    for char in page.chars:
        text = char["text"]
        key = (text, round(char["x0"]), round(char["top"]))
        if not char["upright"] or (key in seen and text != " "):
            continue
        seen.add(key)
        name = char["fontname"].rpartition("+")[2].casefold()
        if text != " " and (
            any(font in name for font in _SYMBOL_FONTS) or "\uf000" <= text[:1] <= "\uf8ff"
        ):
            text = "•"
        elif text.startswith("(cid:"):
            text = "\ufffd"
        bold = any(weight in name for weight in ("bold", "black", "heavy", "semibd", "demi"))
        yield Glyph(
            text, char["x0"], char["x1"], char["top"], char["bottom"], float(char["size"]), bold
        )


def _rules(page: Any) -> Iterator[Rule]:
    """Thin horizontal and vertical lines, however they were drawn."""
    for shape in (*page.lines, *page.rects):
        if min(shape["width"], shape["height"]) <= 2:
            yield Rule(shape["x0"], shape["x1"], shape["top"], shape["bottom"])
        elif shape["width"] > 20 and shape["height"] > 8 and shape.get("stroke"):
            x0, x1, top, bottom = shape["x0"], shape["x1"], shape["top"], shape["bottom"]
            yield from (Rule(x0, x1, top, top), Rule(x0, x1, bottom, bottom))
            yield from (Rule(x0, x0, top, bottom), Rule(x1, x1, top, bottom))
