"""Registering organisations and giving and ending roles."""

from datetime import date, datetime

from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.organisations.errors import OrganisationNumberTaken, SlugTaken, WouldFormCircle
from consult.domain.organisations.models import Membership, Organisation
from consult.domain.organisations.queries import find_by_number
from consult.domain.organisations.rules import (
    is_membership_active,
    normalise_organisation_number,
    slug_of,
)
from consult.domain.organisations.types import ActorType, Role
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput


def register_organisation(
    *,
    name: str,
    actor_type: ActorType,
    by: Actor,
    organisation_number: str | None = None,
    parent: Organisation | None = None,
    slug: str | None = None,
    language: str = "nb",
    county: str | None = None,
    email: str | None = None,
    dissolved_on: date | None = None,
) -> Organisation:
    """Register a body. Raises ``InvalidInput``, ``OrganisationNumberTaken`` or ``SlugTaken``."""
    if not name.strip():
        raise InvalidInput("name", "required")
    number = _free_number(organisation_number, ignore=None)
    organisation = Organisation(
        slug=_free_slug(slug or slug_of(name), chosen=slug is not None),
        name=name.strip(),
        actor_type=actor_type,
        organisation_number=number,
        parent=parent,
        language=language,
        county=county,
        email=email,
        dissolved_on=dissolved_on,
        created_at=utc_now(),
    )
    session().add(organisation)
    session().flush()
    record(
        Tag.ORGANISATION_REGISTERED,
        subject=organisation.reference,
        by=by.reference,
        stream=organisation_stream(organisation.id),
        data={"actor_type": actor_type.value, "number": number},
    )
    return organisation


def change_organisation(
    organisation: Organisation,
    *,
    name: str,
    actor_type: ActorType,
    organisation_number: str | None,
    parent: Organisation | None,
    by: Actor,
) -> None:
    """Change what is registered of a body; the audit log keeps before and after."""
    if not name.strip():
        raise InvalidInput("name", "required")
    above: Organisation | None = parent
    while above is not None:
        if above.id == organisation.id:
            raise WouldFormCircle
        above = above.parent
    before = _registered(organisation)
    organisation.name = name.strip()
    organisation.actor_type = actor_type
    organisation.organisation_number = _free_number(organisation_number, ignore=organisation)
    organisation.parent = parent
    session().flush()
    record(
        Tag.ORGANISATION_CHANGED,
        subject=organisation.reference,
        by=by.reference,
        stream=organisation_stream(organisation.id),
        data={"before": before, "after": _registered(organisation)},
    )


def start_membership(
    organisation: Organisation,
    *,
    person_id: int,
    role: Role,
    by: Actor,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Membership:
    """Give a person a role in an organisation; giving the same one twice changes nothing."""
    now = utc_now()
    same = select(Membership).where(
        Membership.organisation_id == organisation.id,
        Membership.person_id == person_id,
        Membership.role == role,
    )
    for held in session().scalars(same):
        if is_membership_active(starts_at=held.starts_at, ends_at=held.ends_at, now=now):
            return held
    membership = Membership(
        person_id=person_id,
        organisation_id=organisation.id,
        role=role,
        starts_at=starts_at or now,
        ends_at=ends_at,
    )
    session().add(membership)
    session().flush()
    _record_membership(Tag.MEMBERSHIP_STARTED, membership, by)
    return membership


def end_membership(membership: Membership, *, by: Actor, at: datetime) -> None:
    """End a role at a moment; from then on, open sessions included, it gives nothing."""
    if membership.ends_at is not None and membership.ends_at <= at:
        return
    membership.ends_at = at
    session().flush()
    _record_membership(Tag.MEMBERSHIP_ENDED, membership, by)


def _record_membership(tag: Tag, membership: Membership, by: Actor) -> None:
    record(
        tag,
        subject=f"membership:{membership.id}",
        by=by.reference,
        stream=organisation_stream(membership.organisation_id),
        data={
            "person": membership.person_id,
            "role": membership.role.value,
            "ends_at": membership.ends_at.isoformat() if membership.ends_at else None,
        },
    )


def _registered(organisation: Organisation) -> dict[str, object]:
    return {
        "name": organisation.name,
        "actor_type": organisation.actor_type.value,
        "number": organisation.organisation_number,
        "parent": organisation.parent.public_id if organisation.parent else None,
    }


def _free_number(raw: str | None, *, ignore: Organisation | None) -> str | None:
    if not raw or not raw.strip():
        return None
    number = normalise_organisation_number(raw)
    holder = find_by_number(number)
    if holder is not None and holder is not ignore:
        raise OrganisationNumberTaken(number, holder.name)
    return number


def _free_slug(wanted: str, *, chosen: bool) -> str:
    """The wanted short name, or with a number behind it when it was only derived from the name."""
    if not wanted:
        raise InvalidInput("slug", "required")
    candidate, attempt = wanted, 1
    while session().scalars(select(Organisation.id).where(Organisation.slug == candidate)).first():
        if chosen:
            raise SlugTaken(wanted)
        attempt += 1
        candidate = f"{wanted[:74]}-{attempt}"
    return candidate
