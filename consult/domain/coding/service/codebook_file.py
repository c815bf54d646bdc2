"""A codebook as a file: out, and in again with all problems found before anything is kept.

Three kinds: TOML, which says everything; CSV for spreadsheets; REFI-QDA (.qdc) for other programs.
TOML has one ``[[themes]]`` table per theme, parents before their children: ``key``, ``parent`` (a
key), ``name``, ``definition``, ``include``, ``exclude``, ``examples`` (a list), ``colour``.

Examples that are passages of the round are words of those who answered, and stay in the round.
"""

import json
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from consult.domain.accounts.types import Actor
from consult.domain.coding.codebook_csv import read_codebook_csv, write_codebook_csv
from consult.domain.coding.codebook_entries import (
    MAX_LINE_LENGTH,
    CodebookFile,
    Entry,
    Fault,
    fault_at,
    guid_of,
    wrong_colour,
)
from consult.domain.coding.errors import FileRefused
from consult.domain.coding.models import Theme
from consult.domain.coding.qdc import read_qdc, write_qdc
from consult.domain.coding.queries.examples import examples_of_round
from consult.domain.coding.queries.themes import list_themes, offered_themes, themes_by_key
from consult.domain.coding.rules import depth_of, is_theme_key
from consult.domain.coding.service.codebook import add_theme, change_theme, key_stem, move_theme
from consult.domain.coding.service.examples import set_lines
from consult.domain.coding.types import MAXIMUM_DEPTH, Colour, ImportedCodebook, ThemeContent
from consult.kernel.i18n import N_
from consult.kernel.text.identity import has_identity_number

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round

_TEXTS = ("name", "definition", "include", "exclude")
_KEY_SHAPE = N_("key must be lower-case letters, digits and hyphens")
_FIELDS = frozenset({"key", "parent", "colour", "examples", *_TEXTS})


class CodebookFormat(StrEnum):
    """How a codebook is written down; the value is what such a file's name ends with."""

    TOML = "toml"
    CSV = "csv"
    QDC = "qdc"


def export_codebook(round_: "Round", kind: CodebookFormat = CodebookFormat.TOML) -> str:
    """The round's codebook as a file."""
    if kind is CodebookFormat.QDC:
        entries = entries_of(round_, by_guid=True)
        return write_qdc(entries, language=round_.owner.language)
    entries = entries_of(round_)
    if kind is CodebookFormat.CSV:
        return write_codebook_csv(entries)
    return "\n\n".join(_toml_table(entry) for entry in entries) + "\n"


def entries_of(
    round_: "Round", *, by_guid: bool = False, with_waiting: bool = False
) -> list[Entry]:
    """The codebook in the order of its tree; parents are named by key or by GUID.

    With ``with_waiting`` a theme that was split is there while passages still wait under it.
    """
    rows = list_themes(round_.id) if with_waiting else offered_themes(round_.id)
    themes = themes_by_key(round_.id)
    guids = {key: guid_of(theme.public_id, theme.guid) for key, theme in themes.items()}
    examples = examples_of_round(round_.id)
    return [
        Entry(
            place=Fault(""),
            name=row.name,
            colour=row.colour,
            key=row.key,
            guid=guids[row.key],
            parent=guids.get(row.parent_key or "") if by_guid else row.parent_key,
            definition=row.content.definition,
            include=row.content.include,
            exclude=row.content.exclude,
            examples=tuple(one.text for one in examples.get(row.id, ()) if one.passage_id is None),
        )
        for row in rows
    ]


def _toml_table(entry: Entry) -> str:
    fields = {
        "key": entry.key,
        "parent": entry.parent,
        "name": entry.name,
        "definition": entry.definition,
        "include": entry.include,
        "exclude": entry.exclude,
        "colour": entry.colour.value,
    }
    lines = [f"{name} = {_toml_string(text)}" for name, text in fields.items() if text]
    if entry.examples:
        lines.append(f"examples = [{', '.join(_toml_string(line) for line in entry.examples)}]")
    return "\n".join(("[[themes]]", *lines))


