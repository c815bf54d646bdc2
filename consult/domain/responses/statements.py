"""What goes along with a response in the words of others: statements, and minority views.

A branch has answered our questions; what it said stands under the questions above that ours pass
on, or else as general remarks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from consult.domain.disclosure.quoting import Outside, outside_of
from consult.domain.intake.assembly import statement_text
from consult.domain.intake.errors import IntakeError
from consult.domain.intake.recognise import recognise
from consult.domain.submissions.queries import get_sent_answers
from consult.domain.submissions.rules import letter_locale
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    Publication,
    Respondent,
    StanceModifier,
    StoredFile,
    SubmissionContent,
    Voice,
)
from consult.kernel.i18n import localised

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Question
    from consult.domain.submissions.models import Answer, Submission


@dataclass(frozen=True, slots=True)
class Frame:
    """What every statement takes from the response it goes along with."""

    language: str
    publication: Publication


def statement_of_branch(
    source: "Submission", files: tuple[StoredFile, ...], frame: Frame
) -> SubmissionContent:
    """A branch's answer as a statement of its own in the round above."""
    outside = outside_of(
        source.current_version, locale=letter_locale(source.language, source.locale)
    )
    return SubmissionContent(
        respondent=Respondent(source.name, source.actor_type, source.organisation_id),
        channel=Channel.DOCUMENT,
        language=source.language,
        publication=frame.publication,
        answers=tuple(_above(one, source.language, outside) for one in _words_of(source)),
        no_comments=not source.has_comments,
        files=files,
    )


def minority_of_branch(source: "Submission") -> Iterator[AnswerContent]:
    """A branch's answer as a minority view in ours, under the branch's name."""
    outside = outside_of(
        source.current_version, locale=letter_locale(source.language, source.locale)
    )
    for answer in _words_of(source):
        said = _above(answer, source.language, outside)
        if said.text:
            yield AnswerContent(
                question_id=said.question_id,
                proposal_id=said.proposal_id,
                text=said.text,
                source_heading=said.source_heading,
                voice=Voice.MINORITY,
                voice_label=_label(outside.label(answer), source),
            )


def statement_of_body(
    body: "Organisation", file: StoredFile, content: bytes, frame: Frame
) -> SubmissionContent:
    """A body's own statement, as it stands in a file; one that cannot be read is the file alone."""
    language, text = frame.language, ""
    try:
        document = recognise(content, filename=file.filename, limit_bytes=len(content))
    except IntakeError:
        document = None
    if document is not None:
        language, text = document.language or language, statement_text(document)
    return SubmissionContent(
        respondent=Respondent(body.name, body.actor_type, body.id),
        channel=Channel.DOCUMENT,
        language=language,
        publication=frame.publication,
        answers=(AnswerContent(text=text, has_files=True),),
        files=(file,),
    )


def _words_of(source: "Submission") -> "list[Answer]":
    """What may go further: not what was answered to questions that promise to keep it."""
    said = get_sent_answers(source)
    return [one for one in said if one.voice is not Voice.TRANSCRIPT and not one.is_private]


def _label(label: str | None, source: "Submission") -> str:
    own = f"{label}, " if label else ""
    return f"{own}{source.name}"[:200]


def _above(answer: "Answer", language: str, outside: Outside) -> AnswerContent:
    """What a branch said, as others may read it, under the question or proposal above."""
    question = answer.question.parent if answer.question else None
    proposal_id = answer.proposal.parent_id if answer.proposal else None
    asked = answer.question if question is None else None
    return AnswerContent(
        question_id=question.id if question else None,
        proposal_id=question.proposal_id if question else proposal_id,
        text=outside.words(answer),
        stance=answer.stance,
        modifiers=tuple(StanceModifier(one) for one in answer.modifiers),
        choices=_choices(answer, question),
        scale_value=answer.scale_value if question and question.scale else None,
        no_comments=answer.no_comments,
        source_heading=localised(asked.text, language)[:500] if asked else None,
        voice=answer.voice,
        voice_label=outside.label(answer),
    )


def _choices(answer: "Answer", question: "Question | None") -> tuple[str, ...]:
    """What was chosen, as far as the question above has the same choices."""
    there = {option.key for option in question.options} if question else set()
    return tuple(one for one in answer.choices if one in there)
