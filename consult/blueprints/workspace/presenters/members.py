"""Shaping members and requests for reading."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.domain.organisations.types import ROLE_HINTS, ROLE_LABELS, RequestOutcome, Role

if TYPE_CHECKING:
    from consult.domain.organisations.models import AccessRequest, Membership


def role_words(membership: "Membership") -> str:
    """The role in words; a deputy's with whom they stand in for."""
    if membership.role is not Role.DEPUTY:
        return str(_(ROLE_LABELS[membership.role]))
    if membership.deputises_for is None:
        return str(_("Deputy for any signatory"))
    return str(_("Deputy for %(name)s", name=membership.deputises_for.person.name))


def role_hints() -> dict[str, str]:
    """What each role may do, by its value."""
    return {role.value: _(hint) for role, hint in ROLE_HINTS.items()}


def member_rows(memberships: Sequence["Membership"], *, now: datetime) -> list[dict[str, object]]:
    """Roles that are in force or lie ahead, as rows of a table."""
    return [
        {
            "membership": one,
            "role": role_words(one),
            "is_ahead": one.starts_at > now,
        }
        for one in memberships
        if one.ends_at is None or one.ends_at > now
    ]


def ended_rows(memberships: Sequence["Membership"], *, now: datetime) -> list[dict[str, object]]:
    """Roles that have ended, the last first."""
    ended = [one for one in memberships if one.ends_at is not None and one.ends_at <= now]
    ended.sort(key=lambda one: one.ends_at or now, reverse=True)
    return [{"membership": one, "role": role_words(one)} for one in ended]


def request_rows(requests: Sequence["AccessRequest"]) -> list[dict[str, object]]:
    """What a person has asked for and what became of it: organisation, words, tone."""
    words = {
        None: (_("Waits for an answer"), "info"),
        RequestOutcome.APPROVED: (_("You got a role"), "success"),
        RequestOutcome.DECLINED: (_("Declined"), "neutral"),
    }
    return [
        {"request": one, "status": words[one.outcome][0], "tone": words[one.outcome][1]}
        for one in requests
    ]
