"""One function per mail: what it says is in ``templates/emails/<name>/``."""

from dataclasses import asdict, dataclass
from datetime import datetime

from consult.domain.notifications.models import OutboxMessage
from consult.domain.notifications.service import enqueue
from consult.domain.notifications.types import Recipient


def send_sign_in_link(to: Recipient, *, link: str, minutes: int) -> None:
    """Mail somebody the link that signs them in once."""
    enqueue("sign_in_link", to, link=link, minutes=minutes)


@dataclass(frozen=True, slots=True)
class InvitationMail:
    """What an invitation says, in the recipient's language.

    Attributes:
        language: The language of title and introduction.
        is_open_to_all: Whether bodies that were not asked may answer too.
        reason: Why this body is asked.
        contact: Whom to ask, on one line; may be empty.
        link: Address of the round's page.
    """

    title: str
    introduction: str
    language: str
    owner: str
    is_open_to_all: bool
    reason: str
    opens_at: datetime
    deadline: datetime
    contact: str
    link: str


def send_round_invitation(
    to: Recipient, mail: InvitationMail, *, is_reminder: bool
) -> OutboxMessage:
    """Ask a body to answer a round, or remind it that it was asked."""
    return enqueue("invitation", to, is_reminder=is_reminder, **asdict(mail))
