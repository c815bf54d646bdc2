"""Shaping published answers: the derived variant, under the name that the sender chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from consult.blueprints.public.behind import Behind
from consult.blueprints.shared.additions import supplement_in_words
from consult.blueprints.shared.context import current_locale, language_of, localise
from consult.blueprints.shared.light_text import Item, TextBlock, blocks_of_text
from consult.blueprints.shared.standing_behind import case_step_rows
from consult.domain.disclosure.variants import (
    publishable_answers,
    publishable_filename,
    publishable_label,
    publishable_text,
    publishable_words,
    sayer,
)
from consult.domain.organisations.types import ACTOR_TYPE_LABELS, ActorType
from consult.domain.submissions.rules import chosen_words, is_wordless, public_name
from consult.domain.submissions.types import VOICE_LABELS, Voice
from consult.domain.submissions.wording import choice_in_words
from consult.kernel.text.plain import excerpt

if TYPE_CHECKING:
    from consult.domain.disclosure.models import AnswerReview
    from consult.domain.rounds.models import Question
    from consult.domain.submissions.models import Answer, Submission

_EXCERPT = 220
_LONG_EXCERPT = 900  # where all stand together that are about the same question


@dataclass(frozen=True, slots=True)
class PublishedCard:
    """A published answer in a list.

    Attributes:
        chosen: What was chosen in answer to the question that the list is about.
        is_supplemented: The sender has added something later.
        came_with: What the sender is called whose answer it lay beside.
        lang: The language of its words.
        behind: One line for each further body behind it.
        joined: How many bodies join it.
    """

    name: str
    kind: str | None
    href: str
    received_at: datetime
    chosen: str
    words: str
    lang: str
    supporters: int
    is_supplemented: bool
    came_with: str | None
    behind: Sequence[str] = ()
    joined: int = 0


@dataclass(frozen=True, slots=True)
class PublishedFileRow:
    """A file that everybody may have; ``source``: the body whose words it holds, if another."""

    public_id: str
    name: str
    size: int
    source: str | None


@dataclass(frozen=True, slots=True)
class PublishedPart:
    """What was said at one place, without what was taken out.

    Attributes:
        voice: Whose words it is, where it is not the sender itself.
        quote: The words of the paper that it is a comment on.
        former_wording: What the question said when it was answered, if it was corrected since.
    """

    heading: str
    heading_lang: str
    voice: str | None
    quote: str | None
    former_wording: str | None
    chosen: tuple[str, ...]
    blocks: list[TextBlock]


def name_of(submission: "Submission") -> str:
    """What the sender is called on the web."""
    return public_name(
        submission.name,
        actor_type=submission.actor_type,
        publication=submission.publication,
        locale=current_locale(),
    )


def kind_of(submission: "Submission") -> str | None:
    """The kind of body; nothing for a private person, whose name says as much."""
    if submission.actor_type is ActorType.PRIVATE_PERSON:
        return None
    return str(_(ACTOR_TYPE_LABELS[submission.actor_type]))


def card_of(
    review: "AnswerReview",
    round_slug: str,
    *,
    supporters: int,
    behind: Behind,
    question: "Question | None" = None,
) -> PublishedCard:
    """A published answer for the list: its beginning, or what it says to one question."""
    submission = review.submission
    own = [one for one in publishable_answers(review) if one.voice in {Voice.SENDER, Voice.JOINING}]
    chosen: list[str] = []
    if question is not None:
        own = [one for one in own if one.question_id == question.id]
        locale = current_locale()
        chosen = [label for one in own for label in chosen_words(question, one, locale=locale)]
    words = " ".join(_flat(_shown(review, answer)) for answer in own)
    return PublishedCard(
        name=name_of(submission),
        kind=kind_of(submission),
        href=url_for("public.answer", round_slug=round_slug, number=submission.number),
        received_at=submission.received_at,
        chosen=", ".join(chosen),
        words=excerpt(words, _EXCERPT if question is None else _LONG_EXCERPT),
        lang=submission.language,
        supporters=supporters,
        behind=behind.names.get(submission.id, ()),
        joined=behind.joined.get(submission.id, 0),
        is_supplemented=any(one.supplement is not None for one in review.version.answers),
        came_with=name_of(submission.came_with) if submission.came_with else None,
    )


def parts_of(review: "AnswerReview") -> list[PublishedPart]:
    """A published answer, question by question; files are listed apart."""
    said = (one for one in publishable_answers(review) if not is_wordless(one, text=one.text))
    return [_part(review, answer) for answer in said]


def files_of(review: "AnswerReview") -> list[PublishedFileRow]:
    """The files that everybody may have, in the order they came."""
    published = {one.attachment_id: one for one in review.open_files}
    return [
        PublishedFileRow(
            file.public_id,
            publishable_filename(review, file),
            published[file.id].size,
            file.source.name if file.source else None,
        )
        for file in review.version.attachments
        if file.id in published
    ]


def case_rows_of(review: "AnswerReview") -> list[dict[str, Any]]:
    """The way of a published answer through political bodies."""
    return case_step_rows(review.version, shown=lambda text: publishable_words(review, text))


def _part(review: "AnswerReview", answer: "Answer") -> PublishedPart:
    title = _title_of(answer)
    return PublishedPart(
        heading=localise(title) if title else _("General remarks"),
        heading_lang=language_of(title) if title else current_locale(),
        voice=_voice(review, answer),
        quote=publishable_words(review, answer.quote) if answer.quote else None,
        former_wording=_former_wording(answer),
        chosen=choice_in_words(answer, current_locale()),
        blocks=blocks_of_text(_shown(review, answer)),
    )


def _title_of(answer: "Answer") -> dict[str, str] | None:
    """What a part is about; nothing when it is about the whole."""
    if answer.question is not None:
        return answer.question.text
    if answer.section is not None:
        return answer.section.title
    return answer.proposal.title if answer.proposal is not None else None


def _voice(review: "AnswerReview", answer: "Answer") -> str | None:
    """Whose words a part is, or when it was added.

    A minority's own name for itself is the sender's free text.
    """
    if answer.voice is Voice.SENDER:
        return supplement_in_words(answer)
    label, own = str(_(VOICE_LABELS[answer.voice])), publishable_label(review, answer)
    return f"{label}: {own}" if own else label


def _former_wording(answer: "Answer") -> str | None:
    question = answer.question
    if question is None or answer.wording >= question.wording:
        return None
    return localise(question.as_worded(answer.wording).text)


def _shown(review: "AnswerReview", answer: "Answer") -> str:
    return publishable_text(review, answer, say=sayer(current_locale()))


def _flat(text: str) -> str:
    """The words without the marks of bullets, which mean nothing on one line."""
    return " ".join(item for block in blocks_of_text(text) for item in _words(block))


def _words(block: TextBlock | Item) -> list[str]:
    inner = [words for item in block.items for words in _words(item)]
    return [block.text, *inner] if block.text else inner
