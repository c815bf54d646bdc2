"""Whether a secret can be found in a file, however it is packed."""

import re
import zlib
from io import BytesIO
from zipfile import ZipFile

from tests.support.pdf_text import text_of

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_TAG = re.compile(rb"<[^>]*>")


def reveals(content: bytes | str, secret: str) -> bool:
    """Whether a secret stands in some bytes: raw, unpacked, between tags, or as text of a PDF."""
    raw = content.encode() if isinstance(content, str) else content
    if raw.startswith(b"PK"):
        with ZipFile(BytesIO(raw)) as archive:
            return any(
                _stands(name.encode(), secret) or reveals(archive.read(name), secret)
                for name in archive.namelist()
            )
    if raw.startswith(b"%PDF"):
        streams = (_unpacked(match.group(1)) for match in _STREAM.finditer(raw))
        flat = " ".join(text_of(raw).split())
        return _stands(flat.encode(), secret) or any(
            _stands(one, secret) for one in (raw, *streams)
        )
    return _stands(raw, secret)


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return stream


def _stands(content: bytes, secret: str) -> bool:
    wanted = secret.lower()
    plain = _TAG.sub(b"", content).decode("utf-8", "replace").lower()
    wide = (
        content.decode("utf-16-be", "replace").lower()
        + content[1:].decode("utf-16-be", "replace").lower()
    )
    return wanted in plain or wanted in wide
