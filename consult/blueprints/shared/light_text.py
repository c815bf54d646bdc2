"""Answers' light markup as paragraphs and nested lists, for templates to print."""

from dataclasses import dataclass, field

from consult.domain.coding.rules import divide_text
from consult.domain.coding.types import PassageKind


@dataclass(slots=True)
class Item:
    """A bullet and those under it."""

    text: str
    items: list["Item"] = field(default_factory=list)


@dataclass(slots=True)
class TextBlock:
    """A paragraph, or a list when it has items."""

    text: str = ""
    items: list[Item] = field(default_factory=list)


def blocks_of_text(text: str) -> list[TextBlock]:
    """Paragraphs and lists in order; nothing is added and nothing lost."""
    blocks: list[TextBlock] = []
    open_items: list[tuple[int, Item]] = []
    for span in divide_text(text):
        words = text[span.start : span.end]
        if span.kind is not PassageKind.BULLET:
            blocks.append(TextBlock(words))
            open_items.clear()
            continue
        while open_items and open_items[-1][0] >= span.level:
            open_items.pop()
        item = Item(words)
        if open_items:
            open_items[-1][1].items.append(item)
        elif blocks and blocks[-1].items:
            blocks[-1].items.append(item)
        else:
            blocks.append(TextBlock(items=[item]))
        open_items.append((span.level, item))
    return blocks
