"""Which slides a document becomes: pure values, cut so that each can be read from the last row.

A slide holds what the document sets apart: its boxes and its figures. What is said in running text
is for readers, and is named in the notes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import ceil

from consult.domain.documents.render.html import describe_chart, format_day
from consult.domain.documents.render.numbering import (
    QUOTATION_MARKS,
    Numbering,
    number_document,
)
from consult.domain.documents.types import (
    DOCUMENT_KIND_LABELS,
    Block,
    Box,
    Chart,
    ChartKind,
    DefinitionList,
    Document,
    Inlines,
    ItemList,
    Numbered,
    Paragraph,
    Quote,
    Ref,
    Section,
    Table,
    Text,
)
from consult.kernel.i18n import N_, choose_locale, translator

_LINE = 78  # characters of 20 points on the width of a slide
_LINES = 11
_BARS = 7
_COLUMNS = 4
_ROWS = 7


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a slide; ``depth`` is 0 for text, from 1 for items of lists."""

    text: str
    depth: int = 0
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """The first slide."""

    title: str
    subtitle: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Lines under a title; ``notes`` say where they stand in the document.

    ``chapter`` is the one that they belong to, where the title does not say it.
    """

    title: str
    lines: tuple[Line, ...]
    notes: str
    chapter: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """A figure whose bars are drawn, and what it says to those who cannot see it.

    ``most`` is the longest bar of the whole figure, so that its parts are drawn to one scale.
    """

    title: str
    unit: str
    chart: Chart
    most: int
    alternative: str
    notes: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Numbers in rows and columns."""

    title: str
    unit: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    alternative: str
    notes: str


Slide = Opening | Words | Bars | Grid


def choose_slides(document: Document) -> tuple[Slide, ...]:
    """The slides in reading order. Raises :class:`InvalidDocument`."""
    return tuple(_Chooser(document, number_document(document)).choose())


@dataclass(slots=True)
class _Chooser:
    """Goes through one document."""

    document: Document
    numbering: Numbering

    def choose(self) -> Iterator[Slide]:
        gettext = self._gettext
        document = self.document
        kind = gettext(DOCUMENT_KIND_LABELS[document.kind])
        day = format_day(document.date, choose_locale(document.language))
        told = (kind, document.status, document.publisher, day)
        yield Opening(document.title, document.subtitle, tuple(filter(None, told)))
        chapters = [
            block
            for block in document.blocks
            if isinstance(block, Section) and block.numbered is not Numbered.APPENDIX
        ]
        for chapter in chapters:
            yield from self._exhibits(chapter.blocks, chapter, chapter)
        facts = [Line(f"{fact.label}: {fact.value}") for fact in document.facts]
        if facts:
            yield from self._words(gettext(N_("About this document")), facts, document.title)

    def _gettext(self, message: str) -> str:
        return translator(choose_locale(self.document.language)).gettext(message)

    def _exhibits(
        self, blocks: Iterable[Block], section: Section, chapter: Section
    ) -> Iterator[Slide]:
        for block in blocks:
            if isinstance(block, Section):
                yield from self._exhibits(block.blocks, block, chapter)
            elif isinstance(block, Box):
                lines = [Line(block.title, strong=True), *self._lines(block.blocks, 0)]
                above = "" if section is chapter else chapter.heading
                for one in self._words(section.heading, lines, self._source(section)):
                    yield replace(one, chapter=above)
                yield from self._exhibits(block.blocks, section, chapter)
            elif isinstance(block, Chart):
                yield from self._figure(block, self._source(section))

    def _source(self, section: Section) -> str:
        """Where something stands: the document, and the chapter by number and name."""
        label = self.numbering.labels[section.id]
        place = f"{label.heading} {label.title}".strip()
        return f"{self.document.title}, {place}"

    def _words(self, title: str, lines: list[Line], notes: str) -> Iterator[Words]:
        """As many slides as the lines need."""
        held: list[Line] = []
        room = _LINES
        for line in _cut(lines):
            needed = ceil(len(line.text) / _LINE)
            if held and needed > room:
                yield Words(title, tuple(held), notes)
                held, room = [], _LINES
            held.append(line)
            room -= needed
        if held:
            yield Words(title, tuple(held), notes)

    def _figure(self, chart: Chart, source: str) -> Iterator[Slide]:
        label = self.numbering.labels[chart.id].heading
        alternative = describe_chart(chart, label)
        notes = "\n".join([source, alternative, *chart.notes])
        if chart.kind is ChartKind.HEAT_MAP or any(one.texts for one in chart.series):
            yield from _grids(chart, alternative, notes)
            return
        sums = [sum(one.values[row] for one in chart.series) for row in _rows(chart)]
        for start in range(0, len(chart.categories), _BARS):
            part = slice(start, start + _BARS)
            shown = replace(
                chart,
                categories=chart.categories[part],
                series=tuple(
                    replace(one, values=one.values[part], names=()) for one in chart.series
                ),
            )
            yield Bars(chart.title, chart.unit, shown, max(sums), alternative, notes)

    def _lines(self, blocks: Iterable[Block], depth: int) -> Iterator[Line]:
        for block in blocks:
            match block:
                case Paragraph(inlines):
                    yield Line(self._plain(inlines), depth)
                case ItemList(items):
                    for item in items:
                        yield from self._lines(item.blocks, depth + 1)
                case Quote():
                    opening, closing = QUOTATION_MARKS[choose_locale(self.document.language)]
                    words = " ".join(self._plain(one) for one in block.paragraphs)
                    sender = f" ({block.sender})" if block.sender else ""
                    yield Line(f"{opening}{words}{closing}{sender}", depth)
                case DefinitionList(definitions):
                    for one in definitions:
                        meaning = " ".join(line.text for line in self._lines(one.blocks, 0))
                        yield Line(f"{one.term}: {meaning}", depth)
                case Table():
                    for row in block.rows:
                        cells = (self._plain(cell) for cell in row.cells)
                        yield Line(" · ".join(filter(None, cells)), depth + 1)
                case _:
                    pass

    def _plain(self, inlines: Inlines) -> str:
        parts = []
        for inline in inlines:
            if isinstance(inline, Text):
                parts.append(inline.text)
            elif isinstance(inline, Ref):
                parts.append(self.numbering.reference(inline))
            else:
                parts.append(self._plain(getattr(inline, "children", ())))
        return " ".join("".join(parts).split())


def _rows(chart: Chart) -> range:
    return range(len(chart.categories))


def _cut(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines that fit on a slide; what is longer goes on in another."""
    for line in lines:
        held = ""
        for word in line.text.split():
            if held and len(held) + len(word) >= _LINE * (_LINES - 1):
                yield replace(line, text=held)
                held = ""
            held = f"{held} {word}".strip()
        if held:
            yield replace(line, text=held)


def _grids(chart: Chart, alternative: str, notes: str) -> Iterator[Grid]:
    """The numbers of a figure, so many rows and columns to a slide."""
    for left in range(0, len(chart.series), _COLUMNS):
        shown = chart.series[left : left + _COLUMNS]
        for top in range(0, len(chart.categories), _ROWS):
            rows = tuple(
                (chart.categories[row], *(one.text_of(row) for one in shown))
                for row in _rows(chart)[top : top + _ROWS]
            )
            heads = ("", *(one.name for one in shown))
            yield Grid(chart.title, chart.unit, heads, rows, alternative, notes)
