"""Who has which role, and what a person may act as at a moment."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from consult.db import session
from consult.domain.accounts.models import Person
from consult.domain.accounts.types import Grant
from consult.domain.organisations.models import Membership
from consult.domain.organisations.rules import is_membership_active
from consult.domain.organisations.types import Role
from consult.kernel.errors import NotFound


def grants_of(person_id: int, *, now: datetime) -> frozenset[Grant]:
    """The roles a person has at this moment."""
    query = select(Membership.organisation_id, Membership.role).where(
        Membership.person_id == person_id, in_force(now)
    )
    return frozenset(Grant(row.organisation_id, row.role.value) for row in session().execute(query))


def list_memberships(organisation_id: int) -> Sequence[Membership]:
    """Everybody who has or had a role in an organisation, those in force first."""
    query = (
        select(Membership)
        .where(Membership.organisation_id == organisation_id)
        .options(
            joinedload(Membership.person),
            joinedload(Membership.deputises_for).joinedload(Membership.person),
        )
        .order_by(Membership.ends_at.is_not(None), Membership.starts_at, Membership.id)
    )
    return session().scalars(query).all()


def roles_of(person_id: int) -> Sequence[Membership]:
    """Every role a person has or had, with the organisation, those in force first."""
    query = (
        select(Membership)
        .where(Membership.person_id == person_id)
        .options(joinedload(Membership.organisation))
        .order_by(Membership.ends_at.is_not(None), Membership.starts_at, Membership.id)
    )
    return session().scalars(query).all()


def count_active_roles(person_ids: Collection[int], *, now: datetime) -> dict[int, int]:
    """How many roles each person has at this moment; who has none is missing."""
    query = (
        select(Membership.person_id, func.count())
        .where(Membership.person_id.in_(person_ids), in_force(now))
        .group_by(Membership.person_id)
    )
    return dict(session().execute(query).all())


def count_members(organisation_ids: Collection[int], *, now: datetime) -> dict[int, int]:
    """How many persons have a role in each organisation now; where nobody has, it is missing."""
    query = (
        select(Membership.organisation_id, func.count(Membership.person_id.distinct()))
        .where(Membership.organisation_id.in_(organisation_ids), in_force(now))
        .group_by(Membership.organisation_id)
    )
    return dict(session().execute(query).all())


def get_membership(public_id: str) -> Membership:
    """One role, with its person and organisation. Raises :class:`NotFound`."""
    query = (
        select(Membership)
        .where(Membership.public_id == public_id)
        .options(joinedload(Membership.person), joinedload(Membership.organisation))
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("membership", public_id)
    return found


def members_as(organisation_id: int, *roles: Role, now: datetime) -> Sequence[Membership]:
    """Who has one of the roles at this moment and can sign in, with the persons, by name."""
    query = (
        select(Membership)
        .join(Membership.person)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role.in_(roles),
            Person.deactivated_at.is_(None),
            in_force(now),
        )
        .options(contains_eager(Membership.person))
        .order_by(func.lower(Person.name), Membership.id)
    )
    return session().scalars(query).all()


def deputies_for(signatory: Membership, *, now: datetime) -> Sequence[Membership]:
    """Who may sign in a signatory's place at this moment: named for them, or for any of them.

    Nobody stands in for a role that has ended.
    """
    if signatory.role is not Role.SIGNATORY or not is_membership_active(
        starts_at=signatory.starts_at, ends_at=signatory.ends_at, now=now
    ):
        return []
    deputies = members_as(signatory.organisation_id, Role.DEPUTY, now=now)
    return [deputy for deputy in deputies if deputy.deputises_for_id in {None, signatory.id}]


def is_last_coordinator(membership: Membership, *, at: datetime) -> bool:
    """Whether nobody else would coordinate the organisation at a moment and for good after it."""
    if membership.role is not Role.COORDINATOR:
        return False
    others = (
        select(Membership.id)
        .join(Membership.person)
        .where(
            Membership.organisation_id == membership.organisation_id,
            Membership.role == Role.COORDINATOR,
            Membership.id != membership.id,
            Membership.starts_at <= at,
            Membership.ends_at.is_(None),
            Person.deactivated_at.is_(None),
        )
    )
    return session().scalars(others).first() is None


def in_force(now: datetime) -> ColumnElement[bool]:
    """The condition that a role is in force at a moment."""
    return and_(
        Membership.starts_at <= now, or_(Membership.ends_at.is_(None), Membership.ends_at > now)
    )
