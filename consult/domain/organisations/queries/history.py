"""What happened to bodies: their events, what they were called then, who carries them on."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import session
from consult.domain.organisations.models import (
    Organisation,
    OrganisationEvent,
    OrganisationSuccession,
)
from consult.domain.organisations.succession import End, Lineage, identity_on, trace_lineage
from consult.domain.organisations.types import EventKind, Identity
from consult.kernel.errors import NotFound

_ENDS = [kind for kind in EventKind if kind.is_end]


def events_of(organisation_id: int) -> Sequence[OrganisationEvent]:
    """What happened to a body, oldest first, with who carries it on."""
    query = (
        select(OrganisationEvent)
        .where(OrganisationEvent.organisation_id == organisation_id)
        .options(selectinload(OrganisationEvent.successors))
        .order_by(OrganisationEvent.happened_on, OrganisationEvent.id)
    )
    return session().scalars(query).all()


def get_event(event_id: str) -> OrganisationEvent:
    """One event by public id, with its organisation. Raises :class:`NotFound`."""
    query = (
        select(OrganisationEvent)
        .where(OrganisationEvent.public_id == event_id)
        .options(joinedload(OrganisationEvent.organisation))
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("event", event_id)
    return found


def identity_at(organisation: Organisation, *, on: date) -> Identity:
    """What a body was called and which number it had on a day."""
    today = Identity(organisation.name, organisation.names, organisation.organisation_number)
    return identity_on(today, events_of(organisation.id), on)


def predecessors_of(organisation_id: int) -> Sequence[OrganisationEvent]:
    """The ends of those bodies that this one carries on, with the bodies, oldest first."""
    query = (
        select(OrganisationEvent)
        .join(OrganisationSuccession)
        .where(OrganisationSuccession.successor_id == organisation_id)
        .options(joinedload(OrganisationEvent.organisation))
        .order_by(OrganisationEvent.happened_on, OrganisationEvent.id)
    )
    return session().scalars(query).all()


def end_events_of(organisation_ids: Collection[int]) -> dict[int, OrganisationEvent]:
    """How each of these bodies ended, with who carries it on; those that last are missing."""
    query = (
        select(OrganisationEvent)
        .where(
            OrganisationEvent.organisation_id.in_(organisation_ids),
            OrganisationEvent.kind.in_(_ENDS),
        )
        .options(selectinload(OrganisationEvent.successors))
    )
    return {event.organisation_id: event for event in session().scalars(query)}


def successor_of(organisation: Organisation, *, on: date) -> Lineage:
    """Who carries a body on at a day, through every merger and split on the way."""
    return lineages_of([organisation.id], on=on)[organisation.id]


def lineages_of(organisation_ids: Collection[int], *, on: date) -> dict[int, Lineage]:
    """Who carries each of these bodies on at a day; two queries a step of the longest way."""
    ends = ends_from(organisation_ids)
    return {body: trace_lineage(body, ends, on=on) for body in organisation_ids}


def ends_from(organisation_ids: Collection[int]) -> dict[int, End]:
    """How these bodies and those after them ended, as far as they did.

    A body that is registered as dissolved without an event ended without a successor.
    """
    ends: dict[int, End] = {}
    seen: set[int] = set()
    waiting = set(organisation_ids)
    while waiting:
        seen |= waiting
        found = _ends_of(waiting)
        ends |= found
        waiting = {after for end in found.values() for after in end.successors} - seen
    return ends


def _ends_of(organisation_ids: Collection[int]) -> dict[int, End]:
    dissolved = select(Organisation.id, Organisation.dissolved_on).where(
        Organisation.id.in_(organisation_ids), Organisation.dissolved_on.is_not(None)
    )
    ends = {
        body: End(EventKind.DISSOLVED, on, ())
        for body, on in session().execute(dissolved)
        if on is not None
    }
    if not ends:
        return ends
    events = (
        select(
            OrganisationEvent.organisation_id,
            OrganisationEvent.kind,
            OrganisationEvent.happened_on,
            OrganisationSuccession.successor_id,
        )
        .outerjoin(OrganisationSuccession)
        .where(
            OrganisationEvent.organisation_id.in_(ends),
            OrganisationEvent.kind.in_(_ENDS),
        )
        .order_by(OrganisationSuccession.successor_id)
    )
    after: dict[int, list[int]] = {}
    kinds: dict[int, tuple[EventKind, date]] = {}
    for body, kind, on, successor in session().execute(events):
        kinds[body] = (kind, on)
        after.setdefault(body, []).extend([successor] if successor is not None else [])
    return ends | {body: End(*kinds[body], tuple(after[body])) for body in kinds}
