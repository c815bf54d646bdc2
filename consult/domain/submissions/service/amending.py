"""After sending: changing an answer until the deadline, and withdrawing it."""

from datetime import datetime

from sqlalchemy import select, update

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.notifications.messages import send_withdrawn
from consult.domain.submissions.errors import NotAmendable
from consult.domain.submissions.models import (
    Answer,
    Draft,
    DraftAnswer,
    DraftComment,
    DraftFile,
    DraftRemark,
    Submission,
    SubmissionVersion,
)
from consult.domain.submissions.queries import own_deadline
from consult.domain.submissions.reaching import recipient_of
from consult.domain.submissions.rules import (
    check_sending,
    check_step,
    is_amendable,
)
from consult.domain.submissions.service.accompanying import withdraw_along
from consult.domain.submissions.service.drafting import delete_draft, log_draft
from consult.domain.submissions.service.filing import forget_files
from consult.domain.submissions.service.receiving import SENDER
from consult.domain.submissions.types import SubmissionStatus, Voice
from consult.kernel.files import FileStore
from consult.kernel.i18n import localised


def can_amend(submission: Submission) -> bool:
    """Whether the answer is of a kind that its sender can change in the form; see the rule."""
    return is_amendable(
        status=submission.status,
        channel=submission.channel,
        is_registered=submission.registered_by is not None,
        has_other_words=any(
            answer.voice in {Voice.SENDER, Voice.JOINING}
            and answer.supplement is None
            and answer.question_id is None
            and answer.section_id is None
            and bool(answer.text)
            for answer in submission.current_version.answers
        ),
    )


def start_amendment(submission: Submission, *, by: Actor, now: datetime) -> Draft:
    """A draft that holds what was sent last, to be changed; the one begun already if there is one.

    What was sent stands until the draft is sent. Files are not copied: their bytes are kept for
    good already. A body that was only chosen from the register stays so in the draft, also when the
    owner has found it to be the sender, so that whoever wrote the answer can open the draft.

    Raises:
        RoundNotOpen, DeadlinePassed: It is too late to send anything.
        NotAmendable: The answer is withdrawn, or was not written in the form.
    """
    own = own_deadline(submission.round_id, submission.organisation_id)
    check_sending(submission.round, received_at=now, own_deadline=own, now=now)
    hold_submission(submission)
    if not can_amend(submission):
        raise NotAmendable(submission.public_id)
    begun = find_amendment(submission)
    if begun is not None:
        return begun
    draft = Draft(
        round_id=submission.round_id,
        person_id=by.person_id,
        organisation_id=None
        if submission.claimed_organisation_id is not None
        else submission.organisation_id,
        amends=submission,
        name=submission.name,
        actor_type=submission.actor_type,
        contact_name=submission.contact_name,
        contact_email=submission.contact_email,
        language=submission.language,
        locale=submission.locale,
        publication=submission.publication,
        discussed_on=submission.discussed_on,
        took_part=list(submission.took_part),
        mandate=dict(submission.mandate),
        exposure=submission.exposure,
        claimed_organisation_id=submission.claimed_organisation_id,
        organisation_number=submission.organisation_number,
        written_by=submission.written_by,
        created_at=now,
        updated_at=now,
    )
    session().add(draft)
    session().flush()
    _write_again(draft, submission.current_version, by=by)
    log_draft(Tag.DRAFT_STARTED, draft, by=by)
    return draft


def _write_again(draft: Draft, version: SubmissionVersion, *, by: Actor) -> None:
    """Put everything that the sender said in a version into a draft, but for supplements.

    They are kept as they are: whatever becomes of the draft takes them along.
    """
    for answer in version.answers:
        part = _part_of(draft, answer, by=by) if answer.supplement is None else None
        if part is not None:
            session().add(part)
    whole = [one.text for one in version.answers if one.takes_files and one.question_id is None]
    session().add_all(
        DraftFile(
            draft_id=draft.id,
            question_id=file.question_id,
            kind=file.kind,
            filename=file.filename,
            media_type=file.media_type,
            size=file.size,
            digest=file.digest,
            pages=file.pages,
            problem=file.problem,
            summary=whole.pop() if file.question_id is None and whole else "",
            created_at=draft.created_at,
        )
        for file in version.attachments
        if file.supplement is None
    )
    session().flush()


