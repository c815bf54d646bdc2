"""National identity numbers in files: found in their text, refused, or taken out of the text."""

import re
from dataclasses import replace
from pathlib import PurePath
from typing import BinaryIO

from consult.domain.intake.errors import (
    EncryptedFile,
    HoldsIdentityNumber,
    IntakeError,
    NoTextLayer,
    TooManyPages,
    UnreadableFile,
)
from consult.domain.intake.recognise import recognise
from consult.domain.intake.types import IntakeWarning, RecognisedDocument
from consult.domain.submissions.attached import FileProblem, ReadUpload
from consult.kernel.office.archive import open_archive
from consult.kernel.office.container import MAX_MARKUP_BYTES
from consult.kernel.text.identity import has_identity_number, without_identity_numbers
from consult.kernel.text.plain import canonical

_PARAGRAPH_END = re.compile(r"</(?:w:p|w:tc|text:p|text:h|table:table-cell)>")
_TAG = re.compile(r"<[^>]*>")


_PICTURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


def picture_type(content: bytes) -> str | None:
    """The media type of a scan, told from its content; ``None`` for other kinds of file."""
    found = (kind for start, kind in _PICTURES.items() if content.startswith(start))
    return next(found, None)


def read_upload(stream: BinaryIO, filename: str) -> ReadUpload:
    """What can be read of a file that is sent with an answer; no words of pictures and scans.

    Whether a file may be sent is not decided here: one that needs a password holds no words that
    anybody could find.
    """
    content = stream.read()
    pages, is_scanned, problem = None, False, None
    try:
        document = recognise(content, filename=filename, limit_bytes=len(content))
    except IntakeError as error:
        texts = [content.decode("utf-8", "replace")] if _is_text(content) else []
        pages = getattr(error, "pages", None) or (
            error.size if isinstance(error, TooManyPages) else None
        )
        is_scanned = isinstance(error, NoTextLayer)
        problem = _PROBLEMS.get(type(error))
    else:
        texts, pages = [_text_of(document)], document.page_count
        is_scanned = IntakeWarning.PAGES_WITHOUT_TEXT in document.warnings
    if content.startswith(b"PK"):
        texts += _markup_texts(content, filename)
    return ReadUpload("\n".join(texts), problem, pages, is_scanned)


_PROBLEMS: dict[type[IntakeError], FileProblem] = {
    EncryptedFile: FileProblem.ENCRYPTED,
    UnreadableFile: FileProblem.DAMAGED,
}


def check_file(content: bytes, *, filename: str, limit_bytes: int) -> None:
    """Raise ``HoldsIdentityNumber`` when one stands in the name or in what can be read of a file.

    A picture, or a file that cannot be read, passes: there is no text in it to look at.
    """
    try:
        document = recognise(content, filename=filename, limit_bytes=limit_bytes)
    except IntakeError:
        document = None
        if _is_text(content) and has_identity_number(content.decode("utf-8", "replace")):
            raise HoldsIdentityNumber(without_identity_numbers(filename)) from None
    check_document(content, document, filename=filename)


def _is_text(content: bytes) -> bool:
    """Whether a file of a kind that we do not read is text all the same: CSV, HTML, a mail."""
    return b"\x00" not in content[:65536] and not content.startswith((b"PK", b"%PDF"))


def check_document(content: bytes, document: RecognisedDocument | None, *, filename: str) -> None:
    """Raise ``HoldsIdentityNumber`` when one stands in a document, also outside its visible text.

    Headers, comments, deleted text and properties of an office file are looked through as well.
    """
    texts = [] if document is None else [_text_of(document)]
    if content.startswith(b"PK"):
        texts += _markup_texts(content, filename)
    if any(has_identity_number(canonical(text)) for text in [filename, *texts]):
        raise HoldsIdentityNumber(without_identity_numbers(filename))


def redact_document(document: RecognisedDocument) -> RecognisedDocument:
    """The document with every identity number taken out, and a warning that says so."""
    clean = without_identity_numbers

    def cleaned(text: str | None) -> str | None:
        return clean(text) if text else text

    return replace(
        document,
        media_type="text/plain",
        blocks=tuple(
            replace(block, text=clean(canonical(block.text)), number=cleaned(block.number))
            for block in document.blocks
        ),
        signatories=tuple(
            replace(one, name=clean(one.name), title=cleaned(one.title))
            for one in document.signatories
        ),
        sender=cleaned(document.sender),
        recipient=cleaned(document.recipient),
        their_ref=cleaned(document.their_ref),
        our_ref=cleaned(document.our_ref),
        page_count=None,
        warnings=(*document.warnings, IntakeWarning.NUMBER_REMOVED),
    )


def kept_text(document: RecognisedDocument, *, filename: str) -> tuple[str, bytes]:
    """Name and content of the plain text that is kept in place of a file with an identity number.

    Raises ``HoldsIdentityNumber`` if one still stands in it, broken over two parts.
    """
    text = _text_of(document)
    name = without_identity_numbers(f"{PurePath(filename).stem}.txt")
    if has_identity_number(text):
        raise HoldsIdentityNumber(name)
    return name, f"{text}\n".encode()


def _text_of(document: RecognisedDocument) -> str:
    return "\n\n".join(canonical(block.text) for block in document.blocks)


def _markup_texts(content: bytes, filename: str) -> list[str]:
    """The texts of every XML part of an office file, one paragraph on each line.

    None of a file that is damaged, or would unpack to more than a document can need.
    """
    try:
        with open_archive(content, filename=filename) as archive:
            parts = [
                part for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))
            ]
            if sum(part.file_size for part in parts) > MAX_MARKUP_BYTES:
                return []
            markup = [archive.read(part).decode("utf-8", "replace") for part in parts]
    except UnreadableFile:
        return []
    return [_TAG.sub("", _PARAGRAPH_END.sub("\n", text)) for text in markup]
