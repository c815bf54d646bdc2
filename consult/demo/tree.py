"""Roles of the demo's people, and what has happened to its bodies since they answered."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from consult.domain.accounts.queries import find_person_by_email
from consult.domain.accounts.types import SYSTEM
from consult.domain.organisations.queries import get_organisation, roles_of
from consult.domain.organisations.service import merge_into, start_membership
from consult.domain.organisations.types import Ground, Role
from consult.kernel.clock import to_oslo

if TYPE_CHECKING:
    from consult.domain.accounts.models import Person
    from consult.domain.organisations.models import Membership


def give_roles(person: "Person", memberships: Iterable[Mapping[str, Any]]) -> None:
    """Give somebody their roles; a deputy's ``deputises_for`` is the address of a signatory."""
    for entry in memberships:
        start_membership(
            get_organisation(entry["organisation"]),
            person_id=person.id,
            role=Role(entry["role"]),
            deputises_for=_signatory(entry),
            by=SYSTEM,
        )


def _signatory(entry: Mapping[str, Any]) -> "Membership | None":
    person = find_person_by_email(entry.get("deputises_for", ""))
    if person is None:
        return None
    return next(role for role in roles_of(person.id) if role.role is Role.SIGNATORY)


def load_mergers(entries: Iterable[Mapping[str, Any]], *, now: datetime) -> None:
    """Register which bodies have become part of others, counted back from now."""
    for entry in entries:
        day = to_oslo(now).date() - timedelta(days=entry["days_ago"])
        merge_into(
            get_organisation(entry["organisation"]),
            get_organisation(entry["into"]),
            ground=Ground(day, entry["reason"], entry.get("source")),
            by=SYSTEM,
        )
