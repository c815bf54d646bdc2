"""A co-sender says yes after the answer has been sent."""

from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.submissions.parties import Capacity
from consult.domain.submissions.service.receiving import SENDER

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


def confirm_co_sender(submission: "Submission", organisation_id: int) -> None:
    """Let a body that stands on the version that counts be shown as confirmed, and counted."""
    for party in submission.current_version.parties:
        if party.capacity is Capacity.CO_SENDER and party.organisation_id == organisation_id:
            party.is_confirmed = True
    session().flush()
    record(
        Tag.SUBMISSION_PARTY_CONFIRMED,
        subject=submission.reference,
        by=SENDER,
        stream=organisation_stream(submission.round.owner_id),
        data={"version": submission.current_version_number, "organisation": organisation_id},
    )
