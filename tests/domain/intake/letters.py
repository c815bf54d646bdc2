"""Invented answers in four formats: one description, written as .docx, .odt, .pdf and .txt."""

import html
import io
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field

import odfdo
from docx import Document as WordDocument
from weasyprint import HTML


@dataclass(frozen=True)
class Part:
    kind: str
    text: str = ""
    level: int = 0
    look: str = "styled"
    rows: tuple[tuple[str, ...], ...] = ()


def head(*lines: str) -> Part:
    """Lines of the letterhead; a tab parts columns."""
    return Part("head", rows=tuple(tuple(line.split("\t")) for line in lines))


def title(text: str, look: str = "styled") -> Part:
    return Part("title", text, look=look)


def heading(text: str, level: int = 1, look: str = "styled") -> Part:
    return Part("heading", text, level, look)


def paragraph(text: str) -> Part:
    return Part("paragraph", text)


def bullet(text: str, level: int = 0, look: str = "styled") -> Part:
    return Part("bullet", text, level, look)


def table(*rows: tuple[str, ...]) -> Part:
    return Part("table", rows=rows)


def closing(text: str) -> Part:
    return Part("closing", text)


def signature(*rows: tuple[str, ...]) -> Part:
    """Names and titles, a row of columns each."""
    return Part("signature", rows=rows)


@dataclass(frozen=True)
class Letter:
    """A letter, and what a correct reading of it finds."""

    name: str
    parts: tuple[Part, ...]
    expected: dict[str, object] = field(default_factory=dict)


def as_docx(letter: Letter) -> bytes:
    document = WordDocument()
    for part in letter.parts:
        _add_docx(document, part)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_docx(document, part: Part) -> None:
    if part.kind in ("heading", "title") and part.look == "styled":
        document.add_heading(part.text, level=part.level)
    elif part.kind in ("heading", "title"):
        run = document.add_paragraph().add_run(_looking(part))
        run.bold = part.look == "bold" or None
        run.underline = part.look == "underlined" or None
    elif part.kind == "bullet" and part.look == "styled":
        style = "List Bullet" if not part.level else f"List Bullet {part.level + 1}"
        document.add_paragraph(part.text, style=style)
    elif part.kind == "bullet":
        document.add_paragraph(f"{part.look} {part.text}")
    elif part.kind in ("table", "signature") and len(part.rows[0]) > 1:
        _add_table(document, part.rows)
    elif part.kind in ("head", "signature"):
        for row in part.rows:
            document.add_paragraph("\t".join(row))
    else:
        document.add_paragraph(part.text)


def _add_table(document, rows) -> None:
    grid = document.add_table(len(rows), len(rows[0]))
    for row_index, row in enumerate(rows):
        for column, text in enumerate(row):
            grid.cell(row_index, column).text = text


def _looking(part: Part) -> str:
    return part.text.upper() if part.look == "caps" else part.text


def as_odt(letter: Letter) -> bytes:
    document = odfdo.Document("text")
    body = document.body
    body.clear()
    strong = odfdo.Style("text", name="Strong", area="text")
    strong.set_properties({"fo:font-weight": "bold"}, area="text")
    document.insert_style(strong, automatic=True)
    line = odfdo.Style("text", name="Line", area="text")
    line.set_properties({"style:text-underline-style": "solid"}, area="text")
    document.insert_style(line, automatic=True)
    for element in _odt_elements(letter):
        body.append(element)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _odt_elements(letter: Letter) -> Iterator[odfdo.Element]:
    for part in letter.parts:
        if part.kind in ("heading", "title"):
            yield _odt_heading(part)
        elif part.kind == "bullet" and part.look == "styled":
            yield _odt_list(part)
        elif part.kind == "bullet":
            yield odfdo.Paragraph(f"{part.look} {part.text}")
        elif part.kind in ("table", "signature") and len(part.rows[0]) > 1:
            yield _odt_table(part)
        elif part.rows:
            yield from (odfdo.Paragraph("\t".join(row)) for row in part.rows)
        else:
            yield odfdo.Paragraph(part.text)


