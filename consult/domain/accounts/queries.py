"""Finding persons."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, func, or_, select

from consult.db import session
from consult.domain.accounts.models import Person
from consult.domain.accounts.rules import normalise_email
from consult.kernel.errors import NotFound


def find_person(person_id: int) -> Person | None:
    """An active person by internal id, as the session cookie knows them."""
    person = session().get(Person, person_id)
    return person if person is not None and person.deactivated_at is None else None


def find_person_by_email(email: str) -> Person | None:
    """An active person by e-mail address."""
    query = select(Person).where(
        Person.email == normalise_email(email), Person.deactivated_at.is_(None)
    )
    return session().scalars(query).one_or_none()


def is_address_taken(email: str) -> bool:
    """Whether anybody is registered with this address, deactivated persons included."""
    query = select(Person.id).where(Person.email == normalise_email(email))
    return session().scalars(query).first() is not None


def find_person_by_public_id(public_id: str) -> Person | None:
    """A person by public id."""
    return session().scalars(select(Person).where(Person.public_id == public_id)).one_or_none()


def list_persons() -> Sequence[Person]:
    """Everybody, by name."""
    return session().scalars(select(Person).order_by(Person.name, Person.id)).all()


def get_person(public_id: str) -> Person:
    """A person by public id, deactivated ones too. Raises :class:`NotFound`."""
    person = find_person_by_public_id(public_id)
    if person is None:
        raise NotFound("person", public_id)
    return person


def search_persons(text: str = "", *, offset: int = 0, limit: int = 50) -> Sequence[Person]:
    """Persons whose name or address contains the text, by name."""
    query = _searched(select(Person), text).order_by(Person.name, Person.id)
    return session().scalars(query.offset(offset).limit(limit)).all()


def count_persons(text: str = "") -> int:
    """How many persons there are, or how many of them the text finds."""
    return session().scalar(_searched(select(func.count(Person.id)), text)) or 0


def _searched(query: Select[Any], text: str) -> Select[Any]:
    if not (wanted := text.strip()):
        return query
    return query.where(
        or_(
            Person.name.icontains(wanted, autoescape=True),
            Person.email.icontains(wanted, autoescape=True),
        )
    )


def names_by_reference(references: Collection[str]) -> dict[str, str]:
    """Names for the audit log's references, for showing; erased persons are missing."""
    ids = [ref.removeprefix("person:") for ref in references if ref.startswith("person:")]
    query = select(Person.public_id, Person.name).where(Person.public_id.in_(ids))
    return {f"person:{public_id}": name for public_id, name in session().execute(query)}
