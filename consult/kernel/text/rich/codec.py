"""Rich text as JSON in ProseMirror's document form, there and back.

What comes in may come from anybody. Unknown nodes and broken structure are refused; unknown marks
and attributes are dropped; a link to somewhere that is not allowed loses its address and keeps its
words. What goes out is canonical: equal texts give equal bytes.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from consult.kernel.ids import content_digest
from consult.kernel.text.rich.errors import InvalidRichText, RichTextTooLarge
from consult.kernel.text.rich.types import (
    MAX_BLOCKS,
    MAX_CHARACTERS,
    MAX_DEPTH,
    Block,
    Break,
    Evidence,
    Footnote,
    Inline,
    Kind,
    Marks,
    RichText,
    Text,
    is_allowed_link,
)

Json = dict[str, Any]

_LISTS = {"bullet_list": Kind.BULLET, "ordered_list": Kind.NUMBER}
_LIST_NAMES = {kind: name for name, kind in _LISTS.items()}
_HEADINGS = {1: Kind.HEADING, 2: Kind.SUBHEADING}


def to_tree(text: RichText) -> Json:
    """The text as the nested value that ProseMirror calls a document."""
    tree, _ = _write_blocks(text.blocks, 0, 0)
    return {"type": "doc", "content": tree}


def to_json(text: RichText) -> str:
    """The text as canonical JSON: sorted keys, no spaces."""
    return json.dumps(to_tree(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: RichText) -> str:
    """SHA-256 of the canonical JSON: equal exactly when the texts are equal."""
    return content_digest(to_json(text).encode())


def from_json(source: str) -> RichText:
    """The text that JSON says.

    Raises:
        InvalidRichText: it is no rich text.
        RichTextTooLarge: it has more of something than a text may have.
    """
    if len(source) > MAX_CHARACTERS * 20:
        raise RichTextTooLarge("characters", limit=MAX_CHARACTERS)
    try:
        tree = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise InvalidRichText("not JSON") from error
    return from_tree(tree)


def from_tree(tree: object) -> RichText:
    """The text that a nested value says; raises as :func:`from_json`."""
    node = _node(tree, "")
    if node["type"] != "doc":
        raise InvalidRichText("not a document")
    blocks = []
    characters = 0
    for block in _read_blocks(node, "content", 0):
        characters += sum(
            0 if isinstance(part, Break) else len(part.text) for part in block.content
        )
        blocks.append(block)
        if len(blocks) > MAX_BLOCKS:
            raise RichTextTooLarge("blocks", limit=MAX_BLOCKS)
        if characters > MAX_CHARACTERS:
            raise RichTextTooLarge("characters", limit=MAX_CHARACTERS)
    return RichText(tuple(blocks))


def _node(value: object, path: str) -> Json:
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        raise InvalidRichText("not a node", path)
    return value


def _children(node: Json, path: str) -> Iterator[tuple[Json, str]]:
    content = node.get("content", [])
    if not isinstance(content, list):
        raise InvalidRichText("content is not a list", path)
    for index, child in enumerate(content):
        place = f"{path}/{index}"
        yield _node(child, place), place


def _attribute(node: Json, name: str) -> object:
    attributes = node.get("attrs")
    return attributes.get(name) if isinstance(attributes, dict) else None


def _read_blocks(parent: Json, path: str, depth: int) -> Iterator[Block]:
    for node, place in _children(parent, path):
        name = node["type"]
        if name in _LISTS:
            yield from _read_list(node, place, depth + 1)
        elif depth and name != "paragraph":
            raise InvalidRichText(f"{name[:40]} in a list", place)
        elif depth:
            yield Block(Kind.CONTINUED, _read_content(node, place), depth)
        else:
            yield Block(_kind(node, place), _read_content(node, place))


def _kind(node: Json, path: str) -> Kind:
    name = node["type"]
    if name == "paragraph":
        return Kind.PARAGRAPH
    if name == "blockquote":
        return Kind.QUOTE
    if name == "heading":
        level = _attribute(node, "level")
        if not isinstance(level, int) or level not in _HEADINGS:
            raise InvalidRichText("heading level", path)
        return _HEADINGS[level]
    raise InvalidRichText(f"unknown node {name[:40]}", path)


def _read_list(node: Json, path: str, depth: int) -> Iterator[Block]:
    if depth > MAX_DEPTH:
        raise RichTextTooLarge("depth", limit=MAX_DEPTH, path=path)
    kind = _LISTS[node["type"]]
    order = _attribute(node, "order")
    start = order if isinstance(order, int) and not isinstance(order, bool) else 1
    for item, place in _children(node, path):
        if item["type"] != "list_item":
            raise InvalidRichText("not a list item", place)
        inside = _read_blocks(item, f"{place}/content", depth)
        first = next(inside, None)
        if first is None:
            continue
        if first.kind is not Kind.CONTINUED or first.depth != depth:
            raise InvalidRichText("an item begins with a paragraph", place)
        yield Block(kind, first.content, depth, start)
        start = 1
        yield from inside


def _read_content(node: Json, path: str) -> tuple[Inline, ...]:
    content: list[Inline] = []
    for child, place in _children(node, path):
        name = child["type"]
        if name == "hard_break":
            content.append(Break())
        elif name == "text":
            content.append(Text(_string(child.get("text"), place), _read_marks(child, place)))
        elif name == "footnote":
            text = _string(_attribute(child, "text"), place)
            content.append(Footnote(text, _read_marks(child, place)))
        else:
            raise InvalidRichText(f"unknown node {name[:40]}", place)
    return tuple(content)


def _string(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise InvalidRichText("not a text", path)
    return value


def _read_marks(node: Json, path: str) -> Marks:
    marks = node.get("marks", [])
    if not isinstance(marks, list):
        raise InvalidRichText("marks are not a list", path)
    found: Json = {
        "strong": False,
        "emphasis": False,
        "link": None,
        "evidence": [],
        "bound": None,
    }
    for index, value in enumerate(marks):
        mark = _node(value, f"{path}/marks/{index}")
        reader = _MARKS.get(mark["type"])
        if reader is not None:
            reader(mark, found, f"{path}/marks/{index}")
    try:
        return Marks(**{**found, "evidence": tuple(found["evidence"])})
    except InvalidRichText as error:
        raise InvalidRichText(error.reason, path) from error


def _read_link(mark: Json, found: Json, _path: str) -> None:
    href = _attribute(mark, "href")
    if isinstance(href, str) and is_allowed_link(href):
        found["link"] = href


def _read_evidence(mark: Json, found: Json, path: str) -> None:
    identifier, language = _attribute(mark, "id"), _attribute(mark, "language")
    try:
        known = language if isinstance(language, str) else None
        found["evidence"].append(Evidence(_string(identifier, path), known))
    except InvalidRichText as error:
        raise InvalidRichText(error.reason, path) from error


def _read_bound(mark: Json, found: Json, path: str) -> None:
    found["bound"] = _string(_attribute(mark, "id"), path)


_MARKS: dict[str, Callable[[Json, Json, str], None]] = {
    "strong": lambda _mark, found, _path: found.update(strong=True),
    "em": lambda _mark, found, _path: found.update(emphasis=True),
    "link": _read_link,
    "evidence": _read_evidence,
    "bound": _read_bound,
}


def _write_blocks(blocks: Sequence[Block], index: int, depth: int) -> tuple[list[Json], int]:
    """The nodes from a block on, as long as they stand at least this deep; and what is next."""
    nodes: list[Json] = []
    while index < len(blocks):
        block = blocks[index]
        if block.kind is Kind.CONTINUED and block.depth == depth:
            nodes.append(_with_content({"type": "paragraph"}, block.content))
            index += 1
        elif block.depth > depth:
            node, index = _write_list(blocks, index, depth + 1)
            nodes.append(node)
        elif depth == 0:
            nodes.append(_write_leaf(block))
            index += 1
        else:
            break
    return nodes, index


def _write_list(blocks: Sequence[Block], index: int, depth: int) -> tuple[Json, int]:
    first = blocks[index]
    items = []
    while index < len(blocks) and (blocks[index].kind, blocks[index].depth) == (first.kind, depth):
        paragraph = _with_content({"type": "paragraph"}, blocks[index].content)
        inside, index = _write_blocks(blocks, index + 1, depth)
        items.append({"type": "list_item", "content": [paragraph, *inside]})
    node: Json = {"type": _LIST_NAMES[first.kind], "content": items}
    if first.kind is Kind.NUMBER:
        node["attrs"] = {"order": first.start}
    return node, index


def _write_leaf(block: Block) -> Json:
    if block.kind in (Kind.HEADING, Kind.SUBHEADING):
        level = 1 if block.kind is Kind.HEADING else 2
        return _with_content({"type": "heading", "attrs": {"level": level}}, block.content)
    name = "blockquote" if block.kind is Kind.QUOTE else "paragraph"
    return _with_content({"type": name}, block.content)


def _with_content(node: Json, content: Sequence[Inline]) -> Json:
    return {**node, "content": [_write_inline(part) for part in content]}


def _write_inline(part: Inline) -> Json:
    if isinstance(part, Break):
        return {"type": "hard_break"}
    node: Json = (
        {"type": "text", "text": part.text}
        if isinstance(part, Text)
        else {"type": "footnote", "attrs": {"text": part.text}}
    )
    marks = _write_marks(part.marks)
    return {**node, "marks": marks} if marks else node


def _write_marks(marks: Marks) -> list[Json]:
    written: list[Json] = [
        {"type": "evidence", "attrs": {"id": one.id, "language": one.language}}
        for one in marks.evidence
    ]
    if marks.link:
        written.append({"type": "link", "attrs": {"href": marks.link}})
    if marks.bound:
        written.append({"type": "bound", "attrs": {"id": marks.bound}})
    if marks.strong:
        written.append({"type": "strong"})
    if marks.emphasis:
        written.append({"type": "em"})
    return written
