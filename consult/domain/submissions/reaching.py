"""How the sender of an answer is reached."""

from typing import TYPE_CHECKING

from consult.domain.notifications.types import Recipient
from consult.domain.submissions.rules import letter_locale

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


def recipient_of(submission: "Submission") -> Recipient | None:
    """The mailbox given with an answer and the language to write in; ``None`` without an address.

    What concerns a hearing inside an organisation is marked as confidential.
    """
    if submission.contact_email is None:
        return None
    return Recipient(
        submission.contact_email,
        submission.contact_name or submission.name,
        letter_locale(submission.language, submission.locale),
        is_confidential=submission.is_internal,
    )
