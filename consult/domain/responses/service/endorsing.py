"""Answering by joining another's answer, and asking whether that still holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.notifications.joining import JoinedChange, send_joined_changed
from consult.domain.organisations.types import Role
from consult.domain.responses.errors import AlreadyAnswered
from consult.domain.responses.models import ResponseCase
from consult.domain.responses.recipients import recipients_for
from consult.domain.responses.service.deciding import hold_case, take_round
from consult.domain.submissions.endorsements import endorsement_by_id
from consult.domain.submissions.endorsing import EndorsementState, Joining
from consult.domain.submissions.queries import find_latest_of
from consult.domain.submissions.service.endorsing import join_answer, keep_endorsement, note_asked
from consult.domain.submissions.service.receipts import mail_receipt
from consult.domain.submissions.types import Publication, Respondent, SubmissionStatus
from consult.kernel.i18n import localised, localised_language

if TYPE_CHECKING:
    from consult.domain.responses.listing import Concern
    from consult.domain.submissions.models import Endorsement, Submission


@dataclass(frozen=True, slots=True)
class JoiningPlan:
    """What an organisation wants to join, and how it may be published."""

    joining: Joining
    publication: Publication = Publication.WITH_NAME


def join_response(
    concern: "Concern", plan: JoiningPlan, *, base_url: str, by: Actor, received_at: datetime
) -> "Submission":
    """Answer for the organisation by joining another's answer.

    Raises:
        AlreadyAnswered: The organisation has an answer that stands, also by a first press.
        RoundNotOpen, AnswerReplaced, InvalidInput: As
            :func:`~consult.domain.submissions.service.endorsing.join_answer`.
    """
    case = take_round(concern.round, concern.organisation, by=by, at=received_at)
    hold_case(case)
    if find_latest_of(concern.round.id, concern.organisation.id) is not None:
        raise AlreadyAnswered
    body = concern.organisation
    submission = join_answer(
        concern.round,
        plan.joining,
        respondent=Respondent(
            name=body.name,
            actor_type=body.actor_type,
            organisation_id=body.id,
            contact_name=by.name,
            contact_email=by.email or body.email,
        ),
        language=body.language,
        publication=plan.publication,
        by=by,
        received_at=received_at,
    )
    _note(case, submission, by=by)
    mail_receipt(submission, base_url=base_url)
    return submission


def still_join(endorsement: "Endorsement", *, version: int, by: Actor, at: datetime) -> None:
    """The organisation itself says that it joins the other answer as it is now.

    Raises ``AnswerReplaced`` when that is not the version it looked at.
    """
    keep_endorsement(endorsement, version=version, by=by, at=at, is_sender=True)


def ask_whether(endorsement: "Endorsement", *, base_url: str, by: Actor, at: datetime) -> int:
    """Ask a body, by mail, whether it still joins; returns how many people were written to."""
    note_asked(endorsement, by=by, at=at)
    return _mail(endorsement, is_question=True, base_url=base_url, at=at)


def tell_joined_changed(endorsement_id: int, *, base_url: str, now: datetime) -> None:
    """Tell a body, once, that the answer it joins has been changed or taken back."""
    endorsement = endorsement_by_id(endorsement_id)
    if endorsement.told_at is None and endorsement.state is EndorsementState.TO_CHECK:
        endorsement.told_at = now
        _mail(endorsement, is_question=False, base_url=base_url, at=now)


def _mail(endorsement: "Endorsement", *, is_question: bool, base_url: str, at: datetime) -> int:
    submission, other = endorsement.submission, endorsement.of
    body, round_ = submission.organisation, submission.round
    if body is None:
        return 0
    is_gone = other is not None and other.status is not SubmissionStatus.RECEIVED
    recipients = recipients_for(body, Role.COORDINATOR, at=at)
    for recipient in recipients:
        send_joined_changed(
            recipient,
            JoinedChange(
                body=body.name_in(recipient.locale),
                other=endorsement.of_name,
                owner=round_.owner.name_in(recipient.locale),
                is_gone=is_gone,
                is_question=is_question,
            ),
            round_title=localised(round_.title, recipient.locale),
            language=localised_language(round_.title, recipient.locale),
            link=f"{base_url}/workspace/{body.slug}/cases/{round_.slug}/join",
        )
    return len(recipients)


def _note(case: ResponseCase, submission: "Submission", *, by: Actor) -> None:
    """Log with the organisation who pressed the button."""
    record(
        Tag.CASE_SENT,
        subject=case.reference,
        by=by.reference,
        stream=organisation_stream(case.organisation_id),
        data={"joins": True, "number": submission.receipt_number},
    )
