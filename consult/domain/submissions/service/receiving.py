"""Receiving: what was written, brought or imported becomes an answer that never changes."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from blinker import Signal

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.rounds.rules import receipt_number
from consult.domain.rounds.service.numbering import take_number
from consult.domain.submissions.errors import NothingAnswered, NothingChanged
from consult.domain.submissions.models import (
    Answer,
    Attachment,
    Party,
    Submission,
    SubmissionVersion,
)
from consult.domain.submissions.queries import own_deadline
from consult.domain.submissions.rules import (
    assemble_text,
    check_content,
    deadline_status,
    version_digest,
)
from consult.domain.submissions.types import (
    AnswerContent,
    Capacity,
    DeadlineStatus,
    Respondent,
    SubmissionContent,
    SubmissionStatus,
)
from consult.kernel.clock import utc_now
from consult.kernel.ids import new_token, token_digest

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round

SENDER = "sender"
"""Who sent an answer, in the owner's log: which of its employees wrote for a body is not theirs."""

version_stored = Signal()
"""Sent with a new ``SubmissionVersion``, in its transaction, so that areas above can divide it."""


def receive_submission(
    round_: "Round",
    content: SubmissionContent,
    *,
    by: Actor,
    received_at: datetime,
    is_registered: bool = False,
) -> tuple[Submission, str]:
    """Store an answer as its first version and return it with the secret of its personal link.

    Args:
        round_: The round it answers. Whether it still takes answers is the caller's question:
            the owner's staff may register what came late.
        content: What was said, by whom, by which channel.
        by: Who sends or registers it.
        received_at: When the request, the letter or the mail arrived; both this and the moment of
            storing are kept.
        is_registered: Whether the owner's staff registers it on the sender's behalf.

    Raises:
        InvalidInput: The sender has no name, or a national identity number stands somewhere.
        NothingAnswered: There is no answer in it, and it does not say "no comments" either.
    """
    content = check_content(content)
    answers = [answer for answer in content.answers if not answer.is_blank]
    if not answers and not content.no_comments:
        raise NothingAnswered
    number = take_number(round_)
    token = new_token()
    submission = Submission(
        round_id=round_.id,
        number=number,
        receipt_number=receipt_number(round_.slug, number),
        organisation_id=content.respondent.organisation_id,
        name=content.respondent.name,
        actor_type=content.respondent.actor_type,
        contact_name=content.respondent.contact_name,
        contact_email=content.respondent.contact_email,
        language=content.language,
        channel=content.channel,
        publication=content.publication,
        has_comments=any(not answer.no_comments for answer in answers),
        status=SubmissionStatus.RECEIVED,
        deadline_status=_deadline_status(round_, content.respondent, received_at),
        received_at=received_at,
        stored_at=utc_now(),
        document_date=content.document_date,
        discussed_on=content.discussed_on,
        their_ref=content.their_ref,
        registered_by=by.reference if is_registered else None,
        identity=None if is_registered else content.identity,
        locale=content.locale,
        access_digest=token_digest(token),
    )
    session().add(submission)
    session().flush()
    version = _store_version(submission, content, answers, by=by, received_at=received_at)
    _log_receipt(version, by=by.reference if is_registered else SENDER)
    version_stored.send(version)
    return submission, token


def receive_version(
    submission: Submission, content: SubmissionContent, *, by: Actor, received_at: datetime
) -> SubmissionVersion:
    """Store what a sender has changed as the next version, which takes the place of the last.

    Number and first time of receipt stay, and so does every earlier version. Signatories and files
    go along.

    Raises:
        InvalidInput: As :func:`receive_submission`.
        NothingAnswered: Nothing would be left of the answer.
        NothingChanged: It says what the last version says.
    """
    content = check_content(content)
    answers = [answer for answer in content.answers if not answer.is_blank]
    if not answers:
        raise NothingAnswered
    before = submission.current_version
    text = assemble_text(answers).text
    changed = _change_frame(submission, content)
    if version_digest(text, answers) == before.digest and not changed:
        raise NothingChanged
    submission.current_version_number += 1
    submission.has_comments = any(not answer.no_comments for answer in answers)
    submission.deadline_status = _deadline_status(submission.round, content.respondent, received_at)
    version = _store_version(submission, content, answers, by=by, received_at=received_at)
    copy_company(before, version)
    _log_amendment(version, changed=changed)
    version_stored.send(version)
    return version


