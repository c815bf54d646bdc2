"""The blocks of a document as paragraphs and tables of Word, in reading order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from consult.domain.documents.render.html import WIDE_TABLE, column_shares, describe_chart
from consult.domain.documents.render.numbering import QUOTATION_MARKS
from consult.domain.documents.render.typesetting import (
    SHORT_TABLE,
    TALL_ROW,
    WHOLE_BOX,
    length_of,
    shares_by_content,
)
from consult.domain.documents.types import (
    Alignment,
    Block,
    Box,
    Chart,
    DefinitionList,
    ItemList,
    MachineCode,
    PageBreakHint,
    Paragraph,
    QuestionList,
    Quote,
    Section,
    SenderList,
    Table,
    Text,
    TickBoxes,
    WritingLines,
)
from consult.domain.documents.word.rendering import markup, tables
from consult.domain.documents.word.rendering.look import (
    BODY_WIDTH,
    WIDE,
    heading_style,
    list_style,
)
from consult.domain.documents.word.rendering.markup import Look, paragraph, run
from consult.domain.documents.word.rendering.package import BULLETS, Package
from consult.domain.documents.word.rendering.sentences import Sentences, between
from consult.kernel.i18n import N_, choose_locale, translator

_CELLS = {Alignment.TEXT: "Text", Alignment.NUMBER: "Number"}
_HEADS = {Alignment.TEXT: "Heading", Alignment.NUMBER: "Number Heading"}
_CODE_WIDTH = 30.0  # millimetres
_BOX_WIDTH = 143.0  # millimetres
_STRONG = Look(strong=True)
_SENDER_COLUMNS = 2
_FEW_SENDERS = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: under headings of a level, in lists so deep, in a box or not."""

    level: int = 1
    depth: int = 0
    boxed: bool = False


