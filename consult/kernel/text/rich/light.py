"""Rich text as canonical light markup: what answers are stored, divided and compared in."""

from consult.kernel.text.plain import canonical
from consult.kernel.text.rich.types import IN_LISTS, Block, Break, Footnote, Kind, RichText


def to_light(text: RichText) -> str:
    """The words as paragraphs a blank line apart and bullets ``- ``, sub-bullets two spaces in.

    Numbers stand before numbered items, notes in brackets where they belong, so that no word is
    lost and none is added.
    """
    parts: list[str] = []
    before: Block | None = None
    numbers: dict[int, int] = {}
    for block in text.blocks:
        is_next_item = before is not None and before.kind in IN_LISTS and block.kind in IN_LISTS
        if parts:
            parts.append("\n" if is_next_item else "\n\n")
        if not is_next_item:
            numbers = {}
        parts.append(_marker(block, numbers) + _words(block))
        before = block
    return canonical("".join(parts))


def _marker(block: Block, numbers: dict[int, int]) -> str:
    """What stands before an item; ``numbers`` holds the last number at each depth."""
    if block.kind not in IN_LISTS:
        return ""
    for depth in [one for one in numbers if one > block.depth]:
        del numbers[depth]
    indent = "  " * (block.depth - 1)
    if block.kind is Kind.CONTINUED:
        return indent + "  "
    if block.kind is Kind.BULLET:
        numbers.pop(block.depth, None)
        return indent + "- "
    last = numbers.get(block.depth)
    numbers[block.depth] = block.start if last is None else last + 1
    return f"{indent}- {numbers[block.depth]}. "


def _words(block: Block) -> str:
    parts = []
    for part in block.content:
        if isinstance(part, Footnote):
            parts.append(f" [{part.text}]")
        else:
            parts.append(" " if isinstance(part, Break) else part.text)
    return " ".join("".join(parts).split())
