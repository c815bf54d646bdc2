"""Shaping published answers: the derived variant, under the name that the sender chose."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from consult.blueprints.shared.context import current_locale, language_of, localise
from consult.blueprints.shared.light_text import TextBlock, blocks_of_text
from consult.domain.disclosure.rules import may_show_label, published_text
from consult.domain.disclosure.types import BASIS_LABELS, LegalBasis
from consult.domain.organisations.types import ACTOR_TYPE_LABELS, ActorType
from consult.domain.submissions.rules import chosen_words, public_name
from consult.domain.submissions.types import VOICE_LABELS, Voice
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
        lang: The language of its words.
    """

    name: str
    kind: str | None
    href: str
    received_at: datetime
    chosen: str
    words: str
    lang: str
    supporters: int


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
    review: "AnswerReview", round_slug: str, *, supporters: int, question: "Question | None" = None
) -> PublishedCard:
    """A published answer for the list: its beginning, or what it says to one question."""
    submission = review.submission
    own = [one for one in review.version.answers if one.voice is Voice.SENDER]
    chosen: list[str] = []
    if question is not None:
        own = [one for one in own if one.question_id == question.id]
        locale = current_locale()
        chosen = [label for one in own for label in chosen_words(question, one, locale=locale)]
    words = " ".join(_shown(review, answer) for answer in own)
    return PublishedCard(
        name=name_of(submission),
        kind=kind_of(submission),
        href=url_for("public.answer", round_slug=round_slug, number=submission.number),
        received_at=submission.received_at,
        chosen=", ".join(chosen),
        words=excerpt(words, _EXCERPT if question is None else _LONG_EXCERPT),
        lang=submission.language,
        supporters=supporters,
    )


def parts_of(review: "AnswerReview") -> list[PublishedPart]:
    """A published answer, question by question."""
    parts = (one for one in review.version.answers if one.voice is not Voice.SCAN)
    return [_part(review, answer) for answer in parts]


def _part(review: "AnswerReview", answer: "Answer") -> PublishedPart:
    title = _title_of(answer)
    chosen = (
        chosen_words(answer.question, answer, locale=current_locale()) if answer.question else ()
    )
    return PublishedPart(
        heading=localise(title) if title else _("General remarks"),
        heading_lang=language_of(title) if title else current_locale(),
        voice=_voice(review, answer),
        quote=answer.quote,
        former_wording=_former_wording(answer),
        chosen=chosen,
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
    """Whose words a part is. A minority's own name for itself is the sender's free text."""
    if answer.voice is Voice.SENDER:
        return None
    label, text = str(_(VOICE_LABELS[answer.voice])), review.version.full_text
    taken_out = [text[one.start : one.end] for one in review.redactions]
    if answer.voice_label and may_show_label(answer.voice_label, taken_out):
        return f"{label}: {answer.voice_label}"
    return label


def _former_wording(answer: "Answer") -> str | None:
    question = answer.question
    if question is None or answer.wording >= question.wording:
        return None
    return localise(question.as_worded(answer.wording).text)


def _shown(review: "AnswerReview", answer: "Answer") -> str:
    return published_text(
        review.version.full_text, answer.start, answer.end, review.spans, say=_instead
    )


def _instead(basis: LegalBasis) -> str:
    """What stands in the place of words that were taken out."""
    return str(_("[taken out: %(basis)s]", basis=_(BASIS_LABELS[basis])))
