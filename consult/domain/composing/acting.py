"""Who may sign: whose turn it is, who stands in for them, and what waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import session
from consult.domain.accounts.models import Person
from consult.domain.accounts.types import Actor
from consult.domain.composing.models import Composition, SignEvent, SignOff, SignStep
from consult.domain.composing.sealing import standing_in
from consult.domain.composing.standing import ENDINGS, Standing
from consult.domain.composing.types import SignEventKind
from consult.domain.organisations.models import Membership
from consult.domain.organisations.queries import deputies_for, members_as
from consult.domain.organisations.types import Role
from consult.kernel.clock import utc_now


@dataclass(frozen=True, slots=True)
class Acting:
    """In which capacity somebody signs: as themselves, or in the place of ``for_name``."""

    for_name: str | None = None


def signatory_role(organisation_id: int, person_id: int, *, now: datetime) -> Membership | None:
    """A person's role as signatory of an organisation, if it is in force."""
    roles = members_as(organisation_id, Role.SIGNATORY, now=now)
    return next((one for one in roles if one.person_id == person_id), None)


def stand_ins(organisation_id: int, person_id: int, *, now: datetime) -> Sequence[Person]:
    """Who may sign in a signatory's place now."""
    role = signatory_role(organisation_id, person_id, now=now)
    if role is None:
        return []
    return [one.person for one in deputies_for(role, now=now) if one.person_id != person_id]


def acting_as(
    standing: Standing, organisation_id: int, *, actor: Actor, now: datetime
) -> Acting | None:
    """In which capacity somebody may sign or return at this moment; ``None`` for not at all."""
    turn = standing.turn
    if turn is None or actor.person_id is None:
        return None
    if actor.person_id == turn.person_id:
        signs = organisation_id in actor.organisations_as(Role.SIGNATORY)
        return Acting() if signs else None
    deputies = stand_ins(organisation_id, turn.person_id, now=now)
    return Acting(turn.name) if actor.person_id in {one.id for one in deputies} else None


def can_hand_on(standing: Standing, organisation_id: int, *, actor: Actor) -> bool:
    """Whether somebody may hand the turn on: whoever is asked, and coordinators for them."""
    if standing.turn is None:
        return False
    if organisation_id in actor.organisations_as(Role.COORDINATOR):
        return True
    return acting_as(standing, organisation_id, actor=actor, now=utc_now()) is not None


def waiting_for(organisation_id: int, *, actor: Actor, now: datetime) -> Sequence[Composition]:
    """Documents of an organisation that wait for somebody's signature, or for one in its place.

    Seals are not compared with the texts here: the sign-off's page does that.
    """
    query = (
        select(SignOff)
        .where(SignOff.id.in_(_unfinished(organisation_id)))
        .options(
            joinedload(SignOff.version),
            joinedload(SignOff.composition).joinedload(Composition.round),
            selectinload(SignOff.steps).joinedload(SignStep.person),
            selectinload(SignOff.events).joinedload(SignEvent.to),
        )
        .order_by(SignOff.id)
    )
    mine = _signs_for(organisation_id, actor=actor, now=now)
    turns = [(one, standing_in(one, as_sealed=True).turn) for one in session().scalars(query)]
    return [one.composition for one, turn in turns if turn is not None and turn.person_id in mine]


def _unfinished(organisation_id: int) -> Select[Any]:
    """Sign-offs of an organisation that lack a signature and that nothing has ended."""
    steps = select(func.count(SignStep.id)).where(SignStep.sign_off_id == SignOff.id)
    events = select(func.count(SignEvent.id)).where(SignEvent.sign_off_id == SignOff.id)
    signed = events.where(SignEvent.kind == SignEventKind.SIGNED)
    ended = events.where(SignEvent.kind.in_(ENDINGS))
    return (
        select(SignOff.id)
        .join(SignOff.composition)
        .where(
            Composition.organisation_id == organisation_id,
            signed.scalar_subquery() < steps.scalar_subquery(),
            ended.scalar_subquery() == 0,
        )
    )


def _signs_for(organisation_id: int, *, actor: Actor, now: datetime) -> frozenset[int]:
    """Ids of the persons whose step somebody may sign: their own, and whom they stand in for."""
    signatories = members_as(organisation_id, Role.SIGNATORY, now=now)
    deputies = members_as(organisation_id, Role.DEPUTY, now=now)
    standing_in_for = {one.deputises_for_id for one in deputies if one.person_id == actor.person_id}
    return frozenset(
        one.person_id
        for one in signatories
        if one.person_id == actor.person_id or standing_in_for & {one.id, None}
    )
