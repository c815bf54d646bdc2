"""Looking into a file for words that were taken out of the answer it came with.

A file is read by what it shows and by what it hides: the text under a painted box, properties,
bookmarks, comments, and what a Word file still holds as deleted. Words in pictures are not found:
that is for whoever looks at it.
"""

import re
from collections.abc import Collection
from typing import BinaryIO

from consult.domain.disclosure.rules import places_of
from consult.domain.intake.errors import UnreadableFile
from consult.domain.intake.scanning import read_upload
from consult.domain.scans.errors import DamagedDocument, LockedDocument
from consult.domain.scans.pages import words_of_document
from consult.kernel.office.archive import open_archive
from consult.kernel.office.container import MAX_MARKUP_BYTES

_TAG = re.compile(r"<[^>]*>")
_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_BROKEN = re.compile(
    r"[-\u00ad\u2010\ufffe]\s*\n\s*|[\u00ad\ufffe]"
)  # a word broken at the end of a line


def count_words_in(stream: BinaryIO, words: Collection[str], *, filename: str) -> int:
    """How many of some words or stretches stand in a file; its name is another matter."""
    content = stream.read()
    texts = [_text_of(stream, filename), *_parts_of_package(content, filename)]
    if content.startswith(b"%PDF"):
        texts += [_text_of_pdf(stream), *_properties_in(content)]
    texts += [_BROKEN.sub("", text) for text in texts]
    return sum(
        any(places_of(one, text) for text in texts)
        for one in {" ".join(one.split()) for one in words}
        if one
    )


def _text_of(stream: BinaryIO, filename: str) -> str:
    stream.seek(0)
    return read_upload(stream, filename).text


def _parts_of_package(content: bytes, filename: str) -> list[str]:
    """The words of every part of an office file, what stands in different elements kept apart."""
    if not content.startswith(b"PK"):
        return []
    try:
        with open_archive(content, filename=filename) as archive:
            parts = [one for one in archive.infolist() if one.filename.endswith((".xml", ".rels"))]
            if sum(part.file_size for part in parts) > MAX_MARKUP_BYTES:
                return []
            return [_TAG.sub(" ", archive.read(one).decode("utf-8", "replace")) for one in parts]
    except UnreadableFile:
        return []


def _text_of_pdf(stream: BinaryIO) -> str:
    stream.seek(0)
    try:
        return words_of_document(stream)
    except (DamagedDocument, LockedDocument):
        return ""


def _properties_in(content: bytes) -> list[str]:
    """The words of a PDF's second set of properties, which lies unpacked among its bytes (XMP)."""
    return [_TAG.sub(" ", one.decode("utf-8", "replace")) for one in _XMP.findall(content)]
