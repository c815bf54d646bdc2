"""Tables as Word has them: headings that return on every page, rows that stay whole, real names."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.domain.documents.types import BoxTone
from consult.domain.documents.word.rendering.look import BODY_WIDTH
from consult.domain.documents.word.rendering.markup import quoted

_TWIPS_PER_MM = 1440 / 25.4
_WHOLE = 5000  # fiftieths of a per cent
_TONES = {
    BoxTone.FACTS: ("F3F5F7", "8493A6"),
    BoxTone.PROPOSAL: ("EFF5FB", "0062BA"),
    BoxTone.CAUTION: ("FDF4E3", "C98F22"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row: the paragraphs of each cell as markup.

    Attributes:
        cells: What stands in each cell.
        total: Whether it sums up the others.
        tall: Whether it may be cut at the end of a page.
    """

    cells: tuple[str, ...]
    total: bool = False
    tall: bool = False


def table(
    head: Sequence[str],
    lines: Sequence[Line],
    *,
    shares: Sequence[int],
    name: str,
    row_headers: bool,
) -> str:
    """A table of the whole width; ``name`` is what it is called by those who cannot see it."""
    whole = round(BODY_WIDTH * _TWIPS_PER_MM)
    widths = [round(whole * share / sum(shares)) for share in shares]
    look = f'w:firstRow="1" w:firstColumn="{int(row_headers)}" w:noHBand="1" w:noVBand="1"'
    rows = [_row(head, widths, "<w:cantSplit/><w:tblHeader/>")]
    for line in lines:
        whole_row = "" if line.tall else "<w:cantSplit/>"
        rows.append(_row(line.cells, widths, whole_row, total=line.total))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="DocumentTable"/><w:tblW w:w="{_WHOLE}" '
        f'w:type="pct"/><w:tblLayout w:type="fixed"/><w:tblLook {look}/>'
        f"<w:tblCaption w:val={quoted(name)}/></w:tblPr><w:tblGrid>"
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + f"</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(
    cells: Sequence[str], widths: Sequence[int], properties: str, *, total: bool = False
) -> str:
    edge = '<w:top w:val="single" w:sz="6" w:space="0" w:color="56657A"/>' if total else ""
    borders = f"<w:tcBorders>{edge}</w:tcBorders>" if edge else ""
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}</w:tcPr>{cell}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inside}</w:tr>"


def box(content: str, *, tone: BoxTone, name: str, whole: bool) -> str:
    """Paragraphs set apart on a tint with an edge; a whole one stays on one page."""
    tint, edge = _TONES[tone]
    whole_row = "<w:trPr><w:cantSplit/></w:trPr>" if whole else ""
    width = round(BODY_WIDTH * _TWIPS_PER_MM)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Box"/><w:tblW w:w="{_WHOLE}" w:type="pct"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCaption w:val={quoted(name)}/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid><w:tr>{whole_row}<w:tc><w:tcPr>'
        f'<w:tcW w:w="{width}" w:type="dxa"/><w:tcBorders><w:left w:val="single" w:sz="20" '
        f'w:space="0" w:color="{edge}"/></w:tcBorders>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{tint}"/></w:tcPr>{content}</w:tc></w:tr>'
        "</w:tbl>"
    )
