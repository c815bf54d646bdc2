"""Opening zip archives, as office files are. The only module that knows how zipfile fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from lzma import LZMAError
from zipfile import BadZipFile, ZipFile
from zlib import error as DeflateError  # noqa: N812 -- a class in spite of its name

from consult.kernel.office.errors import UnreadableFile

# A RuntimeError stands for a password, and for a way of packing that Python does not know.
_DAMAGED = (BadZipFile, DeflateError, LZMAError, EOFError, OSError, RuntimeError, ValueError)


@contextmanager
def open_archive(content: bytes, *, filename: str) -> Iterator[ZipFile]:
    """Lend the archive; whatever zipfile raises while it is read becomes ``UnreadableFile``."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            yield archive
    except _DAMAGED as error:
        raise UnreadableFile(filename, f"{type(error).__name__} in the archive") from error
