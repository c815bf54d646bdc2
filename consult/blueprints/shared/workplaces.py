"""Where somebody works: the workspaces of their organisations, and the page they begin at."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale
from consult.domain.organisations.queries import organisations_by_id
from consult.domain.responses.listing import list_concerns
from consult.domain.rounds.queries import invited_organisation_ids, rounds_owned_by
from consult.domain.rounds.types import ROUND_RULES
from consult.kernel.clock import utc_now
from consult.policy import Permission, can
from consult.policy.scope import desk_owner_ids

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Round


@dataclass(frozen=True, slots=True)
class Workplace:
    """One of my organisations, and its own page of a round."""

    name: str
    href: str


def workplaces_for(
    round_: "Round", *, to: Collection[Permission] = (Permission.VIEW_WORKSPACE,)
) -> Sequence[Workplace]:
    """My organisations that can answer a round together, by name; not the one that asks.

    Only those in which I may do something of what I would go there ``to`` do.
    """
    mine = set(current_actor().organisation_ids) - {round_.owner_id}
    if mine and not ROUND_RULES[round_.type].is_open_to_all:
        mine &= invited_organisation_ids(round_.id)
    actor = current_actor()
    bodies = [body for body in _bodies(mine) if any(can(actor, one, body) for one in to)]
    return [
        Workplace(
            body.name_in(current_locale()),
            url_for("workspace.case", organisation=body.slug, round_slug=round_.slug),
        )
        for body in bodies
    ]


def first_page() -> str:
    """Where somebody who has just signed in finds their work.

    Whoever asks the public begins at the desk. Others begin in the workspace of their organisation
    if a round concerns it, or if they have no desk.
    """
    actor, now = current_actor(), utc_now()
    if actor.is_admin and not actor.grants:
        return url_for("admin.index")
    owned = rounds_owned_by(desk_owner_ids(actor))
    if any(ROUND_RULES[round_.type].is_open_to_all for round_ in owned):
        return url_for("desk.home")
    bodies = _bodies(actor.organisation_ids)
    has_desk = can(actor, Permission.VIEW_DESK_HOME)
    if not bodies:
        return url_for("respond.mine")
    if has_desk and not any(list_concerns(body, now=now) for body in bodies):
        return url_for("desk.home")
    if len(bodies) == 1:
        return url_for("workspace.home", organisation=bodies[0].slug)
    return url_for("workspace.mine")


def _bodies(ids: "set[int] | frozenset[int]") -> "list[Organisation]":
    found = organisations_by_id(ids).values() if ids else ()
    return sorted(found, key=lambda body: body.name)
