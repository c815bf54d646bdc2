"""Words of answers on their way out: quoted, exported, sent along. None that was taken out goes.

Where a whole answer may not be published, or something in it is undecided, is for documents to ask
(:func:`consult.domain.disclosure.queries.protected_places`).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import session
from consult.domain.disclosure.models import AnswerReview
from consult.domain.disclosure.queries import find_review_of
from consult.domain.disclosure.rules import may_show_label, overlaps, published_text
from consult.domain.disclosure.types import Span
from consult.domain.disclosure.variants import (
    GAP,
    publishable_label,
    publishable_text,
    sayer,
    words_taken_out,
)
from consult.domain.submissions.models import Answer, SubmissionVersion
from consult.domain.submissions.private import is_private_answer

if TYPE_CHECKING:
    from consult.domain.disclosure.models import PublishedFile


@dataclass(frozen=True, slots=True)
class Quotable:
    """Says what may be quoted of passages.

    Attributes:
        places: What was taken out, or is promised to stay private, by version id.
        gone: The words that were taken out, by version id.
    """

    places: Mapping[int, Collection[Span]]
    gone: Mapping[int, Collection[str]]

    def label(self, label: str, *, version_id: int) -> str:
        """What a minority calls itself; nothing where that tells what was taken out."""
        gone = self.gone.get(version_id, ())
        return label if not gone or may_show_label(label, gone) else ""

    def words(self, quote: str, *, version_id: int, start: int, end: int) -> str:
        """A passage's words without those that were taken out.

        Args:
            quote: All of its words.
            version_id: The version that it stands in.
            start: Where it begins in the version's text, in characters.
            end: Where it ends.
        """
        here = [
            Span(one.start - start, one.end - start, one.basis)
            for one in self.places.get(version_id, ())
            if overlaps((one.start, one.end), (start, end))
        ]
        if not here:
            return quote
        if len(quote) != end - start:  # corrected since: nobody knows where the words stand now
            return GAP
        return published_text(quote, 0, len(quote), here, say=lambda _basis: GAP)


def quotable_in_round(round_id: int) -> Quotable:
    """What may be quoted of a round's answers."""
    return _quotable(AnswerReview.round_id == round_id)


def quotable_in_version(version_id: int) -> Quotable:
    """What may be quoted of one version of an answer."""
    return _quotable(AnswerReview.version_id == version_id)


def _quotable(where: ColumnElement[bool]) -> Quotable:
    query = (
        select(AnswerReview)
        .where(where, or_(AnswerReview.redactions.any(), _says_in_private()))
        .options(
            selectinload(AnswerReview.redactions),
            joinedload(AnswerReview.version)
            .selectinload(SubmissionVersion.answers)
            .joinedload(Answer.question),
        )
    )
    reviews = session().scalars(query).all()
    return Quotable(
        {one.version_id: one.spans for one in reviews},
        {one.version_id: [*words_taken_out(one), *_private_labels(one)] for one in reviews},
    )


def _private_labels(review: AnswerReview) -> list[str]:
    said = (one for one in review.version.answers if one.is_private)
    return [one.voice_label for one in said if one.voice_label]


def _says_in_private() -> ColumnElement[bool]:
    return AnswerReview.version_id.in_(select(Answer.version_id).where(is_private_answer()))


@dataclass(frozen=True, slots=True)
class Outside:
    """What others get of a version that is sent on.

    Attributes:
        words: What they may read of one part.
        label: What a minority calls itself there; ``None`` where that tells what was taken out.
        held: Ids of the attachments that nobody outside gets.
        editions: Redacted files in the place of others, by the id of the attachment.
    """

    words: Callable[["Answer"], str]
    label: Callable[["Answer"], str | None]
    held: Collection[int]
    editions: Mapping[int, "PublishedFile"]


def outside_of(version: "SubmissionVersion", *, locale: str) -> Outside:
    """What others get of a version: as it is, where nobody has taken anything out.

    Parts that are private as a whole (:attr:`Answer.is_private`) are for the caller to leave out.
    """
    review = find_review_of(version.id)
    private = {one.id for one in version.attachments if one.is_private}
    if review is None or not (review.spans or review.held_files or review.published_files):
        return Outside(lambda answer: answer.text, lambda answer: answer.voice_label, private, {})
    say = sayer(locale)
    return Outside(
        words=lambda answer: publishable_text(review, answer, say=say),
        label=lambda answer: publishable_label(review, answer),
        held=private | {one.attachment_id for one in review.held_files},
        editions={one.attachment_id: one for one in review.open_files if one.redacted_digest},
    )
