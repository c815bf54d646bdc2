"""Setting a chapter that was built for another document into a report."""

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from consult.domain.documents.tree import walk
from consult.domain.documents.types import Block, Foreign, Link, Paragraph, Ref, Text

Node = TypeVar("Node")


def graft(blocks: Sequence[Block], prefix: str) -> tuple[Block, ...]:
    """The blocks with ids of their own, so that the same chapter can stand in two places.

    A reference to something that did not come along becomes plain words: the title it would have
    named is not in this document.

    Args:
        blocks: What was built for another document.
        prefix: Begins every id.
    """
    own = {anchor for block in blocks for node in walk(block) if (anchor := _anchor(node))}
    return tuple(_rebuilt(block, lambda node: _renamed(node, prefix, own)) for block in blocks)


def without_lost_references(
    blocks: Sequence[Block], known: Collection[str], *, stand_ins: Mapping[str, str]
) -> tuple[Block, ...]:
    """The blocks with references and links to anchors that the document does not have taken off.

    Args:
        blocks: The whole document.
        known: Its anchors.
        stand_ins: Anchors that stand for those of another document.
    """

    def change(node: Any) -> Any:
        if isinstance(node, Ref) and node.target in stand_ins:
            return dataclasses.replace(node, target=stand_ins[node.target])
        if isinstance(node, Ref) and node.target not in known:
            return Text("–")
        if isinstance(node, Link) and node.href.startswith("#") and node.href[1:] not in known:
            return node.children
        return node

    return tuple(_rebuilt(block, change) for block in blocks)


def _anchor(node: object) -> str:
    return str(getattr(node, "id", "") or "")


def _renamed(node: Any, prefix: str, own: Collection[str]) -> Any:
    if isinstance(node, Ref):
        return (
            dataclasses.replace(node, target=f"{prefix}-{node.target}")
            if node.target in own
            else node
        )
    if isinstance(node, Link) and node.href.startswith("#") and node.href[1:] in own:
        return dataclasses.replace(node, href=f"#{prefix}-{node.href[1:]}")
    if _anchor(node):
        return dataclasses.replace(node, id=f"{prefix}-{node.id}")
    return node


def _rebuilt(value: Any, change: Callable[[Any], Any]) -> Any:
    """A tree with every node changed, the innermost first; a tuple stands for several nodes."""
    if isinstance(value, tuple):
        parts: list[Any] = []
        for part in value:
            made = _rebuilt(part, change)
            is_spliced = isinstance(made, tuple) and not isinstance(part, tuple)
            parts.extend(made) if is_spliced else parts.append(made)
        return tuple(parts)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    fields = {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
    rebuilt = {name: _rebuilt(part, change) for name, part in fields.items()}
    same = all(rebuilt[name] is part or rebuilt[name] == part for name, part in fields.items())
    return change(value if same else dataclasses.replace(value, **rebuilt))


def in_language(blocks: Sequence[Block], language: str) -> tuple[Block, ...]:
    """The blocks with their running text marked as another language; quotes keep their own."""

    def change(node: Any) -> Any:
        if isinstance(node, Paragraph) and node.inlines:
            return dataclasses.replace(node, inlines=(Foreign(node.inlines, language),))
        return node

    return tuple(_rebuilt(block, change) for block in blocks)
