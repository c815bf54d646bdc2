"""The pages of a PDF: which are pictures, and what each looks like. Only this knows pdfium.

A document is read from its file bit by bit and drawn one page at a time, so that memory does not
grow with its size. pdfium does not bear two threads at once: whoever draws waits for the others.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_ushort
from io import BytesIO
from math import sqrt
from threading import Lock
from typing import Any, BinaryIO

import pypdfium2
from pypdfium2.raw import (
    FPDF_ERR_PASSWORD,
    FPDF_PAGEOBJ_IMAGE,
    FPDFAnnot_GetStringValue,
    FPDFPage_CloseAnnot,
    FPDFPage_GetAnnot,
    FPDFPage_GetAnnotCount,
)

from consult.domain.scans.errors import DamagedDocument, LockedDocument
from consult.domain.scans.types import MOST_PAGES, Inspection

READING_DPI = 300
"""Dots per inch for text recognition, as its makers advise."""

SHOWN_DPI = 110
"""Dots per inch for a reader's screen."""

_MOST_PIXELS = 16_000_000  # a large sheet is drawn coarser: bounds the memory of one page
_STAMP = 25  # characters: a page number or a stamp on a picture is no text of the page
_LOCK = Lock()


def inspect_document(stream: BinaryIO) -> Inspection:
    """How many pages a PDF has, and which of them are pictures.

    Raises ``LockedDocument`` or ``DamagedDocument``.
    """
    with _opened(stream) as document:
        count = len(document)
        numbers = range(1, min(count, MOST_PAGES) + 1)
        return Inspection(count, tuple(n for n in numbers if _is_picture(document, n)))


def words_of_document(stream: BinaryIO) -> str:
    """All words of a PDF: on its pages, also under what covers them, and around them.

    Around them are its properties, its bookmarks, comments on its pages, and files inside it.
    Raises ``LockedDocument`` or ``DamagedDocument``.
    """
    with _opened(stream) as document:
        texts = [*document.get_metadata_dict(skip_empty=True).values()]
        texts += [bookmark.get_title() for bookmark in document.get_toc()]
        for index in range(document.count_attachments()):
            inner = document.get_attachment(index)
            texts += [inner.get_name(), bytes(inner.get_data()).decode("utf-8", "replace")]
        for number in range(1, len(document) + 1):
            with _page(document, number) as page:
                text = page.get_textpage()
                texts += [text.get_text_range(), *_comments_on(page)]
                text.close()
    return "\n".join(texts)


def _comments_on(page: Any) -> Iterator[str]:
    """What is written in the comments on a page."""
    for index in range(FPDFPage_GetAnnotCount(page)):
        comment = FPDFPage_GetAnnot(page, index)
        size = FPDFAnnot_GetStringValue(comment, b"Contents", None, 0)
        letters = (c_ushort * (size // 2))()
        FPDFAnnot_GetStringValue(comment, b"Contents", letters, size)
        FPDFPage_CloseAnnot(comment)
        yield bytes(letters).decode("utf-16-le", "replace").rstrip("\0")


def draw_for_reading(stream: BinaryIO, number: int) -> bytes:
    """A page in shades of grey for text recognition, as an uncompressed PGM.

    Raises ``LockedDocument`` or ``DamagedDocument``.
    """
    return _draw(stream, number, dpi=READING_DPI, form="PPM", is_grey=True)


def draw_for_people(stream: BinaryIO, number: int) -> bytes:
    """A page for the screen, as JPEG. Raises ``LockedDocument`` or ``DamagedDocument``."""
    return _draw(stream, number, dpi=SHOWN_DPI, form="JPEG", is_grey=False)


def _draw(stream: BinaryIO, number: int, *, dpi: int, form: str, is_grey: bool) -> bytes:
    with _opened(stream) as document, _page(document, number) as page:
        width, height = page.get_size()
        scale = min(dpi / 72, sqrt(_MOST_PIXELS / max(width * height, 1)))
        bitmap = page.render(scale=scale, grayscale=is_grey)
        out = BytesIO()
        picture = bitmap.to_pil()
        picture.convert("L" if is_grey else "RGB").save(out, form, quality=75)
        bitmap.close()
        return out.getvalue()


def _is_picture(document: Any, number: int) -> bool:
    with _page(document, number) as page:
        text = page.get_textpage()
        characters = text.count_chars()
        text.close()
        if characters >= _STAMP:
            return False
        return any(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=4))


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[Any]:
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(stream)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == FPDF_ERR_PASSWORD:
                raise LockedDocument from error
            raise DamagedDocument from error
        try:
            yield document
        except pypdfium2.PdfiumError as error:
            raise DamagedDocument from error
        finally:
            document.close()


@contextmanager
def _page(document: Any, number: int) -> Iterator[Any]:
    page = document[number - 1]
    try:
        yield page
    finally:
        page.close()
