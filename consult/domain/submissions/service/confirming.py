"""A body behind an answer that has been sent says that it stands behind it, or does not."""

from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.submissions.parties import COUNTED
from consult.domain.submissions.service.receiving import SENDER

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


def confirm_body(submission: "Submission", organisation_id: int, *, is_confirmed: bool) -> None:
    """Let a body on the version that counts be counted behind it, or only shown.

    It is a co-sender, or the one that the answer is sent on behalf of.
    """
    changed = False
    for party in submission.current_version.parties:
        if party.capacity in COUNTED and party.organisation_id == organisation_id:
            changed = changed or party.is_confirmed is not is_confirmed
            party.is_confirmed = is_confirmed
    session().flush()
    if not changed:
        return
    record(
        Tag.SUBMISSION_PARTY_CONFIRMED if is_confirmed else Tag.SUBMISSION_PARTY_LEFT,
        subject=submission.reference,
        by=SENDER,
        stream=organisation_stream(submission.round.owner_id),
        data={"version": submission.current_version_number, "organisation": organisation_id},
    )
