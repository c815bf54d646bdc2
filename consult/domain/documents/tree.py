"""Storing a document tree: JSON there and back, its hash, and a check that it is coherent."""

import dataclasses
import datetime as dt
import json
import re
import typing
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from consult.domain.documents.errors import InvalidDocument, UnknownFormat
from consult.domain.documents.types import (
    Box,
    Chart,
    ChartKind,
    Definition,
    Document,
    Footnote,
    FootnoteRef,
    Link,
    ListItem,
    Node,
    Ref,
    Section,
    Table,
    Text,
)
from consult.kernel.ids import content_digest

FORMAT = "consult-document"
VERSION = 1
"""Raised when a stored tree would no longer be read the same; older ones are then converted."""

RESERVED = "doc-"
"""How the ids begin that renderings make themselves: notes, captions, drawings."""

_ID = re.compile(r"[a-z][a-z0-9-]*")
_SCHEMES = ("https://", "http://", "mailto:", "tel:", "/", "#")
_CLASSES: dict[str, type] = {cls.__name__: cls for cls in typing.get_args(Node)}

Json = str | int | bool | list["Json"] | dict[str, "Json"]


def to_json(document: Document) -> str:
    """The tree as canonical JSON: sorted keys, no spaces, defaults left out."""
    content = {"format": FORMAT, "version": VERSION, "document": _encode(document)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Document:
    """The tree that was stored. Raises :class:`UnknownFormat` for anything else."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise UnknownFormat("not JSON", str(error)) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise UnknownFormat("not a document tree", type(content).__name__)
    if content.get("version") != VERSION:
        raise UnknownFormat("another version", content.get("version"))
    document = _decode(content.get("document"))
    if not isinstance(document, Document):
        raise UnknownFormat("not a document", type(document).__name__)
    return document


def content_hash(document: Document) -> str:
    """SHA-256 of the canonical JSON: equal exactly when the trees are equal."""
    return content_digest(to_json(document).encode())


def walk(node: object) -> Iterator[Node]:
    """Every node of a tree in reading order, the node itself first."""
    if isinstance(node, tuple):
        for part in node:
            yield from walk(part)
    elif type(node).__name__ in _CLASSES:
        yield typing.cast("Node", node)
        for field in dataclasses.fields(typing.cast("typing.Any", node)):
            yield from walk(getattr(node, field.name))


def count_words(document: Document) -> int:
    """How many words of running text a document holds, roughly: what tells how long it becomes."""
    return sum(len(node.text.split()) for node in walk(document) if isinstance(node, Text))


def check_document(document: Document) -> None:
    """Raise :class:`InvalidDocument` unless ids are unique, references hold and tables are even."""
    anchors: set[str] = set()
    notes: set[str] = set()
    for node in walk(document):
        known = notes if isinstance(node, Footnote) else anchors
        anchor = getattr(node, "id", "")
        if not anchor:
            if isinstance(node, Section | Table | Chart | Footnote):
                raise InvalidDocument("id missing", type(node).__name__)
            continue
        if not _ID.fullmatch(anchor) or anchor.startswith(RESERVED):
            raise InvalidDocument("malformed id", anchor)
        if anchor in known:
            raise InvalidDocument("repeated id", anchor)
        known.add(anchor)
    for node in walk(document):
        _check_references(node, anchors, notes)
        _check_shape(node)


def _check_references(node: Node, anchors: set[str], notes: set[str]) -> None:
    if isinstance(node, Ref) and node.target not in anchors:
        raise InvalidDocument("reference to nothing", node.target)
    if isinstance(node, FootnoteRef) and node.footnote not in notes:
        raise InvalidDocument("no such footnote", node.footnote)
    href = getattr(node, "href", "")
    if href and not href.startswith(_SCHEMES):
        raise InvalidDocument("unsafe address", href)
    if isinstance(node, Link) and href.startswith("#") and href[1:] not in anchors:
        raise InvalidDocument("link to nothing", href)


def _check_shape(node: Node) -> None:
    if isinstance(node, Box | ListItem | Definition):
        for block in node.blocks:
            if isinstance(block, Section):
                raise InvalidDocument(
                    "a section stands only in the document or a section", block.id
                )
    elif isinstance(node, Table):
        if not node.columns or any(len(row.cells) != len(node.columns) for row in node.rows):
            raise InvalidDocument("ragged table", node.id)
    elif isinstance(node, Chart):
        _check_chart(node)


def _check_chart(chart: Chart) -> None:
    size = len(chart.categories)
    if not size or not chart.series:
        raise InvalidDocument("empty chart", chart.id)
    for series in chart.series:
        if len(series.values) != size or not {len(series.names), len(series.texts)} <= {0, size}:
            raise InvalidDocument("ragged chart", chart.id)
        if min(series.values) < 0:
            raise InvalidDocument("negative count", chart.id)
    if chart.kind is ChartKind.BAR and len(chart.series) != 1:
        raise InvalidDocument("a bar chart has one series", chart.id)


def _encode(value: object) -> Json:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str | bool | int):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_encode(part) for part in value]
    node = typing.cast("typing.Any", value)
    encoded: dict[str, Json] = {"type": type(value).__name__}
    for field in dataclasses.fields(node):
        part = getattr(node, field.name)
        if field.default is dataclasses.MISSING or part != field.default:
            encoded[field.name] = _encode(part)
    return encoded


def _decode(value: object, hint: object = None) -> object:
    if isinstance(value, list):
        return tuple(_decode(part) for part in value)
    if isinstance(value, dict):
        return _decode_node(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(str(value))
    if hint is dt.date:
        return dt.date.fromisoformat(str(value))
    return value


def _decode_node(value: dict[str, object]) -> object:
    name = value.get("type")
    cls = _CLASSES.get(str(name))
    if cls is None:
        raise UnknownFormat("unknown part", name)
    hints = _field_hints(cls)
    unknown = value.keys() - hints.keys() - {"type"}
    if unknown:
        raise UnknownFormat(f"unknown field of {name}", sorted(unknown))
    try:
        return cls(
            **{key: _decode(part, hints[key]) for key, part in value.items() if key in hints}
        )
    except (TypeError, ValueError) as error:
        raise UnknownFormat(f"malformed {name}", str(error)) from error


@cache
def _field_hints(cls: type) -> dict[str, object]:
    return typing.get_type_hints(cls)
