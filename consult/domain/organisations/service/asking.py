"""Asking to represent an organisation, and its coordinators' answer."""

from sqlalchemy import select, update

from consult.db import session
from consult.domain.accounts.queries import find_person
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.notifications.messages import send_access_asked, send_access_declined
from consult.domain.notifications.types import Recipient
from consult.domain.organisations.errors import AlreadyDecided, NobodyToAsk, TooManyRequests
from consult.domain.organisations.models import AccessRequest, Membership, Organisation
from consult.domain.organisations.queries import members_as
from consult.domain.organisations.service.roles import add_member
from consult.domain.organisations.types import RequestOutcome, Role
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.kernel.i18n import choose_locale

MOST_OPEN_REQUESTS = 5
"""How many organisations one person may wait for at a time."""

LONGEST_MESSAGE = 500


def ask_for_access(
    organisation: Organisation, *, message: str, base_url: str, by: Actor
) -> AccessRequest:
    """Ask an organisation's coordinators for a role, by mail and on their list.

    Asking again while one waits changes nothing. Raises ``InvalidInput`` at ``organisation`` when
    the person has a role there already, ``NobodyToAsk`` when it has no coordinator, and
    ``TooManyRequests``.
    """
    person = find_person(by.person_id) if by.person_id is not None else None
    if person is None:
        raise NotFound("person", by.reference)
    if organisation.id in by.organisation_ids:
        raise InvalidInput("organisation", "member")
    if len(message) > LONGEST_MESSAGE:
        raise InvalidInput("message", "too_long")
    waiting = _open_of(person.id)
    for request in waiting:
        if request.organisation_id == organisation.id:
            return request
    if len(waiting) >= MOST_OPEN_REQUESTS:
        raise TooManyRequests
    coordinators = members_as(organisation.id, Role.COORDINATOR, now=utc_now())
    if not coordinators:
        raise NobodyToAsk
    request = AccessRequest(
        person=person, organisation=organisation, message=message.strip(), asked_at=utc_now()
    )
    session().add(request)
    session().flush()
    _record(Tag.ACCESS_ASKED, request, by)
    for coordinator in coordinators:
        locale = choose_locale(coordinator.person.locale or organisation.language)
        send_access_asked(
            Recipient(coordinator.person.email, coordinator.person.name, locale),
            organisation=organisation.name_in(locale),
            name=person.name,
            email=person.email,
            message=request.message,
            link=f"{base_url}/workspace/{organisation.slug}/members",
        )
    return request


def approve_request(request: AccessRequest, *, role: Role, base_url: str, by: Actor) -> Membership:
    """Give whoever asked a role, and mail them. Raises ``AlreadyDecided``."""
    _decide(request, RequestOutcome.APPROVED, by)
    _record(Tag.ACCESS_APPROVED, request, by)
    return add_member(
        request.organisation,
        email=request.person.email,
        name=request.person.name,
        role=role,
        base_url=base_url,
        by=by,
    )


def decline_request(request: AccessRequest, *, reason: str, by: Actor) -> None:
    """Say no, with a reason if there is one, and mail it. Raises ``AlreadyDecided``."""
    if len(reason) > LONGEST_MESSAGE:
        raise InvalidInput("reason", "too_long")
    _decide(request, RequestOutcome.DECLINED, by)
    request.reason = reason.strip()
    session().flush()
    _record(Tag.ACCESS_DECLINED, request, by)
    person, organisation = request.person, request.organisation
    locale = choose_locale(person.locale or organisation.language)
    send_access_declined(
        Recipient(person.email, person.name, locale),
        organisation=organisation.name_in(locale),
        reason=request.reason,
    )


def _decide(request: AccessRequest, outcome: RequestOutcome, by: Actor) -> None:
    """Set the outcome, unless another coordinator was faster."""
    taken = session().execute(
        update(AccessRequest)
        .where(AccessRequest.id == request.id, AccessRequest.decided_at.is_(None))
        .values(outcome=outcome, decided_at=utc_now(), decided_by=by.reference)
        .returning(AccessRequest.id)
    )
    if taken.one_or_none() is None:
        raise AlreadyDecided
    session().refresh(request)


def _open_of(person_id: int) -> list[AccessRequest]:
    query = select(AccessRequest).where(
        AccessRequest.person_id == person_id, AccessRequest.decided_at.is_(None)
    )
    return list(session().scalars(query))


def _record(tag: Tag, request: AccessRequest, by: Actor) -> None:
    record(
        tag,
        subject=request.reference,
        by=by.reference,
        stream=organisation_stream(request.organisation_id),
        data={"organisation": request.organisation.reference, "person": request.person.reference},
    )
