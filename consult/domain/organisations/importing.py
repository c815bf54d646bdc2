"""Reading a list of organisations from a file: all of it, or nothing and every reason why not.

Two formats hold the same columns: TOML with one ``[[organisations]]`` table each (as in
``consult/demo/organisations.toml``), and CSV with a heading line, divided by comma or semicolon, in
UTF-8 or Windows-1252.
"""

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from consult.domain.accounts.types import Actor
from consult.domain.organisations.errors import ImportRejected
from consult.domain.organisations.models import Organisation
from consult.domain.organisations.queries import organisations_by_number, organisations_by_slug
from consult.domain.organisations.rules import normalise_organisation_number, slug_of
from consult.domain.organisations.service import register_organisation
from consult.domain.organisations.types import ActorType
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import CONTENT_LANGUAGES

_COLUMNS = {
    "slug", "name", "actor_type", "organisation_number", "parent", "language", "county", "email",
    "dissolved", "dissolved_on",
}  # fmt: skip
_REASONS = {"length": "does not have nine digits", "control_digit": "has a wrong last digit"}


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation of a file, read and checked by itself.

    Attributes:
        place: Where it stands in the file, for messages: ``row 7``.
        parent: Short name of the body above it, in the file or registered before.
    """

    place: str
    slug: str
    name: str
    actor_type: ActorType
    organisation_number: str | None
    parent: str | None
    language: str
    county: str | None
    email: str | None
    dissolved_on: date | None


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: short names registered now, and those that were known before."""

    registered: tuple[str, ...]
    known: tuple[str, ...]


def import_organisations(content: bytes, *, filename: str, today: date, by: Actor) -> ImportResult:
    """Register every organisation of a file that is not registered yet.

    A short name that is registered already is left as it is. Raises :class:`ImportRejected` with
    all problems of the file; then nothing has been registered.
    """
    rows = read_rows(content, filename=filename, today=today)
    known = organisations_by_slug({row.slug for row in rows} | {row.parent or "" for row in rows})
    problems = [*_doubles(rows), *_taken_numbers(rows, known), *_lost_parents(rows, known)]
    if problems:
        raise ImportRejected(tuple(problems))
    registered: dict[str, Organisation] = {}
    for row in _parents_first(rows):
        if row.slug in known:
            continue
        above = registered.get(row.parent or "") or known.get(row.parent or "")
        registered[row.slug] = register_organisation(
            name=row.name,
            actor_type=row.actor_type,
            organisation_number=row.organisation_number,
            parent=above,
            slug=row.slug,
            language=row.language,
            county=row.county,
            email=row.email,
            dissolved_on=row.dissolved_on,
            by=by,
        )
    return ImportResult(
        tuple(row.slug for row in rows if row.slug in registered),
        tuple(row.slug for row in rows if row.slug in known),
    )


def read_rows(content: bytes, *, filename: str, today: date) -> list[OrganisationRow]:
    """The organisations of a file. Raises :class:`ImportRejected` with every problem found."""
    is_toml = filename.lower().endswith(".toml")
    tables = _toml_tables(content) if is_toml else _csv_tables(content)
    rows: list[OrganisationRow] = []
    problems: list[str] = []
    for place, table in tables:
        found = _problems_of(table)
        if found:
            problems += [f"{place}: {problem}" for problem in found]
        else:
            rows.append(_row(place, table, today))
    if not rows and not problems:
        problems.append("the file holds no organisations")
    if problems:
        raise ImportRejected(tuple(problems))
    return rows


def _toml_tables(content: bytes) -> list[tuple[str, dict[str, object]]]:
    try:
        tables = tomllib.loads(content.decode("utf-8-sig")).get("organisations", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ImportRejected((f"this is not TOML: {problem}",)) from None
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ImportRejected(("expected tables headed [[organisations]]",))
    return [(f"organisations[{number}]", table) for number, table in enumerate(tables, start=1)]


def _csv_tables(content: bytes) -> list[tuple[str, dict[str, object]]]:
    text = _decoded(content)
    heading = text.split("\n", 1)[0]
    divider = ";" if heading.count(";") > heading.count(",") else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=divider, restkey="", strict=True)
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    tables: list[tuple[str, dict[str, object]]] = []
    try:
        for table in reader:
            if any(table.values()):
                tables.append((f"row {reader.line_num}", dict(table)))
    except csv.Error as problem:
        raise ImportRejected((f"row {reader.line_num}: {problem}",)) from None
    return tables


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n")


