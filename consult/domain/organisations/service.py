"""Registering organisations and giving and ending roles."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.errors import EmailTaken
from consult.domain.accounts.queries import find_person_by_email, is_address_taken
from consult.domain.accounts.service import register_person
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.notifications.messages import send_role_given
from consult.domain.notifications.types import Recipient
from consult.domain.organisations.errors import OrganisationNumberTaken, SlugTaken, WouldFormCircle
from consult.domain.organisations.models import Membership, Organisation
from consult.domain.organisations.queries import find_by_number
from consult.domain.organisations.rules import (
    is_membership_active,
    normalise_organisation_number,
    slug_of,
)
from consult.domain.organisations.types import ROLE_LABELS, ActorType, Role
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import choose_locale, translator

_CLOCK_LEEWAY = timedelta(minutes=1)
"""How long a form that says "now" may take to arrive."""


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
    language: str,
    county: str | None,
    email: str | None,
    dissolved_on: date | None,
    by: Actor,
) -> None:
    """Change what is registered of a body; the audit log keeps before and after.

    Everything is checked before anything is changed. Raises ``InvalidInput``,
    ``OrganisationNumberTaken`` or ``WouldFormCircle``.
    """
    if not name.strip():
        raise InvalidInput("name", "required")
    number = _free_number(organisation_number, ignore=organisation)
    _check_no_circle(organisation, parent)
    before = _registered(organisation)
    organisation.name = name.strip()
    organisation.actor_type = actor_type
    organisation.organisation_number = number
    organisation.parent = parent
    organisation.language = language
    organisation.county = county
    organisation.email = email
    organisation.dissolved_on = dissolved_on
    session().flush()
    after = _registered(organisation)
    changed = sorted(key for key in after if before[key] != after[key])
    if not changed:
        return
    record(
        Tag.ORGANISATION_CHANGED,
        subject=organisation.reference,
        by=by.reference,
        stream=organisation_stream(organisation.id),
        data={
            "before": {key: before[key] for key in changed},
            "after": {key: after[key] for key in changed},
        },
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
    held = _role_in_force(organisation, person_id, role, now=now)
    if held is not None:
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


def add_member(
    organisation: Organisation, *, email: str, name: str, role: Role, base_url: str, by: Actor
) -> Membership:
    """Give the person with this address a role, and mail them where to sign in.

    Somebody who is not registered yet is registered under the given name, in the organisation's
    language. Raises ``InvalidInput`` at ``name`` when a name is needed and missing, or at ``role``
    when the person has the role already, and ``EmailTaken`` when the address belongs to somebody
    who was deactivated.
    """
    person = find_person_by_email(email)
    is_new = person is None
    if person is None:
        if is_address_taken(email):
            raise EmailTaken(email)
        if not name.strip():
            raise InvalidInput("name", "required")
        locale = choose_locale(organisation.language)
        person = register_person(email=email, name=name, locale=locale, by=by)
    if _role_in_force(organisation, person.id, role, now=utc_now()) is not None:
        raise InvalidInput("role", "held")
    membership = start_membership(organisation, person_id=person.id, role=role, by=by)
    locale = choose_locale(person.locale or organisation.language)
    send_role_given(
        Recipient(email=person.email, name=person.name, locale=locale),
        organisation=organisation.name,
        role=translator(locale).gettext(ROLE_LABELS[role]),
        link=f"{base_url}/sign-in",
        is_new=is_new,
    )
    return membership


def end_membership(membership: Membership, *, by: Actor, at: datetime) -> None:
    """End a role at a moment; from then on, open sessions included, it gives nothing.

    A role that has ended stays ended; an end that lies ahead can be moved. Raises ``InvalidInput``
    at ``ends_at`` for a moment that has passed: what was done with the role was done.
    """
    now = utc_now()
    if membership.ends_at is not None and membership.ends_at <= now:
        return
    if at < now - _CLOCK_LEEWAY:
        raise InvalidInput("ends_at", "past")
    membership.ends_at = at
    session().flush()
    _record_membership(Tag.MEMBERSHIP_ENDED, membership, by)


def _record_membership(tag: Tag, membership: Membership, by: Actor) -> None:
    record(
        tag,
        subject=membership.reference,
        by=by.reference,
        stream=organisation_stream(membership.organisation_id),
        data={
            "person": membership.person.reference,
            "organisation": membership.organisation.reference,
            "role": membership.role.value,
            "ends_at": membership.ends_at.isoformat() if membership.ends_at else None,
        },
    )


def _role_in_force(
    organisation: Organisation, person_id: int, role: Role, *, now: datetime
) -> Membership | None:
    same = select(Membership).where(
        Membership.organisation_id == organisation.id,
        Membership.person_id == person_id,
        Membership.role == role,
    )
    for held in session().scalars(same):
        if is_membership_active(starts_at=held.starts_at, ends_at=held.ends_at, now=now):
            return held
    return None


def _check_no_circle(organisation: Organisation, parent: Organisation | None) -> None:
    above = parent
    while above is not None:
        if above.id == organisation.id:
            raise WouldFormCircle
        above = above.parent


def _registered(organisation: Organisation) -> dict[str, object]:
    dissolved = organisation.dissolved_on
    return {
        "name": organisation.name,
        "actor_type": organisation.actor_type.value,
        "number": organisation.organisation_number,
        "parent": organisation.parent.public_id if organisation.parent else None,
        "language": organisation.language,
        "county": organisation.county,
        "email": organisation.email,
        "dissolved_on": dissolved.isoformat() if dissolved else None,
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
