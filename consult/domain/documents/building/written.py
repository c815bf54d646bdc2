"""What people wrote, as blocks: paragraphs and bullets of the canonical light markup."""

import re

from consult.domain.documents.types import (
    Block,
    Foreign,
    Inlines,
    ItemList,
    ListItem,
    Paragraph,
    Text,
)

_BULLET = re.compile(r"( *)- +(\S.*)")


def written_blocks(text: str, *, language: str = "") -> tuple[Block, ...]:
    """A text as paragraphs and lists; every line that is no bullet is a paragraph.

    Args:
        text: Canonical text: bullets ``- ``, sub-bullets two spaces in.
        language: Its language where it differs from the document's, else empty.
    """
    blocks: list[Block] = []
    items: list[tuple[int, str]] = []
    for line in text.splitlines():
        bullet = _BULLET.fullmatch(line)
        if bullet is not None:
            items.append((len(bullet.group(1)), bullet.group(2)))
            continue
        blocks += _lists(items, language)
        items = []
        if line.strip():
            blocks.append(Paragraph(_inlines(line.strip(), language)))
    return (*blocks, *_lists(items, language))


def _lists(items: list[tuple[int, str]], language: str) -> list[Block]:
    """The bullets collected so far as one list, those further in below the ones above them."""
    if not items:
        return []
    outer = min(indent for indent, _text in items)
    made: list[ListItem] = []
    index = 0
    while index < len(items):
        _indent, text = items[index]
        below = index + 1
        while below < len(items) and items[below][0] > outer:
            below += 1
        inner = _lists(items[index + 1 : below], language)
        made.append(ListItem((Paragraph(_inlines(text, language)), *inner)))
        index = below
    return [ItemList(tuple(made))]


def _inlines(text: str, language: str) -> Inlines:
    words = (Text(text),)
    return (Foreign(words, language),) if language else words
