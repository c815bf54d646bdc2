"""A document tree as plain data for templates/print/report.typ: numbered, worded, drawn.

Everything that the web edition and the other PDF take from the numbering is taken from it here, so
that nothing is counted twice. White space is folded as HTML does.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from consult.domain.documents.render.charts import draw_chart
from consult.domain.documents.render.html import (
    WIDE_TABLE,
    column_shares,
    describe_chart,
    format_day,
    shorten,
)
from consult.domain.documents.render.numbering import (
    QUOTATION_MARKS,
    Numbering,
    number_document,
)
from consult.domain.documents.tree import walk
from consult.domain.documents.types import (
    DOCUMENT_KIND_LABELS,
    Alignment,
    Block,
    Box,
    BoxTone,
    Chart,
    DefinitionList,
    Document,
    Emphasis,
    FootnoteRef,
    Foreign,
    Inlines,
    ItemList,
    Link,
    PageBreakHint,
    Paragraph,
    QuestionList,
    Quote,
    Ref,
    RefForm,
    Section,
    SenderList,
    Strong,
    Table,
    Text,
)
from consult.kernel.i18n import N_, choose_locale, translator

Data = dict[str, Any]

SHORT_TABLE = 8  # rows: so many stay on one page
WHOLE_BOX = 700  # characters: a box with so many stays on one page
TALL_ROW = 1_200  # characters in a cell: a row so tall may be cut
_NARROWEST, _WIDEST = 6, 40  # characters: what a column without a weight is measured by
_SIDE_BY_SIDE = 40  # senders: so many stand in two even columns on one page
_LONG_TITLE = 80  # characters
_SPACE = re.compile(r"[ \t\n\r\f]+")
_FIGURE_KINDS = {"figure": ("chart",), "table": ("table", "long table")}
_TONES = {
    BoxTone.FACTS: ("tint-facts", "edge-facts"),
    BoxTone.PROPOSAL: ("tint", "accent"),
    BoxTone.CAUTION: ("tint-caution", "edge-caution"),
}


def typesetting_data(document: Document, *, cover: str) -> Data:
    """All that the template needs; ``cover`` is the drawing on the front as SVG.

    Raises :class:`InvalidDocument` when the tree is not coherent.
    """
    language = choose_locale(document.language)
    gettext = translator(language).gettext
    numbering = number_document(document)
    date_text = format_day(document.date, language)
    running = [document.publisher, document.case_number, document.status]
    facts = [(gettext(N_("Date")), date_text)]
    if document.case_number:
        facts.append((gettext(N_("Case number")), document.case_number))
    facts.append((gettext(N_("Published by")), document.publisher))
    frame: Data = {
        "title": fold(document.title),
        "subtitle": document.subtitle,
        "publisher": document.publisher,
        "description": document.description or document.subtitle or None,
        "keywords": document.keywords,
        "status": document.status,
        "kind": gettext(DOCUMENT_KIND_LABELS[document.kind]),
        "language": document.language,
        "date": (document.date.year, document.date.month, document.date.day),
        "long-title": len(document.title) > _LONG_TITLE,
        "running": {
            "title": shorten(document.title),
            "publisher": shorten("  ·  ".join(filter(None, running)), 90),
        },
        "words": {
            "contents": gettext(N_("Contents")),
            "about": gettext(N_("About this document")),
            "page": _around(gettext(N_("Page %(page)s of %(total)s"))),
            "place": _around(gettext(N_("page %(page)s"))),
        },
        "cover": cover,
        "cover-facts": facts,
        "facts": [(fact.label, fact.value) for fact in document.facts],
        "contents": bool(document.contents and numbering.contents),
        "registers": [
            (register.heading, _FIGURE_KINDS[register.kind]) for register in numbering.registers
        ],
        "wide": WIDE_TABLE,
        "few": _SIDE_BY_SIDE,
        "tones": _TONES,
    }
    labels = {
        anchor: (label.heading, fold(label.title)) for anchor, label in numbering.labels.items()
    }
    chapters = _Writer(document, numbering).blocks(document.blocks, 1)
    return {"data": frame, "labels": labels, "chapters": chapters}


def fold(text: str) -> str:
    """The text with every run of white space as one space, and none at its ends."""
    return _SPACE.sub(" ", text).strip(" ")


def _around(message: str) -> list[str]:
    """What stands before, between and after the places of a message."""
    return re.split(r"%\(\w+\)s", message)


def _tongue(language: str) -> tuple[str, str | None]:
    """A language tag as the language and the region that the engine knows it by."""
    main, *others = language.split("-")
    region = next((part.lower() for part in others if len(part) == 2 and part.isalpha()), None)
    return main.lower(), region


@dataclass(slots=True)
class _Writer:
    """Turns the nodes of one document into data; remembers which footnotes it has met."""

    document: Document
    numbering: Numbering
    _met: set[str] = field(default_factory=set)
    _after_space: bool = True

    def inlines(self, *runs: Inlines) -> list[Any]:
        """The parts of one paragraph, white space folded across them."""
        self._after_space = True
        return [part for run in runs for part in self._parts(run)]

    def _parts(self, inlines: Inlines) -> list[Any]:
        return [part for inline in inlines if (part := self._part(inline))]

    def _part(self, inline: object) -> Any:
        match inline:
            case Text(text):
                return self._folded(text)
            case Strong(children):
                return {"kind": "strong", "body": self._parts(children)}
            case Emphasis(children):
                return {"kind": "emphasis", "body": self._parts(children)}
            case Foreign(children, language):
                main, region = _tongue(language)
                body = self._parts(children)
                return {"kind": "foreign", "language": main, "region": region, "body": body}
            case Link(children, href):
                inside = href.startswith("#")
                body = self._parts(children)
                return {"kind": "goto" if inside else "link", "to": href.lstrip("#"), "body": body}
            case FootnoteRef(footnote):
                return self._note(footnote)
            case Ref():
                return self._reference(inline)
        raise TypeError(type(inline).__name__)

    def _folded(self, text: str) -> str:
        """The text as HTML shows it after what came before it."""
        folded = _SPACE.sub(" ", text)
        if self._after_space:
            folded = folded.removeprefix(" ")
        if folded:
            self._after_space = folded.endswith(" ")
        return folded

    def _reference(self, ref: Ref) -> Data:
        self._after_space = False
        if ref.form is RefForm.PAGE:
            return {"kind": "page", "to": ref.target}
        return {"kind": "goto", "to": ref.target, "body": [self.numbering.reference(ref)]}

    def _note(self, key: str) -> Data:
        number = str(self.numbering.footnotes[key])
        mark: Data = {"kind": "note-again", "to": f"doc-note-{key}", "number": number}
        if key not in self._met:
            self._met.add(key)
            note = next(note for note in self.document.footnotes if note.id == key)
            mark = {"kind": "note", "id": f"doc-note-{key}", "number": number}
            mark["body"] = self.inlines(note.inlines)
        self._after_space = False
        return mark

    def blocks(self, blocks: Iterable[Block], level: int) -> list[Data]:
        """The blocks of a section whose headings stand at a level."""
        return [self._block(block, level) for block in blocks]

    def _block(self, block: Block, level: int) -> Data:
        match block:
            case Section():
                return self._section(block, level)
            case Paragraph(inlines, lead):
                return {"kind": "lead" if lead else "paragraph", "body": self.inlines(inlines)}
            case ItemList(items, ordered):
                written = [
                    {"id": item.id, "blocks": self.blocks(item.blocks, level)} for item in items
                ]
                return {"kind": "list", "ordered": ordered, "items": written}
            case Quote():
                return self._quote(block)
            case Box(title, children, tone, key):
                return {
                    "kind": "box",
                    "id": key,
                    "title": title,
                    "tone": tone,
                    "whole": length_of(children) <= WHOLE_BOX,
                    "blocks": self.blocks(children, level),
                }
            case DefinitionList(definitions):
                told = [
                    {"term": one.term, "blocks": self.blocks(one.blocks, level)}
                    for one in definitions
                ]
                return {"kind": "definitions", "items": told}
            case _:
                return self._exhibit(block, level)

    def _exhibit(self, block: Block, level: int) -> Data:
        match block:
            case Table():
                return self._table(block)
            case Chart():
                return self._chart(block)
            case SenderList():
                return self._senders(block, level)
            case QuestionList():
                return self._questions(block)
            case PageBreakHint():
                return {"kind": "break"}
        raise TypeError(type(block).__name__)

    def _section(self, section: Section, level: int) -> Data:
        label = self.numbering.labels[section.id]
        return {
            "kind": "section",
            "id": section.id,
            "level": level,
            "number": label.heading,
            "heading": fold(section.heading),
            "running": shorten(f"{label.heading}  {section.heading}".strip(), 54),
            "blocks": self.blocks(section.blocks, level + 1),
        }

    def _quote(self, quote: Quote) -> Data:
        opening, closing = QUOTATION_MARKS[choose_locale(self.document.language)]
        marked = list(quote.paragraphs)
        if marked:
            marked[0] = (Text(opening), *marked[0])
            marked[-1] = (*marked[-1], Text(closing))
        attribution = ", ".join(part for part in (quote.sender, quote.reference) if part)
        if quote.translated:
            gettext = translator(choose_locale(self.document.language)).gettext
            attribution = f"{attribution} ({gettext(N_('our translation'))})".strip()
        language, region = _tongue(quote.language or self.document.language)
        return {
            "kind": "quote",
            "language": language,
            "region": region,
            "paragraphs": [self.inlines(paragraph) for paragraph in marked],
            "attribution": attribution,
            "to": quote.href,
        }

    def _caption(self, node: Table | Chart, title: str) -> Data:
        label = self.numbering.labels[node.id].heading
        return {
            "id": node.id,
            "label": label,
            "title": fold(title),
            "unit": node.unit,
            "notes": node.notes,
        }

    def _table(self, table: Table) -> Data:
        shares = column_shares(table) or shares_by_content(table)
        return {
            "kind": "table",
            **self._caption(table, table.caption),
            "short": len(table.rows) <= SHORT_TABLE,
            "columns": [
                {
                    "heading": column.heading,
                    "number": column.align is Alignment.NUMBER,
                    "share": share,
                }
                for column, share in zip(table.columns, shares, strict=True)
            ],
            "rows": [
                {
                    "cells": [self.inlines(cell) for cell in row.cells],
                    "total": row.total,
                    "tall": any(length_of(cell) > TALL_ROW for cell in row.cells),
                }
                for row in table.rows
            ],
        }

    def _chart(self, chart: Chart) -> Data:
        alternative = describe_chart(chart, self.numbering.labels[chart.id].heading)
        drawing = draw_chart(chart, alternative=alternative, prefix=f"doc-{chart.id}")
        names = []
        for place, category in enumerate(chart.categories):
            told = [(one.name, one.names[place]) for one in chart.series if one.names]
            listed = [(name, "; ".join(senders)) for name, senders in told if senders]
            if listed:
                names.append((category, listed))
        return {
            "kind": "chart",
            **self._caption(chart, chart.title),
            "drawing": str(drawing),
            "alternative": alternative,
            "names": names,
        }

    def _senders(self, block: SenderList, level: int) -> Data:
        groups = [
            {
                "heading": group.heading,
                "count": f" ({len(group.senders)})",
                "senders": [
                    {
                        "name": fold(sender.name),
                        "to": sender.href,
                        "rest": "".join(
                            f" · {part}" for part in (sender.reference, sender.note) if part
                        ),
                    }
                    for sender in group.senders
                ],
            }
            for group in block.groups
        ]
        return {"kind": "senders", "level": level, "groups": groups}

    def _questions(self, block: QuestionList) -> Data:
        gettext = translator(choose_locale(self.document.language)).gettext
        language, region = _tongue(block.language or self.document.language)
        return {
            "kind": "questions",
            "language": language,
            "region": region,
            "questions": [
                {
                    "label": gettext(N_("Question %(number)s")) % {"number": question.number},
                    "text": fold(question.text),
                    "help": fold(question.help),
                }
                for question in block.questions
            ],
        }


def shares_by_content(table: Table) -> list[int]:
    """Columns as wide beside one another as their longest cells, long texts alike."""
    shares = []
    for place, column in enumerate(table.columns):
        lengths = [len(column.heading), *(length_of(row.cells[place]) for row in table.rows)]
        shares.append(min(max(*lengths, _NARROWEST), _WIDEST))
    return shares


def length_of(nodes: tuple[object, ...]) -> int:
    """How many characters of running text there are."""
    return sum(len(node.text) for node in walk(nodes) if isinstance(node, Text))
