"""Supplements: what an organisation adds to a response that it has sent."""

from datetime import datetime
from typing import TYPE_CHECKING

from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.responses.errors import NotReady
from consult.domain.rounds.types import PUBLIC_STATUSES
from consult.domain.submissions.additions import Supplement
from consult.domain.submissions.service.amending import hold_submission
from consult.domain.submissions.service.receipts import mail_receipt
from consult.domain.submissions.service.supplementing import receive_supplement
from consult.domain.submissions.types import StoredFile

if TYPE_CHECKING:
    from consult.domain.responses.listing import Concern


def send_supplement(
    concern: "Concern",
    supplement: Supplement,
    *,
    files: tuple[StoredFile, ...] = (),
    base_url: str,
    by: Actor,
    received_at: datetime,
) -> None:
    """Send a supplement to the response; what was sent stays, and both are shown.

    Raises:
        NotReady: Nothing is sent, it is withdrawn, or the round takes nothing any more.
        NothingAnswered, InvalidInput, NotAmendable: As ``receive_supplement``.
    """
    sent = concern.case.submission if concern.case else None
    if sent is None or concern.case is None or concern.round.status not in PUBLIC_STATUSES:
        raise NotReady
    hold_submission(sent)
    if sent.withdrawn_at is not None:
        raise NotReady
    version = receive_supplement(sent, supplement, files=files, by=by, received_at=received_at)
    record(
        Tag.CASE_SUPPLEMENTED,
        subject=concern.case.reference,
        by=by.reference,
        stream=organisation_stream(concern.organisation.id),
        data={"version": version.number, "digest": version.digest},
    )
    mail_receipt(sent, base_url=base_url)
