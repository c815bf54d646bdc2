"""Charts as SVG: readable at the width of an A4 column, in grey, and without telling colours apart.

Colour is never the only carrier: tones differ in lightness and pattern, and every bar and cell
shows its number. Lengths are quarter millimetres: a drawing of 616 fills a column of 154 mm. Only
presentation attributes are used, since the content security policy forbids inline styles.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from markupsafe import Markup

from consult.domain.documents.types import Chart, ChartKind, Series, Tone

WIDTH = 616.0
_LABELS = 186.0  # the column of row labels
_SIZE = 11.6  # 8.2 pt on paper
_SMALL = 10.4
_LINE = 14.6
_BAR = 27.0
_GAP = 15.0
_DIGIT = 0.64  # width of a digit in Inter, in ems
_LETTER = 0.62  # width of a letter, in ems: 0.56 in Inter, more where a file is read without it
_FONTS = "Inter, Inter Extended, Inter Greek, sans-serif"
_INK = "#1e2b3c"
_WHITE = "#ffffff"


@dataclass(frozen=True, slots=True)
class Ink:
    """How a series is filled: base colour, colour of text on it, pattern over it in its colour."""

    fill: str
    text: str
    pattern: str = ""
    line: str = ""


_TONES: dict[Tone, Ink] = {
    Tone.FOR: Ink("#0b4f94", _WHITE),
    Tone.FOR_WITH_REMARKS: Ink("#7fb2e5", _INK, "rising", "#c6def5"),
    Tone.PARTLY: Ink("#dbeafa", _INK, "dots", "#7ea9d6"),
    Tone.AGAINST: Ink("#b4511d", _WHITE),
    Tone.NEUTRAL: Ink("#d5dae1", _INK),
    Tone.UNCLEAR: Ink("#f7f4ee", _INK, "falling", "#cfc3aa"),
}
_PLAIN = (
    Ink("#0062ba", _WHITE),
    Ink("#f4cf8a", _INK, "dots", "#c98f22"),
    Ink("#12735f", _WHITE),
    Ink("#e6d8f0", _INK, "rising", "#b892d2"),
    Ink("#56657a", _WHITE),
    Ink("#cde9e1", _INK, "falling", "#7dbdad"),
)
_PATTERNS = {
    "rising": '<path d="M-2 2L2 -2M0 8L8 0M6 10L10 6" stroke="{}" stroke-width="1.5"/>',
    "falling": '<path d="M-2 6L2 10M0 0L8 8M6 -2L10 2" stroke="{}" stroke-width="1.2"/>',
    "dots": '<circle cx="2" cy="2" r="1.1" fill="{0}"/><circle cx="6" cy="6" r="1.1" fill="{0}"/>',
}
_SHADES = (_WHITE, "#e3eefa", "#c2daf3", "#8fbbe6", "#2b70b8", "#0b4f94")


def draw_chart(chart: Chart, *, alternative: str, prefix: str, foot: Sequence[str] = ()) -> Markup:
    """The chart as an ``svg`` element whose title is the complete text in its place.

    ``prefix`` makes the ids inside the drawing unique on the page; ``foot`` stands in words below
    it, where the drawing is a file of its own.
    """
    drawing = _Drawing(prefix)
    height = drawing.matrix(chart) if chart.kind is ChartKind.HEAT_MAP else drawing.bars(chart)
    height = drawing.foot(height, foot)
    return Markup(  # noqa: S704 -- texts are escaped where they are set
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:.6g}"'
        f' width="{WIDTH:g}" height="{height:.6g}" role="img" aria-labelledby="{prefix}-alt"'
        f' class="doc-chart" font-family="{_FONTS}">'
        f'<title id="{prefix}-alt">{escape(alternative)}</title>'
        f"<defs>{''.join(drawing.patterns)}</defs>{''.join(drawing.parts)}</svg>"
    )


def wrap_label(
    text: str, width: float, *, size: float = _SIZE, most_lines: int = 3
) -> tuple[str, ...]:
    """The text in lines that fit a width; overlong words are cut, overlong texts end in "…"."""
    room = max(int(width / (size * _LETTER)), 4)
    rows = [""]
    for word in _cut_words(text.split(), room):
        candidate = f"{rows[-1]} {word}".strip()
        if len(candidate) <= room:
            rows[-1] = candidate
        else:
            rows.append(word)
    if len(rows) > most_lines:
        rows = rows[:most_lines]
        rows[-1] = rows[-1][: room - 1].rstrip() + "…"
    return tuple(rows)


def _cut_words(words: Iterable[str], room: int) -> Iterable[str]:
    for word in words:
        rest = word
        while len(rest) > room:
            yield rest[: room - 1] + "-"
            rest = rest[room - 1 :]
        yield rest


def choose_inks(series: Sequence[Series]) -> tuple[Ink, ...]:
    """How each series is filled; plain ones take turns."""
    spare = itertools.cycle(_PLAIN)
    return tuple(next(spare) if one.tone is Tone.PLAIN else _TONES[one.tone] for one in series)


def _shade_of(value: int, highest: int) -> int:
    """Which shade a number gets; where all are small, one answer does not look like a crowd."""
    darkest = len(_SHADES) - 1
    return 0 if not value else 1 + value * (darkest - 1) // max(highest, darkest)


@dataclass(slots=True)
class _Drawing:
    """The elements of one SVG, in painting order."""

    prefix: str
    parts: list[str] = field(default_factory=list)
    patterns: list[str] = field(default_factory=list)

    def bars(self, chart: Chart) -> float:
        """Draw horizontal bars, stacked when there are several series; return the height."""
        stacked = chart.kind is ChartKind.STACKED_BAR
        inks = choose_inks(chart.series)
        self._define(inks)
        y = self._legend(chart.series, inks) + 18 if stacked else 4.0
        totals = [sum(s.values[row] for s in chart.series) for row in range(len(chart.categories))]
        scale = (WIDTH - _LABELS - 40) / max(*totals, 1)
        top = y
        for row, category in enumerate(chart.categories):
            label = wrap_label(category, _LABELS - 16)
            height = max(_BAR, len(label) * _LINE)
            middle = y + height / 2
            self._lines(_LABELS - 12, middle, label, anchor="end")
            widths = [series.values[row] * scale for series in chart.series]
            end = self._stack(middle, widths, [s.values[row] for s in chart.series], inks, stacked)
            text = str(totals[row]) if stacked else chart.series[0].text_of(row)
            self._text(end + 8, middle + 4.2, text, weight=600)
            y += height + _GAP
        bottom = y - _GAP
        self.parts.append(
            f'<path d="M{_LABELS:g} {top - 5:.6g}V{bottom + 5:.6g}" stroke="{_INK}"/>'
        )
        return bottom + 8

    def _stack(
        self,
        middle: float,
        widths: Sequence[float],
        values: Sequence[int],
        inks: Sequence[Ink],
        numbered: bool,
    ) -> float:
        """Draw the parts of one bar with their numbers and return where it ends."""
        x, y = _LABELS, middle - _BAR / 2
        for index, (width, value) in enumerate(zip(widths, values, strict=True)):
            if not value:
                continue
            self._fill(x, y, width, _BAR, index, inks[index])
            self._box(x, y, width, _BAR, "none", f' stroke="{_WHITE}" stroke-width="1"')
            if numbered:
                self._number(x + width / 2, middle, width, value, inks[index])
            x += width
        return x

    def _number(self, x: float, middle: float, width: float, value: int, ink: Ink) -> None:
        """Set a number in its part of the bar, or above it where there is no room."""
        needed = len(str(value)) * _SMALL * _DIGIT + 2
        if needed > width:
            self._text(x, middle - _BAR / 2 - 2.5, str(value), size=9, anchor="middle")
            return
        if ink.pattern:
            self._box(x - needed / 2, middle - 7, needed, 14, ink.fill, ' rx="2"')
        self._text(
            x, middle + 3.8, str(value), size=_SMALL, anchor="middle", fill=ink.text, weight=600
        )

    def matrix(self, chart: Chart) -> float:
        """Draw a matrix of counts, the darker the more; return the height."""
        width = (WIDTH - _LABELS) / len(chart.series)
        upright = width < 54
        length = 122.0 if upright else width - 6
        headings = [
            wrap_label(series.name, length, size=_SMALL, most_lines=3 if upright else 4)
            for series in chart.series
        ]
        most = max(len(rows) for rows in headings)
        top = 134.0 if upright else most * 13 + 8
        for column, rows in enumerate(headings):
            self._heading(_LABELS + (column + 0.5) * width, top - 7, rows, upright=upright)
        highest = max(max(series.values) for series in chart.series)
        y = top
        for row, category in enumerate(chart.categories):
            label = wrap_label(category, _LABELS - 16)
            height = max(28.0, len(label) * _LINE + 5)
            self._lines(_LABELS - 12, y + height / 2, label, anchor="end")
            for column, series in enumerate(chart.series):
                shade = _shade_of(series.values[row], highest)
                text = series.text_of(row) if series.texts or series.values[row] else "–"
                self._cell((_LABELS + column * width, y), (width, height), shade, text)
            y += height
        return y + 2

    def _heading(self, x: float, bottom: float, rows: Sequence[str], *, upright: bool) -> None:
        for index, row in enumerate(rows):
            if upright:
                shift = x + (index - (len(rows) - 1) / 2) * 12 + 3.6
                turn = f' transform="rotate(-90 {shift:.6g} {bottom:.6g})"'
                self._text(shift, bottom, row, size=_SMALL, extra=turn)
            else:
                height = bottom - (len(rows) - 1 - index) * 13
                self._text(x, height, row, size=_SMALL, anchor="middle")

    def _cell(
        self, corner: tuple[float, float], size: tuple[float, float], shade: int, text: str
    ) -> None:
        edge = ' stroke="#9fb2c8" stroke-width="0.7"'
        self._box(*corner, *size, _SHADES[shade], edge)
        ink = _WHITE if shade >= 4 else _INK
        x, y = corner[0] + size[0] / 2, corner[1] + size[1] / 2
        self._text(x, y + 4.2, text, anchor="middle", fill=ink)

    def foot(self, y: float, texts: Sequence[str]) -> float:
        """Set texts below the drawing; return the height."""
        for text in texts:
            for row in wrap_label(text, WIDTH, most_lines=6):
                y += _LINE
                self._text(0.0, y, row)
            y += 6
        return y

    def _legend(self, series: Sequence[Series], inks: Sequence[Ink]) -> float:
        """Draw the key above the bars and return where it ends."""
        x, y = 0.0, 4.0
        for index, (one, ink) in enumerate(zip(series, inks, strict=True)):
            width = 24 + len(one.name) * _SIZE * _LETTER + 20
            if x and x + width - 20 > WIDTH:
                x, y = 0.0, y + 20
            self._fill(x, y, 16, 12, index, ink)
            self._box(x, y, 16, 12, "none", ' stroke="#5d6b7c" stroke-width="0.6"')
            self._text(x + 22, y + 10, one.name)
            x += width
        return y + 12

    def _define(self, inks: Sequence[Ink]) -> None:
        self.patterns.extend(
            f'<pattern id="{self.prefix}-p{index}" width="8" height="8"'
            f' patternUnits="userSpaceOnUse">{_PATTERNS[ink.pattern].format(ink.line)}</pattern>'
            for index, ink in enumerate(inks)
            if ink.pattern
        )

    def _fill(self, x: float, y: float, width: float, height: float, index: int, ink: Ink) -> None:
        self._box(x, y, width, height, ink.fill)
        if ink.pattern:
            self._box(x, y, width, height, f"url(#{self.prefix}-p{index})")

    def _box(
        self, x: float, y: float, width: float, height: float, fill: str, extra: str = ""
    ) -> None:
        self.parts.append(
            f'<rect x="{x:.6g}" y="{y:.6g}" width="{width:.6g}" height="{height:.6g}"'
            f' fill="{fill}"{extra}/>'
        )

    def _lines(self, x: float, middle: float, rows: Sequence[str], *, anchor: str) -> None:
        """Set rows of text around a height."""
        top = middle - (len(rows) - 1) * _LINE / 2 + 4.2
        for index, row in enumerate(rows):
            self._text(x, top + index * _LINE, row, anchor=anchor)

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = _SIZE,
        anchor: str = "start",
        fill: str = _INK,
        weight: int = 400,
        extra: str = "",
    ) -> None:
        self.parts.append(
            f'<text x="{x:.6g}" y="{y:.6g}" font-size="{size:g}" text-anchor="{anchor}"'
            f' fill="{fill}" font-weight="{weight}"{extra}>{escape(text)}</text>'
        )
