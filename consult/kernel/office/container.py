"""Tell a file's format from its content, and refuse what must not be opened."""

import re
import zlib
from enum import StrEnum
from pathlib import PurePath
from zipfile import ZipFile

from consult.kernel.office.archive import open_archive
from consult.kernel.office.errors import (
    EmptyDocument,
    EncryptedFile,
    OversizedFile,
    UnreadableFile,
    UnsupportedFormat,
)

MAX_UNPACKED_BYTES = 400 * 1024 * 1024
"""All members of an archive together; photographs make real documents large, text does not."""

MAX_MARKUP_BYTES = 48 * 1024 * 1024
"""One XML member: some 5 000 pages of text."""

MAX_MEMBERS = 10_000

MAX_STREAM_BYTES = 300 * 1024 * 1024
"""One picture stream of a PDF: an A4 page in full colour at 600 dpi takes 100 MB unpacked."""

MAX_TEXT_STREAM_BYTES = 48 * 1024 * 1024
"""One other stream of a PDF: text, fonts, tables of objects."""


class Format(StrEnum):
    """The formats that are taken in, by media type."""

    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    PDF = "application/pdf"
    TXT = "text/plain"


EXTENSIONS = {".docx": Format.DOCX, ".odt": Format.ODT, ".pdf": Format.PDF, ".txt": Format.TXT}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TEXT_MARKUP = (b"{\\rtf", b"<!doctype", b"<html", b"<?xml", b"%!ps")
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_ENTITY = re.compile(rb"<!ENTITY|<\x00!\x00E\x00N\x00T\x00I\x00T\x00Y", re.IGNORECASE)
_PDF_STREAM = re.compile(rb"stream\r?\n")


def tell_format(content: bytes, *, filename: str) -> Format:
    """The format of the content, after the checks that need no parsing.

    Raises:
        EmptyDocument: there are no bytes, or only blanks.
        EncryptedFile: a password is needed.
        OversizedFile: unpacks to more than a document can need.
        UnreadableFile: cut off, damaged, or not what the name says.
        UnsupportedFormat: something else.
    """
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise EmptyDocument(filename)
    if content.startswith(_OLE):
        if _OLE_ENCRYPTED in content:
            raise EncryptedFile(filename)
        raise UnsupportedFormat(filename, "OLE container")
    if content.startswith(b"PK"):
        return _tell_archive(content, filename)
    if b"%PDF-" in content[:1024]:
        _check_pdf(content, filename)
        return Format.PDF
    return _tell_text(content, filename)


def _tell_text(content: bytes, filename: str) -> Format:
    extension = PurePath(filename).suffix.casefold()
    head = content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    wide = content.startswith(_BOMS[:2])
    if head.startswith(_TEXT_MARKUP) or (not wide and _is_binary(content)):
        if extension in (".docx", ".odt", ".pdf"):
            raise UnreadableFile(filename, "content is of another kind than the name says")
        raise UnsupportedFormat(filename)
    if extension in ("", ".txt", ".text", ".md"):
        return Format.TXT
    if extension in EXTENSIONS:
        raise UnreadableFile(filename, "plain text under another name")
    if extension[1:].isalpha() and len(extension) <= 5:
        raise UnsupportedFormat(filename, extension)
    return Format.TXT


def _is_binary(content: bytes) -> bool:
    sample = content[:65536]
    strange = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in sample)
    return b"\x00" in sample or strange * 50 > len(sample)


def _tell_archive(content: bytes, filename: str) -> Format:
    with open_archive(content, filename=filename) as archive:
        check_archive(archive, filename)
        names = set(archive.namelist())
        if "mimetype" in names:
            return _tell_odf(archive, names, filename)
        if "[Content_Types].xml" in names:
            types = archive.read("[Content_Types].xml")
            if b"wordprocessingml" in types:
                return Format.DOCX
        raise UnsupportedFormat(filename, "archive of another kind")


def check_archive(archive: ZipFile, filename: str) -> None:
    """Refuse an archive that is locked, unpacks to too much, or holds XML that is not plain."""
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES or len(members) > MAX_MEMBERS:
        raise OversizedFile(filename, size=unpacked, limit=MAX_UNPACKED_BYTES)
    for member in members:
        if member.flag_bits & 0x1:
            raise EncryptedFile(filename)
        if not member.filename.endswith((".xml", ".rels", "mimetype")):
            continue
        if member.file_size > MAX_MARKUP_BYTES:
            raise OversizedFile(filename, size=member.file_size, limit=MAX_MARKUP_BYTES)
        if _ENTITY.search(archive.read(member)):
            raise UnreadableFile(filename, "XML entities")


def _tell_odf(archive: ZipFile, names: set[str], filename: str) -> Format:
    kind = archive.read("mimetype").strip()
    if not kind.startswith(Format.ODT.encode()):
        raise UnsupportedFormat(filename, kind[:100].decode("ascii", "replace"))
    if "META-INF/manifest.xml" in names:
        manifest = archive.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise EncryptedFile(filename)
    if "content.xml" not in names:
        raise UnreadableFile(filename, "content.xml is missing")
    return Format.ODT


def _check_pdf(content: bytes, filename: str) -> None:
    if b"%%EOF" not in content[-4096:]:
        raise UnreadableFile(filename, "cut off")
    for match in _PDF_STREAM.finditer(content):
        start = match.end()
        if content[start : start + 1] not in (b"x", b"h", b"8", b"X"):
            continue
        head = content[max(0, match.start() - 600) : match.start()].rpartition(b"obj")[2]
        limit = MAX_STREAM_BYTES if b"/Image" in head else MAX_TEXT_STREAM_BYTES
        size = _inflated_size(content, start, limit)
        if size > limit:
            raise OversizedFile(filename, size=size, limit=limit)


def _inflated_size(content: bytes, start: int, limit: int) -> int:
    """How many bytes a zlib stream unpacks to; stops soon after the limit."""
    decompressor = zlib.decompressobj()
    size, position = 0, start
    pending = b""
    try:
        while not decompressor.eof and size <= limit:
            if not pending:
                pending = content[position : position + 65536]
                position += len(pending)
            if not pending:
                break
            size += len(decompressor.decompress(pending, 1 << 20))
            pending = decompressor.unconsumed_tail
    except zlib.error:
        pass  # not a stream after all, or damaged: the parser says so
    return size
