"""Scanned documents as they come: pictures of pages in a PDF, and no text."""

from collections.abc import Sequence
from io import BytesIO

import pikepdf
from PIL import Image, ImageDraw, ImageFont

_WIDTH, _HEIGHT = 620, 877  # A4 at 75 dots per inch: enough for large letters


def page_picture(words: str, *, scale: int = 2, quality: int = 70) -> bytes:
    """A sheet with some lines of words on it, as JPEG."""
    picture = Image.new("L", (_WIDTH * scale, _HEIGHT * scale), 252)
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype("DejaVuSans.ttf", 20 * scale)
    for row, line in enumerate(words.splitlines()):
        draw.text((50 * scale, (60 + 34 * row) * scale), line, fill=15, font=font)
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def scanned_pdf(pages: Sequence[str], *, scale: int = 2) -> bytes:
    """A PDF with one picture on each page; what is written is only in the pictures."""
    document = pikepdf.new()
    for words in pages:
        add_picture_page(document, page_picture(words, scale=scale), scale=scale)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def add_picture_page(document: pikepdf.Pdf, picture: bytes, *, scale: int) -> None:
    """Put a page that is one picture at the end of a document."""
    page = document.add_blank_page(page_size=(595, 842))
    image = pikepdf.Stream(document, picture)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height = _WIDTH * scale, _HEIGHT * scale
    image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    image.Filter = pikepdf.Name.DCTDecode
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image))
    page.Contents = pikepdf.Stream(document, b"q 595 0 0 842 0 0 cm /Im Do Q")
