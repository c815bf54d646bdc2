"""The publishable variant of an answer: the one place that says what leaves the owner's team.

The original stays as it was received. Every page, file and export that others may see is made from
what these functions give, so that words taken out by law stand in none of them.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from consult.domain.disclosure.rules import (
    may_show_label,
    public_filename,
    published_text,
    without_words,
)
from consult.domain.disclosure.types import BASIS_LABELS, LegalBasis
from consult.domain.submissions.types import Voice
from consult.kernel.i18n import N_, translator

if TYPE_CHECKING:
    from consult.domain.disclosure.models import AnswerReview
    from consult.domain.submissions.models import Answer, Attachment

Say = Callable[[LegalBasis], str]
"""What stands in the place of words that were taken out."""

GAP = "[…]"
"""The same in a short text, where the reason finds no room."""

_TELLING = 20  # characters


def sayer(locale: str) -> Say:
    """Says in a language that words were taken out, and by which law."""
    gettext = translator(locale).gettext

    def say(basis: LegalBasis) -> str:
        return gettext(N_("[taken out: %(basis)s]")) % {"basis": gettext(BASIS_LABELS[basis])}

    return say


def publishable_answers(review: "AnswerReview") -> "list[Answer]":
    """The parts of an answer that others may read.

    Not what a machine has read on scanned pages, nor what was answered to a question that promises
    not to publish it.
    """
    return [one for one in review.version.answers if is_publishable(one)]


def is_publishable(answer: "Answer") -> bool:
    """Whether a part of an answer has a publishable variant at all."""
    return answer.voice is not Voice.SCAN and not answer.is_private


def publishable_text(review: "AnswerReview", answer: "Answer", *, say: Say) -> str:
    """The words of one part of an answer, without those that were taken out."""
    text = review.version.full_text
    return published_text(text, answer.start, answer.end, review.spans, say=say)


def publishable_label(review: "AnswerReview", answer: "Answer") -> str | None:
    """What a minority calls itself, where that tells nothing that was taken out."""
    label = None if answer.is_private else answer.voice_label
    return label if label and may_show_label(label, words_taken_out(review)) else None


def publishable_words(review: "AnswerReview", words: str) -> str:
    """A short text that stands around the answer: a body, a case number, a heading."""
    return without_words(words, words_taken_out(review), instead=GAP)


def publishable_filename(review: "AnswerReview", file: "Attachment") -> str:
    """What a file of the answer is called outside, or the redacted edition in its place."""
    number = review.version.attachments.index(file) + 1
    editions = (one.redacted_name for one in review.published_files if one.attachment is file)
    name = next(filter(None, editions), file.filename)
    return public_filename(name, words_taken_out(review), number=number)


def words_taken_out(review: "AnswerReview") -> list[str]:
    """All words that were taken out of an answer; never to be shown or logged."""
    text = review.version.full_text
    return [text[one.start : one.end] for one in review.redactions]


def private_sentences(review: "AnswerReview") -> list[str]:
    """Lines answered to questions that promise not to publish them, to be looked for in files.

    Short ones, such as a yes, stand everywhere and tell nothing.
    """
    lines = (
        line.strip()
        for one in review.version.answers
        if one.is_private
        for line in one.text.splitlines()
    )
    return [line for line in lines if len(line) >= _TELLING]
