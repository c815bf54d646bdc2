"""Reading a list of organisations from a file: all of it, or nothing and every reason why not.

Two formats hold the same columns: TOML with one ``[[organisations]]`` table each (as in
``consult/demo/organisations.toml``), and CSV with a heading line, divided by comma or semicolon, in
UTF-8 or Windows-1252.
"""

import csv
import io
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from consult.domain.accounts.types import Actor
from consult.domain.organisations.errors import ImportRejected, WouldFormCircle
from consult.domain.organisations.models import Organisation
from consult.domain.organisations.queries import organisations_by_number, organisations_by_slug
from consult.domain.organisations.rules import normalise_organisation_number, slug_of
from consult.domain.organisations.service import (
    dissolve,
    merge_into,
    register_organisation,
    split_into,
)
from consult.domain.organisations.types import NAME_LANGUAGES, ActorType, Ground
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import CONTENT_LANGUAGES
from consult.kernel.text.spreadsheet import restore_cell

_COLUMNS = {
    "slug", "name", "actor_type", "organisation_number", "parent", "language", "county", "email",
    "dissolved", "dissolved_on", "successors", "ended_because",
    *(f"name_{language}" for language in NAME_LANGUAGES),
}  # fmt: skip
_REQUIRED = ("name", "actor_type")
_LONGEST = {
    "name": 250, "county": 100, "email": 254, "ended_because": 1000,
    **{f"name_{language}": 250 for language in NAME_LANGUAGES},
}  # fmt: skip
_NO_REASON = "Not stated in the imported file"
_REASONS = {"length": "does not have nine digits", "control_digit": "has a wrong last digit"}


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation of a file, read and checked by itself.

    Attributes:
        place: Where it stands in the file, for messages: ``row 7``.
        parent: Short name of the body above it, in the file or registered before.
        successors: Short names of those that carry it on, once it has ended.
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
    names: dict[str, str]
    successors: tuple[str, ...]
    ended_because: str

    @property
    def has_end(self) -> bool:
        """Whether the file tells more of its end than the day."""
        return bool(self.successors or self.ended_because)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: short names registered now, and those that were known before."""

    registered: tuple[str, ...]
    known: tuple[str, ...]


def import_organisations(content: bytes, *, filename: str, today: date, by: Actor) -> ImportResult:
    """Register every organisation of a file that is not registered yet.

    A short name that is registered already is left as it is. Raises :class:`ImportRejected` before
    anything is registered: with what is wrong in single rows, and once those are right, with what
    is wrong between them.
    """
    rows = read_rows(content, filename=filename, today=today)
    known = organisations_by_slug(
        {slug for row in rows for slug in (row.slug, row.parent or "", *row.successors)}
    )
    problems = [
        *_doubles(rows),
        *_taken_numbers(rows, known),
        *_lost_parents(rows, known),
        *_lost_successors(rows, known),
    ]
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
            dissolved_on=None if row.has_end else row.dissolved_on,
            names=row.names,
            by=by,
        )
    _end_bodies(rows, registered, known | registered, by)
    return ImportResult(
        tuple(row.slug for row in rows if row.slug in registered),
        tuple(row.slug for row in rows if row.slug in known),
    )


def _end_bodies(
    rows: Iterable[OrganisationRow],
    registered: Mapping[str, Organisation],
    bodies: Mapping[str, Organisation],
    by: Actor,
) -> None:
    for row in rows:
        if row.slug not in registered or row.dissolved_on is None or not row.has_end:
            continue
        ground = Ground(row.dissolved_on, row.ended_because or _NO_REASON)
        body, successors = bodies[row.slug], [bodies[slug] for slug in row.successors]
        try:
            if not successors:
                dissolve(body, ground=ground, by=by)
            elif len(successors) == 1:
                merge_into(body, successors[0], ground=ground, by=by)
            else:
                split_into(body, successors, ground=ground, by=by)
        except WouldFormCircle:
            problem = f"{row.place}: {row.slug!r} would be carried on by itself"
            raise ImportRejected((problem,)) from None


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
    try:
        return [
            (f"row {reader.line_num}", {key: _restored(cell) for key, cell in table.items()})
            for table in reader
            if any(table.values())
        ]
    except csv.Error as problem:
        raise ImportRejected((f"row {reader.line_num}: {problem}",)) from None


def _restored(cell: object) -> object:
    return restore_cell(cell) if isinstance(cell, str) else cell


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n")


def _problems_of(table: Mapping[str, object]) -> list[str]:
    if "" in table:
        return ["more cells than the heading line has"]
    problems = [f"unknown column {column!r}" for column in sorted(table.keys() - _COLUMNS)]
    problems += [f"{column} is missing" for column in _REQUIRED if not _text(table, column)]
    problems += [
        f"{column} is longer than {longest} characters"
        for column, longest in _LONGEST.items()
        if len(_text(table, column)) > longest
    ]
    tells_of_end = _text(table, "successors") or _text(table, "ended_because")
    has_day = _text(table, "dissolved_on") or _text(table, "dissolved").lower() == "true"
    if tells_of_end and not has_day:
        problems.append("successors and ended_because need dissolved_on")
    values = ((_text(table, column), check) for column, check in _CHECKS.items())
    problems += [problem for text, check in values if text and (problem := check(text))]
    return problems


def _check_slug(slug: str) -> str | None:
    if slug == slug_of(slug):
        return None
    return f"slug {slug!r} may hold a–z, 0–9 and single hyphens only, at most 80"


def _check_name(name: str) -> str | None:
    return None if slug_of(name) else f"no short name can be made of {name!r}: give a slug"


def _check_kind(kind: str) -> str | None:
    return None if kind in set(ActorType) else f"unknown actor_type {kind!r}"


def _check_language(language: str) -> str | None:
    return None if language in CONTENT_LANGUAGES else f"unknown language {language!r}"


def _check_email(email: str) -> str | None:
    return None if "@" in email else f"{email!r} is not an e-mail address"


def _check_number(number: str) -> str | None:
    try:
        normalise_organisation_number(number)
    except InvalidInput as error:
        return f"organisation_number {number!r} {_REASONS[error.reason]}"
    return None


def _check_date(text: str) -> str | None:
    try:
        date.fromisoformat(text)
    except ValueError:
        return "dissolved_on must be a date such as 2026-10-31"
    return None


def _check_yes_or_no(text: str) -> str | None:
    return None if text.lower() in {"true", "false"} else "dissolved must be true or false"


_CHECKS: dict[str, Callable[[str], str | None]] = {
    "slug": _check_slug,
    "name": _check_name,
    "actor_type": _check_kind,
    "organisation_number": _check_number,
    "language": _check_language,
    "email": _check_email,
    "dissolved_on": _check_date,
    "dissolved": _check_yes_or_no,
}


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
        names={language: _text(table, f"name_{language}") for language in NAME_LANGUAGES},
        successors=tuple(dict.fromkeys(_text(table, "successors").split())),
        ended_because=_text(table, "ended_because"),
    )


def _text(table: Mapping[str, object], column: str) -> str:
    value = table.get(column)
    return "" if value is None else str(value).strip()


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


def _lost_successors(
    rows: Sequence[OrganisationRow], known: Mapping[str, Organisation]
) -> Iterator[str]:
    slugs = {row.slug for row in rows} | set(known)
    for row in rows:
        for successor in row.successors:
            if successor == row.slug:
                yield f"{row.place}: {row.slug!r} would be carried on by itself"
            elif successor not in slugs:
                yield f"{row.place}: no organisation has the short name {successor!r}"


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
