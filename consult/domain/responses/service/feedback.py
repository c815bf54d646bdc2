"""Telling branches where their points went."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.notifications.feedback import send_branch_feedback
from consult.domain.organisations.types import Role
from consult.domain.responses.errors import NobodyToTell, PointsNotLookedAt
from consult.domain.responses.feedback import LONGEST_TEXT, FeedbackState
from consult.domain.responses.models import BranchFeedback, ResponseCase
from consult.domain.responses.recipients import recipients_for
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import localised, localised_language

if TYPE_CHECKING:
    from consult.domain.responses.branches import BranchAnswer


@dataclass(frozen=True, slots=True)
class ToldResult:
    """How telling went.

    Attributes:
        told: How many branches see what is new.
        without_mail: How many of them got no mail: nobody there has an address.
    """

    told: int = 0
    without_mail: int = 0


def write_feedback(
    case: ResponseCase, answer: "BranchAnswer", text: str, *, by: Actor, at: datetime
) -> BranchFeedback:
    """Keep our own words to a branch; the branch sees them when they are sent.

    Raises ``InvalidInput`` at ``text`` when it is too long.
    """
    words = text.replace("\r\n", "\n").strip()
    if len(words) > LONGEST_TEXT:
        raise InvalidInput("text", "too_long", limit=LONGEST_TEXT)
    feedback = answer.feedback
    if feedback is not None and feedback.text == words:
        return feedback
    if feedback is None:
        feedback = BranchFeedback(case_id=case.id, submission_id=answer.submission.id)
        session().add(feedback)
    feedback.text, feedback.written_at, feedback.written_by = words, at, by.reference
    session().flush()
    _note(Tag.FEEDBACK_WRITTEN, case, answer, by=by)
    return feedback


def send_feedback(
    case: ResponseCase,
    answers: "Sequence[BranchAnswer]",
    *,
    text: str = "",
    with_open_points: bool = False,
    base_url: str,
    by: Actor,
    at: datetime,
) -> ToldResult:
    """Let branches see where their points went, and mail them that they can.

    What a branch has been told already is not sent again; what has changed takes its place.
    ``text`` goes to branches that no words are written to yet. ``with_open_points`` says that
    somebody has confirmed that points which nobody has looked at are told as that.

    Raises:
        InvalidInput: at ``text`` when it is too long.
        NobodyToTell: None of them is a body in the register.
        PointsNotLookedAt: Some points are neither used nor left out, and nobody confirmed.
    """
    reachable = [one for one in answers if one.can_be_told]
    if not reachable:
        raise NobodyToTell
    waiting = [one for one in reachable if one.state is not FeedbackState.SENT]
    open_points = sum(one.count.open for one in waiting)
    if open_points and not with_open_points:
        raise PointsNotLookedAt(open_points)
    mailed = [_send(case, one, text, base_url=base_url, by=by, at=at) for one in waiting]
    return ToldResult(len(mailed), mailed.count(0))


def _send(
    case: ResponseCase,
    answer: "BranchAnswer",
    text: str,
    *,
    base_url: str,
    by: Actor,
    at: datetime,
) -> int:
    """Tell one branch; how many mails that takes."""
    feedback = write_feedback(case, answer, answer.told.text or text, by=by, at=at)
    is_again = feedback.sent_at is not None
    feedback.sent = replace(answer.told, text=feedback.text).to_json()
    feedback.sent_at = at
    session().flush()
    _note(Tag.FEEDBACK_SENT, case, answer, by=by, data={"open": answer.count.open})
    body = answer.submission.organisation
    writers = (Role.COORDINATOR, Role.DRAFTER)
    recipients = recipients_for(body, *writers, at=at) if body is not None else []
    for recipient in recipients:
        send_branch_feedback(
            recipient,
            branch=answer.submission.name,
            organisation=case.organisation.name_in(recipient.locale),
            round_title=localised(answer.submission.round.title, recipient.locale),
            language=localised_language(answer.submission.round.title, recipient.locale),
            is_again=is_again,
            link=f"{base_url}/answer/receipts/{answer.submission.public_id}/uses",
        )
    return len(recipients)


def _note(
    tag: Tag,
    case: ResponseCase,
    answer: "BranchAnswer",
    *,
    by: Actor,
    data: dict[str, object] | None = None,
) -> None:
    record(
        tag,
        subject=case.reference,
        by=by.reference,
        stream=organisation_stream(case.organisation_id),
        data={"answer": answer.submission.reference, **(data or {})},
    )
