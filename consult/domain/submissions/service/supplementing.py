"""Supplements: something more, beside an answer that was sent and that stays as it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.submissions.additions import Supplement, VersionKind
from consult.domain.submissions.errors import NotAmendable, NothingAnswered
from consult.domain.submissions.models import Answer, Attachment, Submission, SubmissionVersion
from consult.domain.submissions.parties import Capacity, Signer, StandsBehind
from consult.domain.submissions.rules import check_content
from consult.domain.submissions.service.filing import stored_file
from consult.domain.submissions.service.receiving import SENDER, store_version, version_stored
from consult.domain.submissions.service.transcribing import carry_added
from consult.domain.submissions.types import (
    STANDING_STATUSES,
    AnswerContent,
    Respondent,
    StanceModifier,
    StoredFile,
    SubmissionContent,
)


def receive_supplement(
    submission: Submission,
    supplement: Supplement,
    *,
    files: Sequence[StoredFile] = (),
    by: Actor,
    received_at: datetime,
    is_registered: bool = False,
) -> SubmissionVersion:
    """Store what a sender adds as the next version: all that was said before, and this.

    Unlike a corrected version it takes nothing back. The answer's place to the deadline stays, and
    the supplement shows when it came itself. ``is_registered``: the owner's staff writes it down.

    Raises:
        InvalidInput: A national identity number stands in it.
        NothingAnswered: There is neither text nor file.
        NotAmendable: The answer does not stand any more.
    """
    if submission.status not in STANDING_STATUSES:
        raise NotAmendable(submission.public_id)
    if not supplement.text.strip() and not files:
        raise NothingAnswered
    before = submission.current_version
    number = before.number + 1
    content = check_content(_all_of(before, supplement, files, number=number))
    submission.current_version_number = number
    submission.has_comments = True
    version = store_version(submission, content, content.answers, by=by, received_at=received_at)
    version.kind = VersionKind.SUPPLEMENT
    carry_added(before, version)
    record(
        Tag.SUBMISSION_SUPPLEMENTED,
        subject=submission.reference,
        by=by.reference if is_registered else SENDER,
        stream=organisation_stream(submission.round.owner_id),
        data={"version": number, "digest": version.digest, "files": len(files)},
    )
    version_stored.send(version)
    return version


def with_supplements(submission: Submission, content: SubmissionContent) -> SubmissionContent:
    """What a corrected version says, with the supplements that had come before it."""
    before = submission.current_version
    answers = [_said(one) for one in before.answers if one.supplement is not None]
    files = [_file(one) for one in before.attachments if one.supplement is not None]
    if not answers and not files:
        return content
    return replace(content, answers=(*content.answers, *answers), files=(*content.files, *files))


def _all_of(
    before: SubmissionVersion,
    supplement: Supplement,
    files: Sequence[StoredFile],
    *,
    number: int,
) -> SubmissionContent:
    submission = before.submission
    added = AnswerContent(
        question_id=supplement.question_id,
        text=supplement.text,
        has_files=bool(files),
        supplement=number,
    )
    return SubmissionContent(
        respondent=Respondent(submission.name, submission.actor_type),
        channel=submission.channel,
        language=submission.language,
        publication=submission.publication,
        answers=(
            *(_said(one) for one in before.answers if not one.voice.is_added),
            added,
        ),
        signers=tuple(
            Signer(one.name, one.title, one.signed_for)
            for one in before.parties
            if one.capacity is Capacity.SIGNATORY
        ),
        behind=tuple(
            StandsBehind(one.name, one.capacity, one.organisation_id, one.is_confirmed, one.ground)
            for one in before.parties
            if one.capacity is not Capacity.SIGNATORY
        ),
        files=(
            *(_file(one) for one in before.attachments),
            *(replace(one, supplement=number) for one in files),
        ),
        is_provisional=before.is_provisional,
        case_steps=before.political_steps,
    )


def _said(answer: Answer) -> AnswerContent:
    """A part as it was said."""
    return AnswerContent(
        question_id=answer.question_id,
        proposal_id=answer.proposal_id,
        section_id=answer.section_id,
        quote=answer.quote,
        text=answer.text,
        stance=answer.stance,
        modifiers=tuple(StanceModifier(one) for one in answer.modifiers),
        choices=tuple(answer.choices),
        scale_value=answer.scale_value,
        no_comments=answer.no_comments,
        source_heading=answer.source_heading,
        voice=answer.voice,
        voice_label=answer.voice_label,
        wording=answer.wording,
        supplement=answer.supplement,
    )


def _file(file: Attachment) -> StoredFile:
    """A file as it came, with whose words it holds and which supplement it belongs to."""
    source_id = file.source.organisation_id if file.source else None
    return replace(stored_file(file), source_id=source_id, supplement=file.supplement)
