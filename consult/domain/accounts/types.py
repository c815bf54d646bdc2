"""The actor: who does something, as a value."""

from dataclasses import dataclass
from datetime import timedelta

LINK_LIFETIME = timedelta(minutes=30)
"""How long a one-time link signs in; long enough for slow mail, short enough for a lost phone."""

MINIMUM_PASSWORD_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Grant:
    """One role in one organisation, in force now. ``role`` is an ``organisations.types.Role``."""

    organisation_id: int
    role: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person with the roles in force at this moment, a visitor, or the system itself.

    Attributes:
        reference: How the audit log names the actor.
        grants: Roles in force when the request began.
        draft_keys: Keys (``access_key``) of the drafts and answers that this browser began, sent,
            or opened by a personal link or a code.
    """

    reference: str
    person_id: int | None = None
    name: str = ""
    email: str = ""
    locale: str | None = None
    is_admin: bool = False
    grants: frozenset[Grant] = frozenset()
    draft_keys: frozenset[str] = frozenset()

    @property
    def is_authenticated(self) -> bool:
        """Whether a person has signed in."""
        return self.person_id is not None

    def organisations_as(self, *roles: str) -> frozenset[int]:
        """Ids of the organisations in which the actor has any of the roles."""
        return frozenset(grant.organisation_id for grant in self.grants if grant.role in roles)

    @property
    def organisation_ids(self) -> frozenset[int]:
        """Ids of the organisations in which the actor has any role."""
        return frozenset(grant.organisation_id for grant in self.grants)


VISITOR = Actor(reference="visitor")
SYSTEM = Actor(reference="system")
