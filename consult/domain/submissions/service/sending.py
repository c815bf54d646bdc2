"""Sending: a draft becomes an answer, once, however often somebody presses the button."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.submissions.errors import (
    AlreadySent,
    AnswersMissing,
    ExposureNotChosen,
    NotAmendable,
    PublicationNotChosen,
)
from consult.domain.submissions.mandates import Ground, mandate_of
from consult.domain.submissions.models import (
    Draft,
    DraftAnswer,
    DraftComment,
    DraftRemark,
    MemberConfirmation,
    Submission,
)
from consult.domain.submissions.queries import get_submission, own_deadline_of
from consult.domain.submissions.rules import check_sending, identity_level
from consult.domain.submissions.service.amending import can_amend, hold_submission
from consult.domain.submissions.service.drafting import hold_draft
from consult.domain.submissions.service.filing import carry_over
from consult.domain.submissions.service.linking import end_links
from consult.domain.submissions.service.receipts import mail_receipt
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.service.revising import receive_version
from consult.domain.submissions.service.statement import Statement, statement_of
from consult.domain.submissions.types import (
    VOICE_LABELS,
    Channel,
    Respondent,
    SubmissionContent,
    Voice,
)
from consult.kernel.clock import utc_now
from consult.kernel.files import FileStore

MINORITY = VOICE_LABELS[Voice.MINORITY]


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a draft.

    Attributes:
        token: The secret of the receipt's personal link; ``None`` when it had been sent before, or
            was a new version of an answer that has its link.
    """

    submission: Submission
    token: str | None


def send_draft(
    draft: Draft, *, by: Actor, received_at: datetime, base_url: str, files: FileStore
) -> Sent:
    """Send a draft in: it becomes a submission, its text is emptied, and a receipt is mailed.

    Doing so twice, also at the same time, makes one submission. A draft that amends an answer
    becomes its next version instead.

    Args:
        draft: What to send.
        by: Who sends it.
        received_at: When the request arrived; this decides about the deadline.
        base_url: Address that the personal link in the mail starts with.
        files: Where the draft's files are kept.

    Raises:
        RoundNotOpen, DeadlinePassed: Too early or too late; the draft is kept as it is.
        PublicationNotChosen: The sender has not said how the answer may be published.
        ExposureNotChosen: A branch has not said how far its internal answer may travel.
        AnswersMissing: Questions that must be answered are not.
        NothingAnswered: Nothing at all is answered.
        NothingChanged: It amends an answer and says the same.
        NotAmendable: It amends an answer that cannot be changed any more.
    """
    try:
        hold_draft(draft, now=utc_now())
    except AlreadySent as sent:
        return Sent(get_submission(sent.submission_public_id), None)
    check_sending(
        draft.round,
        received_at=received_at,
        own_deadline=own_deadline_of(draft),
        now=utc_now(),
    )
    content = _content(draft, statement_of(draft), by=by)
    if draft.amends is None:
        submission, token = receive_submission(draft.round, content, by=by, received_at=received_at)
    else:
        submission, token = draft.amends, None
        hold_submission(submission)
        if not can_amend(submission):
            raise NotAmendable(submission.public_id)
        receive_version(submission, content, by=by, received_at=received_at)
    carry_over(draft, content.files, files=files)
    _empty(draft, submission, by=by)
    mail_receipt(submission, base_url=base_url)
    return Sent(submission, token)


def _content(draft: Draft, statement: Statement, *, by: Actor) -> SubmissionContent:
    if draft.publication is None:
        raise PublicationNotChosen
    if draft.exposure is None and draft.is_internal:
        raise ExposureNotChosen
    if statement.missing:
        raise AnswersMissing(tuple(question.key for question in statement.missing))
    return SubmissionContent(
        respondent=Respondent(
            name=draft.name,
            actor_type=draft.actor_type,
            organisation_id=draft.organisation_id,
            contact_name=draft.contact_name,
            contact_email=draft.contact_email,
            claimed_organisation_id=draft.claimed_organisation_id,
            organisation_number=draft.organisation_number,
            written_by=draft.written_by,
        ),
        channel=Channel.FORM,
        language=draft.language,
        publication=draft.publication,
        answers=statement.answers,
        files=statement.stored_files,
        discussed_on=draft.discussed_on,
        took_part=draft.participants,
        ground=Ground(mandate_of(draft.mandate), draft.exposure),
        identity=identity_level(
            is_signed_in=by.is_authenticated,
            has_confirmed_email=draft.email_confirmed_at is not None,
        ),
        locale=draft.locale,
    )


def _empty(draft: Draft, submission: Submission, *, by: Actor) -> None:
    """Leave of the draft only what leads its own browser to the receipt; its links end here."""
    draft.submission_id = submission.id
    draft.contact_name = draft.contact_email = draft.email_confirmed_at = None
    end_links(draft)
    for kept in (DraftAnswer, DraftComment, DraftRemark):
        session().execute(delete(kept).where(kept.draft_id == draft.id))
    session().execute(
        update(MemberConfirmation)
        .where(MemberConfirmation.draft_id == draft.id)
        .values(submission_id=submission.id)
    )
    session().expire(draft, ["answers"])
    session().flush()
    if draft.organisation_id is not None:
        record(
            Tag.DRAFT_SENT,
            subject=draft.reference,
            by=by.reference,
            stream=organisation_stream(draft.organisation_id),
            data={"receipt_number": submission.receipt_number},
        )
