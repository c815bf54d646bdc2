"""A long report to measure with: the same tree every time, in words that mean nothing."""

import datetime as dt
from dataclasses import replace
from random import Random

from bench.data import paragraph
from consult.domain.documents.types import (
    Alignment,
    Block,
    Box,
    BoxTone,
    Chart,
    ChartKind,
    Column,
    Document,
    DocumentKind,
    Fact,
    Footnote,
    FootnoteRef,
    Inlines,
    ItemList,
    ListItem,
    Numbered,
    Paragraph,
    Quote,
    Ref,
    RefForm,
    Row,
    Section,
    Sender,
    SenderGroup,
    SenderList,
    Series,
    Table,
    Text,
    Tone,
)

SENDERS = 1_000
_KINDS = ("Kommuner", "Fylkeskommuner", "Foreninger", "Arbeidstakere", "Tilsyn", "Privatpersoner")
_STANCES = (
    ("Støtter", Tone.FOR),
    ("Støtter med merknader", Tone.FOR_WITH_REMARKS),
    ("Støtter delvis", Tone.PARTLY),
    ("Støtter ikke", Tone.AGAINST),
)
_DAY = dt.date(2026, 11, 20)


def make_report(chapters: int) -> Document:
    """A report of twenty pages a chapter, each with two charts, two tables and ten notes."""
    source = Random(20261123)
    notes = [Footnote(f"note-{number}", _words(source)) for number in range(1, 10 * chapters + 1)]
    senders = SenderList(
        tuple(
            SenderGroup(kind, tuple(_sender(number) for number in range(place, SENDERS, 6)))
            for place, kind in enumerate(_KINDS)
        )
    )
    return Document(
        kind=DocumentKind.REPORT,
        title="Alt som ble sagt om de lokale kontorene",
        subtitle="Rapport fra arbeidsgruppen",
        publisher="Sekretariatet",
        language="nb",
        date=_DAY,
        case_number="2026/1234",
        description="En lang rapport, laget for å måle med.",
        keywords=("innspill", "rapport"),
        facts=(Fact("Frist", "1. oktober 2026"), Fact("Svar", f"{SENDERS}")),
        footnotes=tuple(notes),
        blocks=(
            *(_chapter(number, source) for number in range(1, chapters + 1)),
            Section("avsendere", "Alle som svarte", (senders,), Numbered.APPENDIX),
        ),
    )


def edit_one_paragraph(report: Document, *, chapter: int) -> Document:
    """The report as it is after a sentence has been put before a paragraph of one chapter."""
    blocks = list(report.blocks)
    edited = blocks[chapter]
    if not isinstance(edited, Section):
        raise TypeError(type(edited).__name__)
    first, *others = edited.blocks
    if not isinstance(first, Paragraph):
        raise TypeError(type(first).__name__)
    changed = replace(
        first, inlines=(Text("Arbeidsgruppen har merket seg dette. "), *first.inlines)
    )
    blocks[chapter] = replace(edited, blocks=(changed, *others))
    return replace(report, blocks=tuple(blocks))


def _chapter(number: int, source: Random) -> Section:
    return Section(
        f"kapittel-{number}",
        f"Tema {number} i høringen",
        (
            Paragraph(_words(source), lead=True),
            *(
                Section(f"del-{number}-{part}", f"Del {part}", _part(number, part, source))
                for part in range(1, 6)
            ),
        ),
    )


def _part(number: int, part: int, source: Random) -> tuple[Block, ...]:
    """Some two pages: text with notes and references, a quotation, and a chart, table or box."""
    paragraphs = [Paragraph(_long(source)) for _ in range(9)]
    for place in (0, 1):
        note = FootnoteRef(f"note-{10 * (number - 1) + 2 * (part - 1) + place + 1}")
        paragraphs[place] = Paragraph((*paragraphs[place].inlines, note))
    paragraphs[2] = Paragraph(
        (
            *paragraphs[2].inlines,
            Text(" Se "),
            Ref(f"figur-{number}-1"),
            Text(" på "),
            Ref(f"figur-{number}-1", RefForm.PAGE),
            Text("."),
        )
    )
    sender = _sender(source.randrange(SENDERS))
    quote = Quote((_words(source),), sender=sender.name, reference=sender.reference)
    return (*paragraphs[:4], quote, *paragraphs[4:], _exhibit(number, part, source))


def _exhibit(number: int, part: int, source: Random) -> Block:
    match part:
        case 1 | 3:
            return _chart(f"figur-{number}-{part}", number, source)
        case 2:
            return _table(f"tabell-{number}-{part}", number, 6, source)
        case 4:
            return _table(f"tabell-{number}-{part}", number, 24, source)
    items = tuple(ListItem((Paragraph(_words(source)),)) for _ in range(3))
    return Box("Arbeidsgruppen foreslår:", (ItemList(items),), BoxTone.PROPOSAL)


def _chart(key: str, number: int, source: Random) -> Chart:
    return Chart(
        key,
        ChartKind.STACKED_BAR,
        f"Syn på forslaget i tema {number}, etter type avsender",
        "Støtten er størst blant kommunene.",
        _KINDS,
        tuple(
            Series(name, tuple(source.randrange(60) for _ in _KINDS), tone)
            for name, tone in _STANCES
        ),
        unit="Antall avsendere",
    )


def _table(key: str, number: int, rows: int, source: Random) -> Table:
    return Table(
        key,
        f"Tiltak i tema {number}",
        (
            Column("Nr.", weight=2),
            Column("Tiltak", weight=11),
            Column("Når", weight=4),
            Column("Antall", Alignment.NUMBER, 3),
        ),
        tuple(
            Row(
                (
                    (Text(f"{number}.{row}"),),
                    _words(source),
                    (Text("Kort sikt" if row % 2 else "Lang sikt"),),
                    (Text(str(source.randrange(900))),),
                )
            )
            for row in range(1, rows + 1)
        ),
        unit="Antall avsendere som har uttalt seg",
    )


def _sender(number: int) -> Sender:
    return Sender(f"Avsender {number:04} fra bygda", f"2026-{number:04}")


def _words(source: Random) -> Inlines:
    return (Text(paragraph(source)),)


def _long(source: Random) -> Inlines:
    return (Text(" ".join(paragraph(source) for _ in range(2))),)
