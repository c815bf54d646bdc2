"""Looking at who sent an answer: a body chosen from the register, an employer without a number."""

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.submissions.models import Submission
from consult.kernel.errors import InvalidInput


def settle_sender(submission: Submission, *, is_claimed_body: bool, by: Actor) -> None:
    """Note that somebody has looked at the sender, and whether it is the body that was chosen.

    An answer from the chosen body is then counted as that body's, whatever else it sends. Otherwise
    it stays as the sender wrote it.

    Raises ``InvalidInput`` (``decision``) when no body was chosen from the register.
    """
    if is_claimed_body and submission.claimed_organisation_id is None:
        raise InvalidInput("decision", "nothing_claimed")
    if submission.sender_check is None:
        return
    why = submission.sender_check
    if is_claimed_body:
        submission.organisation_id = submission.claimed_organisation_id
    submission.sender_check = None
    session().flush()
    record(
        Tag.SUBMISSION_SENDER_CHECKED,
        subject=submission.reference,
        by=by.reference,
        stream=organisation_stream(submission.round.owner_id),
        data={"check": why.value, "is_claimed_body": is_claimed_body},
    )
