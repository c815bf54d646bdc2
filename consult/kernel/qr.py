"""QR codes as pictures that a page or a document can hold. The only module that knows segno."""

import segno


def qr_data_uri(text: str) -> str:
    """A text as an SVG picture in a ``data:`` address, with a quiet zone of four cells around it.

    Error correction M: it is still read when a seventh of it is gone under a coffee cup.
    """
    uri: str = segno.make_qr(text, error="m").svg_data_uri(scale=4, dark="#000", light="#fff")
    return uri


def qr_rows(text: str) -> tuple[tuple[bool, ...], ...]:
    """The cells of the code, dark ones true, without the quiet zone."""
    return tuple(tuple(bool(cell) for cell in row) for row in segno.make_qr(text, error="m").matrix)
