"""Markdown that owners write, as blocks of a document."""

from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from consult.domain.documents.building.data import Texts
from consult.domain.documents.types import (
    Block,
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    ItemList,
    Link,
    ListItem,
    Paragraph,
    Strong,
    Text,
)
from consult.kernel.i18n import localised, localised_language

_SAFE = ("https://", "http://", "mailto:", "tel:")


def prose(texts: Texts, locale: str) -> tuple[Block, ...]:
    """The text in the document's language, or the next best one marked as foreign."""
    language = localised_language(texts, locale)
    return markdown_blocks(localised(texts, locale), foreign="" if language == locale else language)


def markdown_blocks(source: str, *, foreign: str = "") -> tuple[Block, ...]:
    """Paragraphs and lists of a Markdown text; its headings become strong lines.

    ``foreign`` is the language to mark the words with.
    """
    return tuple(_blocks(SyntaxTreeNode(_parser().parse(source)), foreign))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def _blocks(parent: SyntaxTreeNode, foreign: str) -> Iterator[Block]:
    for node in parent.children:
        if node.type in {"paragraph", "heading"}:
            inlines = _inlines(node.children[0])
            if node.type == "heading":
                inlines = (Strong(inlines),)
            yield Paragraph((Foreign(inlines, foreign),) if foreign else inlines)
        elif node.type in {"bullet_list", "ordered_list"}:
            items = tuple(ListItem(tuple(_blocks(item, foreign))) for item in node.children)
            yield ItemList(items, ordered=node.type == "ordered_list")
        elif node.type in {"code_block", "fence"}:
            yield Paragraph((Text(node.content.strip()),))
        else:
            yield from _blocks(node, foreign)


def _inlines(parent: SyntaxTreeNode) -> Inlines:
    return tuple(inline for node in parent.children for inline in _inline(node))


def _inline(node: SyntaxTreeNode) -> Iterator[Inline]:
    match node.type:
        case "text" | "code_inline":
            yield Text(node.content)
        case "softbreak" | "hardbreak":
            yield Text(" ")
        case "strong":
            yield Strong(_inlines(node))
        case "em":
            yield Emphasis(_inlines(node))
        case "link" if str(node.attrs.get("href", "")).startswith(_SAFE):
            yield Link(_inlines(node), str(node.attrs["href"]))
        case _:
            yield from _inlines(node)
