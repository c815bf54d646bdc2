"""Slides as a file for PowerPoint and its like (.pptx): real titles, charts that can be changed.

Nothing is set smaller than 18 points, and every figure says in words what it shows.
"""

from datetime import datetime, time
from io import BytesIO
from typing import Any

import pptx
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Emu, Pt

from consult.domain.documents.render.charts import choose_inks
from consult.domain.documents.slides.choosing import Bars, Grid, Line, Opening, Words, choose_slides
from consult.domain.documents.types import ChartKind, Document
from consult.domain.documents.word.rendering.markup import clean, language_tag
from consult.kernel.office.settling import settle_package

_WIDE, _HIGH = Emu(12_192_000), Emu(6_858_000)  # 16:9
_MARGIN = 685_800
_WIDTH = _WIDE - 2 * _MARGIN
_TOP, _TITLE, _BODY_TOP = 380_000, 1_080_000, 1_620_000
_BODY = _HIGH - _BODY_TOP - 420_000
_INK, _BLUE, _WHITE = (RGBColor.from_string(one) for one in ("1E2B3C", "0B4F94", "FFFFFF"))
_TINT = RGBColor.from_string("EFF5FB")
_SMALLEST, _TEXT, _HEADING, _LARGEST = Pt(18), Pt(20), Pt(28), Pt(40)
_LAYOUTS = 0, 1, 5  # of the library's own template: cover, title and text, title alone
_FURNITURE = 10  # from this index on, placeholders hold date, foot and number
_TITLES = PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE
_TITLE_PLACE = _MARGIN, _TOP, _WIDTH, _TITLE
_BODY_PLACE = _MARGIN, _BODY_TOP, _WIDTH, _BODY
_LONGEST = 255  # characters of a property


def render_pptx(document: Document) -> bytes:
    """The document's boxes and figures as slides; the same tree gives the same bytes.

    Raises :class:`InvalidDocument` when the tree is not coherent.
    """
    writer = _Writer(document)
    for slide in choose_slides(document):
        match slide:
            case Opening():
                writer.open(slide)
            case Words():
                writer.tell(slide)
            case Bars():
                writer.draw(slide)
            case Grid():
                writer.tabulate(slide)
    return writer.finish()


