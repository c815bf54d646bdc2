"""Two writers in the same block: their words and marks in one (see :mod:`.merging`)."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from consult.kernel.text.rich.aligning import Token, content_of, stretches, tokens
from consult.kernel.text.rich.types import (
    MAX_EVIDENCE,
    PLAIN,
    Break,
    Evidence,
    Inline,
    Marks,
    joined,
)


@dataclass(frozen=True, slots=True)
class MergedWords:
    """The words of a block; where there is a conflict, as each of the two would have it."""

    one: tuple[Inline, ...]
    other: tuple[Inline, ...]
    is_clean: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """Tokens ``start:end`` of the text before and what a side has in their place."""

    start: int
    end: int
    words: tuple[Token, ...]
    is_kept: bool


_Side = Sequence[_Piece]


def merge_words(
    base: Sequence[Inline], one: Sequence[Inline], other: Sequence[Inline]
) -> MergedWords:
    """What both made of the words of a block.

    Where both rewrote the same words or neighbouring ones there is a conflict, unless both wrote
    the same. Marks are merged one by one: what one took away and the other left is gone, what one
    added is there.
    """
    before = tokens(base)
    sides = _side(before, tokens(one)), _side(before, tokens(other))
    ones: list[Token] = []
    others: list[Token] = []
    is_clean = True
    for start, end, rewritten in _places(*sides, len(before)):
        old = before[start:end]
        first, second = (_at(side, start, end, rewritten=rewritten) for side in sides)
        merged = _merge_place(old, first, second)
        ones += _words(first) if merged is None else merged
        others += _words(second) if merged is None else merged
        is_clean = is_clean and merged is not None
    return MergedWords(content_of(ones), content_of(others), is_clean)


def _side(before: Sequence[Token], after: Sequence[Token]) -> list[_Piece]:
    """What a side did: each word that it kept, and each stretch that it rewrote."""
    pieces = []
    for one in stretches(before, after):
        words = tuple(after[one.new_start : one.new_end])
        if one.is_same:
            places = range(one.start, one.end)
            pieces += [_Piece(n, n + 1, (w,), True) for n, w in zip(places, words, strict=True)]
        else:
            pieces.append(_Piece(one.start, one.end, words, False))
    return pieces


def _places(one: _Side, other: _Side, length: int) -> Iterator[tuple[int, int, bool]]:
    """The text before, divided: each word that both kept, and each stretch that was rewritten.

    Stretches that overlap or touch are one. The third value says whether it was rewritten.
    """
    rewritten = sorted((p.start, p.end) for p in (*one, *other) if not p.is_kept)
    spans: list[tuple[int, int]] = []
    for start, end in rewritten:
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    place = 0
    for start, end in spans:
        yield from ((n, n + 1, False) for n in range(place, start))
        yield start, end, True
        place = end
    yield from ((n, n + 1, False) for n in range(place, length))


def _at(side: _Side, start: int, end: int, *, rewritten: bool) -> list[_Piece]:
    """What a side has at a place; what it added beside a kept word is not at that word."""
    first = bisect_left(side, start, key=lambda piece: piece.start)
    near = takewhile(lambda piece: piece.start <= end, (side[n] for n in range(first, len(side))))
    return [piece for piece in near if piece.end <= end and (rewritten or piece.is_kept)]


def _words(pieces: Sequence[_Piece]) -> list[Token]:
    return [word for piece in pieces for word in piece.words]


def _merge_place(
    old: Sequence[Token], one: Sequence[_Piece], other: Sequence[_Piece]
) -> list[Token] | None:
    """The words that both want at a place, or ``None`` if they want different ones."""
    first, second = _words(one), _words(other)
    if _keys(first) == _keys(second):
        known = old if _keys(old) == _keys(first) else [None] * len(first)
        merged = [_merge_word(*three) for three in zip(known, first, second, strict=True)]
        return None if None in merged else [word for word in merged if word is not None]
    if all(piece.is_kept for piece in one):
        return _with_new_evidence(second, old, first)
    if all(piece.is_kept for piece in other):
        return _with_new_evidence(first, old, second)
    return None


def _keys(words: Sequence[Token]) -> list[tuple[str, str]]:
    return [word.key for word in words]


def _marks(unit: Inline) -> Marks:
    return PLAIN if isinstance(unit, Break) else unit.marks


def _merge_word(old: Token | None, one: Token, other: Token) -> Token | None:
    """A word with both sides' marks; ``None`` if both gave it another link.

    One that both wrote, and that was not there before, is marked as either of them marked it.
    """
    if one == other:
        return one
    before = old.units if old is not None else (Break(),) * len(one.units)
    units: list[Inline] = []
    for was, first, second in zip(before, one.units, other.units, strict=True):
        marks = _merge_marks(_marks(was), _marks(first), _marks(second))
        if marks is None:
            return None
        units.append(first if isinstance(first, Break) else replace(first, marks=marks))
    return replace(one, parts=joined(units))


def _merge_marks(old: Marks, one: Marks, other: Marks) -> Marks | None:
    if one.link not in (old.link, other.link) and other.link != old.link:
        return None
    if one.bound not in (old.bound, other.bound) and other.bound != old.bound:
        return None
    was, first, second = set(old.evidence), set(one.evidence), set(other.evidence)
    evidence = (first & second) | (first - was) | (second - was)
    if len({item.id for item in evidence}) > MAX_EVIDENCE:
        return None
    return Marks(
        strong=other.strong if one.strong == old.strong else one.strong,
        emphasis=other.emphasis if one.emphasis == old.emphasis else one.emphasis,
        link=other.link if one.link == old.link else one.link,
        evidence=tuple(sorted(evidence, key=_order)),
        bound=other.bound if one.bound == old.bound else one.bound,
    )


def _order(evidence: Evidence) -> tuple[str, str]:
    return evidence.id, evidence.language or ""


def _with_new_evidence(
    rewritten: Sequence[Token], old: Sequence[Token], kept: Sequence[Token]
) -> list[Token]:
    """Rewritten words with the evidence that the other side added to all the words before them."""
    added = [
        set(_marks(now).evidence) - set(_marks(was).evidence)
        for before, after in zip(old, kept, strict=True)
        for was, now in zip(before.units, after.units, strict=True)
        if not isinstance(was, Break)
    ]
    new = set.intersection(*added) if added else set()
    if not new:
        return list(rewritten)
    return [
        replace(word, parts=tuple(add_evidence(part, new) for part in word.parts))
        for word in rewritten
    ]


def add_evidence(part: Inline, new: Iterable[Evidence]) -> Inline:
    """The words with further passages that they rest on; as they are if those were too many."""
    added = tuple(new)
    if isinstance(part, Break) or not added:
        return part
    return replace(part, marks=_with_evidence(part.marks, added))


@lru_cache(maxsize=1024)
def _with_evidence(marks: Marks, new: tuple[Evidence, ...]) -> Marks:
    known = {one.id: one for one in (*marks.evidence, *sorted(new, key=_order))}
    if len(known) > MAX_EVIDENCE:
        return marks
    return replace(marks, evidence=tuple(known.values()))
