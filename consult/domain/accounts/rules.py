"""Rules of accounts."""

from datetime import datetime

from consult.domain.accounts.types import MINIMUM_PASSWORD_LENGTH
from consult.kernel.errors import InvalidInput


def normalise_email(address: str) -> str:
    """The address as it is stored and compared: trimmed, lower case."""
    return address.strip().lower()


def check_password(password: str) -> None:
    """Raise :class:`InvalidInput` unless the password is long enough (length is what counts)."""
    if len(password) < MINIMUM_PASSWORD_LENGTH:
        raise InvalidInput("password", "too_short", minimum=MINIMUM_PASSWORD_LENGTH)


def is_link_usable(*, used_at: datetime | None, expires_at: datetime, now: datetime) -> bool:
    """Whether a one-time link still signs in."""
    return used_at is None and now < expires_at
