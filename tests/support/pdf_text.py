"""The words of a PDF, read by another engine than the one that the product reads with."""

from contextlib import closing

from pypdfium2 import PdfDocument


def text_of(content: bytes) -> str:
    """The text of all pages, in the order of the file."""
    with closing(PdfDocument(content)) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)