def _problems_of(table: Mapping[str, object]) -> list[str]:
    problems = [f"unknown column {column!r}" for column in sorted(table.keys() - _COLUMNS)]
    for column in ("name", "actor_type"):
        if not _text(table, column):
            problems.append(f"{column} is missing")
    if (kind := _text(table, "actor_type")) and kind not in set(ActorType):
        problems.append(f"unknown actor_type {kind!r}")
    if (slug := _text(table, "slug")) and slug != slug_of(slug):
        problems.append(f"slug {slug!r} may hold a–z, 0–9 and single hyphens only")
    if (language := _text(table, "language")) and language not in CONTENT_LANGUAGES:
        problems.append(f"unknown language {language!r}")
    if (email := _text(table, "email")) and "@" not in email:
        problems.append(f"{email!r} is not an e-mail address")
    if number := _text(table, "organisation_number"):
        try:
            normalise_organisation_number(number)
        except InvalidInput as error:
            problems.append(f"organisation_number {number!r} {_REASONS[error.reason]}")
    if not _is_date(_text(table, "dissolved_on")):
        problems.append("dissolved_on must be a date such as 2026-10-31")
    if _text(table, "dissolved").lower() not in {"", "true", "false"}:
        problems.append("dissolved must be true or false")
    return problems


def _row(place: str, table: Mapping[str, object], today: date) -> OrganisationRow:
    name, number = _text(table, "name"), _text(table, "organisation_number")
    dissolved_on = _text(table, "dissolved_on")
    if not dissolved_on and _text(table, "dissolved").lower() == "true":
        dissolved_on = today.isoformat()
    return OrganisationRow(
        place=place,
        slug=_text(table, "slug") or slug_of(name),
        name=name,
        actor_type=ActorType(_text(table, "actor_type")),
        organisation_number=normalise_organisation_number(number) if number else None,
        parent=_text(table, "parent") or None,
        language=_text(table, "language") or "nb",
        county=_text(table, "county") or None,
        email=_text(table, "email") or None,
        dissolved_on=date.fromisoformat(dissolved_on) if dissolved_on else None,
    )


def _text(table: Mapping[str, object], column: str) -> str:
    value = table.get(column)
    return "" if value is None else str(value).strip()


def _is_date(text: str) -> bool:
    try:
        return not text or bool(date.fromisoformat(text))
    except ValueError:
        return False


def _doubles(rows: Sequence[OrganisationRow]) -> Iterator[str]:
    first: dict[str, OrganisationRow] = {}
    for row in rows:
        for what in filter(None, (row.slug, row.organisation_number)):
            if (before := first.setdefault(what, row)) is not row:
                yield f"{row.place}: {what!r} stands in {before.place} too"


def _taken_numbers(
    rows: Sequence[OrganisationRow], known: Mapping[str, Organisation]
) -> Iterator[str]:
    holders = organisations_by_number({row.organisation_number or "" for row in rows})
    for row in rows:
        holder = holders.get(row.organisation_number or "")
        if holder is not None and row.slug not in known:
            yield f"{row.place}: {holder.name} has the number {row.organisation_number} already"


def _lost_parents(
    rows: Sequence[OrganisationRow], known: Mapping[str, Organisation]
) -> Iterator[str]:
    parent_of = {row.slug: row.parent for row in rows}
    for row in rows:
        if row.parent and row.parent not in parent_of and row.parent not in known:
            yield f"{row.place}: no organisation has the short name {row.parent!r}"
        elif row.slug in _above(row.slug, parent_of):
            yield f"{row.place}: {row.slug!r} would stand above itself"


def _above(slug: str, parent_of: Mapping[str, str | None]) -> set[str]:
    """Every short name above one, as far as the file tells."""
    above: set[str] = set()
    parent = parent_of.get(slug)
    while parent is not None and parent not in above:
        above.add(parent)
        parent = parent_of.get(parent)
    return above


def _parents_first(rows: Iterable[OrganisationRow]) -> list[OrganisationRow]:
    rows = list(rows)
    parent_of = {row.slug: row.parent for row in rows}
    return sorted(rows, key=lambda row: len(_above(row.slug, parent_of)))
