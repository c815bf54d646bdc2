"""The parts a document is made of. Every rendering (web, PDF, later DOCX) reads this one tree.

Everything is a frozen value; sequences are tuples. An ``id`` is a stable anchor: lower-case ASCII
letters, digits and hyphens, starting with a letter, unique in the document. An empty id means that
nothing can refer to the part. Texts are plain characters in the document's language unless a
``language`` says otherwise; the renderers escape them.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from consult.kernel.i18n import N_


class DocumentKind(StrEnum):
    """What the document is; decides the words over the title on the cover."""

    SUMMARY = "summary"
    REPORT = "report"
    RESPONSE = "response"
    LETTER = "letter"
    FORM = "form"


class DocumentFormat(StrEnum):
    """What a document is rendered to."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"


class BuildStatus(StrEnum):
    """How far the building of a document has come."""

    WAITING = "waiting"
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"


BUILD_STATUS_LABELS: dict[BuildStatus, str] = {
    BuildStatus.WAITING: N_("In the queue"),
    BuildStatus.BUILDING: N_("Being built"),
    BuildStatus.READY: N_("Ready"),
    BuildStatus.FAILED: N_("Failed"),
}

DOCUMENT_KIND_LABELS: dict[DocumentKind, str] = {
    DocumentKind.SUMMARY: N_("Summary of answers"),
    DocumentKind.REPORT: N_("Report"),
    DocumentKind.RESPONSE: N_("Response"),
    DocumentKind.LETTER: N_("Response"),
    DocumentKind.FORM: N_("Form to answer on paper"),
}


class BuildError(StrEnum):
    """Why a build failed, as far as it can be said to its owner."""

    ASSETS = "assets"
    CONTENT = "content"
    OUTDATED = "outdated"
    UNEXPECTED = "unexpected"


BUILD_ERROR_LABELS: dict[BuildError, str] = {
    BuildError.ASSETS: N_(
        "Fonts or style sheets are missing on the server. Tell those who run it, and start again "
        "when they have set it right."
    ),
    BuildError.CONTENT: N_(
        "Something in the round could not be put into a document. Tell those who run the server; "
        "the answers are safe."
    ),
    BuildError.OUTDATED: N_(
        "Since the data were frozen, words were taken out by law, or a sender asked for less to be "
        "published. Nothing may be printed from these data any more. Freeze the data as they are "
        "now, and build from them."
    ),
    BuildError.UNEXPECTED: N_(
        "Something went wrong on the server. The answers are safe. You can start again."
    ),
}


class Numbered(StrEnum):
    """How a section takes part in the numbering: 4.2, not at all, or "appendix 2"."""

    YES = "yes"
    NO = "no"
    APPENDIX = "appendix"


class RefForm(StrEnum):
    """How a cross reference is worded: "figure 3", "page 12" (on paper), or the target's title."""

    LABEL = "label"
    PAGE = "page"
    TITLE = "title"


class Alignment(StrEnum):
    """How a table column is set; numbers end at the same edge and use figures of one width."""

    TEXT = "text"
    NUMBER = "number"


class ChartKind(StrEnum):
    """The forms of chart: parts of a whole per row, one bar per row, or a matrix of counts."""

    STACKED_BAR = "stacked_bar"
    BAR = "bar"
    HEAT_MAP = "heat_map"


class Tone(StrEnum):
    """What a series means; decides colour and pattern. ``PLAIN`` takes the next free ones."""

    PLAIN = "plain"
    FOR = "for"
    FOR_WITH_REMARKS = "for_with_remarks"
    PARTLY = "partly"
    AGAINST = "against"
    NEUTRAL = "neutral"
    UNCLEAR = "unclear"


class BoxTone(StrEnum):
    """What a box is for: facts beside the text, a proposal, or something to be careful with."""

    FACTS = "facts"
    PROPOSAL = "proposal"
    CAUTION = "caution"


# Inlines


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stress, or the full name of a body the first time it is mentioned."""

    children: "tuple[Inline, ...]"


@dataclass(frozen=True, slots=True)
class Strong:
    """Importance."""

    children: "tuple[Inline, ...]"


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an address (``https:``, ``mailto:``, ``tel:``, ``/path``) or to ``#id``."""

    children: "tuple[Inline, ...]"
    href: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language than their surroundings (WCAG 3.1.2)."""

    children: "tuple[Inline, ...]"
    language: str


@dataclass(frozen=True, slots=True)
class FootnoteRef:
    """The place that a footnote belongs to."""

    footnote: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A cross reference; its words come from the numbering."""

    target: str
    form: RefForm = RefForm.LABEL


