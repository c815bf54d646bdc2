"""Where in a text the hits of a search stand, and which part of a long text shows them."""

from dataclasses import dataclass

from consult.domain.analysis.search.language import Query, TermKind
from consult.kernel.text.stems import words_of


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a text, and whether it is a hit."""

    text: str
    is_hit: bool


def find_marks(text: str, query: Query) -> tuple[tuple[int, int], ...]:
    """``(start, end)`` of every hit in a text, in order; hits that meet are one."""
    words = tuple(words_of(text))
    marks: list[tuple[int, int]] = []
    for place, found in enumerate(words):
        for term in query.terms:
            if not term.is_at(words, place):
                continue
            last = place + (len(term.words) if term.kind is TermKind.PHRASE else 1) - 1
            marks.append((found.start, words[last].end))
    return _joined(marks)


def says(text: str, query: Query) -> bool:
    """Whether a text is an answer to a search: what a database finds out by its index."""
    words = tuple(words_of(text))

    def has_one(terms: tuple[object, ...]) -> bool:
        return any(
            term.is_at(words, place)  # type: ignore[attr-defined]
            for term in terms
            for place in range(len(words))
        )

    return all(has_one(group) for group in query.groups) and not has_one(query.excluded)


def _joined(marks: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def pieces_of(text: str, marks: tuple[tuple[int, int], ...], *, length: int) -> tuple[Piece, ...]:
    """The text in pieces, hits apart; of a text longer than ``length``, the part around the first.

    A part begins and ends between words, with an ellipsis where something is left out.
    """
    start, end = _window(text, marks[0] if marks else (0, 0), length)
    pieces: list[Piece] = [Piece("… ", is_hit=False)] if start > 0 else []
    at = start
    for first, last in marks:
        if last > end:
            break
        pieces += [Piece(text[at:first], is_hit=False), Piece(text[first:last], is_hit=True)]
        at = last
    pieces.append(Piece(text[at:end], is_hit=False))
    if end < len(text):
        pieces.append(Piece(" …", is_hit=False))
    return tuple(piece for piece in pieces if piece.text)


def _window(text: str, first: tuple[int, int], length: int) -> tuple[int, int]:
    """The part of a text to show: two thirds of it stand after the first hit."""
    if len(text) <= length:
        return 0, len(text)
    start = max(0, min(first[0] - length // 3, len(text) - length))
    end = min(len(text), max(start + length, first[1]))
    if start > 0:
        blank = max(text.find(" ", start, first[0]), text.find("\n", start, first[0]))
        start = blank + 1 if blank >= 0 else start
    if end < len(text):
        blank = max(text.rfind(" ", first[1], end), text.rfind("\n", first[1], end))
        end = blank if blank >= 0 else end
    return start, end
