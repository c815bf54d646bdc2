"""Finding organisations by what people write of them, and by their ids."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.organisations.models import Organisation, OrganisationEvent
from consult.domain.organisations.types import NAME_LANGUAGES, EventKind
from consult.kernel.errors import NotFound

_REFERENCE = "organisation:"
_OTHER_NAMES = tuple(Organisation.names[language].as_string() for language in NAME_LANGUAGES)
_FORMER_NAME = OrganisationEvent.before["name"].as_string()


def get_organisation(slug: str) -> Organisation:
    """An organisation by short name. Raises :class:`NotFound`."""
    found = session().scalars(select(Organisation).where(Organisation.slug == slug)).one_or_none()
    if found is None:
        raise NotFound("organisation", slug)
    return found


def find_organisation(organisation_id: int) -> Organisation | None:
    """An organisation by internal id."""
    return session().get(Organisation, organisation_id)


def find_by_public_id(public_id: str) -> Organisation | None:
    """An organisation by public id."""
    query = select(Organisation).where(Organisation.public_id == public_id)
    return session().scalars(query).one_or_none()


def find_by_number(number: str) -> Organisation | None:
    """An organisation by its normalised number."""
    query = select(Organisation).where(Organisation.organisation_number == number)
    return session().scalars(query).one_or_none()


def find_by_name(name: str) -> Organisation | None:
    """An organisation by its exact name, letter case aside; the oldest when several share it.

    A name in another language and a former name count where nobody has the registered one.
    """
    wanted = name.strip().lower()
    for is_called in (
        func.lower(Organisation.name) == wanted,
        or_(*(func.lower(other) == wanted for other in _OTHER_NAMES)),
        _was_called(func.lower(_FORMER_NAME) == wanted),
    ):
        query = select(Organisation).where(is_called).order_by(Organisation.id).limit(1)
        if (found := session().scalars(query).one_or_none()) is not None:
            return found
    return None


def search_organisations(
    text: str = "", *, offset: int = 0, limit: int = 50
) -> Sequence[Organisation]:
    """Organisations whose name contains or whose number begins with the text, by name.

    Names in other languages and former names are looked through as well.
    """
    query = (
        _searched(select(Organisation), text)
        .options(joinedload(Organisation.parent))
        .order_by(Organisation.name, Organisation.id)
    )
    return session().scalars(query.offset(offset).limit(limit)).all()


def count_organisations(text: str = "") -> int:
    """How many organisations there are, or how many of them the text finds."""
    return session().scalar(_searched(select(func.count(Organisation.id)), text)) or 0


def find_by_any_name(text: str) -> Organisation | None:
    """An organisation by its number, short name or exact name: what people write of a body."""
    wanted = text.strip()
    query = select(Organisation).where(
        or_(
            Organisation.organisation_number == re.sub(r"[\s\u00a0.]", "", wanted),
            Organisation.slug == wanted.lower(),
        )
    )
    return session().scalars(query.limit(1)).one_or_none() or find_by_name(wanted)


def names_by_reference(references: Collection[str]) -> dict[str, str]:
    """Names for the audit log's references of organisations, for showing."""
    ids = [ref.removeprefix(_REFERENCE) for ref in references if ref.startswith(_REFERENCE)]
    query = select(Organisation.public_id, Organisation.name).where(Organisation.public_id.in_(ids))
    return {f"{_REFERENCE}{public_id}": name for public_id, name in session().execute(query)}


def names_by_stream(streams: Collection[str]) -> dict[str, str]:
    """Names for the audit log's chains of organisations, for showing."""
    ids = [int(name.removeprefix(_REFERENCE)) for name in streams if name.startswith(_REFERENCE)]
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    return {f"{_REFERENCE}{one}": name for one, name in session().execute(query)}


def _searched(query: Select[Any], text: str) -> Select[Any]:
    if not (wanted := text.strip()):
        return query
    return query.where(
        or_(
            Organisation.name.icontains(wanted, autoescape=True),
            *(other.icontains(wanted, autoescape=True) for other in _OTHER_NAMES),
            _was_called(_FORMER_NAME.icontains(wanted, autoescape=True)),
            Organisation.organisation_number.startswith(wanted.replace(" ", ""), autoescape=True),
        )
    )


def _was_called(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the body had a name that fulfils the condition before it got another."""
    of_body = OrganisationEvent.organisation_id == Organisation.id
    return exists().where(of_body, OrganisationEvent.kind == EventKind.RENAMED, condition)


def organisations_by_id(ids: Collection[int]) -> dict[int, Organisation]:
    """Organisations by internal id."""
    query = select(Organisation).where(Organisation.id.in_(ids))
    return {organisation.id: organisation for organisation in session().scalars(query)}


def organisations_by_slug(slugs: Collection[str]) -> dict[str, Organisation]:
    """Organisations by short name; unknown ones are missing."""
    query = select(Organisation).where(Organisation.slug.in_(slugs))
    return {organisation.slug: organisation for organisation in session().scalars(query)}


def organisations_by_number(numbers: Collection[str]) -> dict[str, Organisation]:
    """Organisations by normalised number; unknown ones are missing."""
    query = select(Organisation).where(Organisation.organisation_number.in_(numbers))
    return {str(one.organisation_number): one for one in session().scalars(query)}
