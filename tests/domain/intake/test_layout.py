"""PDF pages as they are laid out: columns, running headers, notes, margins, nested lists."""

import random

import pytest
from weasyprint import HTML

from consult.domain.intake.recognise import recognise
from consult.domain.intake.types import BlockRole

WORDS = (
    "kommunene", "bør", "få", "ansvar", "for", "tjenesten", "slik", "at", "innbyggerne", "møter",
    "ett", "kontor", "med", "kompetanse", "på", "tvers", "av", "fag", "og", "nivå", "når",
    "behovet",
    "oppstår", "i", "hverdagen", "utviklingen", "saksbehandlingstiden", "NAV-kontoret",
    "IA-avtalen",
    "arbeidsmarkedstiltak", "brukermedvirkning", "forvaltningspraksis",
)  # fmt: skip
STYLE = """@page { size: A4; margin: 25mm;
@top-left { content: "Granli kommune – høringssvar 2026/12" }
@bottom-center { content: counter(page) } }
body { font: 11pt "DejaVu Serif"; text-align: justify; hyphens: auto }
.columns { columns: 2; column-gap: 10mm; text-align: left; font-size: 10pt }
.indented p { margin: 0; text-indent: 6mm } .tight p { margin: 0; text-align: left }
.note { float: footnote; font-size: 8pt }"""


@pytest.fixture
def write():
    source = random.Random(7)  # noqa: S311 -- the same text in every run

    def paragraph(sentences=5):
        parts = (" ".join(source.choices(WORDS, k=source.randint(9, 24))) for _ in range(sentences))
        return " ".join(part[0].upper() + part[1:] + "." for part in parts)

    return paragraph


def read(body):
    page = f"<html lang=nb><head><style>{STYLE}</style></head><body>{body}</body></html>"
    content = HTML(string=page).write_pdf()
    return recognise(content, filename="svar.pdf", limit_bytes=10_000_000)


def texts(document, role):
    return [block.text for block in document.blocks if block.role is role]


def test_two_columns_are_read_one_after_the_other(write):
    parts = [(f"{number}. Tema {number}", write(), write()) for number in range(1, 8)]
    body = "".join(f"<h2>{head}</h2><p>{one}</p><p>{two}</p>" for head, one, two in parts)
    document = read(f"<h1>Høringsuttalelse</h1><div class=columns>{body}</div>")
    assert texts(document, BlockRole.HEADING) == [head[3:] for head, *_ in parts]
    assert texts(document, BlockRole.PARAGRAPH) == [text for _, *both in parts for text in both]


@pytest.mark.parametrize("layout", ["", "indented"])
def test_paragraphs_are_whole_over_page_breaks(write, layout):
    paragraphs = [write() for _ in range(24)]
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    document = read(f"<h1>Uttalelse</h1><div class='{layout}'>{body}</div>")
    assert document.page_count > 2
    assert texts(document, BlockRole.PARAGRAPH) == paragraphs


def test_paragraphs_without_gaps_part_where_a_line_is_short(write):
    paragraphs = [write() for _ in range(24)]
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    found = texts(read(f"<h1>Uttalelse</h1><div class=tight>{body}</div>"), BlockRole.PARAGRAPH)
    assert " ".join(found) == " ".join(paragraphs)
    assert len(found) >= 18  # a last line that is full cannot be told from others


def test_running_headers_go_and_numbered_headings_stay(write):
    heads = [f"Merknader til del {number}" for number in range(1, 9)]
    body = "".join(f"<h2>3.{i} {head}</h2><p>{write(14)}</p>" for i, head in enumerate(heads, 1))
    document = read(f"<h1>Uttalelse</h1>{body}")
    assert texts(document, BlockRole.HEADING) == heads
    furniture = set(texts(document, BlockRole.PAGE_FURNITURE))
    assert furniture == {
        "Granli kommune – høringssvar 2026/12",
        *map(str, range(1, document.page_count + 1)),
    }


def test_footnotes_stand_in_brackets_after_a_paragraph(write):
    paragraphs = [write() for _ in range(9)]
    body = "".join(
        f"<p>{text[:-1]}<span class=note>Jf. rapport {number} om tilsyn.</span>.</p>"
        for number, text in enumerate(paragraphs)
    )
    found = texts(read(f"<h1>Uttalelse</h1>{body}"), BlockRole.PARAGRAPH)
    assert len(found) == len(paragraphs)
    assert "".join(found).count("om tilsyn.]") == len(paragraphs)


def test_nested_lists_keep_their_levels(write):
    def items(depth):
        inner = f"<ul>{items(depth - 1)}</ul>" if depth else ""
        return f"<li>{write(2)}{inner}</li>" * 2

    document = read(f"<h1>Uttalelse</h1><p>{write()}</p><ul>{items(2)}</ul><ol>{items(0)}</ol>")
    bullets = [block for block in document.blocks if block.role is BlockRole.BULLET]
    levels = [block.level for block in bullets]
    assert levels == [0, 1, 2, 2, 1, 2, 2] * 2 + [0, 0]
    assert [block.number for block in bullets[-2:]] == ["1.", "2."]


def test_ruled_table_is_read_cell_by_cell(write):
    first, second = write(3), write(3)
    cells = (("Hva mener dere om fristen?", first), ("Noe mer?", second))
    rows = "".join(f"<tr><td>{one}</td><td>{other}</td></tr>" for one, other in cells)
    style = "<style>td { border: 1px solid; width: 50%; text-align: left }</style>"
    document = read(f"{style}<p>{write()}</p><table>{rows}</table><p>{write()}</p>")
    joined = [block.text for block in document.blocks]
    place = joined.index(first)
    assert joined[place - 1] == "Hva mener dere om fristen?"
    assert joined[place + 1 : place + 3] == ["Noe mer?", second]


def test_a_long_pdf_is_read_whole(write):
    body = "".join(f"<h2>{n}. Tema</h2>" + f"<p>{write(8)}</p>" * 5 for n in range(1, 9))
    page = f"<html lang=nb><style>{STYLE}</style><body><h1>Uttalelse</h1>{body}</body></html>"
    content = HTML(string=page).write_pdf()
    document = recognise(content, filename="svar.pdf", limit_bytes=10_000_000)
    assert document.page_count >= 9
    assert len(texts(document, BlockRole.PARAGRAPH)) == 40