def _toml_string(text: str) -> str:
    """A basic string: JSON's escapes are TOML's, but for the one control character JSON leaves."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def import_codebook(
    round_: "Round",
    data: str | bytes,
    *,
    by: Actor,
    kind: CodebookFormat = CodebookFormat.TOML,
    why: str = "",
) -> ImportedCodebook:
    """Add the themes of a file and change those that are there already; remove none.

    A theme is there already when its key is, or in a .qdc file its GUID. ``why`` stands in the
    codebook's history where the file moves themes of a coded round.

    Raises:
        FileRefused: With every problem and the place of its theme in the file.
    """
    file = _read_file(data, kind)
    existing = themes_by_key(round_.id)
    entries = _name_themes(file.entries, existing)
    problems = (*file.problems, *_find_problems(entries, existing))
    if problems:
        raise FileRefused(problems)
    added, changed = 0, 0
    for entry in entries:
        parent = existing.get(entry.parent or "")
        theme = existing.get(entry.key or "")
        if theme is None:
            existing[entry.key or ""] = _add(round_, entry, parent, by=by)
            added += 1
        else:
            changed += _update(theme, entry, parent, by=by, why=why or kind.value)
    return ImportedCodebook(added=added, changed=changed, unchanged=len(entries) - added - changed)


def _read_file(data: str | bytes, kind: CodebookFormat) -> CodebookFile:
    if kind is CodebookFormat.QDC:
        return read_qdc(data.encode() if isinstance(data, str) else data)
    if isinstance(data, bytes):
        try:
            data = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return CodebookFile((), (Fault(N_("the file is not UTF-8 text")),))
    return read_codebook_csv(data) if kind is CodebookFormat.CSV else _read_toml(data)


def _read_toml(text: str) -> CodebookFile:
    entries: list[Entry] = []
    problems: list[Fault] = []
    for number, table in enumerate(_read_tables(text), start=1):
        place = _at_theme(number, table.get("key"))
        if fault := _find_misshape(table):
            problems.append(fault_at(place, fault))
        else:
            entries.append(_entry(place, table))
    return CodebookFile(tuple(entries), tuple(problems))


def _read_tables(text: str) -> list[dict[str, Any]]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise FileRefused((Fault(N_("not TOML: %(why)s"), why=problem),)) from None
    tables = content.get("themes")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise FileRefused((Fault(N_("the file has no [[themes]]")),))
    return tables


def _at_theme(number: int, key: object) -> Fault:
    if not key:
        return Fault(N_("theme %(number)s (without a key)"), number=number)
    return Fault(N_("theme %(number)s (%(key)s)"), number=number, key=key)


def _find_misshape(table: Mapping[str, object]) -> Fault | None:
    """What keeps a table from being a theme; what it says is looked at with all files alike."""
    if unknown := sorted(table.keys() - _FIELDS):
        return Fault(N_("unknown fields %(names)s"), names=", ".join(unknown))
    texts = {name: value for name, value in table.items() if name != "examples"}
    if wrong := sorted(name for name, value in texts.items() if not isinstance(value, str)):
        return Fault(N_("not texts: %(names)s"), names=", ".join(wrong))
    examples = table.get("examples", [])
    if not isinstance(examples, list) or not all(isinstance(line, str) for line in examples):
        return Fault(N_("examples must be a list of texts"))
    if not table.get("key"):
        return Fault(_KEY_SHAPE)
    if table.get("colour", Colour.GREY.value) not in set(Colour):
        return wrong_colour()
    return None


def _entry(place: Fault, table: Mapping[str, Any]) -> Entry:
    return Entry(
        place=place,
        key=table["key"],
        parent=table.get("parent"),
        colour=Colour(table.get("colour", Colour.GREY.value)),
        examples=tuple(table["examples"]) if "examples" in table else None,
        **{name: table.get(name, "") for name in _TEXTS},
    )


def _name_themes(entries: Collection[Entry], existing: Mapping[str, Theme]) -> list[Entry]:
    """The themes with a key each, and their parents by key."""
    keys_by_guid = {guid_of(one.public_id, one.guid): key for key, one in existing.items()}
    taken = set(existing) | {entry.key for entry in entries if entry.key}
    called: dict[str, str] = {}
    named = []
    for entry in entries:
        key = entry.key or keys_by_guid.get(entry.guid or "") or _free_key(entry.name, taken)
        taken.add(key)
        called.setdefault(entry.called, key)
        parent = called.get(entry.parent, entry.parent) if entry.parent else None
        named.append(replace(entry, key=key, parent=parent))
    return named


def _free_key(name: str, taken: Collection[str]) -> str:
    stem = candidate = key_stem(name)
    number = 1
    while candidate in taken:
        number += 1
        candidate = f"{stem}-{number}"
    return candidate


def _find_problems(entries: list[Entry], existing: Mapping[str, Theme]) -> list[Fault]:
    keys_by_id = {theme.id: key for key, theme in existing.items()}
    tree = {key: keys_by_id.get(theme.parent_id or 0) for key, theme in existing.items()}
    retired = {key for key, theme in existing.items() if theme.retired_at is not None}
    seen: set[str] = set()
    problems: list[Fault] = []
    for entry in entries:
        gone = next((key for key in (entry.key, entry.parent) if key in retired), None)
        if gone is not None:
            message = N_("%(key)s was merged or split in this codebook")
            fault: Fault | None = Fault(message, key=gone)
        else:
            fault = _find_misuse(entry) or _find_misplace(entry, tree, seen)
        if fault is not None:
            problems.append(fault_at(entry.place, fault))
    return problems


def _find_misuse(entry: Entry) -> Fault | None:
    """What a theme must not say."""
    if not 0 < len(entry.name.strip()) <= 200:
        return Fault(N_("name must have 1 to 200 characters"))
    examples = entry.examples or ()
    texts = {name: getattr(entry, name) for name in _TEXTS} | {"examples": "\n".join(examples)}
    if holders := [name for name, text in texts.items() if has_identity_number(text)]:
        message = N_("a national identity number stands in %(names)s")
        return Fault(message, names=", ".join(holders))
    if any(not 0 < len(line.strip()) <= MAX_LINE_LENGTH for line in examples):
        return Fault(N_("an example must have 1 to %(limit)s characters"), limit=MAX_LINE_LENGTH)
    return None if is_theme_key(entry.key or "") else Fault(_KEY_SHAPE)


def _find_misplace(entry: Entry, tree: dict[str, str | None], seen: set[str]) -> Fault | None:
    """What is wrong with where a theme stands; one that may stand there comes into the tree."""
    key, parent = entry.key or "", entry.parent
    if key in seen:
        return Fault(N_("the key stands twice in the file"))
    seen.add(key)
    if parent is not None and parent not in tree:
        return Fault(N_("there is no theme “%(parent)s” before it"), parent=parent)
    with_it = tree | {key: parent}
    try:
        deepest = max(depth_of(one, with_it) for one in with_it)
    except ValueError:
        return Fault(N_("a theme under itself"))
    if deepest > MAXIMUM_DEPTH:
        return Fault(N_("a codebook has at most %(levels)s levels"), levels=MAXIMUM_DEPTH)
    tree[key] = parent
    return None


def _content(entry: Entry) -> ThemeContent:
    return ThemeContent(
        name=entry.name,
        colour=entry.colour,
        definition=entry.definition,
        include=entry.include,
        exclude=entry.exclude,
    )


def _add(round_: "Round", entry: Entry, parent: Theme | None, *, by: Actor) -> Theme:
    theme = add_theme(round_, _content(entry), by=by, key=entry.key, parent=parent)
    theme.guid = entry.guid
    set_lines(theme, entry.examples or (), by=by)
    return theme


def _update(theme: Theme, entry: Entry, parent: Theme | None, *, by: Actor, why: str) -> bool:
    changes = [
        change_theme(theme, _content(entry), by=by),
        move_theme(theme, parent=parent, by=by, why=why),
        entry.examples is not None and set_lines(theme, entry.examples, by=by),
    ]
    return any(changes)
