"""What lies in a ZIP of documents, and each file of it; the ZIP itself is never unpacked."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from zipfile import ZipFile, ZipInfo

from consult.domain.intake.errors import (
    EmptyDocument,
    EncryptedFile,
    OversizedFile,
    TooManyFiles,
    UnreadableFile,
    UnsupportedFormat,
)
from consult.kernel.office.archive import open_archive

MAX_FILES = 300
"""Files of one ZIP: a secretariat's whole day."""

_LEFT_BY_MACHINES = ("thumbs.db", "desktop.ini")
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a ZIP.

    Attributes:
        position: Its place among all members, by which it is read.
        size: Bytes, unpacked.
    """

    position: int
    filename: str
    size: int


def list_members(content: bytes, *, filename: str) -> tuple[Member, ...]:
    """The files in a ZIP, without folders and what operating systems leave in it.

    Raises:
        EmptyDocument: There are none.
        TooManyFiles: There are more than :data:`MAX_FILES`.
        UnreadableFile: It is damaged.
        UnsupportedFormat: It is no ZIP, or an office document.
    """
    if not content.startswith(b"PK"):
        raise UnsupportedFormat(filename, "no archive")
    with open_archive(content, filename=filename) as archive:
        names = {info.filename for info in archive.infolist()}
        if "[Content_Types].xml" in names or "mimetype" in names:
            raise UnsupportedFormat(filename, "an office document")
        members = tuple(_members(archive))
    if not members:
        raise EmptyDocument(filename, "no files")
    if len(members) > MAX_FILES:
        raise TooManyFiles(filename, size=len(members), limit=MAX_FILES)
    return members


def read_member(content: bytes, position: int, *, filename: str, limit_bytes: int) -> bytes:
    """One file of a ZIP; never more of it than the limit is unpacked.

    Raises ``EncryptedFile``, ``OversizedFile`` or ``UnreadableFile``.
    """
    with open_archive(content, filename=filename) as archive:
        info = archive.infolist()[position]
        if info.flag_bits & _ENCRYPTED:
            raise EncryptedFile(filename)
        with archive.open(info) as stream:
            found = stream.read(limit_bytes + 1)
    if len(found) > limit_bytes:
        raise OversizedFile(filename, size=info.file_size, limit=limit_bytes)
    if len(found) < info.file_size:
        raise UnreadableFile(filename, "cut off")
    return found


def _members(archive: ZipFile) -> Iterator[Member]:
    for position, info in enumerate(archive.infolist()):
        path = PurePosixPath(_name_of(info).replace("\\", "/"))
        is_hidden = path.name.startswith((".", "~$")) or path.name.lower() in _LEFT_BY_MACHINES
        if info.is_dir() or is_hidden or "__MACOSX" in path.parts:
            continue
        yield Member(position, str(path)[-255:], info.file_size)


def _name_of(info: ZipInfo) -> str:
    """A member's name; without a mark it is UTF-8 if it can be, else what Windows in Norway wrote.

    ``zipfile`` has read an unmarked name as code page 437 (APPNOTE.TXT 4.4.4, bit 11, and D.1).
    """
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp850")
