"""The words of a document, to look for what must not be kept; its layout is left aside."""

import re
from io import BytesIO
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from consult.domain.intake.errors import IntakeError
from consult.domain.intake.recognise.container import MAX_MARKUP_BYTES, Format, tell_format
from consult.domain.intake.recognise.pdf import page_texts

_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"<(?=(?:w:p|w:br|w:tab|text:p|text:h|text:tab|text:line-break)[ />])")
_MARKUP = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|comments)\.xml|content\.xml")


def readable_text(stream: BinaryIO, filename: str) -> str:
    """What can be read of a document; empty for pictures, scans and what cannot be opened.

    Whether a file may be sent in is not decided here: a file that needs a password holds no words
    that anybody could find.
    """
    content = stream.read()
    try:
        format_ = tell_format(content, filename=filename)
        if format_ is Format.PDF:
            return "\n".join(page_texts(content))
        if format_ is Format.TXT:
            return content.decode("utf-8", "replace")
        return _markup_text(content)
    except (IntakeError, BadZipFile):
        return ""


def _markup_text(content: bytes) -> str:
    texts = []
    with ZipFile(BytesIO(content)) as archive:
        for member in archive.infolist():
            if _MARKUP.fullmatch(member.filename) and member.file_size <= MAX_MARKUP_BYTES:
                markup = archive.read(member).decode("utf-8", "replace")
                texts.append(_TAG.sub("", _BREAK.sub("\n<", markup)))
    return "\n".join(texts)
