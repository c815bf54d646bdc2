"""What is nobody's business outside: whose it is, and a stand-in for what is not there."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from consult.domain.rounds.types import ROUND_RULES, AnswerPublishing, RoundStatus, RoundType
from consult.policy.permissions import Permission

WORKSPACE: frozenset[Permission] = frozenset(
    {
        Permission.VIEW_WORKSPACE,
        Permission.MANAGE_MEMBERS,
        Permission.DECIDE_CASE,
        Permission.WRITE_RESPONSE,
        Permission.SIGN_RESPONSE,
        Permission.MANAGE_BODIES,
    }
)
"""Permissions within one organisation's own rooms."""

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Secret:
    """Something that only one organisation knows of.

    Attributes:
        owner_id: The organisation whose log notes attempts to get at it.
        reference: How that log names it.
    """

    owner_id: int
    reference: str


class _Absent:
    """What the policy is asked about when a thing is not there.

    The questions it takes to say no are then the same as for a thing that is there and not for
    the one who asks: nobody learns from the time a page takes that something exists.
    """

    id = 0
    owner_id = 0
    type = RoundType.INTERNAL_HEARING
    status = RoundStatus.OPEN
    opens_at = closes_at = _LONG_AGO
    answer_publishing = AnswerPublishing.NEVER
    person_id = organisation_id = parent_id = sent_by = None
    access_key = ""
    shows_local_inbox = False

    def is_link_live(self, _now: datetime) -> bool:
        """A link to nothing does not work."""
        return False


ABSENT = _Absent()


def secret_of(permission: Permission, subject: Any) -> Secret | None:
    """Whose secret a refused thing is; ``None`` for what is no organisation's alone."""
    reference = str(getattr(subject, "reference", ""))
    if permission in WORKSPACE:
        organisation = getattr(subject, "organisation", subject)
        return Secret(organisation.id, reference or organisation.reference)
    if permission is Permission.EDIT_DRAFT:
        owner_id = getattr(subject, "organisation_id", None)
        return Secret(owner_id, reference) if owner_id is not None else None
    round_ = getattr(subject, "round", subject)
    kind = getattr(round_, "type", None)
    if not isinstance(kind, RoundType) or ROUND_RULES[kind].is_open_to_all:
        return None
    return Secret(round_.owner_id, reference or round_.reference)
