"""What happens to a body: a new name or number, a merger, a split, its end.

The register shows what is so today. What was so before is kept in the event, with the day, the
reason and the source, so that what was written under an old name keeps it and can still be found.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.organisations.errors import WouldFormCircle
from consult.domain.organisations.models import Organisation, OrganisationEvent
from consult.domain.organisations.queries import ends_from, events_of
from consult.domain.organisations.service.registering import clean_names, free_number
from consult.domain.organisations.succession import would_return
from consult.domain.organisations.types import EventKind, Ground
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput


def rename(
    organisation: Organisation,
    *,
    name: str,
    ground: Ground,
    by: Actor,
    names: Mapping[str, str] | None = None,
) -> OrganisationEvent:
    """Give a body a new name and keep the old one. Raises ``InvalidInput``.

    ``names`` are those in further languages; not given, they stay.
    """
    if not name.strip():
        raise InvalidInput("name", "required")
    _check_not_ahead(ground)
    old_names = dict(organisation.names)
    new_names = old_names if names is None else clean_names(names)
    before = {"name": organisation.name, "names": old_names}
    after = {"name": name.strip(), "names": new_names}
    if before == after:
        raise InvalidInput("name", "same")
    event = _happened(organisation, EventKind.RENAMED, ground, by, before=before, after=after)
    organisation.name = name.strip()
    organisation.names = new_names
    session().flush()
    return event


def renumber(
    organisation: Organisation, *, organisation_number: str, ground: Ground, by: Actor
) -> OrganisationEvent:
    """Give a body a new number and keep the old one.

    Raises ``InvalidInput`` or ``OrganisationNumberTaken``.
    """
    number = free_number(organisation_number, ignore=organisation)
    if number is None:
        raise InvalidInput("organisation_number", "required")
    if number == organisation.organisation_number:
        raise InvalidInput("organisation_number", "same")
    _check_not_ahead(ground)
    before = {"organisation_number": organisation.organisation_number}
    event = _happened(
        organisation,
        EventKind.RENUMBERED,
        ground,
        by,
        before=before,
        after={"organisation_number": number},
    )
    organisation.organisation_number = number
    session().flush()
    return event


def merge_into(
    organisation: Organisation, successor: Organisation, *, ground: Ground, by: Actor
) -> OrganisationEvent:
    """End a body whose tasks another carries on. Its answers keep its name."""
    return _end(organisation, EventKind.MERGED, [successor], ground, by)


def split_into(
    organisation: Organisation, successors: Sequence[Organisation], *, ground: Ground, by: Actor
) -> OrganisationEvent:
    """End a body that several carry on. Raises ``InvalidInput`` for fewer than two."""
    if len({body.id for body in successors}) < 2:
        raise InvalidInput("successors", "several")
    return _end(organisation, EventKind.SPLIT, successors, ground, by)


def dissolve(organisation: Organisation, *, ground: Ground, by: Actor) -> OrganisationEvent:
    """End a body that nobody carries on."""
    return _end(organisation, EventKind.DISSOLVED, [], ground, by)


def take_back_event(event: OrganisationEvent, *, by: Actor) -> None:
    """Undo what was registered by mistake; the audit log keeps both.

    Only the last thing that happened to a body can be taken back: raises ``InvalidInput``
    otherwise.
    """
    organisation = event.organisation
    if events_of(organisation.id)[-1] is not event:
        raise InvalidInput("event", "not_last")
    for field, value in event.before.items():
        setattr(organisation, field, value)
    if event.kind.is_end:
        organisation.dissolved_on = None
    _record(Tag.ORGANISATION_EVENT_TAKEN_BACK, event, by)
    session().delete(event)
    session().flush()


def _end(
    organisation: Organisation,
    kind: EventKind,
    successors: Sequence[Organisation],
    ground: Ground,
    by: Actor,
) -> OrganisationEvent:
    if organisation.dissolved_on is not None:
        raise InvalidInput("kind", "over")
    after = [body.id for body in successors]
    if organisation.id in after or would_return(organisation.id, after, ends_from(after)):
        raise WouldFormCircle
    event = _happened(organisation, kind, ground, by, successors=successors)
    organisation.dissolved_on = ground.on
    session().flush()
    return event


def _happened(
    organisation: Organisation,
    kind: EventKind,
    ground: Ground,
    by: Actor,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    successors: Sequence[Organisation] = (),
) -> OrganisationEvent:
    if not ground.reason.strip():
        raise InvalidInput("reason", "required")
    events = events_of(organisation.id)
    if events and ground.on < events[-1].happened_on:
        raise InvalidInput("on", "before_last", last=events[-1].happened_on)
    event = OrganisationEvent(
        organisation=organisation,
        kind=kind,
        happened_on=ground.on,
        before=before or {},
        after=after or {},
        reason=ground.reason.strip(),
        source=ground.source or None,
        successors=list(successors),
        recorded_at=utc_now(),
        recorded_by=by.reference,
    )
    session().add(event)
    session().flush()
    _record(Tag.ORGANISATION_EVENT_RECORDED, event, by)
    return event


def _check_not_ahead(ground: Ground) -> None:
    """A new name or number is shown at once, so it is registered when it has come to be."""
    if ground.on > _today():
        raise InvalidInput("on", "ahead")


def _today() -> date:
    return to_oslo(utc_now()).date()


def _record(tag: Tag, event: OrganisationEvent, by: Actor) -> None:
    organisation = event.organisation
    day = event.happened_on.isoformat()
    data: dict[str, Any] = {
        "kind": event.kind.value,
        "on": day,
        "successors": [body.slug for body in event.successors],
    }
    if event.before:
        data = {"before": dict(event.before), "after": {**event.after, "on": day}}
    record(
        tag,
        subject=organisation.reference,
        by=by.reference,
        stream=organisation_stream(organisation.id),
        data=data,
    )
