"""Registering organisations and correcting what is registered of them."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.organisations.errors import OrganisationNumberTaken, SlugTaken, WouldFormCircle
from consult.domain.organisations.models import Organisation
from consult.domain.organisations.queries import find_by_number
from consult.domain.organisations.rules import normalise_organisation_number, slug_of
from consult.domain.organisations.types import NAME_LANGUAGES, ActorType
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
    names: Mapping[str, str] | None = None,
) -> Organisation:
    """Register a body. Raises ``InvalidInput``, ``OrganisationNumberTaken`` or ``SlugTaken``."""
    if not name.strip():
        raise InvalidInput("name", "required")
    number = free_number(organisation_number, ignore=None)
    organisation = Organisation(
        slug=_free_slug(slug or slug_of(name), chosen=slug is not None),
        name=name.strip(),
        names=clean_names(names),
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
    names: Mapping[str, str] | None = None,
    by: Actor,
) -> None:
    """Correct what is registered of a body; the audit log keeps before and after.

    A name or number that was right until it changed is changed by :mod:`.identity`, which keeps
    the old one. ``names`` stay as they are when they are not given. Everything is checked before
    anything is changed. Raises ``InvalidInput``, ``OrganisationNumberTaken`` or
    ``WouldFormCircle``.
    """
    if not name.strip():
        raise InvalidInput("name", "required")
    number = free_number(organisation_number, ignore=organisation)
    _check_no_circle(organisation, parent)
    before = _registered(organisation)
    organisation.name = name.strip()
    if names is not None:
        organisation.names = clean_names(names)
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
        "names": dict(organisation.names),
        "actor_type": organisation.actor_type.value,
        "number": organisation.organisation_number,
        "parent": organisation.parent.public_id if organisation.parent else None,
        "language": organisation.language,
        "county": organisation.county,
        "email": organisation.email,
        "dissolved_on": dissolved.isoformat() if dissolved else None,
    }


def free_number(raw: str | None, *, ignore: Organisation | None) -> str | None:
    """The number in its one form, if no other body has it. Raises ``OrganisationNumberTaken``."""
    if not raw or not raw.strip():
        return None
    number = normalise_organisation_number(raw)
    holder = find_by_number(number)
    if holder is not None and holder is not ignore:
        raise OrganisationNumberTaken(number, holder.name)
    return number


def clean_names(names: Mapping[str, str] | None) -> dict[str, str]:
    """Names in the languages one may have a name in, trimmed, empty ones left out."""
    given = names or {}
    return {
        language: name
        for language in NAME_LANGUAGES
        if (name := " ".join(given.get(language, "").split()))
    }


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