def _change_frame(submission: Submission, content: SubmissionContent) -> list[str]:
    """Take over who it is from and how it may be published; returns what of it is new."""
    respondent = content.respondent
    wanted: dict[str, object] = {
        "name": respondent.name,
        "actor_type": respondent.actor_type,
        "contact_name": respondent.contact_name,
        "contact_email": respondent.contact_email,
        "language": content.language,
        "publication": content.publication,
        "discussed_on": content.discussed_on,
    }
    changed = [name for name, value in wanted.items() if getattr(submission, name) != value]
    for name in changed:
        setattr(submission, name, wanted[name])
    if "contact_email" in changed:
        submission.identity = content.identity
    return changed


def copy_company(before: SubmissionVersion, version: SubmissionVersion) -> None:
    """Let those who signed a version, and the files that came with it, go along to the next."""
    version.parties = [
        Party(
            organisation_id=party.organisation_id,
            capacity=party.capacity,
            position=party.position,
            name=party.name,
            title=party.title,
        )
        for party in before.parties
    ]
    version.attachments = [
        Attachment(
            kind=file.kind,
            filename=file.filename,
            media_type=file.media_type,
            size=file.size,
            pages=file.pages,
            digest=file.digest,
        )
        for file in before.attachments
    ]
    session().flush()


def _log_amendment(version: SubmissionVersion, *, changed: list[str]) -> None:
    """Note in the owner's log that an answer was changed; what was said stands in the versions."""
    record(
        Tag.SUBMISSION_AMENDED,
        subject=version.submission.reference,
        by=SENDER,
        stream=organisation_stream(version.submission.round.owner_id),
        data={"version": version.number, "digest": version.digest, "changed": changed},
    )


def _deadline_status(
    round_: "Round", respondent: Respondent, received_at: datetime
) -> DeadlineStatus:
    return deadline_status(
        received_at=received_at,
        closes_at=round_.closes_at,
        own_deadline=own_deadline(round_.id, respondent.organisation_id),
    )


def _log_receipt(version: SubmissionVersion, *, by: str) -> None:
    """Note in the owner's log that an answer came, when, and what its fingerprint is."""
    submission = version.submission
    record(
        Tag.SUBMISSION_IMPORTED if submission.registered_by else Tag.SUBMISSION_RECEIVED,
        subject=submission.reference,
        by=by,
        stream=organisation_stream(submission.round.owner_id),
        data={
            "number": submission.number,
            "channel": submission.channel.value,
            "digest": version.digest,
            "received_at": submission.received_at.isoformat(),
            "stored_at": submission.stored_at.isoformat(),
        },
    )


def _store_version(
    submission: Submission,
    content: SubmissionContent,
    answers: Sequence[AnswerContent],
    *,
    by: Actor,
    received_at: datetime,
) -> SubmissionVersion:
    assembled = assemble_text(answers)
    version = SubmissionVersion(
        submission=submission,
        number=submission.current_version_number,
        text=assembled.text,
        digest=version_digest(assembled.text, answers),
        received_at=received_at,
        created_at=utc_now(),
        created_by=by.reference,
    )
    version.answers = [
        Answer(
            question_id=answer.question_id,
            proposal_id=answer.proposal_id,
            position=position,
            start=start,
            end=end,
            stance=answer.stance,
            modifiers=[modifier.value for modifier in answer.modifiers],
            choices=list(answer.choices),
            scale_value=answer.scale_value,
            no_comments=answer.no_comments,
            source_heading=answer.source_heading,
        )
        for position, (answer, (start, end)) in enumerate(
            zip(answers, assembled.spans, strict=True)
        )
    ]
    version.parties = [
        Party(capacity=Capacity.SIGNATORY, position=position, name=signer.name, title=signer.title)
        for position, signer in enumerate(content.signers)
    ]
    version.attachments = [
        Attachment(
            kind=file.kind,
            filename=file.filename,
            media_type=file.media_type,
            size=file.size,
            pages=file.pages,
            digest=file.digest,
        )
        for file in content.files
    ]
    session().add(version)
    session().flush()
    return version