Inline = Text | Emphasis | Strong | Link | Foreign | FootnoteRef | Ref
Inlines = tuple[Inline, ...]


# Blocks


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. A lead opens a chapter in larger type."""

    inlines: Inlines
    lead: bool = False


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item: usually a paragraph, possibly with a list of its own below."""

    blocks: "tuple[Block, ...]"
    id: str = ""


@dataclass(frozen=True, slots=True)
class ItemList:
    """Bullets, or numbers where the order matters."""

    items: tuple[ListItem, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of a sender, with the reference of the answer they stand in.

    ``language`` is the quote's own when it differs from the document's; ``translated`` marks our
    translation. Guillemets are set by the renderers, never stored.
    """

    paragraphs: tuple[Inlines, ...]
    sender: str = ""
    reference: str = ""
    href: str = ""
    language: str = ""
    translated: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """Something set apart: facts, a proposal, a caution."""

    title: str
    blocks: "tuple[Block, ...]"
    tone: BoxTone = BoxTone.FACTS
    id: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what it means."""

    term: str
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms with their meanings, or facts with their names."""

    items: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; ``weight`` is its share of the width beside the others, 0 by content."""

    heading: str
    align: Alignment = Alignment.TEXT
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row, a cell per column. A total is set off by a rule and weight."""

    cells: tuple[Inlines, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with caption and column headings; its first column heads the rows unless told not to.

    ``unit`` says what is counted ("number of senders"); ``notes`` stand below.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    row_headers: bool = True
    unit: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """One value per category.

    Attributes:
        names: The senders behind each value, where they are few.
        texts: What stands in place of each value, where not all of it may be told.
    """

    name: str
    values: tuple[int, ...]
    tone: Tone = Tone.PLAIN
    names: tuple[tuple[str, ...], ...] = ()
    texts: tuple[str, ...] = ()

    def text_of(self, place: int) -> str:
        """A value as it is read."""
        return self.texts[place] if self.texts else str(self.values[place])


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure drawn from counts. Its table twin is derived, so the two can never differ.

    Categories are the rows; a heat map has its series as columns, a bar chart has one series.
    ``description`` says in words what the figure shows; the values are added to it for those who
    cannot see.
    """

    id: str
    kind: ChartKind
    title: str
    description: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """Someone who answered, with the reference of the answer and what is special about it."""

    name: str
    reference: str = ""
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class SenderGroup:
    """Senders of one type."""

    heading: str
    senders: tuple[Sender, ...]


@dataclass(frozen=True, slots=True)
class SenderList:
    """Everyone who answered, by type."""

    groups: tuple[SenderGroup, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question exactly as it was asked, with its number in the round."""

    number: str
    text: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class QuestionList:
    """The questions of the round, verbatim."""

    questions: tuple[Question, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class WritingLines:
    """Room to write by hand: so many lines, under a label that says what belongs there."""

    label: str
    lines: int


@dataclass(frozen=True, slots=True)
class TickBoxes:
    """Boxes to tick by hand. ``instruction`` says how many: "Tick one"."""

    instruction: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MachineCode:
    """A QR code with what it says in letters beside it.

    ``address`` is what a phone reads; ``code`` what a person reads aloud or types.
    """

    label: str
    code: str
    address: str


@dataclass(frozen=True, slots=True)
class PageBreakHint:
    """On paper the next block starts a new page. The web edition ignores it."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what belongs under it; a chapter when it stands at the top of the document."""

    id: str
    heading: str
    blocks: "tuple[Block, ...]"
    numbered: Numbered = Numbered.YES


Block = (
    Section
    | Paragraph
    | ItemList
    | Quote
    | Box
    | DefinitionList
    | Table
    | Chart
    | SenderList
    | QuestionList
    | WritingLines
    | TickBoxes
    | MachineCode
    | PageBreakHint
)


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of the page (paper) or of the document (web)."""

    id: str
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the front matter: "Deadline", "1 October 2026"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document. ``language`` is nb, nn or en; ``status`` is empty when it is final."""

    kind: DocumentKind
    title: str
    publisher: str
    language: str
    date: dt.date
    blocks: tuple[Block, ...]
    subtitle: str = ""
    case_number: str = ""
    status: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    contents: bool = True


Node = (
    Document
    | Block
    | Inline
    | Footnote
    | Fact
    | ListItem
    | Definition
    | Column
    | Row
    | Series
    | Sender
    | SenderGroup
    | Question
)
