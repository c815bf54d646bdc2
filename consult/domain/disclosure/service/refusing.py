"""Not publishing an answer at all: with a reason that the sender is told, and a way to object."""

from collections.abc import Mapping

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.disclosure.models import AnswerReview
from consult.domain.disclosure.service.reviewing import decide
from consult.domain.disclosure.types import REFUSAL_LABELS, RefusalReason, ReviewState
from consult.domain.notifications.messages import send_publication_decision
from consult.domain.submissions.reaching import recipient_of
from consult.kernel.i18n import localised, translator


def refuse_publication(
    review: AnswerReview, reason: RefusalReason, explanation: str, *, by: Actor, contact: str
) -> bool:
    """Keep an answer off the web and tell its sender; returns whether there was an address.

    The answer stays in the journal, is counted and can be asked for under the law (scenario 70).

    Args:
        review: The review of the version that counts.
        reason: Which of the reasons that answers are refused for.
        explanation: In the reviewer's own words, for the sender; may be empty.
        by: Who decides.
        contact: Where the sender can object.
    """
    decide(review, ReviewState.REFUSED, by=by)
    review.reason = reason
    review.explanation = explanation.strip() or None
    session().flush()
    _note(Tag.REVIEW_REFUSED, review, by=by, data={"reason": reason.value})
    return _tell(review, reason, contact=contact)


def take_refusal_back(review: AnswerReview, *, by: Actor, contact: str) -> None:
    """Put a refused answer back in the queue and tell its sender."""
    if review.state is not ReviewState.REFUSED:
        return
    decide(review, ReviewState.WAITING, by=by)
    review.decided_at = review.decided_by = None
    session().flush()
    _note(Tag.REVIEW_TAKEN_BACK, review, by=by, data={"state": ReviewState.REFUSED.value})
    _tell(review, None, contact=contact)


def _tell(review: AnswerReview, reason: RefusalReason | None, *, contact: str) -> bool:
    submission = review.submission
    recipient = recipient_of(submission)
    if recipient is None:
        return False
    locale = recipient.locale
    say = translator(locale).gettext
    send_publication_decision(
        recipient,
        about=submission.reference,
        receipt_number=submission.receipt_number,
        round_title=localised(review.round.title, locale),
        owner=review.round.owner.name,
        reason=say(REFUSAL_LABELS[reason]) if reason else None,
        explanation=review.explanation or "",
        contact=contact,
    )
    return True


def _note(tag: Tag, review: AnswerReview, *, by: Actor, data: Mapping[str, object]) -> None:
    record(
        tag,
        subject=review.submission.reference,
        by=by.reference,
        stream=organisation_stream(review.round.owner_id),
        data=data,
    )
