"""Which block, and which word, of one text is which of another."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from rapidfuzz.distance import Indel

from consult.kernel.text.rich.types import Block, Break, Footnote, Inline, Text

Pair = tuple[int | None, int | None]
"""Places in the first and the second text; ``None`` where one of them has nothing."""

Opcode = tuple[str, int, int, int, int]

ALIKE = 0.5
"""From how much in common two blocks are the same block, rewritten."""

_MAX_COMPARISONS = 60_000
_TOKEN = re.compile(r"\w+|[ \u00a0]+|[^\w \u00a0]")


def tokens(content: Sequence[Inline]) -> tuple[Inline, ...]:
    """The content word by word: words, blanks and signs apart, each with its marks."""
    found: list[Inline] = []
    for part in content:
        if isinstance(part, Text):
            found += [Text(word, part.marks) for word in _TOKEN.findall(part.text)]
        else:
            found.append(part)
    return tuple(found)


def bare(token: Inline) -> tuple[str, str]:
    """A token without its marks, to be compared by."""
    if isinstance(token, Break):
        return "break", ""
    return ("note" if isinstance(token, Footnote) else "text"), token.text


def opcodes(before: Sequence[Inline], after: Sequence[Inline]) -> list[Opcode]:
    """How to get from some tokens to others, marks left aside; as difflib's opcodes."""
    matcher = SequenceMatcher(
        None, [bare(token) for token in before], [bare(token) for token in after], autojunk=False
    )
    return matcher.get_opcodes()


def align(before: Sequence[Block], after: Sequence[Block]) -> list[Pair]:
    """The blocks of two texts side by side, in an order that keeps both texts' own."""
    matcher = SequenceMatcher(
        None, [block.words for block in before], [block.words for block in after], autojunk=False
    )
    pairs: list[Pair] = []
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            pairs += zip(range(i, i_end), range(j, j_end), strict=True)
        else:
            pairs += _align_unlike(before, after, range(i, i_end), range(j, j_end))
    return pairs


def likeness(first: Block, second: Block) -> float:
    """How much two blocks have in common, from 0 to 1, counted in words."""
    return Indel.normalized_similarity(first.words.split(), second.words.split())


def _align_unlike(
    before: Sequence[Block], after: Sequence[Block], left: range, right: range
) -> list[Pair]:
    """Pairs of blocks that are alike, as much likeness as possible in all (dynamic programming)."""
    if not left or not right:
        return [(i, None) for i in left] + [(None, j) for j in right]
    if len(left) * len(right) > _MAX_COMPARISONS:
        half_left, half_right = len(left) // 2, len(right) // 2
        return _align_unlike(before, after, left[:half_left], right[:half_right]) + _align_unlike(
            before, after, left[half_left:], right[half_right:]
        )
    rows, columns = len(left), len(right)
    alike = [[_worth(before[i], after[j]) for j in right] for i in left]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            worth = alike[row][column]
            together = best[row + 1][column + 1] + worth if worth else 0.0
            best[row][column] = max(best[row + 1][column], best[row][column + 1], together)
    pairs: list[Pair] = []
    row = column = 0
    while row < rows and column < columns:
        worth = alike[row][column]
        if worth and best[row][column] == best[row + 1][column + 1] + worth:
            pairs.append((left[row], right[column]))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            pairs.append((left[row], None))
            row += 1
        else:
            pairs.append((None, right[column]))
            column += 1
    return pairs + [(i, None) for i in left[row:]] + [(None, j) for j in right[column:]]


def _worth(first: Block, second: Block) -> float:
    common = likeness(first, second)
    return common if common >= ALIKE else 0.0