def _part_of(
    draft: Draft, answer: Answer, *, by: Actor
) -> DraftAnswer | DraftComment | DraftRemark | None:
    """A part as it stands in a draft; nothing where only files stand, or the staff's own words."""
    if answer.voice is Voice.MINORITY:
        return DraftRemark(
            draft_id=draft.id,
            question_id=answer.question_id,
            label=answer.voice_label or "",
            text=answer.text,
            updated_at=draft.created_at,
        )
    if answer.section_id is not None:
        return DraftComment(
            draft_id=draft.id,
            section_id=answer.section_id,
            quote=answer.quote,
            text=answer.text,
            updated_at=draft.created_at,
        )
    if answer.voice.is_added or answer.question_id is None:
        return None
    return DraftAnswer(
        draft_id=draft.id,
        question_id=answer.question_id,
        text=answer.text,
        stance=answer.stance,
        choices=list(answer.choices),
        scale_value=answer.scale_value,
        no_comments=answer.no_comments,
        wording=answer.wording,
        updated_at=draft.created_at,
        updated_by=by.reference,
    )


def find_amendment(submission: Submission) -> Draft | None:
    """The unsent draft of a new version, where somebody has begun one."""
    query = select(Draft).where(Draft.amends_id == submission.id, Draft.submission_id.is_(None))
    return session().scalars(query).one_or_none()


def withdraw_submission(
    submission: Submission, *, by: Actor, now: datetime, files: FileStore
) -> None:
    """Take an answer back: it counts no more and leaves the web; number and registry entry remain.

    What was sent along with it goes too. Changes that were begun and not sent are deleted. A
    confirmation is mailed.

    Raises ``TransitionError`` when it is withdrawn already.
    """
    hold_submission(submission)
    before = submission.status
    check_step(before, SubmissionStatus.WITHDRAWN)
    submission.status = SubmissionStatus.WITHDRAWN
    submission.withdrawn_at = now
    withdraw_along(submission, now=now)
    begun = find_amendment(submission)
    if begun is not None:
        forget_files(begun, files=files)
        delete_draft(begun, by=by)
    session().flush()
    _record_withdrawal(submission, before, by=by)
    _mail_withdrawal(submission, now=now)


def hold_submission(submission: Submission) -> None:
    """Keep others from changing the answer until this transaction ends, on either database."""
    session().execute(
        update(Submission)
        .where(Submission.id == submission.id)
        .values(current_version_number=Submission.current_version_number)
        .execution_options(synchronize_session=False)
    )
    session().refresh(submission)


def _record_withdrawal(submission: Submission, before: SubmissionStatus, *, by: Actor) -> None:
    """Log it with the owner, and with the organisation that withdrew: only that learns by whom."""
    change = {"before": before.value, "after": submission.status.value}
    logs = {organisation_stream(submission.round.owner_id): SENDER}
    if submission.organisation_id is not None:
        logs[organisation_stream(submission.organisation_id)] = by.reference
    for stream, actor in logs.items():
        record(
            Tag.SUBMISSION_WITHDRAWN,
            subject=submission.reference,
            by=actor,
            stream=stream,
            data={"number": submission.number, "status": change},
        )


def _mail_withdrawal(submission: Submission, *, now: datetime) -> None:
    recipient = recipient_of(submission)
    if recipient is None:
        return
    send_withdrawn(
        recipient,
        about=submission.reference,
        receipt_number=submission.receipt_number,
        round_title=localised(submission.round.title, recipient.locale),
        owner=submission.round.owner.name,
        withdrawn_at=now,
    )
