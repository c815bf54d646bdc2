"""The letter as files: the PDF that is sent, and the same for Word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from consult.domain.composing.letter import build_letter, word_letter
from consult.domain.documents.building.statement import build_statement
from consult.domain.documents.render import render_pdf
from consult.domain.documents.tree import content_hash
from consult.domain.documents.types import Document
from consult.domain.documents.word.writing import write_docx
from consult.domain.responses.readiness import letter_frame, text_to_send
from consult.kernel.clock import to_oslo
from consult.kernel.files import DerivedStore
from consult.kernel.ids import content_digest

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Printing:
    """What PDFs are made with: the folder of the asset build, and where they are kept."""

    assets: Path
    derived: DerivedStore

    def pdf(self, document: Document) -> bytes:
        """The document as PDF, made once for the same content and style."""
        style = (self.assets / "manifest.json").read_bytes()
        key = content_digest(content_hash(document).encode() + style)
        return self.derived.fetch(key, lambda: render_pdf(document, assets=self.assets))


def letter_pdf(
    composition: "Composition",
    printing: Printing,
    *,
    attachments: Sequence[str] = (),
    behind: Sequence[str] = (),
    is_provisional: bool = False,
    now: datetime,
) -> bytes:
    """The letter as PDF: the signed text, or the draft, marked as one."""
    frame = letter_frame(
        composition,
        attachments=attachments,
        behind=behind,
        is_provisional=is_provisional,
        today=to_oslo(now).date(),
    )
    return printing.pdf(build_letter(text_to_send(composition), frame))


def letter_docx(
    composition: "Composition",
    *,
    attachments: Sequence[str] = (),
    behind: Sequence[str] = (),
    now: datetime,
) -> bytes:
    """The same letter for Word."""
    frame = letter_frame(
        composition, attachments=attachments, behind=behind, today=to_oslo(now).date()
    )
    return write_docx(word_letter(text_to_send(composition), frame, made_at=now))


def statement_pdf(submission: "Submission", printing: Printing) -> bytes:
    """A branch's answer as a document of its own."""
    return printing.pdf(build_statement(submission))
