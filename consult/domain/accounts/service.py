"""Registering persons and letting them in."""

from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import select, update

from consult.db import session
from consult.domain.accounts.errors import EmailTaken, LinkUnusable, OwnAccess, SignInRefused
from consult.domain.accounts.models import OneTimeLink, Person
from consult.domain.accounts.queries import find_person_by_email, is_address_taken
from consult.domain.accounts.rules import check_password, is_link_usable, normalise_email
from consult.domain.accounts.types import LINK_LIFETIME, SYSTEM, Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import SYSTEM_STREAM, Tag
from consult.domain.notifications.messages import send_sign_in_link
from consult.domain.notifications.types import Recipient
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.ids import new_token, token_digest

_hasher = PasswordHasher()


@cache
def _decoy_hash() -> str:
    """A hash to verify against when there is no such person, so that both answers take as long."""
    return _hasher.hash(new_token())


def register_person(
    *,
    email: str,
    name: str,
    locale: str | None = None,
    is_admin: bool = False,
    password: str | None = None,
    by: Actor = SYSTEM,
) -> Person:
    """Register somebody who may sign in. Raises :class:`EmailTaken`."""
    address = normalise_email(email)
    if is_address_taken(address):
        raise EmailTaken(address)
    person = Person(
        email=address, name=name.strip(), locale=locale, is_admin=is_admin, created_at=utc_now()
    )
    session().add(person)
    session().flush()
    if password is not None:
        check_password(password)
        person.password_hash = _hasher.hash(password)
    record(Tag.PERSON_REGISTERED, subject=person.reference, by=by.reference, stream=SYSTEM_STREAM)
    return person


def request_sign_in_link(email: str, *, locale: str, base_url: str, now: datetime) -> None:
    """Mail a one-time link if somebody has this address; tell the caller nothing either way."""
    person = find_person_by_email(email)
    if person is None:
        return
    token = new_token()
    session().add(
        OneTimeLink(
            person_id=person.id,
            token_digest=token_digest(token),
            created_at=now,
            expires_at=now + LINK_LIFETIME,
        )
    )
    record(
        Tag.PERSON_LINK_SENT, subject=person.reference, by="visitor", stream=SYSTEM_STREAM, at=now
    )
    send_sign_in_link(
        Recipient(email=person.email, name=person.name, locale=person.locale or locale),
        link=f"{base_url}/sign-in/link/{token}",
        minutes=int(LINK_LIFETIME.total_seconds() // 60),
    )


def sign_in_with_link(token: str, *, now: datetime) -> Person:
    """Use up a one-time link. Raises :class:`LinkUnusable`."""
    query = select(OneTimeLink).where(OneTimeLink.token_digest == token_digest(token))
    link = session().scalars(query).one_or_none()
    if link is None or not is_link_usable(
        used_at=link.used_at, expires_at=link.expires_at, now=now
    ):
        raise LinkUnusable
    taken = session().execute(
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
        .values(used_at=now)
        .returning(OneTimeLink.id)
    )
    if taken.one_or_none() is None or link.person.deactivated_at is not None:
        raise LinkUnusable
    _record_sign_in(link.person, way="link", now=now)
    return link.person


def sign_in_with_password(email: str, password: str, *, now: datetime) -> Person:
    """Let somebody in by password. Raises :class:`SignInRefused`, the same for every cause."""
    person = find_person_by_email(email)
    stored = person.password_hash if person is not None else None
    try:
        _hasher.verify(stored or _decoy_hash(), password)
    except VerifyMismatchError:
        raise SignInRefused from None
    if person is None or stored is None:
        raise SignInRefused
    if _hasher.check_needs_rehash(stored):
        person.password_hash = _hasher.hash(password)
    _record_sign_in(person, way="password", now=now)
    return person


def set_password(person: Person, password: str, *, by: Actor) -> None:
    """Give a person a new password and end their sessions elsewhere."""
    check_password(password)
    person.password_hash = _hasher.hash(password)
    person.session_epoch += 1
    record(
        Tag.PERSON_PASSWORD_CHANGED,
        subject=person.reference,
        by=by.reference,
        stream=SYSTEM_STREAM,
    )


def change_person(
    person: Person, *, name: str, locale: str | None, is_admin: bool, by: Actor
) -> None:
    """Change a person's name, language and whether they run the installation.

    Raises ``InvalidInput`` for a missing name and :class:`OwnAccess` when administrators would take
    away their own right.
    """
    if not name.strip():
        raise InvalidInput("name", "required")
    if person.id == by.person_id and person.is_admin and not is_admin:
        raise OwnAccess
    before = (person.name, person.locale, person.is_admin)
    after = (name.strip(), locale, is_admin)
    changed = [
        field
        for field, old, new in zip(("name", "locale", "is_admin"), before, after, strict=True)
        if old != new
    ]
    if not changed:
        return
    person.name, person.locale, person.is_admin = after
    session().flush()
    _record_change(Tag.PERSON_CHANGED, person, by, {"changed": changed, "is_admin": is_admin})


def deactivate_person(person: Person, *, by: Actor, now: datetime) -> None:
    """Keep somebody out from now on; open sessions end. Raises :class:`OwnAccess`."""
    if person.id == by.person_id:
        raise OwnAccess
    if person.deactivated_at is not None:
        return
    person.deactivated_at = now
    person.session_epoch += 1
    session().flush()
    _record_change(Tag.PERSON_DEACTIVATED, person, by, {})


def reactivate_person(person: Person, *, by: Actor) -> None:
    """Let somebody in again, with the roles they still have."""
    if person.deactivated_at is None:
        return
    person.deactivated_at = None
    session().flush()
    _record_change(Tag.PERSON_REACTIVATED, person, by, {})


def record_sign_out(actor: Actor) -> None:
    """Note that somebody signed out."""
    record(Tag.PERSON_SIGNED_OUT, subject=actor.reference, by=actor.reference, stream=SYSTEM_STREAM)


def _record_change(tag: Tag, person: Person, by: Actor, data: dict[str, object]) -> None:
    record(tag, subject=person.reference, by=by.reference, stream=SYSTEM_STREAM, data=data)


def _record_sign_in(person: Person, *, way: str, now: datetime) -> None:
    record(
        Tag.PERSON_SIGNED_IN,
        subject=person.reference,
        by=person.reference,
        stream=SYSTEM_STREAM,
        data={"way": way},
        at=now,
    )
