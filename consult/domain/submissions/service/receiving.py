"""Receiving: what was written, brought or imported becomes an answer that never changes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from blinker import Signal

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.rounds.queries import wordings_in_force
from consult.domain.rounds.rules import receipt_number
from consult.domain.rounds.service.numbering import take_number
from consult.domain.submissions.errors import NothingAnswered
from consult.domain.submissions.mandates import case_data, mandate_data
from consult.domain.submissions.models import (
    Answer,
    Attachment,
    Party,
    Registration,
    Submission,
    SubmissionVersion,
)
from consult.domain.submissions.parties import Capacity
from consult.domain.submissions.queries import own_deadline
from consult.domain.submissions.rules import (
    AssembledText,
    assemble_text,
    check_content,
    deadline_status,
    first_status,
    sender_check,
    version_digest,
)
from consult.domain.submissions.service.awaiting import link_awaited
from consult.domain.submissions.service.linking import add_link
from consult.domain.submissions.types import (
    AnswerContent,
    DeadlineStatus,
    StoredFile,
    SubmissionContent,
    SubmissionStatus,
)
from consult.kernel.clock import utc_now

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
    status: SubmissionStatus | None = None,
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
        status: What it stands as, if not as an answer that counts.

    Raises:
        InvalidInput: The sender has no name, or a national identity number stands somewhere.
        NothingAnswered: There is no answer in it, and it does not say "no comments" either.
    """
    content = check_content(content)
    answers = [answer for answer in content.answers if not answer.is_blank]
    if not answers and not content.no_comments:
        raise NothingAnswered
    submission = _new_submission(round_, content, received_at=received_at)
    submission.status = status or first_status(content)
    submission.has_comments = any(not answer.no_comments for answer in answers)
    submission.registered_by = by.reference if is_registered else None
    submission.sender_check = None if is_registered else sender_check(content.respondent)
    submission.identity = None if is_registered else content.identity
    submission.registration = _registration(content, by=by)
    version = store_version(submission, content, answers, by=by, received_at=received_at)
    link_awaited(submission)
    _log_receipt(version, by=by.reference if is_registered else SENDER)
    version_stored.send(version)
    return submission, add_link(submission)


def _new_submission(
    round_: "Round", content: SubmissionContent, *, received_at: datetime
) -> Submission:
    """A submission with its number and all that is told beside the answers."""
    number, sender = take_number(round_), content.respondent
    return Submission(
        round_id=round_.id,
        number=number,
        receipt_number=receipt_number(round_.slug, number),
        current_version_number=1,
        organisation_id=sender.organisation_id,
        name=sender.name,
        actor_type=sender.actor_type,
        contact_name=sender.contact_name,
        contact_email=sender.contact_email,
        claimed_organisation_id=sender.claimed_organisation_id,
        organisation_number=sender.organisation_number,
        written_by=sender.written_by,
        language=content.language,
        locale=content.locale,
        channel=content.channel,
        publication=content.publication,
        deadline_status=status_on_arrival(round_, sender.organisation_id, received_at),
        received_at=received_at,
        stored_at=utc_now(),
        document_date=content.document_date,
        discussed_on=content.discussed_on,
        took_part=[asdict(item) for item in content.took_part],
        mandate=mandate_data(content.ground.mandate),
        exposure=content.ground.exposure,
        their_ref=content.their_ref,
    )


def _registration(content: SubmissionContent, *, by: Actor) -> Registration | None:
    relay = content.relay
    if relay is None or relay.is_plain:
        return None
    return Registration(
        posted_on=relay.posted_on,
        read_back_at=utc_now() if relay.is_read_back else None,
        read_back_by=by.reference if relay.is_read_back else None,
        spoken_language=relay.spoken_language,
        with_interpreter=relay.with_interpreter,
        assistant=relay.assistant,
        assistance=relay.assistance,
    )


def status_on_arrival(
    round_: "Round", organisation_id: int | None, received_at: datetime
) -> DeadlineStatus:
    """How a moment of receipt stands to the deadline that the sender had."""
    return deadline_status(
        received_at=received_at,
        closes_at=round_.closes_at,
        own_deadline=own_deadline(round_.id, organisation_id),
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


def store_version(
    submission: Submission,
    content: SubmissionContent,
    answers: Sequence[AnswerContent],
    *,
    by: Actor,
    received_at: datetime,
) -> SubmissionVersion:
    """Store what was said as the version that counts now, and tell nobody yet."""
    assembled = assemble_text(answers)
    in_force = wordings_in_force(submission.round_id, received_at)
    version = SubmissionVersion(
        submission=submission,
        number=submission.current_version_number,
        text=assembled.text,
        digest=version_digest(assembled.text, answers, content.files),
        received_at=received_at,
        created_at=utc_now(),
        created_by=by.reference,
        is_provisional=content.is_provisional,
        case_steps=case_data(content.case_steps),
    )
    version.answers = _new_answers(answers, assembled, in_force)
    version.parties = [
        Party(
            capacity=Capacity.SIGNATORY,
            position=position,
            name=signer.name,
            title=signer.title,
            signed_for=signer.signed_for,
        )
        for position, signer in enumerate(content.signers)
    ]
    version.parties += _bodies_behind(content)
    version.attachments = [_attachment(file, version.parties) for file in content.files]
    session().add(version)
    session().flush()
    return version


def _new_answers(
    answers: Sequence[AnswerContent], assembled: AssembledText, in_force: Mapping[int, int]
) -> list[Answer]:
    """The parts of a version, each where its words stand in the text."""
    return [
        Answer(
            question_id=answer.question_id,
            proposal_id=answer.proposal_id,
            section_id=answer.section_id,
            quote=answer.quote,
            position=position,
            start=start,
            end=end,
            stance=answer.stance,
            modifiers=[modifier.value for modifier in answer.modifiers],
            choices=list(answer.choices),
            scale_value=answer.scale_value,
            no_comments=answer.no_comments,
            source_heading=answer.source_heading,
            voice=answer.voice,
            voice_label=answer.voice_label,
            wording=answer.wording or in_force.get(answer.question_id or 0, 1),
            supplement=answer.supplement,
        )
        for position, (answer, (start, end)) in enumerate(
            zip(answers, assembled.spans, strict=True)
        )
    ]


def _bodies_behind(content: SubmissionContent) -> list[Party]:
    """Co-senders and sources, after those who signed."""
    return [
        Party(
            capacity=body.capacity,
            position=position,
            name=body.name,
            organisation_id=body.organisation_id,
            is_confirmed=body.is_confirmed,
            ground=body.ground,
        )
        for position, body in enumerate(content.behind, len(content.signers))
    ]


def _attachment(file: StoredFile, parties: Sequence[Party]) -> Attachment:
    source = next(
        (
            party
            for party in parties
            if party.capacity is Capacity.SOURCE and party.organisation_id == file.source_id
        ),
        None,
    )
    return Attachment(
        kind=file.kind,
        filename=file.filename,
        media_type=file.media_type,
        size=file.size,
        pages=file.pages,
        problem=file.problem,
        digest=file.digest,
        question_id=file.question_id,
        supplement=file.supplement,
        source=source if file.source_id is not None else None,
    )
