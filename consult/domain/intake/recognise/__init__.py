"""Recognise what stands in a document: one module per format, one reading of the structure."""

from pathlib import PurePath

from consult.domain.intake.errors import EmptyDocument, OversizedFile
from consult.domain.intake.recognise.docx import read_docx
from consult.domain.intake.recognise.draft import DraftDocument
from consult.domain.intake.recognise.odt import read_odt
from consult.domain.intake.recognise.pdf import read_pdf
from consult.domain.intake.recognise.structure import build_document
from consult.domain.intake.recognise.txt import read_txt
from consult.domain.intake.types import IntakeWarning, RecognisedDocument
from consult.kernel.office.container import EXTENSIONS, Format, tell_format

__all__ = ["recognise"]

MAX_TEXT_BYTES = 4 * 1024 * 1024
"""A file of plain text: some 1 500 pages. What a line of text costs grows with its length."""


def recognise(
    content: bytes, *, filename: str, limit_bytes: int, limit_pages: int = 1000
) -> RecognisedDocument:
    """What stands in a document, in reading order. The content tells the format, not the name.

    Raises:
        EmptyDocument: there is no text; ``NoTextLayer`` when a PDF holds pictures of it.
        EncryptedFile: it opens only with a password.
        OversizedFile: more than ``limit_bytes``, packed or unpacked; ``TooManyPages`` for pages.
        UnreadableFile: it is damaged, cut off, or not what its name says.
        UnsupportedFormat: it is none of .docx, .odt, .pdf and .txt.
    """
    if len(content) > limit_bytes:
        raise OversizedFile(filename, size=len(content), limit=limit_bytes)
    form = tell_format(content, filename=filename)
    drafts = _read(form, content, filename, limit_pages)
    if not any(draft.flat for draft in drafts.drafts if not draft.furniture):
        raise EmptyDocument(filename, "no text")
    expected = EXTENSIONS.get(PurePath(filename).suffix.casefold(), form)
    if expected is not form:
        drafts = _warned(drafts)
    return build_document(drafts)


def _read(form: Format, content: bytes, filename: str, limit_pages: int) -> DraftDocument:
    if form is Format.DOCX:
        return read_docx(content, filename=filename)
    if form is Format.ODT:
        return read_odt(content, filename=filename)
    if form is Format.PDF:
        return read_pdf(content, filename=filename, limit_pages=limit_pages)
    if len(content) > MAX_TEXT_BYTES:
        raise OversizedFile(filename, size=len(content), limit=MAX_TEXT_BYTES)
    return read_txt(content)


def _warned(drafts: DraftDocument) -> DraftDocument:
    warnings = (*drafts.warnings, IntakeWarning.WRONG_EXTENSION)
    return DraftDocument(
        drafts.media_type,
        drafts.drafts,
        page_count=drafts.page_count,
        warnings=warnings,
        indent_tolerance=drafts.indent_tolerance,
        wrapped=drafts.wrapped,
    )
