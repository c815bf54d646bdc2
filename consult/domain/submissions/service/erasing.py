"""A sender asks for an answer to be deleted after it was sent: the request and the decision.

A received answer is a case document and is kept as the archive law demands. What can go is the copy
on the web and the contact data; a person at the owner's decides, and tells why.
"""

from datetime import datetime

from blinker import Signal
from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.notifications.messages import send_erasure_decision
from consult.domain.notifications.service import forget_mail_about
from consult.domain.submissions.erasures import find_open_request
from consult.domain.submissions.errors import ErasureAlreadyAsked
from consult.domain.submissions.models import Draft, ErasureRequest, Submission
from consult.domain.submissions.reaching import recipient_of
from consult.domain.submissions.rules import check_free_text
from consult.domain.submissions.senders import ErasureStatus, LinkKind
from consult.domain.submissions.service.linking import end_links
from consult.domain.submissions.service.receiving import SENDER
from consult.domain.submissions.types import Publication
from consult.kernel.errors import Conflict, InvalidInput
from consult.kernel.files import FileStore
from consult.kernel.i18n import localised
from consult.kernel.text.plain import canonical

MAX_ERASURE_TEXT = 2000
"""Characters of a request or of a reason."""

erasure_granted = Signal()
"""Sent in the transaction that grants a deletion, with the answer, the store and the moment: what
else is kept of how its sender is reached goes as well."""


def request_erasure(submission: Submission, message: str, *, now: datetime) -> ErasureRequest:
    """Ask the owner to delete an answer.

    Raises:
        ErasureAlreadyAsked: A request waits already.
        InvalidInput: ``message`` (``identity_number``, ``too_long``).
    """
    text = _checked("message", message)
    if find_open_request(submission) is not None:
        raise ErasureAlreadyAsked(submission.public_id)
    request = ErasureRequest(
        submission_id=submission.id,
        message=text,
        status=ErasureStatus.OPEN,
        requested_at=now,
    )
    session().add(request)
    session().flush()
    record(
        Tag.ERASURE_REQUESTED,
        subject=submission.reference,
        by=SENDER,
        stream=organisation_stream(submission.round.owner_id),
        data={"request": request.reference},
    )
    return request


def decide_erasure(
    request: ErasureRequest,
    *,
    is_granted: bool,
    reason: str,
    by: Actor,
    files: FileStore,
    now: datetime,
) -> None:
    """Grant or decline a request, and tell the sender why.

    Granting takes the answer off the web and deletes the contact data, with the mails they stand
    in and the row of the table that it was registered from. The document itself, its number and the
    registry entry remain.

    Raises:
        Conflict: It has been decided already.
        InvalidInput: ``reason`` (``required`` to decline, ``identity_number``, ``too_long``).
    """
    text = _checked("reason", reason)
    if not is_granted and not text:
        raise InvalidInput("reason", "required")
    if request.status is not ErasureStatus.OPEN:
        raise Conflict(request.public_id)
    submission = request.submission
    request.status = ErasureStatus.GRANTED if is_granted else ErasureStatus.DECLINED
    request.reason, request.decided_at, request.decided_by = text, now, by.reference
    recipient = recipient_of(submission)
    if is_granted:
        _remove(submission)
        erasure_granted.send(submission, files=files, by=by, now=now)
    session().flush()
    record(
        Tag.ERASURE_DECIDED,
        subject=submission.reference,
        by=by.reference,
        stream=organisation_stream(submission.round.owner_id),
        data={"request": request.reference, "granted": is_granted, "reason": text},
    )
    if recipient is not None:
        send_erasure_decision(
            recipient,
            about=request.reference,
            receipt_number=submission.receipt_number,
            round_title=localised(submission.round.title, recipient.locale),
            owner=submission.round.owner.name,
            is_granted=is_granted,
            reason=text,
        )


def _checked(field: str, text: str) -> str:
    text = canonical(text).strip()
    check_free_text(field, text)
    if len(text) > MAX_ERASURE_TEXT:
        raise InvalidInput(field, "too_long", limit=MAX_ERASURE_TEXT)
    return text


def _remove(submission: Submission) -> None:
    """Take the answer off the web, and delete how its sender is reached."""
    submission.publication = Publication.NOT_ON_WEB
    submission.contact_name = submission.contact_email = None
    end_links(submission, LinkKind.MAILED)
    forget_mail_about(submission.reference)
    drafts = select(Draft).where(
        (Draft.submission_id == submission.id) | (Draft.amends_id == submission.id)
    )
    for draft in session().scalars(drafts):
        draft.contact_name = draft.contact_email = None
        forget_mail_about(draft.reference)
