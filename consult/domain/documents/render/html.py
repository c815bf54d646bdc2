"""The web edition: a fragment of semantic HTML that a page sets in its own frame."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from consult.domain.documents.render.charts import draw_chart
from consult.domain.documents.render.codes import draw_code
from consult.domain.documents.render.numbering import (
    QUOTATION_MARKS,
    Numbering,
    number_document,
)
from consult.domain.documents.types import (
    DOCUMENT_KIND_LABELS,
    Chart,
    Document,
    Emphasis,
    Footnote,
    FootnoteRef,
    Foreign,
    Inlines,
    Link,
    Quote,
    Ref,
    RefForm,
    Strong,
    Table,
    Text,
)
from consult.kernel.i18n import choose_locale, translator

Medium = Literal["web", "print"]

_TEMPLATES = Path(__file__).parents[3] / "templates"

WIDE_TABLE = 6
"""From so many columns on, a table is set smaller and its headings may break."""


def render_html(document: Document, *, heading_level: int = 2) -> Markup:
    """The document's body with its contents, headings from the given level; no page frame.

    Raises :class:`InvalidDocument` when the tree is not coherent.
    """
    return render_template("print/web.html", document, medium="web", heading_level=heading_level)


def render_template(
    name: str, document: Document, *, medium: Medium, heading_level: int, **values: object
) -> Markup:
    """A template filled with a numbered document and further values, in the document's language."""
    language = choose_locale(document.language)
    numbering = number_document(document)
    writer = _InlineWriter(document, numbering, medium)
    html = (
        _environment(language)
        .get_template(name)
        .render(
            document=document,
            numbering=numbering,
            writer=writer,
            medium=medium,
            heading_level=heading_level,
            kind_label=translator(language).gettext(DOCUMENT_KIND_LABELS[document.kind]),
            date_text=format_day(document.date, language),
            draw=_chart_drawer(numbering),
            draw_code=draw_code,
            **values,
        )
    )
    return Markup(html)  # noqa: S704 -- the environment escapes everything


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    installer: Any = environment
    installer.install_gettext_translations(translator(language), newstyle=True)
    environment.filters["part"] = lambda node: type(node).__name__
    environment.filters["shares"] = column_shares
    environment.filters["running"] = shorten
    environment.globals["wide_table"] = WIDE_TABLE
    return environment


def format_day(day: date, language: str) -> str:
    """The day as the language writes it in full."""
    return str(format_date(day, "d MMMM y" if language == "en" else "d. MMMM y", locale=language))


def column_shares(table: Table) -> tuple[int, ...]:
    """Each column's share of the width in steps of 5 per cent; nothing: the content decides.

    A wide table without weights gives its first column twice as much as the others.
    """
    weights = [column.weight for column in table.columns]
    if not all(weights):
        if len(weights) < WIDE_TABLE:
            return ()
        weights = [2, *(1 for _ in weights[1:])]
    return tuple(max(5, round(20 * weight / sum(weights)) * 5) for weight in weights)


def shorten(text: str, length: int = 62) -> str:
    """The text cut at a word, for a running head that has one line."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,.:;–-") + " …"


def describe_chart(chart: Chart, label: str) -> str:
    """All that the figure tells, in one text: title, description and every number."""
    if len(chart.series) == 1:
        values = [
            f"{category}: {chart.series[0].text_of(row)}"
            for row, category in enumerate(chart.categories)
        ]
    else:
        values = [
            f"{category}: "
            + ", ".join(f"{series.name} {series.text_of(row)}" for series in chart.series)
            for row, category in enumerate(chart.categories)
        ]
    unit = f" ({chart.unit})" if chart.unit else ""
    return f"{label}. {chart.title}{unit}. {chart.description} {'; '.join(values)}."


def _chart_drawer(numbering: Numbering) -> Callable[[Chart], Markup]:
    def draw(chart: Chart) -> Markup:
        label = numbering.labels[chart.id].heading
        return draw_chart(chart, alternative=describe_chart(chart, label), prefix=f"doc-{chart.id}")

    return draw


@dataclass(slots=True)
class _InlineWriter:
    """Turns inlines into HTML without a space too many; remembers which footnotes it has met."""

    document: Document
    numbering: Numbering
    medium: Medium
    _mentions: dict[str, int] = field(default_factory=dict)

    def write(self, inlines: Inlines) -> Markup:
        """HTML of a run of inlines."""
        return Markup("").join(self._write_one(inline) for inline in inlines)

    def _write_one(self, inline: object) -> Markup:
        match inline:
            case Text(text):
                return escape(text)
            case Emphasis(children):
                return Markup("<em>{}</em>").format(self.write(children))
            case Strong(children):
                return Markup("<strong>{}</strong>").format(self.write(children))
            case Foreign(children, language):
                return Markup('<span lang="{}">{}</span>').format(language, self.write(children))
            case Link(children, href):
                return Markup('<a href="{}">{}</a>').format(href, self.write(children))
            case FootnoteRef(footnote):
                return self._write_footnote(footnote)
            case Ref():
                return self._write_reference(inline)
        raise TypeError(type(inline).__name__)

    def _write_reference(self, ref: Ref) -> Markup:
        if ref.form is RefForm.PAGE and self.medium == "print":
            return Markup(
                '<a href="#{0}"><span class="doc-page" data-target="#{0}"></span></a>'
            ).format(ref.target)
        return Markup('<a href="#{}">{}</a>').format(ref.target, self.numbering.reference(ref))

    def _write_footnote(self, key: str) -> Markup:
        number = self.numbering.footnotes[key]
        mention = self._mentions[key] = self._mentions.get(key, 0) + 1
        if self.medium == "print" and mention == 1:
            note = next(note for note in self.document.footnotes if note.id == key)
            text = self.write(note.inlines)
            return Markup('<span class="doc-footnote" id="doc-note-{}">{}</span>').format(key, text)
        back = Markup("") if self.medium == "print" else Markup(' id="doc-note-{}-{}"')
        return Markup(
            '<sup class="doc-note-ref"><a href="#doc-note-{}"{} role="doc-noteref">{}</a></sup>'
        ).format(key, back.format(key, mention), number)

    def quoted(self, quote: Quote) -> tuple[Markup, ...]:
        """The paragraphs of a quotation, between the marks of the document's language."""
        opening, closing = QUOTATION_MARKS[choose_locale(self.document.language)]
        paragraphs = [self.write(paragraph) for paragraph in quote.paragraphs]
        if paragraphs:
            paragraphs[0] = opening + paragraphs[0]
            paragraphs[-1] = paragraphs[-1] + closing
        return tuple(paragraphs)

    def mentioned(self) -> tuple[Footnote, ...]:
        """The footnotes that have been mentioned so far, in the order of their numbers."""
        return tuple(note for note in self.notes() if note.id in self._mentions)

    def notes(self) -> tuple[Footnote, ...]:
        """The footnotes that are mentioned, in the order of their numbers."""
        order = self.numbering.footnotes
        mentioned = [note for note in self.document.footnotes if note.id in order]
        return tuple(sorted(mentioned, key=lambda note: order[note.id]))
