"""Texts that the owner's staff writes beside an answer: transcripts of videos, and translations.

A transcript stands for words that nobody could read, so it is divided and coded like any text, and
marked wherever it is shown. A translation only helps readers: the original is coded and quoted.
"""

from typing import TYPE_CHECKING

from blinker import Signal
from sqlalchemy import func, select

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.submissions.companions import translations_of
from consult.domain.submissions.models import (
    Answer,
    AnswerTranslation,
    Attachment,
    SubmissionVersion,
)
from consult.domain.submissions.rules import SEPARATOR, check_free_text
from consult.domain.submissions.types import AttachmentKind, Voice
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import CONTENT_LANGUAGES
from consult.kernel.text.plain import canonical

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission

MAX_TRANSCRIPT_LENGTH = 60_000
"""Characters: an hour of signing or speaking."""

text_added = Signal()
"""Sent with an ``Answer`` whose added text is new or changed, in its transaction, so that areas
above can divide it. Whoever must refuse raises."""


def write_transcript(attachment: Attachment, text: str, *, by: Actor) -> Answer:
    """Write what is said in a video, or write it anew as long as nobody has coded it.

    Raises:
        InvalidInput: ``text`` (``required``, ``too_long``, ``identity_number``); ``file``
            (``not_video``).
        Conflict: Passages of the text are coded.
    """
    if attachment.kind is not AttachmentKind.VIDEO:
        raise InvalidInput("file", "not_video")
    answer = _place_transcript(attachment, _checked(text))
    text_added.send(answer)
    submission = attachment.version.submission
    _note(Tag.SUBMISSION_TRANSCRIBED, submission, by, {"file": attachment.digest})
    return answer


def begin_added_part(attachment: Attachment, *, voice: Voice) -> Answer:
    """An empty part of the answer that what is read in a file belongs to, behind all others."""
    version = attachment.version
    end = _end_of(version.id)
    answer = Answer(
        version=version,
        question_id=attachment.question_id,
        proposal_id=attachment.question.proposal_id if attachment.question else None,
        position=max((item.position for item in version.answers), default=-1) + 1,
        voice=voice,
        start=end,
        end=end,
        wording=_wording_of(attachment),
    )
    session().add(answer)
    session().flush()
    return answer


def write_translation(answer: Answer, text: str, *, language: str, by: Actor) -> AnswerTranslation:
    """Keep a translation of one part of an answer, instead of an earlier one in that language.

    Raises:
        InvalidInput: ``text`` (``required``, ``too_long``, ``identity_number``); ``language``
            (``unknown``, ``same``: the answer is written in it).
    """
    submission = answer.version.submission
    if language not in CONTENT_LANGUAGES:
        raise InvalidInput("language", "unknown")
    if language == submission.language:
        raise InvalidInput("language", "same")
    words = _checked(text)
    query = select(AnswerTranslation).where(
        AnswerTranslation.answer_id == answer.id, AnswerTranslation.language == language
    )
    stored = session().scalars(query).one_or_none()
    if stored is None:
        stored = AnswerTranslation(answer=answer, language=language)
        session().add(stored)
    stored.text, stored.written_by, stored.written_at = words, by.reference, utc_now()
    session().flush()
    _note(Tag.SUBMISSION_TRANSLATED, submission, by, {"language": language})
    return stored


def carry_added(before: SubmissionVersion, after: SubmissionVersion) -> None:
    """Let what the staff did beside a version stand beside the next, where that is unchanged.

    The version before keeps its own. The new one must not be divided yet.
    """
    waiting = list(after.attachments)
    for file in before.attachments:
        same = next((one for one in waiting if one.digest == file.digest), None)
        if same is not None:
            waiting.remove(same)
            same.attended_at, same.attended_by = file.attended_at, file.attended_by
            if file.transcript is not None:
                _place_transcript(same, file.transcript.text)
    successors = {_identity(answer): answer for answer in after.answers}
    for answer_id, translations in translations_of(before.id).items():
        origin = next(answer for answer in before.answers if answer.id == answer_id)
        successor = successors.get(_identity(origin))
        if successor is not None:
            session().add_all(_copy(translation, successor) for translation in translations)
    session().flush()


def _identity(answer: Answer) -> tuple[object, ...]:
    """What makes a part the same in two versions: its place, whose words it is, and the words."""
    place = (answer.question_id, answer.proposal_id, answer.section_id, answer.quote)
    return (*place, answer.voice, answer.voice_label, answer.text)


def _copy(translation: AnswerTranslation, answer: Answer) -> AnswerTranslation:
    return AnswerTranslation(
        answer=answer,
        language=translation.language,
        text=translation.text,
        written_by=translation.written_by,
        written_at=translation.written_at,
    )


def _place_transcript(attachment: Attachment, words: str) -> Answer:
    """Put what is said in a video behind the version's text, or in the place of what was there."""
    version = attachment.version
    answer = attachment.transcript
    start = _end_of(version.id) + len(SEPARATOR)
    if answer is None:
        answer = Answer(
            version=version,
            question_id=attachment.question_id,
            proposal_id=attachment.question.proposal_id if attachment.question else None,
            position=max((item.position for item in version.answers), default=-1) + 1,
            voice=Voice.TRANSCRIPT,
            wording=_wording_of(attachment),
        )
        attachment.transcript = answer
    answer.added_text, answer.start, answer.end = words, start, start + len(words)
    session().add(answer)
    session().flush()
    return answer


def _wording_of(attachment: Attachment) -> int:
    """The wording of the question that a file was sent to."""
    held_by = (one.wording for one in attachment.version.answers if one.holds(attachment))
    return next(held_by, 1)


def _checked(text: str) -> str:
    words = canonical(text)
    if not words.strip():
        raise InvalidInput("text", "required")
    if len(words) > MAX_TRANSCRIPT_LENGTH:
        raise InvalidInput("text", "too_long", limit=MAX_TRANSCRIPT_LENGTH)
    check_free_text("text", words)
    return words


def _end_of(version_id: int) -> int:
    query = select(func.max(Answer.end)).where(Answer.version_id == version_id)
    return session().scalar(query) or 0


def _note(tag: Tag, submission: "Submission", by: Actor, data: dict[str, object]) -> None:
    record(
        tag,
        subject=submission.reference,
        by=by.reference,
        stream=organisation_stream(submission.round.owner_id),
        data=data,
    )
