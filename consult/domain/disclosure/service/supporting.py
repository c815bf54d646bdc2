"""Standing behind somebody else's published answer, and taking that back.

A support is shown as a number beside the answer. It is never counted as an answer or a vote, and
no figure or document uses it.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.disclosure.models import Support
from consult.domain.disclosure.queries import find_support
from consult.domain.disclosure.rules import email_digest
from consult.domain.disclosure.types import CONFIRM_SUPPORT_WITHIN
from consult.domain.notifications.messages import send_support_link
from consult.domain.notifications.types import Recipient
from consult.kernel.clock import utc_now
from consult.kernel.i18n import localised
from consult.kernel.ids import new_token, token_digest

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission

_SUPPORTER = "supporter"


def ask_for_support(
    submission: "Submission", email: str, *, locale: str, base_url: str, name: str
) -> None:
    """Mail somebody the link that confirms their support, or takes it back; nothing counts yet.

    Args:
        submission: The published answer.
        email: Where the link goes. Only its digest is kept.
        locale: Language of the mail.
        base_url: Address that the link starts with.
        name: What the answer's sender is called on the web.
    """
    support = _support_of(submission, email)
    token = new_token()
    support.access_digest = token_digest(token)
    session().flush()
    send_support_link(
        Recipient(email, email, locale),
        about=f"support:{support.public_id}",
        round_title=localised(submission.round.title, locale),
        sender=name,
        link=f"{base_url}/support/{token}",
    )


def support_as(submission: "Submission", *, by: Actor) -> None:
    """Stand behind an answer as somebody who has signed in."""
    confirm_support(_support_of(submission, by.email))


def confirm_support(support: Support) -> None:
    """Count a support from now on; doing so twice changes nothing."""
    if support.confirmed_at is None:
        support.confirmed_at = utc_now()
        session().flush()
        _note(Tag.SUPPORT_GIVEN, support)


def take_support_back(support: Support) -> None:
    """Delete a support with everything that tells of it but the log's count."""
    if support.confirmed_at is not None:
        _note(Tag.SUPPORT_TAKEN_BACK, support)
    session().execute(delete(Support).where(Support.id == support.id))
    session().expunge(support)


def forget_unconfirmed_supports(*, now: datetime) -> None:
    """Delete what was asked for and never confirmed."""
    session().execute(
        delete(Support).where(
            Support.confirmed_at.is_(None), Support.asked_at < now - CONFIRM_SUPPORT_WITHIN
        )
    )


def _support_of(submission: "Submission", email: str) -> Support:
    found = find_support(submission.id, email)
    if found is not None:
        found.asked_at = utc_now()
        return found
    support = Support(submission=submission, email_digest=email_digest(email), asked_at=utc_now())
    session().add(support)
    session().flush()
    return support


def _note(tag: Tag, support: Support) -> None:
    record(
        tag,
        subject=support.submission.reference,
        by=_SUPPORTER,
        stream=organisation_stream(support.round.owner_id),
    )
