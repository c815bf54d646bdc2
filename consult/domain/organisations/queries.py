"""Finding organisations and roles."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.accounts.types import Grant
from consult.domain.organisations.models import Membership, Organisation
from consult.kernel.errors import NotFound


def get_organisation(slug: str) -> Organisation:
    """An organisation by short name. Raises :class:`NotFound`."""
    found = session().scalars(select(Organisation).where(Organisation.slug == slug)).one_or_none()
    if found is None:
        raise NotFound("organisation", slug)
    return found


def find_organisation(organisation_id: int) -> Organisation | None:
    """An organisation by internal id."""
    return session().get(Organisation, organisation_id)


def find_by_number(number: str) -> Organisation | None:
    """An organisation by its normalised number."""
    query = select(Organisation).where(Organisation.organisation_number == number)
    return session().scalars(query).one_or_none()


def find_by_name(name: str) -> Organisation | None:
    """An organisation by its exact name, letter case aside; the oldest when several share it."""
    query = (
        select(Organisation)
        .where(func.lower(Organisation.name) == name.strip().lower())
        .order_by(Organisation.id)
        .limit(1)
    )
    return session().scalars(query).one_or_none()


def search_organisations(
    text: str = "", *, offset: int = 0, limit: int = 50
) -> Sequence[Organisation]:
    """Organisations whose name or number begins with or contains the text, by name."""
    query = select(Organisation).options(joinedload(Organisation.parent))
    query = query.order_by(Organisation.name, Organisation.id)
    if wanted := text.strip():
        escaped = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        query = query.where(
            or_(
                Organisation.name.ilike(f"%{escaped}%", escape="\\"),
                Organisation.organisation_number.startswith(escaped.replace(" ", "")),
            )
        )
    return session().scalars(query.offset(offset).limit(limit)).all()


def count_organisations() -> int:
    """How many organisations there are."""
    return session().scalar(select(func.count(Organisation.id))) or 0


def organisations_by_id(ids: Collection[int]) -> dict[int, Organisation]:
    """Organisations by internal id."""
    query = select(Organisation).where(Organisation.id.in_(ids))
    return {organisation.id: organisation for organisation in session().scalars(query)}


def grants_of(person_id: int, *, now: datetime) -> frozenset[Grant]:
    """The roles a person has at this moment."""
    query = select(Membership.organisation_id, Membership.role).where(
        Membership.person_id == person_id,
        Membership.starts_at <= now,
        or_(Membership.ends_at.is_(None), Membership.ends_at > now),
    )
    return frozenset(Grant(row.organisation_id, row.role.value) for row in session().execute(query))


def list_memberships(organisation_id: int) -> Sequence[Membership]:
    """Everybody who has or had a role in an organisation, those in force first."""
    query = (
        select(Membership)
        .where(Membership.organisation_id == organisation_id)
        .options(joinedload(Membership.person))
        .order_by(Membership.ends_at.is_not(None), Membership.starts_at, Membership.id)
    )
    return session().scalars(query).all()


def find_membership(membership_id: int) -> Membership | None:
    """One membership."""
    return session().get(Membership, membership_id)
