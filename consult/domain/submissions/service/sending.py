"""Sending: a draft becomes an answer, once, however often somebody presses the button."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.notifications.messages import ReceiptLine, send_receipt
from consult.domain.notifications.types import Recipient
from consult.domain.rounds.queries import list_questions
from consult.domain.submissions.errors import (
    AlreadySent,
    AnswersMissing,
    NotAmendable,
    PublicationNotChosen,
)
from consult.domain.submissions.models import Draft, DraftAnswer, Submission
from consult.domain.submissions.queries import (
    get_submission,
    list_draft_answers,
    own_deadline,
)
from consult.domain.submissions.rules import (
    check_sending,
    chosen_words,
    identity_level,
    letter_locale,
)
from consult.domain.submissions.service.amending import can_amend, hold_submission
from consult.domain.submissions.service.drafting import hold_draft
from consult.domain.submissions.service.linking import link_address, renew_mail_link
from consult.domain.submissions.service.receiving import receive_submission, receive_version
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    Respondent,
    SubmissionContent,
    WrittenAnswer,
)
from consult.kernel.clock import utc_now
from consult.kernel.i18n import localised

if TYPE_CHECKING:
    from consult.domain.rounds.models import Question


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a draft.

    Attributes:
        token: The secret of the receipt's personal link; ``None`` when it had been sent before, or
            was a new version of an answer that has its link.
    """

    submission: Submission
    token: str | None


def send_draft(draft: Draft, *, by: Actor, received_at: datetime, base_url: str) -> Sent:
    """Send a draft in: it becomes a submission, its text is emptied, and a receipt is mailed.

    Doing so twice, also at the same time, makes one submission. A draft that amends an answer
    becomes its next version instead.

    Args:
        draft: What to send.
        by: Who sends it.
        received_at: When the request arrived; this decides about the deadline.
        base_url: Address that the personal link in the mail starts with.

    Raises:
        RoundNotOpen, DeadlinePassed: Too early or too late; the draft is kept as it is.
        PublicationNotChosen: The sender has not said how the answer may be published.
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
        own_deadline=own_deadline(draft.round_id, draft.organisation_id),
        now=utc_now(),
    )
    questions = list_questions(draft.round_id)
    written = {
        answer.question_id: answer.written for answer in list_draft_answers(draft.id).values()
    }
    content = _content(draft, questions, written, by=by)
    if draft.amends is None:
        submission, token = receive_submission(draft.round, content, by=by, received_at=received_at)
    else:
        submission, token = draft.amends, None
        hold_submission(submission)
        if not can_amend(submission):
            raise NotAmendable(submission.public_id)
        receive_version(submission, content, by=by, received_at=received_at)
    _empty(draft, submission, by=by)
    _mail_receipt(submission, questions, written, base_url=base_url)
    return Sent(submission, token)


def _content(
    draft: Draft, questions: Sequence["Question"], written: dict[int, WrittenAnswer], *, by: Actor
) -> SubmissionContent:
    if draft.publication is None:
        raise PublicationNotChosen
    missing = tuple(
        question.key
        for question in questions
        if question.is_required and written.get(question.id, WrittenAnswer()).is_blank
    )
    if missing:
        raise AnswersMissing(missing)
    return SubmissionContent(
        respondent=Respondent(
            name=draft.name,
            actor_type=draft.actor_type,
            organisation_id=draft.organisation_id,
            contact_name=draft.contact_name,
            contact_email=draft.contact_email,
        ),
        channel=Channel.FORM,
        language=draft.language,
        publication=draft.publication,
        answers=tuple(
            _answer(question, written[question.id])
            for question in questions
            if question.id in written
        ),
        discussed_on=draft.discussed_on,
        identity=identity_level(
            is_signed_in=by.is_authenticated,
            has_confirmed_email=draft.email_confirmed_at is not None,
        ),
        locale=draft.locale,
    )


def _answer(question: "Question", written: WrittenAnswer) -> AnswerContent:
    return AnswerContent(
        question_id=question.id,
        proposal_id=question.proposal_id,
        text=written.text,
        stance=written.stance,
        choices=written.choices,
        scale_value=written.scale_value,
        no_comments=written.no_comments,
    )


def _empty(draft: Draft, submission: Submission, *, by: Actor) -> None:
    """Leave of the draft only what leads its own browser to the receipt; its links end here."""
    draft.submission_id = submission.id
    draft.contact_name = draft.contact_email = draft.email_confirmed_at = None
    draft.access_digest = draft.mail_digest = draft.code_digest = None
    session().execute(delete(DraftAnswer).where(DraftAnswer.draft_id == draft.id))
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


def _mail_receipt(
    submission: Submission,
    questions: Sequence["Question"],
    written: dict[int, WrittenAnswer],
    *,
    base_url: str,
) -> None:
    if submission.contact_email is None:
        return
    locale = letter_locale(submission.language, submission.locale)
    send_receipt(
        Recipient(
            email=submission.contact_email,
            name=submission.contact_name or submission.name,
            locale=locale,
        ),
        about=submission.reference,
        receipt_number=submission.receipt_number,
        version=submission.current_version_number,
        received_at=submission.current_version.received_at or submission.received_at,
        round_title=localised(submission.round.title, locale),
        owner=submission.round.owner.name,
        language=submission.language,
        lines=[
            ReceiptLine(
                question=localised(question.text, locale),
                chosen=chosen_words(question, written[question.id], locale=locale),
                text=written[question.id].text,
            )
            for question in questions
            if question.id in written and not written[question.id].is_blank
        ],
        link=link_address(base_url, renew_mail_link(submission)),
    )
