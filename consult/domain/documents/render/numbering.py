"""Numbers of chapters, tables, figures and footnotes: counted once, the same in every rendering."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from consult.domain.documents.tree import check_document, walk
from consult.domain.documents.types import (
    Block,
    Box,
    Chart,
    Document,
    DocumentKind,
    FootnoteRef,
    Numbered,
    Ref,
    RefForm,
    Section,
    Table,
)
from consult.kernel.i18n import N_, choose_locale, translator

_HEADINGS = {
    "chapter": "%(number)s",
    "appendix": N_("Appendix %(number)s"),
    "table": N_("Table %(number)s"),
    "figure": N_("Figure %(number)s"),
}
_REFERENCES = {
    "chapter": N_("chapter %(number)s"),
    "appendix": N_("appendix %(number)s"),
    "table": N_("table %(number)s"),
    "figure": N_("figure %(number)s"),
}
_FEWEST_TO_LIST = 5
QUOTATION_MARKS = {"nb": ("«", "»"), "nn": ("«", "»"), "en": ("“", "”")}
"""The marks that a quotation is set in, by the document's language."""


@dataclass(frozen=True, slots=True)
class Label:
    """What an anchor is called: its number, its heading ("Figure 3"), how text refers to it."""

    number: str
    heading: str
    reference: str
    title: str


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents, with those below it."""

    id: str
    label: Label
    children: "tuple[ContentsEntry, ...]"


@dataclass(frozen=True, slots=True)
class Register:
    """A list of what stands in a long report besides its chapters: its figures, its tables."""

    kind: Literal["figure", "table"]
    heading: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbering:
    """Everything that is counted in a document."""

    labels: Mapping[str, Label]
    footnotes: Mapping[str, int]
    contents: tuple[ContentsEntry, ...]
    registers: tuple[Register, ...] = ()

    def reference(self, ref: Ref) -> str:
        """The words of a cross reference; a page is named by what stands there."""
        label = self.labels[ref.target]
        return label.title if ref.form is RefForm.TITLE else label.reference


@dataclass(slots=True)
class _Counter:
    """Walks the blocks and hands out numbers in reading order."""

    language: str
    labels: dict[str, Label] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    exhibits: dict[str, list[str]] = field(default_factory=lambda: {"figure": [], "table": []})

    def name(self, anchor: str, kind: str, number: str, title: str) -> None:
        """Give an anchor its label; without a number it is called by its title."""
        gettext = translator(self.language).gettext
        opening, closing = QUOTATION_MARKS[self.language]
        heading, reference = "", f"{opening}{title}{closing}"
        if number:
            heading = gettext(_HEADINGS[kind]) % {"number": number}
            reference = gettext(_REFERENCES[kind]) % {"number": number}
        self.labels[anchor] = Label(number, heading, reference, title)

    def next(self, kind: str) -> str:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return str(self.counts[kind])

    def sections(self, blocks: Iterable[Block], parent: str = "") -> tuple[ContentsEntry, ...]:
        """Number the sections among the blocks, and all that stands in them."""
        entries, count = [], 0
        for block in blocks:
            if not isinstance(block, Section):
                self._figures(block)
                continue
            kind, number = "chapter", ""
            if block.numbered is Numbered.APPENDIX:
                kind, number = "appendix", self.next("appendix")
            elif block.numbered is Numbered.YES and parent != "-":
                count += 1
                number = f"{parent}.{count}" if parent else str(count)
            self.name(block.id, kind, number, block.heading)
            below = number if kind == "chapter" and number else "-"
            children = self.sections(block.blocks, below)
            entries.append(ContentsEntry(block.id, self.labels[block.id], children))
        return tuple(entries)

    def _figures(self, block: Block) -> None:
        for node in walk(block):
            if isinstance(node, Table):
                self.name(node.id, "table", self.next("table"), node.caption)
                self.exhibits["table"].append(node.id)
            elif isinstance(node, Chart):
                self.name(node.id, "figure", self.next("figure"), node.title)
                self.exhibits["figure"].append(node.id)
            elif isinstance(node, Box) and node.id:
                self.name(node.id, "box", "", node.title)

    def registers(self) -> tuple[Register, ...]:
        """The lists of figures and of tables, where there are enough to look one up."""
        gettext = translator(self.language).gettext
        found = (
            Register("figure", gettext(N_("Figures")), tuple(self.exhibits["figure"])),
            Register("table", gettext(N_("Tables")), tuple(self.exhibits["table"])),
        )
        return tuple(one for one in found if len(one.ids) >= _FEWEST_TO_LIST)


def number_document(document: Document) -> Numbering:
    """Count a document once for all renderings. Raises :class:`InvalidDocument`.

    Sections below an unnumbered chapter or an appendix carry no number; footnotes are numbered by
    their first mention.
    """
    check_document(document)
    counter = _Counter(choose_locale(document.language))
    contents = counter.sections(document.blocks)
    footnotes: dict[str, int] = {}
    for node in walk(document.blocks):
        if isinstance(node, FootnoteRef):
            footnotes.setdefault(node.footnote, len(footnotes) + 1)
    registers = counter.registers() if document.kind is DocumentKind.REPORT else ()
    return Numbering(counter.labels, footnotes, contents, registers)
