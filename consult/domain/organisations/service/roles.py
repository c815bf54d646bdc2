"""Giving and ending roles, from–to."""

from datetime import datetime, timedelta

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
from consult.domain.organisations.errors import LastCoordinator
from consult.domain.organisations.models import Membership, Organisation
from consult.domain.organisations.queries import is_last_coordinator
from consult.domain.organisations.rules import do_periods_overlap
from consult.domain.organisations.types import ROLE_LABELS, Role
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import choose_locale, translator

_CLOCK_LEEWAY = timedelta(minutes=1)
"""How long a form that says "now" may take to arrive."""


def start_membership(
    organisation: Organisation,
    *,
    person_id: int,
    role: Role,
    by: Actor,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    deputises_for: Membership | None = None,
) -> Membership:
    """Give a person a role in an organisation; giving the same one twice changes nothing.

    ``deputises_for`` is the signatory in whose place a deputy signs; without it, any signatory's.
    Raises ``InvalidInput`` at ``ends_at`` for an end before the start, and at ``deputises_for`` for
    a role in whose place nobody can stand.
    """
    start = starts_at or utc_now()
    if ends_at is not None and ends_at <= start:
        raise InvalidInput("ends_at", "before_start")
    _check_deputy(organisation, role, deputises_for, person_id)
    held = _held_role(
        organisation, person_id, role, period=(start, ends_at), deputises_for=deputises_for
    )
    if held is not None:
        return held
    membership = Membership(
        person_id=person_id,
        organisation=organisation,
        role=role,
        starts_at=start,
        ends_at=ends_at,
        deputises_for=deputises_for,
    )
    session().add(membership)
    session().flush()
    _record_membership(Tag.MEMBERSHIP_STARTED, membership, by)
    return membership


def add_member(
    organisation: Organisation,
    *,
    email: str,
    name: str,
    role: Role,
    base_url: str,
    by: Actor,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    deputises_for: Membership | None = None,
) -> Membership:
    """Give the person with this address a role, and mail them where to sign in.

    Somebody who is not registered yet is registered under the given name, in the organisation's
    language. Raises ``InvalidInput`` at ``name`` when a name is needed and missing, or at ``role``
    when the person has the role already, and ``EmailTaken`` when the address belongs to somebody
    who was deactivated; and as :func:`start_membership` does.
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
    period = (starts_at or utc_now(), ends_at)
    if _held_role(organisation, person.id, role, period=period, deputises_for=deputises_for):
        raise InvalidInput("role", "held")
    membership = start_membership(
        organisation,
        person_id=person.id,
        role=role,
        by=by,
        starts_at=starts_at,
        ends_at=ends_at,
        deputises_for=deputises_for,
    )
    locale = choose_locale(person.locale or organisation.language)
    send_role_given(
        Recipient(email=person.email, name=person.name, locale=locale),
        organisation=organisation.name_in(locale),
        role=translator(locale).gettext(ROLE_LABELS[role]),
        link=f"{base_url}/sign-in",
        is_new=is_new,
    )
    return membership


def end_membership(
    membership: Membership, *, by: Actor, at: datetime, even_last: bool = True
) -> None:
    """End a role at a moment; from then on, open sessions included, it gives nothing.

    A role that has ended stays ended; an end that lies ahead can be moved, and a role that has not
    begun is called off. Raises ``InvalidInput`` at ``ends_at`` for a moment that has passed: what
    was done with the role was done. Unless ``even_last``, raises ``LastCoordinator`` when nobody
    else would coordinate the organisation afterwards.
    """
    now = utc_now()
    if membership.ends_at is not None and membership.ends_at <= now:
        return
    if at < now - _CLOCK_LEEWAY:
        raise InvalidInput("ends_at", "past")
    if not even_last and is_last_coordinator(membership, at=at):
        raise LastCoordinator
    membership.ends_at = max(at, membership.starts_at)
    session().flush()
    _record_membership(Tag.MEMBERSHIP_ENDED, membership, by)


def prolong_membership(membership: Membership, *, by: Actor) -> None:
    """Take the end of a role away that lies ahead; one that has ended stays ended."""
    if membership.ends_at is None or membership.ends_at <= utc_now():
        return
    membership.ends_at = None
    session().flush()
    _record_membership(Tag.MEMBERSHIP_PROLONGED, membership, by)


def _check_deputy(
    organisation: Organisation, role: Role, deputises_for: Membership | None, person_id: int
) -> None:
    if deputises_for is None:
        return
    if (
        role is not Role.DEPUTY
        or deputises_for.role is not Role.SIGNATORY
        or deputises_for.organisation_id != organisation.id
        or deputises_for.person_id == person_id
    ):
        raise InvalidInput("deputises_for", "not_a_signatory")


def _held_role(
    organisation: Organisation,
    person_id: int,
    role: Role,
    *,
    period: tuple[datetime, datetime | None],
    deputises_for: Membership | None,
) -> Membership | None:
    """The same role that the person has at some time within the period, if any."""
    same = select(Membership).where(
        Membership.organisation_id == organisation.id,
        Membership.person_id == person_id,
        Membership.role == role,
        Membership.deputises_for_id == (deputises_for.id if deputises_for else None),
    )
    for held in session().scalars(same):
        if do_periods_overlap((held.starts_at, held.ends_at), period):
            return held
    return None


def _record_membership(tag: Tag, membership: Membership, by: Actor) -> None:
    deputises_for = membership.deputises_for
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
            **({"deputises_for": deputises_for.reference} if deputises_for else {}),
        },
    )
