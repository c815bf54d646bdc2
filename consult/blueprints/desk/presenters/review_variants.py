"""Shapes what others may see of an answer: its words beside the original, and its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.blueprints.desk.presenters.review import (
    Piece,
    ReviewPart,
    decided_in_words,
    review_parts,
)
from consult.blueprints.shared.light_text import TextBlock, blocks_of_text
from consult.domain.disclosure.rules import file_bar, redacted_file_bar
from consult.domain.disclosure.types import BASIS_LABELS, FILE_BAR_LABELS, FileBar
from consult.domain.disclosure.variants import (
    is_publishable,
    publishable_filename,
    publishable_text,
    sayer,
)
from consult.domain.submissions.rules import is_wordless

if TYPE_CHECKING:
    from consult.domain.disclosure.models import AnswerReview, HeldFile, PublishedFile
    from consult.domain.submissions.models import Attachment


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that came with the answer, and what others get of it.

    Attributes:
        bar: Why it cannot be published as it is, in words.
        source: The body whose words it holds, where they are not the sender's.
        public_name: What it is called outside, where that differs.
        edition: Name of the redacted edition that stands in its place.
        held: By which law it is held back, in words.
        by: Who decided that and when, in words.
        may_be_replaced: Whether a redacted edition could be published.
    """

    public_id: str
    filename: str
    size: int
    source: str | None
    is_published: bool
    bar: str | None
    public_name: str | None
    edition: str | None
    held: str | None
    by: str
    may_be_replaced: bool


@dataclass(frozen=True, slots=True)
class VariantRow:
    """One part of an answer twice: as it was received, and as others may read it.

    Attributes:
        part: The original, with what is taken out marked.
        shown: What others may read; ``None`` where it is nothing: what a machine has read, or what
            a question promises not to publish.
    """

    part: ReviewPart
    shown: list[TextBlock] | None

    @property
    def pieces(self) -> list[Piece]:
        """The original's words."""
        return self.part.pieces


def references_of(review: "AnswerReview") -> set[str]:
    """Everybody who has decided something about the answer."""
    return {
        review.decided_by or "",
        *(one.made_by for one in review.redactions),
        *(one.published_by for one in review.published_files),
        *(one.held_by for one in review.held_files),
    }


def variant_rows(review: "AnswerReview", locale: str, names: Mapping[str, str]) -> list[VariantRow]:
    """The answer's parts in order, each in both variants."""
    said = [one for one in review.version.answers if not is_wordless(one, text=one.text)]
    say = sayer(locale)
    return [
        VariantRow(
            part,
            blocks_of_text(publishable_text(review, answer, say=say))
            if is_publishable(answer)
            else None,
        )
        for answer, part in zip(said, review_parts(review, locale, names), strict=True)
    ]


def file_rows(review: "AnswerReview", names: Mapping[str, str]) -> list[FileRow]:
    """The files of the version that is looked through."""
    published = {one.attachment_id: one for one in review.published_files}
    held = {one.attachment_id: one for one in review.held_files}
    return [
        _file_row(review, file, published.get(file.id), held.get(file.id), names)
        for file in review.version.attachments
    ]


def _file_row(
    review: "AnswerReview",
    file: "Attachment",
    published: "PublishedFile | None",
    held: "HeldFile | None",
    names: Mapping[str, str],
) -> FileRow:
    publication = review.submission.publication
    bar = FileBar.PRIVATE if file.is_private else file_bar(file.media_type, publication)
    outside = publishable_filename(review, file)
    edition = published.redacted_name if published else None
    by = ""
    if published is not None:
        by = decided_in_words(published.published_by, published.published_at, names)
    elif held is not None:
        by = decided_in_words(held.held_by, held.held_at, names)
    return FileRow(
        public_id=file.public_id,
        filename=file.filename,
        size=file.size,
        source=file.source.name if file.source else None,
        is_published=published is not None and not file.is_private,
        bar=_(FILE_BAR_LABELS[bar]) if bar else None,
        public_name=outside if outside != (edition or file.filename) else None,
        edition=edition,
        held=_(BASIS_LABELS[held.basis]) if held else None,
        by=by,
        may_be_replaced=not file.is_private
        and redacted_file_bar("application/pdf", publication) is None,
    )
