"""What can go wrong with signing in."""

from consult.kernel.errors import Conflict, DomainError


class SignInRefused(DomainError):
    """The address and password, or the link, do not let anyone in. Never says which part failed."""


class LinkUnusable(SignInRefused):
    """The one-time link is unknown, used before, or older than it may be."""


class EmailTaken(Conflict):
    """Somebody is registered with this e-mail address already."""

    def __init__(self, email: str) -> None:
        super().__init__(email)
        self.email = email


class OwnAccess(Conflict):
    """Nobody takes away their own access; a colleague must, so that somebody is always left."""
