"""The letters of a PDF page into lines in reading order: columns and ruled tables included."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

_MIN_COLUMN_LINES = 8
_EDGE = 0.065
"""The share of a page's height at its top and bottom where only running lines stand."""

_WIDE_GAP = 1.6
"""From this many letter sizes on, a gap within a line parts columns rather than words."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter on a page, in points from the page's top left."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line on a page: an underline, or the frame of a table."""

    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it lies rather than stands."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; ``lead`` counts the bold letters it starts with when others follow.

    ``at_edge`` tells that it stands in the outermost strip of its page.
    """

    text: str
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    underlined: bool = False
    lead: int = 0
    text_x: float = 0.0
    column: int = 0
    cell: tuple[int, int, int] | None = None
    at_edge: bool = False


@dataclass(frozen=True, slots=True)
class _Segment:
    """Glyphs that stand together on one line, without a wide gap."""

    glyphs: tuple[Glyph, ...]
    x0: float
    x1: float
    middle: float


def _segment(glyphs: list[Glyph]) -> _Segment:
    middle = sum(glyph.top + glyph.bottom for glyph in glyphs) / (2 * len(glyphs))
    return _Segment(tuple(glyphs), glyphs[0].x0, max(glyph.x1 for glyph in glyphs), middle)


def lines_of_page(
    glyphs: Sequence[Glyph], rules: Sequence[Rule], *, page: int, width: float, height: float
) -> Iterator[Line]:
    """The lines of one page in reading order, table cells one after the other."""
    lines = [
        replace(line, at_edge=line.bottom < _EDGE * height or line.top > (1 - _EDGE) * height)
        for line in _lines(glyphs, rules, page, width)
    ]
    for row, group in groupby(lines, key=lambda line: line.cell and line.cell[:2]):
        members = list(group)
        yield from members if row is None else sorted(members, key=lambda one: one.cell or ())


def _lines(
    glyphs: Sequence[Glyph], rules: Sequence[Rule], page: int, width: float
) -> Iterator[Line]:
    rows = [_segments(row) for row in _rows(glyphs)]
    grid = _Grid(rules, page)
    for band, gutter in _bands(rows, width, grid):
        if gutter is None:
            for row in band:
                yield from _row_lines(row, page, 0, rules, grid)
        else:
            for column in (0, 1):
                for row in band:
                    side = [
                        segment
                        for segment in row
                        if ((segment.x0 + segment.x1) / 2 > gutter) == bool(column)
                    ]
                    yield from _row_lines(side, page, column, rules, grid)


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs that share a baseline; raised and lowered ones go with their line."""
    row: list[Glyph] = []
    base = 0.0
    for glyph in sorted(glyphs, key=lambda one: (one.bottom, one.x0)):
        if row and glyph.bottom - base > 0.45 * max(glyph.size, row[0].size):
            yield row
            row = []
        if not row:
            base = glyph.bottom
        elif glyph.size > 0.8 * row[0].size:
            base = max(base, min(glyph.bottom, base + 0.2 * glyph.size))
        row.append(glyph)
    if row:
        yield row


def _segments(row: list[Glyph]) -> list[_Segment]:
    segments: list[list[Glyph]] = []
    right = 0.0
    for glyph in sorted(row, key=lambda one: one.x0):
        if not glyph.text.strip():
            continue
        if not segments or glyph.x0 - right > _WIDE_GAP * max(glyph.size, 6):
            segments.append([])
        segments[-1].append(glyph)
        right = max(glyph.x1, right) if len(segments[-1]) > 1 else glyph.x1
    return [_segment(segment) for segment in segments]


def _bands(
    rows: list[list[_Segment]], width: float, grid: "_Grid"
) -> Iterator[tuple[list[list[_Segment]], float | None]]:
    """Runs of rows, each with the middle of the gap between its two columns, or ``None``."""
    gutter = None if grid.has_cells else _gutter(rows, width)
    if gutter is None:
        yield rows, None
        return
    band: list[list[_Segment]] = []
    across = False
    for row in rows:
        crosses = any(one.x0 < gutter - 1 and one.x1 > gutter + 1 for one in row)
        if band and crosses != across:
            yield band, None if across else gutter
            band = []
        across = crosses
        band.append(row)
    if band:
        yield band, None if across else gutter


def _gutter(rows: list[list[_Segment]], width: float) -> float | None:
    """Where two columns of running text part, or ``None`` when the page has one column."""
    best, places = 0, [0.0]
    for step in range(70, 131):
        middle = width * step / 200
        left = right = crossing = 0
        for row in rows:
            if any(one.x0 < middle - 1 and one.x1 > middle + 1 for one in row):
                crossing += 1
            else:
                left += any(one.x1 <= middle + 1 and one.x1 - one.x0 > 0.2 * width for one in row)
                right += any(one.x0 >= middle - 1 and one.x1 - one.x0 > 0.2 * width for one in row)
        if min(left, right) >= _MIN_COLUMN_LINES and crossing < 0.4 * (left + right) / 2:
            score = left + right - 3 * crossing
            if score > best:
                best, places = score, []
            if score == best:
                places.append(middle)
    return sum(places) / len(places) if best else None