def _odt_heading(part: Part) -> odfdo.Element:
    if part.look == "styled":
        if part.kind == "title":
            return odfdo.Paragraph(part.text, style="Title")
        return odfdo.Header(part.level, part.text)
    paragraph = odfdo.Paragraph("")
    span = {"bold": "Strong", "underlined": "Line"}.get(part.look)
    paragraph.append(odfdo.Span(_looking(part), style=span) if span else _looking(part))
    return paragraph


def _odt_table(part: Part) -> odfdo.Element:
    grid = odfdo.Table("t", width=len(part.rows[0]), height=0)
    for row in part.rows:
        line = odfdo.Row()
        for text in row:
            cell = odfdo.Cell()
            cell.append(odfdo.Paragraph(text))
            line.append(cell)
        grid.append(line)
    return grid


def _odt_list(part: Part) -> odfdo.Element:
    outer = inner = odfdo.List()
    for _ in range(part.level):
        item = odfdo.ListItem()
        inner.append(item)
        deeper = odfdo.List()
        item.append(deeper)
        inner = deeper
    inner.append(odfdo.ListItem(part.text))
    return outer


_PAGE = """
@page { size: A4; margin: 25mm;
  @bottom-right { content: "Side " counter(page) " av " counter(pages) } }
body { font: 11pt "DejaVu Serif"; line-height: 1.35; hyphens: manual }
p { margin: 0 0 9pt } ul { margin: 0 0 9pt; padding-left: 18pt }
h1, h2, h3 { font-size: 14pt; margin: 14pt 0 4pt } h2 { font-size: 12.5pt } h3 { font-size: 11pt }
.title { font-size: 20pt; font-weight: bold; margin: 12pt 0 }
table { border-collapse: collapse; width: 100%; margin: 0 0 9pt } td { padding: 3pt }
.ruled td { border: 1px solid black }
"""


def as_pdf(letter: Letter) -> bytes:
    body = "".join(_html(part) for part in letter.parts)
    page = f"<html lang='nb'><head><style>{_PAGE}</style></head><body>{body}</body></html>"
    return HTML(string=page).write_pdf()


def _html(part: Part) -> str:
    text = html.escape(_looking(part))
    if part.kind == "title" and part.look == "styled":
        return f"<p class=title>{text}</p>"
    if part.kind in ("heading", "title"):
        if part.look == "styled":
            return f"<h{part.level}>{text}</h{part.level}>"
        tag = {"bold": "b", "underlined": "u"}.get(part.look, "span")
        return f"<p><{tag}>{text}</{tag}></p>"
    if part.kind == "bullet" and part.look == "styled":
        return "<ul>" * (part.level + 1) + f"<li>{text}</li>" + "</ul>" * (part.level + 1)
    if part.kind == "bullet":
        return f"<p style='margin-left: {part.level * 18}pt'>{html.escape(part.look)} {text}</p>"
    if part.rows:
        ruled = "ruled" if part.kind == "table" else ""
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
            for row in part.rows
        )
        return f"<table class='{ruled}'>{rows}</table>"
    return f"<p>{text}</p>"


def as_txt(letter: Letter, *, width: int = 88) -> bytes:
    return "\n\n".join(_plain(part, width) for part in letter.parts).encode()


def _plain(part: Part, width: int) -> str:
    if part.rows and max(len(cell) for row in part.rows for cell in row) > 40:
        return "\n\n".join(textwrap.fill(cell, width) for row in part.rows for cell in row)
    if part.rows:
        return "\n".join("".join(cell.ljust(34) for cell in row).rstrip() for row in part.rows)
    indent = "  " * part.level if part.kind == "bullet" else ""
    mark = (part.look if part.look != "styled" else "-") + " " if part.kind == "bullet" else ""
    return textwrap.fill(
        mark + _looking(part),
        width,
        initial_indent=indent,
        subsequent_indent=indent + " " * len(mark),
        break_on_hyphens=False,
    )


WRITERS = {"docx": as_docx, "odt": as_odt, "pdf": as_pdf, "txt": as_txt}