class _Writer:
    """A presentation being written."""

    def __init__(self, document: Document) -> None:
        self._shown = pptx.Presentation()
        self._language = language_tag(document.language)
        self._set_pages()
        properties = self._shown.core_properties
        properties.title = clean(document.title)[:_LONGEST]
        properties.author = properties.last_modified_by = clean(document.publisher)[:_LONGEST]
        properties.language = self._language
        properties.subject = clean(document.subtitle)[:_LONGEST]
        properties.keywords = clean(", ".join(document.keywords))[:_LONGEST]
        moment = datetime.combine(document.date, time(12))
        properties.created = properties.modified = moment
        properties.revision = 1

    def open(self, slide: Opening) -> None:
        """Add the first slide."""
        made = self._shown.slides.add_slide(self._shown.slide_layouts[0])
        made.background.fill.solid()
        made.background.fill.fore_color.rgb = _BLUE
        self._write(made.shapes.title.text_frame, slide.title, size=_LARGEST, colour=_WHITE)
        frame = made.placeholders[1].text_frame
        for place, line in enumerate(filter(None, (slide.subtitle, " · ".join(slide.lines)))):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            self._run(paragraph, line, size=_TEXT, colour=_WHITE)
            paragraph.space_after = Pt(14)

    def tell(self, slide: Words) -> None:
        """Add a slide of lines."""
        made = self._slide(1, slide.title, slide.notes, below=slide.chapter)
        frame = made.placeholders[1].text_frame
        for place, line in enumerate(slide.lines):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            self._line(paragraph, line)

    def draw(self, slide: Bars) -> None:
        """Add a slide with a chart that can be changed, and its numbers behind it."""
        made = self._slide(2, slide.title, slide.notes, below=slide.unit)
        chart = slide.chart
        data = CategoryChartData(number_format="0;;;")
        data.categories = [clean(one) for one in chart.categories]
        for series in chart.series:
            data.add_series(clean(series.name), series.values)
        stacked = chart.kind is ChartKind.STACKED_BAR
        kind = XL_CHART_TYPE.BAR_STACKED if stacked else XL_CHART_TYPE.BAR_CLUSTERED
        frame = made.shapes.add_chart(kind, _MARGIN, _BODY_TOP, _WIDTH, _BODY, data)
        self._describe(frame, slide.alternative)
        self._style(frame.chart, slide)

    def tabulate(self, slide: Grid) -> None:
        """Add a slide with a table."""
        made = self._slide(2, slide.title, slide.notes, below=slide.unit)
        rows = [slide.heads, *slide.rows]
        height = 420_000 * len(rows)
        frame = made.shapes.add_table(
            len(rows), len(slide.heads), _MARGIN, _BODY_TOP, _WIDTH, height
        )
        self._describe(frame, slide.alternative)
        table = frame.table
        table.first_col = True
        share = _WIDTH // (len(slide.heads) + 1)
        for place, column in enumerate(table.columns):
            column.width = Emu(share if place else 2 * share)
        for down, row in enumerate(rows):
            for across, text in enumerate(row):
                cell = table.cell(down, across)
                cell.fill.solid()
                cell.fill.fore_color.rgb = _BLUE if down == 0 else _TINT if down % 2 else _WHITE
                paragraph = cell.text_frame.paragraphs[0]
                paragraph.alignment = PP_ALIGN.RIGHT if across else PP_ALIGN.LEFT
                colour = _WHITE if down == 0 else _INK
                self._run(paragraph, text, size=_SMALLEST, colour=colour, bold=down == 0)

    def finish(self) -> bytes:
        """The presentation as a file."""
        file = BytesIO()
        self._shown.save(file)
        return settle_package(file.getvalue())

    def _set_pages(self) -> None:
        """16:9 with the three layouts that are used, and only what they need."""
        shown = self._shown
        shown.slide_width, shown.slide_height = _WIDE, _HIGH
        kept = [shown.slide_layouts[place] for place in _LAYOUTS]
        for layout in list(shown.slide_layouts):
            if layout not in kept:
                shown.slide_layouts.remove(layout)
        for holder in (shown.slide_master, *kept):
            for shape in list(holder.placeholders):
                if shape.placeholder_format.idx >= _FURNITURE:
                    shape._element.getparent().remove(shape._element)
                elif shape.placeholder_format.type in _TITLES:
                    shape.left, shape.top, shape.width, shape.height = _TITLE_PLACE
                else:
                    shape.left, shape.top, shape.width, shape.height = _BODY_PLACE
        cover = kept[0]
        for shape in cover.placeholders:
            high = shape.placeholder_format.type in _TITLES
            shape.left, shape.width = _MARGIN, _WIDTH
            shape.top, shape.height = (1_500_000, 2_000_000) if high else (3_700_000, 2_000_000)

    def _slide(self, layout: int, title: str, notes: str, *, below: str = "") -> Any:
        made = self._shown.slides.add_slide(self._shown.slide_layouts[layout])
        self._write(made.shapes.title.text_frame, title, size=_HEADING, colour=_BLUE)
        if below:
            line = made.shapes.title.text_frame.add_paragraph()
            self._run(line, below, size=_SMALLEST, colour=_INK, bold=False)
        frame = made.notes_slide.notes_text_frame
        for place, line in enumerate(notes.split("\n")):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            self._run(paragraph, line)
        return made

    def _write(self, frame: Any, text: str, *, size: Any, colour: Any) -> None:
        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        self._run(frame.paragraphs[0], text, size=size, colour=colour, bold=True)

    def _line(self, paragraph: Any, line: Line) -> None:
        """A line: the placeholder's own bullets are for items of lists alone."""
        paragraph.level = max(0, min(line.depth, 4) - 1)
        paragraph.space_after = Pt(6)
        properties = paragraph._p.get_or_add_pPr()
        if not line.depth:
            properties.set("marL", "0")
            properties.set("indent", "0")
            properties.append(properties.makeelement(f"{{{properties.nsmap['a']}}}buNone", {}))
        self._run(paragraph, line.text, size=_TEXT, bold=line.strong)

    def _run(
        self,
        paragraph: Any,
        text: str,
        *,
        size: Any = None,
        colour: Any = None,
        bold: bool | None = None,
    ) -> None:
        run = paragraph.add_run()
        run.text = clean(text)
        run.font.size, run.font.bold = size, bold
        if colour is not None:
            run.font.color.rgb = colour
        run._r.get_or_add_rPr().set("lang", self._language)
        if paragraph.alignment is None and size is not None:
            paragraph.alignment = PP_ALIGN.LEFT

    def _describe(self, frame: Any, alternative: str) -> None:
        frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(alternative))

    def _style(self, chart: Any, slide: Bars) -> None:
        chart.font.size, chart.font.color.rgb = _SMALLEST, _INK
        chart.has_title = False
        many = len(slide.chart.series) > 1
        chart.has_legend = many
        if many:
            chart.legend.position = XL_LEGEND_POSITION.BOTTOM
            chart.legend.include_in_layout = False
        chart.category_axis.reverse_order = True
        chart.category_axis.has_major_gridlines = False
        chart.category_axis.format.line.color.rgb = _INK
        chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
        chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, max(slide.most, 1)
        plot = chart.plots[0]
        plot.gap_width = 45
        plot.overlap = 100
        for series, ink in zip(plot.series, choose_inks(slide.chart.series), strict=True):
            _fill(series, ink.fill, ink.line)
            labels = series.data_labels
            labels.show_value, labels.number_format = True, "0;;;"
            labels.number_format_is_linked = False
            labels.font.size = _SMALLEST
            labels.font.color.rgb = RGBColor.from_string(ink.text[1:]) if many else _INK
            labels.position = XL_LABEL_POSITION.CENTER if many else XL_LABEL_POSITION.OUTSIDE_END


def _fill(series: Any, fill: str, line: str) -> None:
    """One colour; a pattern of the print would hide the numbers at this size."""
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = RGBColor.from_string(fill[1:])
    series.format.line.color.rgb = RGBColor.from_string((line or "#FFFFFF")[1:])