@dataclass(slots=True)
class Writer:
    """Writes the blocks of one document."""

    sentences: Sentences
    package: Package
    pictures: Mapping[str, bytes]
    _new_page: bool = False

    def blocks(self, blocks: Iterable[Block], place: Place) -> str:
        """The blocks, one after the other."""
        return "".join(self._block(block, place) for block in blocks)

    def _block(self, block: Block, place: Place) -> str:
        match block:
            case Section():
                return self._section(block, place)
            case Paragraph(inlines, lead):
                style = "Lead" if lead else "List Continue" if place.depth else "Normal"
                return self._paragraph(style, self.sentences.write(inlines), place)
            case ItemList():
                return self._list(block, place)
            case Quote():
                return self._quote(block)
            case Box():
                return self._box(block, place)
            case DefinitionList(definitions):
                return "".join(
                    self._paragraph("Term", run(one.term)) + self.blocks(one.blocks, place)
                    for one in definitions
                )
            case Table():
                return self._table(block)
            case Chart():
                return self._chart(block, place)
            case _:
                return self._rarer(block, place)

    def _rarer(self, block: Block, place: Place) -> str:
        match block:
            case SenderList():
                return self._senders(block, place)
            case QuestionList():
                return self._questions(block)
            case WritingLines(label, lines):
                return self._paragraph("Term", run(label)) + lines * self._paragraph(
                    "Writing Line", ""
                )
            case TickBoxes(instruction, choices):
                ticks = (self._paragraph("Normal", run(f"☐ {choice}")) for choice in choices)
                return self._paragraph("Term", run(instruction)) + "".join(ticks)
            case MachineCode(label, code):
                return self._code(block, [label, code])
            case PageBreakHint():
                self._new_page = True
                return ""
        raise TypeError(type(block).__name__)

    def _paragraph(
        self, style: str, content: str, place: Place | None = None, *, extra: str = ""
    ) -> str:
        name = list_style(style, place.depth) if place and place.depth else style
        if place and place.depth and not extra:
            extra = f'<w:ind w:left="{360 * place.depth}"/>'
        if self._new_page:
            extra = f"<w:pageBreakBefore/>{extra}"
            self._new_page = False
        return paragraph(self.package.style(name), content, extra=extra)

    def _section(self, section: Section, place: Place) -> str:
        label = self.sentences.numbering.labels[section.id]
        flat = ""
        if not label.heading:
            words = run(section.heading)
            flat = '<w:ind w:left="0" w:firstLine="0"/>'
        elif label.heading == label.number:
            words = run(label.heading) + markup.raw_run("<w:tab/>") + run(section.heading)
        else:
            words = run(f"{label.heading}\u2002") + run(section.heading)
            flat = '<w:ind w:left="0" w:firstLine="0"/>'
        content = self.sentences.mark(section.id, words)
        heading = self._paragraph(heading_style(place.level), content, extra=flat)
        return heading + self.blocks(section.blocks, replace(place, level=place.level + 1))

    def _list(self, block: ItemList, place: Place) -> str:
        style = "List Number" if block.ordered else "List Bullet"
        number = self.package.begin_numbers() if block.ordered else BULLETS
        inner = replace(place, depth=place.depth + 1)
        mark = (
            f'<w:numPr><w:ilvl w:val="{min(inner.depth, 5) - 1}"/><w:numId w:val="{number}"/>'
            "</w:numPr>"
        )
        written = []
        for item in block.items:
            first, *rest = item.blocks or (Paragraph(()),)
            inlines = first.inlines if isinstance(first, Paragraph) else ()
            words = self.sentences.mark(item.id, self.sentences.write(inlines))
            written.append(self._paragraph(style, words, inner, extra=mark))
            below = rest if isinstance(first, Paragraph) else [first, *rest]
            written.append(self.blocks(below, inner))
        return "".join(written)

    def _quote(self, quote: Quote) -> str:
        language = self.sentences.document.language
        opening, closing = QUOTATION_MARKS[choose_locale(language)]
        marked = list(quote.paragraphs)
        if marked:
            marked[0] = (Text(opening), *marked[0])
            marked[-1] = (*marked[-1], Text(closing))
        own = Look(language=quote.language)
        written = [self._paragraph("Quote", self.sentences.write(one, own)) for one in marked]
        source = ", ".join(filter(None, (quote.sender, quote.reference)))
        words = self.sentences.outward(quote.href, run(source)) if source else ""
        if quote.translated:
            told = translator(choose_locale(language)).gettext(N_("our translation"))
            words += run(f" ({told})")
        if words:
            written.append(self._paragraph("Quote Source", words))
        return "".join(written)

    def _box(self, box: Box, place: Place) -> str:
        before = self._gap() if self._new_page else ""  # a table cannot begin a page by itself
        title = self.sentences.mark(box.id, run(box.title))
        inner = Place(place.level, boxed=True)
        content = self._paragraph("Box Title", title) + self.blocks(box.blocks, inner)
        whole = length_of(box.blocks) <= WHOLE_BOX
        return (
            before + tables.box(content, tone=box.tone, name=box.title, whole=whole) + self._gap()
        )

    def _gap(self) -> str:
        """What parts a table from what follows it, and ends a cell that a table would end."""
        return self._paragraph("Break", "")

    def _caption(self, node: Table | Chart, title: str) -> str:
        label = self.sentences.numbering.labels[node.id]
        kind = label.heading.removesuffix(label.number)
        counted = markup.field(f"SEQ {kind.strip()} \\* ARABIC", label.number)
        words = run(kind) + counted + run(f"\u2002{title}")
        if node.unit:
            unit = Look(style=self.package.style("Unit"))
            words += markup.raw_run("<w:br/>") + run(node.unit, unit)
        return self._paragraph("caption", self.sentences.mark(node.id, words))

    def _notes(self, notes: tuple[str, ...]) -> str:
        return "".join(self._paragraph("Table Note", run(note)) for note in notes)

    def _cell(self, content: str, kind: str, *, wide: bool, keep: bool = False) -> str:
        extra = "<w:keepNext/>" if keep else ""
        return self._paragraph(f"{WIDE if wide else ''}Table {kind}", content, extra=extra)

    def _table(self, table: Table) -> str:
        caption = self._caption(table, table.caption)
        kinds = [_CELLS[column.align] for column in table.columns]
        wide = len(kinds) >= WIDE_TABLE
        head = [
            self._cell(run(column.heading), _HEADS[column.align], wide=wide)
            for column in table.columns
        ]
        last = len(table.rows) - 1
        lines = []
        for place, row in enumerate(table.rows):
            look = Look(strong=row.total)
            keep = place < last < SHORT_TABLE
            cells = tuple(
                self._cell(self.sentences.write(cell, look), kind, wide=wide, keep=keep)
                for cell, kind in zip(row.cells, kinds, strict=True)
            )
            tall = any(length_of(cell) > TALL_ROW for cell in row.cells)
            lines.append(tables.Line(cells, total=row.total, tall=tall))
        drawn = tables.table(
            head,
            lines,
            shares=column_shares(table) or shares_by_content(table),
            name=table.caption,
            row_headers=table.row_headers,
        )
        return caption + drawn + (self._notes(table.notes) or self._gap())

    def _chart(self, chart: Chart, place: Place) -> str:
        caption = self._caption(chart, chart.title)
        label = self.sentences.numbering.labels[chart.id].heading
        picture = self.package.picture(
            self.pictures[chart.id],
            width=_BOX_WIDTH if place.boxed else BODY_WIDTH,
            alternative=describe_chart(chart, label),
        )
        drawn = self._paragraph(
            "Figure", markup.inline_picture(picture), extra="<w:keepNext/>" if chart.notes else ""
        )
        return caption + drawn + self._notes(chart.notes) + self._twin(chart)

    def _twin(self, chart: Chart) -> str:
        """The figure's numbers as a table, with the senders behind them where they are few."""
        wide = len(chart.series) + 1 >= WIDE_TABLE
        number = _HEADS[Alignment.NUMBER]
        head = [self._cell("", _HEADS[Alignment.TEXT], wide=wide)]
        head += [self._cell(run(one.name), number, wide=wide) for one in chart.series]
        last = len(chart.categories) - 1
        lines = []
        for row, category in enumerate(chart.categories):
            keep = row < last < SHORT_TABLE
            cells = [self._cell(run(category), "Text", wide=wide, keep=keep)]
            for series in chart.series:
                names = "; ".join(series.names[row]) if series.names else ""
                told = [series.text_of(row), *([names] if names else [])]
                content = "".join(between(told))
                cells.append(self._cell(content, "Number", wide=wide, keep=keep))
            lines.append(tables.Line(tuple(cells)))
        first = max(2, 8 // (len(chart.series) + 1))
        drawn = tables.table(
            head,
            lines,
            shares=[first, *(1 for _ in chart.series)],
            name=chart.title,
            row_headers=True,
        )
        return drawn + self._gap()

    def _senders(self, block: SenderList, place: Place) -> str:
        written = []
        muted = Look(style=self.package.style("Muted"))
        level = f'<w:outlineLvl w:val="{min(place.level, 9) - 1}"/>'
        for group in block.groups:
            heading = run(group.heading) + run(f" ({len(group.senders)})", muted)
            written.append(self._paragraph("Sender Group", heading, extra=level))
            for sender in group.senders:
                words = run(sender.name)
                if sender.href:
                    words = self.sentences.outward(sender.href, words)
                rest = "".join(f" · {part}" for part in (sender.reference, sender.note) if part)
                mark = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{BULLETS}"/></w:numPr>'
                words += run(rest, muted) if rest else ""
                written.append(self._paragraph("Sender", words, extra=mark))
        many = sum(len(group.senders) for group in block.groups) > _FEW_SENDERS
        if place.boxed or not many:
            return "".join(written)
        before = self._paragraph("Break", "", extra=self.package.end_section())
        apart = self.package.end_section(columns=_SENDER_COLUMNS)
        return before + "".join(written) + self._paragraph("Break", "", extra=apart)

    def _questions(self, block: QuestionList) -> str:
        language = self.sentences.document.language
        gettext = translator(choose_locale(language)).gettext
        own = Look(language=block.language)
        written = []
        for question in block.questions:
            number = gettext(N_("Question %(number)s")) % {"number": question.number}
            written.append(self._paragraph("Question", run(number)))
            written.append(self._paragraph("Normal", run(question.text, own)))
            if question.help:
                written.append(self._paragraph("Question Help", run(question.help, own)))
        return "".join(written)

    def _code(self, block: MachineCode, told: list[str]) -> str:
        picture = self.package.picture(
            self.pictures[block.address], width=_CODE_WIDTH, alternative=block.address
        )
        return self._paragraph("Figure", markup.inline_picture(picture)) + self._paragraph(
            "Normal", "".join(between(told, _STRONG))
        )
