"""Markdown to safe HTML: what owners write in papers and introductions."""

from collections.abc import Sequence
from functools import cache

import nh3
from markdown_it import MarkdownIt

_TAGS = {
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "blockquote", "a", "br",
    "hr", "table", "thead", "tbody", "tr", "th", "td", "code", "pre", "sup", "sub",
}  # fmt: skip


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")


def plain_blocks(source: str) -> list[str]:
    """The words of each paragraph, bullet, heading and table cell, in order, without markup."""
    blocks = []
    for token in _parser().parse(source):
        if token.type == "inline":
            parts = (child.content or " " for child in token.children or () if child.nesting == 0)
            blocks.append(" ".join("".join(parts).split()))
    return [block for block in blocks if block]


def find_words(wanted: str, blocks: Sequence[str]) -> str | None:
    """The wanted words as they stand in the text, blanks evened out; ``None`` if they do not."""
    words = " ".join(wanted.split())
    return words if words and words in " ".join(blocks) else None


def cut_markdown(source: str, *, words: int) -> list[str]:
    """The text in pieces of whole paragraphs, lists and tables, each of about so many words.

    A heading begins a piece and stays with what follows it; one block alone may be longer.
    """
    lines = source.splitlines()
    pieces: list[list[str]] = []
    for token in _parser().parse(source):
        if token.level or token.map is None or token.nesting < 0:
            continue
        block = "\n".join(lines[slice(*token.map)]).strip()
        is_heading = token.type == "heading_open"
        fits = pieces and sum(len(one.split()) for one in [*pieces[-1], block]) <= words
        follows_heading = bool(pieces) and _is_heading(pieces[-1][-1])
        if follows_heading or (fits and not is_heading):
            pieces[-1].append(block)
        else:
            pieces.append([block])
    return ["\n\n".join(piece) for piece in pieces]


def _is_heading(block: str) -> bool:
    return _parser().parse(block)[-1].type == "heading_close"


def render_markdown(source: str, *, top_level: int = 3) -> str:
    """HTML of a Markdown text, sanitised; its highest heading becomes ``h<top_level>``.

    Raw HTML in the source is shown as text, links get ``rel="noopener noreferrer"``, and only
    http, https, mailto and tel addresses survive.
    """
    tokens = _parser().parse(source)
    headings = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    shift = top_level - min(headings) if headings else 0
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, max(2, int(token.tag[1]) + shift))}"
    html = _parser().renderer.render(tokens, _parser().options, {})
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
