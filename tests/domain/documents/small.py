"""Small trees for tests that look at one thing."""

import datetime as dt

from consult.domain.documents.types import (
    Block,
    Chart,
    ChartKind,
    Column,
    Document,
    DocumentKind,
    Footnote,
    Paragraph,
    Row,
    Section,
    Series,
    Table,
    Text,
)


def paragraph(content: str) -> Paragraph:
    return Paragraph((Text(content),))


def document(
    *blocks: Block, language: str = "en", footnotes: tuple[Footnote, ...] = ()
) -> Document:
    return Document(
        kind=DocumentKind.SUMMARY,
        title="What you told us",
        publisher="Agency of Examples",
        language=language,
        date=dt.date(2026, 5, 4),
        blocks=blocks,
        footnotes=footnotes,
    )


def section(anchor: str, *blocks: Block, heading: str = "A heading") -> Section:
    return Section(anchor, heading, blocks)


def table(anchor: str, cells: int = 2) -> Table:
    columns = (Column("Who"), Column("How many"))
    return Table(anchor, "A table", columns, (Row(((Text("x"),),) * cells),))


def bar_chart(anchor: str, values: tuple[int, ...] = (3, 1)) -> Chart:
    series = (Series("Senders", values),)
    return Chart(anchor, ChartKind.BAR, "A figure", "Two bars.", ("Cities", "Villages"), series)
