"""A codebook as a TOML file: out, and in again with all problems found before anything is kept.

One ``[[themes]]`` table per theme, parents before their children: ``key``, ``parent`` (a key),
``name``, ``definition``, ``include``, ``exclude``, ``colour``.
"""

import json
import tomllib
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from consult.domain.accounts.types import Actor
from consult.domain.coding.errors import FileRefused
from consult.domain.coding.models import Theme
from consult.domain.coding.queries.themes import offered_themes, themes_by_key
from consult.domain.coding.rules import depth_of, is_theme_key
from consult.domain.coding.service.codebook import add_theme, change_theme, move_theme
from consult.domain.coding.types import MAXIMUM_DEPTH, Colour, ImportedCodebook, ThemeContent
from consult.kernel.text.identity import has_identity_number

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round

_TEXTS = ("name", "definition", "include", "exclude")
_FIELDS = frozenset({"key", "parent", "colour", *_TEXTS})


def export_codebook(round_: "Round") -> str:
    """The round's codebook as TOML."""
    tables = []
    for theme in offered_themes(round_.id):
        fields = {
            "key": theme.key,
            "parent": theme.parent_key,
            "name": theme.name,
            "definition": theme.content.definition,
            "include": theme.content.include,
            "exclude": theme.content.exclude,
            "colour": theme.colour.value,
        }
        lines = [f"{name} = {_toml_string(text)}" for name, text in fields.items() if text]
        tables.append("\n".join(("[[themes]]", *lines)))
    return "\n\n".join(tables) + "\n"


def _toml_string(text: str) -> str:
    """A basic string: JSON's escapes are TOML's, but for the one control character JSON leaves."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def import_codebook(
    round_: "Round", text: str, *, by: Actor, why: str = "TOML"
) -> ImportedCodebook:
    """Add the themes of a TOML file and change those whose key is there already; remove none.

    ``why`` stands in the codebook's history where the file moves themes of a coded round.

    Raises:
        FileRefused: With every problem and the place of its theme in the file, from 1.
    """
    tables = _read_tables(text)
    existing = themes_by_key(round_.id)
    retired = {key for key, theme in existing.items() if theme.retired_at is not None}
    keys_by_id = {theme.id: theme.key for theme in existing.values()}
    parents = {
        key: None if theme.parent_id is None else keys_by_id[theme.parent_id]
        for key, theme in existing.items()
    }
    problems = _find_problems(tables, parents, retired)
    if problems:
        raise FileRefused(tuple(problems))
    added, changed = 0, 0
    for table in tables:
        parent = existing.get(table.get("parent", ""))
        theme = existing.get(table["key"])
        if theme is None:
            existing[table["key"]] = add_theme(
                round_, _content(table), by=by, key=table["key"], parent=parent
            )
            added += 1
        else:
            changed += _update(theme, table, parent, by=by, why=why)
    return ImportedCodebook(added=added, changed=changed, unchanged=len(tables) - added - changed)


def _read_tables(text: str) -> list[dict[str, str]]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise FileRefused((f"not TOML: {problem}",)) from None
    tables = content.get("themes")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise FileRefused(("the file has no [[themes]]",))
    return tables


def _find_problems(
    tables: list[dict[str, str]], parents: Mapping[str, str | None], retired: Collection[str]
) -> list[str]:
    tree = dict(parents)
    seen: set[str] = set()
    problems: list[str] = []
    for number, table in enumerate(tables, start=1):
        try:
            _check_fields(table)
            if gone := [key for key in (table["key"], table.get("parent")) if key in retired]:
                raise ValueError(f"{gone[0]} was merged or split in this codebook")
            _check_place(table, tree, seen)
        except ValueError as problem:
            problems.append(f"theme {number} ({table.get('key', 'without a key')}): {problem}")
    return problems


def _check_fields(table: Mapping[str, object]) -> None:
    if unknown := sorted(table.keys() - _FIELDS):
        raise ValueError(f"unknown fields {', '.join(unknown)}")
    if wrong := sorted(name for name, value in table.items() if not isinstance(value, str)):
        raise ValueError(f"not texts: {', '.join(wrong)}")
    name = str(table.get("name", "")).strip()
    if not 0 < len(name) <= 200:
        raise ValueError("name must have 1 to 200 characters")
    if holders := [one for one in _TEXTS if has_identity_number(str(table.get(one, "")))]:
        raise ValueError(f"a national identity number stands in {', '.join(holders)}")
    if not is_theme_key(str(table.get("key", ""))):
        raise ValueError("key must be lower-case letters, digits and hyphens")
    colours = [colour.value for colour in Colour]
    if table.get("colour", Colour.GREY.value) not in colours:
        raise ValueError(f"colour must be one of {', '.join(colours)}")


def _check_place(table: Mapping[str, str], tree: dict[str, str | None], seen: set[str]) -> None:
    key, parent = table["key"], table.get("parent")
    if key in seen:
        raise ValueError("the key stands twice in the file")
    seen.add(key)
    if parent is not None and parent not in tree:
        raise ValueError(f"there is no theme {parent!r} before it")
    before, tree[key] = tree.get(key), parent
    try:
        deepest = max(depth_of(one, tree) for one in tree)
    except ValueError:
        tree[key] = before
        raise
    if deepest > MAXIMUM_DEPTH:
        tree[key] = before
        raise ValueError(f"a codebook has at most {MAXIMUM_DEPTH} levels")


def _content(table: Mapping[str, str]) -> ThemeContent:
    texts = {name: table.get(name, "") for name in _TEXTS}
    return ThemeContent(colour=Colour(table.get("colour", Colour.GREY.value)), **texts)


def _update(
    theme: Theme, table: Mapping[str, str], parent: Theme | None, *, by: Actor, why: str
) -> bool:
    is_changed = change_theme(theme, _content(table), by=by)
    return move_theme(theme, parent=parent, by=by, why=why) or is_changed
