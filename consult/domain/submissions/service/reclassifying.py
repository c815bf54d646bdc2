"""Correcting what kind of body or person an answer came from."""

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.models import Submission
from consult.kernel.errors import InvalidInput


def change_actor_type(
    submission: Submission, actor_type: ActorType, *, reason: str, by: Actor
) -> None:
    """Give an answer another kind of sender; every table follows, the audit log keeps why.

    Raises ``InvalidInput`` without a reason.
    """
    if not reason.strip():
        raise InvalidInput("reason", "required")
    before = submission.actor_type
    if before is actor_type:
        return
    submission.actor_type = actor_type
    session().flush()
    record(
        Tag.SUBMISSION_CHANGED,
        subject=submission.reference,
        by=by.reference,
        stream=organisation_stream(submission.round.owner_id),
        data={
            "actor_type": {"before": before.value, "after": actor_type.value},
            "reason": reason.strip(),
        },
    )
