"""One function per mail: what it says is in ``templates/emails/<name>/``."""

from consult.domain.notifications.service import enqueue
from consult.domain.notifications.types import Recipient


def send_sign_in_link(to: Recipient, *, link: str, minutes: int) -> None:
    """Mail somebody the link that signs them in once."""
    enqueue("sign_in_link", to, link=link, minutes=minutes)
