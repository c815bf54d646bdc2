"""One function per mail: what it says is in ``templates/emails/<name>/``."""

from dataclasses import asdict

from consult.domain.notifications.models import OutboxMessage
from consult.domain.notifications.service import enqueue
from consult.domain.notifications.types import InvitationMail, Recipient


def send_sign_in_link(to: Recipient, *, link: str, minutes: int) -> None:
    """Mail somebody the link that signs them in once."""
    enqueue("sign_in_link", to, link=link, minutes=minutes)


def send_role_given(
    to: Recipient, *, organisation: str, role: str, link: str, is_new: bool
) -> None:
    """Tell somebody which role they have got where, and where to sign in.

    Args:
        to: Who has got the role.
        organisation: The organisation's name.
        role: The role in the recipient's language.
        link: The sign-in page.
        is_new: The person was registered just now and has never signed in.
    """
    enqueue("role_given", to, organisation=organisation, role=role, link=link, is_new=is_new)


def send_round_invitation(
    to: Recipient, mail: InvitationMail, *, is_reminder: bool
) -> OutboxMessage:
    """Ask a body to answer a round, or remind it that it was asked."""
    return enqueue("invitation", to, is_reminder=is_reminder, **asdict(mail))
