"""Which block, and which word, of one text is which of another."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate

from rapidfuzz.distance import Indel

from consult.kernel.text.rich.types import Block, Break, Inline, Text, joined

Pair = tuple[int | None, int | None]
"""Places in the first and the second text; ``None`` where one of them has nothing."""


ALIKE = 0.5
"""From how much in common two blocks are the same block, rewritten."""

_MAX_COMPARISONS = 60_000
_MAX_WORD_COMPARISONS = 4_000_000
_TOKEN = re.compile(r"\w+|[ \u00a0]+|[^\w \u00a0]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a blank, a sign, a note or a line break.

    Attributes:
        key: What it is compared by: what sort it is and its text; marks left aside.
        parts: Its content; several where marks change in the midst of a word.
    """

    key: tuple[str, str]
    parts: tuple[Inline, ...]

    @property
    def is_blank(self) -> bool:
        """Whether it is nothing but blanks."""
        return self.key[0] == "text" and not self.key[1].strip()

    @property
    def units(self) -> tuple[Inline, ...]:
        """Its content letter by letter."""
        return tuple(
            unit
            for part in self.parts
            for unit in (
                [Text(letter, part.marks) for letter in part.text]
                if isinstance(part, Text)
                else [part]
            )
        )


def tokens(content: Iterable[Inline]) -> tuple[Token, ...]:
    """The content word by word: words, blanks and signs apart."""
    found: list[Token] = []
    words: list[Text] = []
    for part in content:
        if isinstance(part, Text):
            words.append(part)
            continue
        found += _words(words)
        words = []
        key = ("break", "") if isinstance(part, Break) else ("note", part.text)
        found.append(Token(key, (part,)))
    return tuple(found + _words(words))


def content_of(some: Iterable[Token]) -> tuple[Inline, ...]:
    """What some tokens say together."""
    return joined(part for token in some for part in token.parts)


def _words(texts: Sequence[Text]) -> list[Token]:
    """The tokens of adjacent texts; one that marks change in has several parts."""
    if len(texts) == 1:
        marks = texts[0].marks
        words = _TOKEN.findall(texts[0].text)
        return [Token(("text", word), (Text(word, marks),)) for word in words]
    found = []
    ends = list(accumulate(len(part.text) for part in texts))
    index = 0
    for match in _TOKEN.finditer("".join(part.text for part in texts)):
        place, end = match.span()
        parts = []
        while place < end:
            while ends[index] <= place:
                index += 1
            upto = min(end, ends[index])
            begin = ends[index] - len(texts[index].text)
            part = texts[index]
            parts.append(Text(part.text[place - begin : upto - begin], part.marks))
            place = upto
        found.append(Token(("text", match[0]), tuple(parts)))
    return found


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens ``start:end`` of the first and ``new_start:new_end`` of the second text."""

    start: int
    end: int
    new_start: int
    new_end: int
    is_same: bool


def stretches(before: Sequence[Token], after: Sequence[Token]) -> list[Stretch]:
    """Some tokens and others, divided into what is the same in both and what is not.

    Marks are left aside. A lone blank between two changes is part of them.
    """
    old, new = [token.key for token in before], [token.key for token in after]
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    found = [Stretch(0, head, 0, head, True)]
    if len(middle_old) * len(middle_new) <= _MAX_WORD_COMPARISONS:
        matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=False)
        found += [
            Stretch(head + i, head + i_end, head + j, head + j_end, tag == "equal")
            for tag, i, i_end, j, j_end in matcher.get_opcodes()
        ]
    else:
        found.append(Stretch(head, len(old) - tail, head, len(new) - tail, False))
    found.append(Stretch(len(old) - tail, len(old), len(new) - tail, len(new), True))
    filled = [one for one in found if one.end > one.start or one.new_end > one.new_start]
    return _joined_stretches(filled, before)


def _common(first: Sequence[object], second: Sequence[object]) -> int:
    """How many elements both begin with."""
    pairs = zip(first, second, strict=False)
    return next(
        (n for n, (one, other) in enumerate(pairs) if one != other), min(len(first), len(second))
    )


def _joined_stretches(found: Sequence[Stretch], old: Sequence[Token]) -> list[Stretch]:
    """Neighbours of the same sort as one, and lone blanks between two changes part of them."""
    joined: list[Stretch] = []
    for index, one in enumerate(found):
        blank = one.is_same and all(token.is_blank for token in old[one.start : one.end])
        between = 0 < index < len(found) - 1
        crumb = blank and between and not found[index - 1].is_same and not found[index + 1].is_same
        is_same = one.is_same and not crumb
        if joined and joined[-1].is_same == is_same:
            joined[-1] = replace(joined[-1], end=one.end, new_end=one.new_end)
        else:
            joined.append(replace(one, is_same=is_same))
    return joined


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