def _row_lines(
    row: list[_Segment], page: int, column: int, rules: Sequence[Rule], grid: "_Grid"
) -> Iterator[Line]:
    """One line of a row, or one for each table cell it runs through."""
    groups: list[tuple[tuple[int, int, int] | None, list[_Segment]]] = []
    for segment in row:
        for cell, part in grid.split(segment):
            if groups and groups[-1][0] == cell:
                groups[-1][1].append(part)
            else:
                groups.append((cell, [part]))
    for cell, segments in groups:
        line = _line(segments, page, rules)
        yield replace(line, column=column, cell=cell)


def _line(segments: list[_Segment], page: int, rules: Sequence[Rule]) -> Line:
    glyphs = [glyph for segment in segments for glyph in segment.glyphs]
    main = [glyph for glyph in glyphs if glyph.text != "•"] or glyphs
    sizes = [round(glyph.size * 2) / 2 for glyph in main]
    size = max(set(sizes), key=sizes.count)
    bold = sum(glyph.bold for glyph in main) >= 0.9 * len(main)
    text = "\t".join(_text(segment.glyphs, size) for segment in segments)
    top, bottom = min(g.top for g in main), max(g.bottom for g in main)
    x0, x1 = segments[0].x0, segments[-1].x1
    return Line(
        text,
        page,
        x0,
        x1,
        top,
        bottom,
        size,
        bold=bold,
        underlined=_is_underlined(x0, x1, bottom, size, rules),
        lead=0 if bold else _lead(glyphs, size),
        text_x=_text_x(glyphs, size),
    )


def _text(glyphs: Sequence[Glyph], size: float) -> str:
    parts = [_letter(glyphs[0], size)]
    for before, glyph in pairwise(glyphs):
        if glyph.x0 - before.x1 > 0.16 * max(glyph.size, before.size):
            parts.append(" ")
        parts.append(_letter(glyph, size))
    return "".join(parts)


def _letter(glyph: Glyph, size: float) -> str:
    """The letter, or nothing for the raised number that points to a footnote."""
    return "" if glyph.text.isdigit() and glyph.size < 0.75 * size else glyph.text


def _lead(glyphs: Sequence[Glyph], size: float) -> int:
    count = 0
    for count, glyph in enumerate(glyphs):  # noqa: B007 -- the count at the first plain letter
        if not glyph.bold:
            break
    return len(_text(glyphs[:count], size)) if count > 2 else 0


def _text_x(glyphs: Sequence[Glyph], size: float) -> float:
    """Where the text starts after a mark that stands apart, else where the line starts."""
    for before, glyph in pairwise(glyphs[:6]):
        if glyph.x0 - before.x1 > 0.16 * size:
            return glyph.x0
    return glyphs[0].x0


def _is_underlined(x0: float, x1: float, bottom: float, size: float, rules: Sequence[Rule]) -> bool:
    covered = sum(
        min(rule.x1, x1) - max(rule.x0, x0)
        for rule in rules
        if rule.is_horizontal
        and bottom - 0.45 * size <= rule.top <= bottom + 0.1 * size
        and rule.x0 >= x0 - 3
        and rule.x1 <= x1 + 3
    )
    return covered >= 0.8 * (x1 - x0)


class _Grid:
    """The cells that the ruled lines of a page enclose."""

    def __init__(self, rules: Sequence[Rule], page: int) -> None:
        self._page = page
        self._standing = [rule for rule in rules if not rule.is_horizontal]
        lying = {round(rule.top) for rule in rules if rule.is_horizontal}
        self._rows = _merge(sorted(lying))
        self.has_cells = len(self._rows) > 1 and len(self._standing) > 2

    def split(self, segment: _Segment) -> Iterator[tuple[tuple[int, int, int] | None, _Segment]]:
        """The parts of a segment that stand in one cell each."""
        edges = self._edges(segment) if self.has_cells else []
        if len(edges) < 3:
            yield None, segment
            return
        row = sum(edge < segment.middle for edge in self._rows)
        parts: dict[int, list[Glyph]] = {}
        for glyph in segment.glyphs:
            column = sum(edge < (glyph.x0 + glyph.x1) / 2 for edge in edges)
            parts.setdefault(column, []).append(glyph)
        for column, glyphs in parts.items():
            yield (self._page, row, column), _segment(glyphs)

    def _edges(self, segment: _Segment) -> list[int]:
        """Where the lines that stand beside the segment cross its height."""
        middle = segment.middle
        crossing = {round(one.x0) for one in self._standing if one.top <= middle <= one.bottom}
        return _merge(sorted(crossing))


def _merge(edges: list[int]) -> list[int]:
    """Edges in order, those within 3 points of one another counted once."""
    merged: list[int] = []
    for edge in edges:
        if not merged or edge - merged[-1] > 3:
            merged.append(edge)
    return merged
