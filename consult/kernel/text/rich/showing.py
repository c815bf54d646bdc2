"""Rich text for reading: HTML that is safe by construction, plain text, and how long it is."""

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import groupby

from consult.kernel.text.rich.types import (
    PLAIN,
    Block,
    Break,
    Evidence,
    Footnote,
    Inline,
    Kind,
    Marks,
    RichText,
    Text,
)

_WORD = re.compile(r"\w+(?:[-'’.,:/]\w+)*")
_LIST_TAGS = {Kind.BULLET: "ul", Kind.NUMBER: "ol"}


def word_count(text: RichText) -> int:
    """How many words there are, notes left out."""
    return sum(len(_WORD.findall(block.words)) for block in text.blocks)


def to_plain(text: RichText) -> str:
    """The words alone, blocks apart by a blank line; notes numbered, their texts at the end."""
    notes: list[str] = []
    counters: list[int] = []
    shown = []
    for block in text.blocks:
        words = ""
        for part in block.content:
            if isinstance(part, Footnote):
                notes.append(part.text)
                words += f"[{len(notes)}]"
            else:
                words += "\n" if isinstance(part, Break) else part.text
        shown.append(_plain_marker(block, counters) + words)
    shown += [f"[{number}] {note}" for number, note in enumerate(notes, 1)]
    return "\n\n".join(shown)


def _plain_marker(block: Block, counters: list[int]) -> str:
    """What stands before a list item; ``counters`` hold the last number of each open list."""
    if block.kind is Kind.CONTINUED:
        del counters[block.depth :]
        return "  " * block.depth
    del counters[block.depth :]
    indent = "  " * (block.depth - 1)
    if block.kind is Kind.BULLET:
        counters += [0] * (block.depth - len(counters))
        counters[block.depth - 1] = 0
        return f"{indent}– "
    if block.kind is Kind.NUMBER:
        counters += [0] * (block.depth - len(counters))
        last = counters[block.depth - 1]
        counters[block.depth - 1] = last + 1 if last else block.start
        return f"{indent}{counters[block.depth - 1]}. "
    return ""


def to_html(
    text: RichText,
    *,
    top_level: int = 3,
    note_prefix: str = "note",
    evidence_address: Callable[[str], str | None] | None = None,
) -> str:
    """Safe HTML of a text; notes are numbered and listed at the end.

    Args:
        text: What to show.
        top_level: The level of its highest heading, 2 to 5.
        note_prefix: How the ids of its notes begin; differs where a page shows several texts.
        evidence_address: Where a passage is shown, by its id. When given, words that rest on
            passages are followed by a link to each, numbered in reading order.
    """
    writer = _Writer(top_level, note_prefix, evidence_address)
    return writer.blocks(text.blocks) + writer.notes()


def content_html(content: Iterable[Inline]) -> str:
    """Safe HTML of some words, such as a piece of a difference; notes stand in brackets."""
    return _Writer(3, "", None, inline_notes=True).content(content)


class _Writer:
    """One text on its way to HTML; counts notes and passages."""

    def __init__(
        self,
        top_level: int,
        note_prefix: str,
        evidence_address: Callable[[str], str | None] | None,
        *,
        inline_notes: bool = False,
    ) -> None:
        self._level = min(max(top_level, 2), 5)
        self._prefix = escape(note_prefix)
        self._address = evidence_address
        self._inline_notes = inline_notes
        self._notes: list[str] = []
        self._passages: dict[str, int] = {}

    def blocks(self, blocks: Sequence[Block]) -> str:
        parts: list[str] = []
        stack: list[str] = []  # the tags of the open lists, outermost first
        for block in blocks:
            content = self.content(block.content)
            tag = _LIST_TAGS.get(block.kind)
            while len(stack) > block.depth or (
                tag and len(stack) == block.depth and stack[-1] != tag
            ):
                parts.append(f"</li></{stack.pop()}>")
            if tag is None:
                parts.append(self._leaf(block.kind, content))
            elif len(stack) == block.depth:
                parts.append(f"</li><li><p>{content}</p>")
            else:
                start = f' start="{block.start}"' if block.start != 1 else ""
                parts.append(f"<{tag}{start}><li><p>{content}</p>")
                stack.append(tag)
        parts += [f"</li></{tag}>" for tag in reversed(stack)]
        return "".join(parts)

    def _leaf(self, kind: Kind, content: str) -> str:
        if kind in (Kind.HEADING, Kind.SUBHEADING):
            tag = f"h{self._level + (kind is Kind.SUBHEADING)}"
            return f"<{tag}>{content}</{tag}>"
        if kind is Kind.QUOTE:
            return f"<blockquote><p>{content}</p></blockquote>"
        return f"<p>{content}</p>"

    def content(self, content: Iterable[Inline]) -> str:
        return "".join(
            self._evidence(evidence, list(parts))
            for evidence, parts in groupby(content, key=lambda part: _marks(part).evidence)
        )

    def _evidence(self, evidence: Sequence[Evidence], parts: Sequence[Inline]) -> str:
        html = "".join(
            self._linked(link, list(same))
            for link, same in groupby(parts, key=lambda part: _marks(part).link)
        )
        if not evidence:
            return html
        languages = {one.language for one in evidence if one.language}
        lang = f' lang="{escape(languages.pop())}"' if len(languages) == 1 else ""
        ids = " ".join(one.id for one in evidence)
        html = f'<span class="evidence" data-evidence="{ids}"{lang}>{html}</span>'
        return html + "".join(self._reference(one.id) for one in evidence)

    def _reference(self, identifier: str) -> str:
        address = self._address(identifier) if self._address else None
        if address is None:
            return ""
        number = self._passages.setdefault(identifier, len(self._passages) + 1)
        return f'<sup><a class="evidence-ref" href="{escape(address)}">[{number}]</a></sup>'

    def _linked(self, link: str | None, parts: Sequence[Inline]) -> str:
        html = "".join(
            self._bound(bound, list(same))
            for bound, same in groupby(parts, key=lambda part: _marks(part).bound)
        )
        if link is None or any(isinstance(part, Footnote) for part in parts):
            return html
        return f'<a href="{escape(link)}" rel="noopener noreferrer">{html}</a>'

    def _bound(self, bound: str | None, parts: Sequence[Inline]) -> str:
        html = "".join(self._inline(part) for part in parts)
        return f'<span class="bound" data-bound="{bound}">{html}</span>' if bound else html

    def _inline(self, part: Inline) -> str:
        if isinstance(part, Break):
            return "<br>"
        html = escape(part.text) if isinstance(part, Text) else self._note(part.text)
        if part.marks.emphasis:
            html = f"<em>{html}</em>"
        return f"<strong>{html}</strong>" if part.marks.strong else html

    def _note(self, text: str) -> str:
        if self._inline_notes:
            return f"[{escape(text)}]"
        self._notes.append(escape(text))
        number = len(self._notes)
        name = f"{self._prefix}-{number}"
        return f'<sup><a href="#{name}" id="{name}-from" role="doc-noteref">{number}</a></sup>'

    def notes(self) -> str:
        """The list of notes at the foot, or nothing."""
        if not self._notes:
            return ""
        items = "".join(
            f'<li id="{self._prefix}-{number}">{note} '
            f'<a href="#{self._prefix}-{number}-from" role="doc-backlink">↩</a></li>'
            for number, note in enumerate(self._notes, 1)
        )
        return f'<ol class="footnotes">{items}</ol>'


def _marks(part: Inline) -> Marks:
    return PLAIN if isinstance(part, Break) else part.marks
