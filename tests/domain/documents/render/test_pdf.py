"""The PDF is accessible by its structure, reads in order, and is the same each time."""

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from fontTools.ttLib import TTFont

import consult
from consult.domain.documents.errors import AddressRefused
from consult.domain.documents.render.numbering import number_document
from consult.domain.documents.render.pdf import BuildFetcher, render_pdf
from consult.domain.documents.types import (
    Emphasis,
    Footnote,
    FootnoteRef,
    Foreign,
    Paragraph,
    Ref,
    RefForm,
    Strong,
    Text,
)
from tests.domain.documents.sample import sample_document
from tests.domain.documents.small import document, paragraph, section, table

ASSETS = Path(consult.__file__).parent / "static" / "build"
SAMI = "áčđŋšŧž ÁČĐŊŠŦŽ"


@pytest.fixture(scope="module")
def content(sample_pdf: bytes) -> bytes:
    return sample_pdf


@pytest.fixture(scope="module")
def pdf(content: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


@pytest.fixture(scope="module")
def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return list(below(pdf.Root.StructTreeRoot.K[0]))


def below(element: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    if isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield element
        for kid in element.get("/K", pikepdf.Array()):
            yield from below(kid)


def tags(elements: list[pikepdf.Dictionary], tag: str) -> list[pikepdf.Dictionary]:
    return [element for element in elements if f"/{tag}" == element.S]


def pages_of(content: bytes, *, numbers: list[int] | None = None) -> list[str]:
    """The text of all pages, or of those named by number, from 1."""
    with pdfplumber.open(io.BytesIO(content), pages=numbers) as opened:
        return [page.extract_text() for page in opened.pages]


def fonts_of(pdf: pikepdf.Pdf) -> set[str]:
    """The names of all fonts that are embedded, without the prefix that marks a subset."""
    fonts = (o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o)
    return {str(font.BaseFont).split("+")[1] for font in fonts}


def test_it_identifies_itself_as_pdf_ua(pdf):
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Hele reisen skal være mulig"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.Lang == "nb"


def test_it_carries_its_metadata(pdf):
    assert pdf.docinfo["/Author"] == "Reisedirektoratet"
    assert str(pdf.docinfo["/Keywords"]).startswith("universell utforming")
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261120")


def test_headings_lists_and_quotations_are_tagged(elements):
    counts = Counter(str(element.S) for element in elements)
    assert counts["/H1"] == 1
    assert counts["/H2"] == 17
    assert counts["/H3"] > 30
    assert counts["/L"] > 20
    assert counts["/LI"] >= counts["/L"]
    assert counts["/Lbl"] > 60
    assert counts["/BlockQuote"] == 18


def test_table_headings_have_a_scope(elements):
    scopes = Counter(str(head.A.Scope) for head in tags(elements, "TH"))
    assert set(scopes) == {"/Column", "/Row"}
    assert all("/Headers" not in cell.get("/A", {}) for cell in tags(elements, "TD"))


def test_a_table_over_several_pages_is_one_table_to_the_ear(content, pdf, elements):
    long = max(tags(elements, "Table"), key=lambda table: len(list(below(table))))
    parts = Counter(str(part.S) for part in below(long))
    assert (parts["/THead"], parts["/TBody"], parts["/TR"]) == (1, 1, 33)
    places = {part.Pg.objgen for part in below(long) if "/Pg" in part}
    numbers = [n for n, page in enumerate(pdf.pages, 1) if page.objgen in places]
    assert len(numbers) >= 2
    assert all("Kap. Tiltak Når Adressat" in page for page in pages_of(content, numbers=numbers))


def test_what_a_page_break_cuts_is_one_element(elements):
    assert len(tags(elements, "Part")) == 1
    headings = len(tags(elements, "H2")) + len(tags(elements, "H3"))
    assert len(tags(elements, "Sect")) == headings - 9  # contents, figures, seven groups


def test_items_hold_a_label_and_a_body(elements):
    for item in tags(elements, "LI"):
        assert {str(kid.S) for kid in item.K} <= {"/Lbl", "/LBody"}
    columns = [part for part in tags(elements, "L") if len(part.K) == 15]
    assert len(columns) == 7


def test_figures_are_told_in_words(elements):
    figures = tags(elements, "Figure")
    assert len(figures) == 10
    assert "Kommuner: 94" in str(figures[0].Alt)
    assert all(len(str(figure.Alt)) > 100 for figure in figures)


def test_foreign_passages_know_their_language(elements):
    spoken = [(str(e.S), str(e.Lang)) for e in elements if "/Lang" in e]
    assert spoken == [("/Span", "se"), ("/Span", "se"), ("/BlockQuote", "se")]


def test_the_contents_and_the_notes_are_tagged_as_such(elements):
    numbering = number_document(sample_document())
    figures = numbering.registers[0].ids
    lines = sum(1 + len(entry.children) for entry in numbering.contents)
    assert len(tags(elements, "TOCI")) == lines + len(figures)
    notes = tags(elements, "Note")
    assert len({str(note.ID) for note in notes}) == len(notes) == 2


def test_every_link_hangs_on_a_link_and_says_where_it_leads(pdf, elements):
    owners = {
        kid.Obj.objgen: str(element.S)
        for element in elements
        for kid in element.get("/K", pikepdf.Array())
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
    }
    links = [link for page in pdf.pages for link in page.get("/Annots", pikepdf.Array())]
    assert len(links) > 100
    assert all(owners[link.objgen] == "/Link" for link in links)
    assert str(links[0].Contents) == "Sammendrag"


def test_running_heads_are_no_part_of_the_text(pdf):
    for page in list(pdf.pages)[1:]:
        assert b"/Artifact <</Type /Pagination>>" in page.Contents.read_bytes().replace(b"\n", b" ")


def test_all_marked_content_belongs_to_the_tree(pdf, elements):
    owned = Counter(
        element.Pg.objgen
        for element in elements
        for kid in element.get("/K", pikepdf.Array())
        if isinstance(kid, int)
    )
    for page in pdf.pages:
        assert page.Contents.read_bytes().count(b"/MCID") == owned[page.objgen]


def test_bookmarks_follow_the_headings(pdf):
    with pdf.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
        assert titles[2:5] == ["Sammendrag", "1 Om runden", "2 Hvem har svart"]
        assert [entry.title for entry in outline.root[3].children] == [
            "1.1 Oppdraget",
            "1.2 Frist, forlengelse og kanaler",
        ]


def test_the_same_tree_gives_the_same_bytes():
    tree = document(section("one", paragraph("Hello."), table("t")), language="nb")
    assert render_pdf(tree, assets=ASSETS) == render_pdf(tree, assets=ASSETS)


def test_it_reads_in_order_with_page_numbers():
    tree = document(
        section("one", Paragraph((Text("See "), Ref("two", RefForm.PAGE), Text(".")))),
        section("two", paragraph("The end."), heading="Another"),
    )
    cover, contents, first, second = pages_of(render_pdf(tree, assets=ASSETS))
    assert cover.index("Agency of Examples") < cover.index("What you told us")
    assert "Page" not in cover
    assert "Contents" in contents
    assert contents.index("A heading") < contents.index("Another")
    assert contents.rstrip().splitlines()[-2].endswith("4")
    assert "See page 4." in first
    assert first.rstrip().endswith("Page 3 of 4")
    assert second.index("2 Another") < second.index("The end.")


def test_sami_letters_are_set_in_inter_whatever_the_style():
    styles = (
        Text(SAMI),
        Strong((Text(f" {SAMI}"),)),
        Emphasis((Text(f" {SAMI}"), Strong((Text(f" {SAMI}"),)))),
        Foreign((Text(f" {SAMI}"),), "se"),
    )
    content = render_pdf(document(section("one", Paragraph(styles))), assets=ASSETS)
    assert "".join(pages_of(content)).count("čđŋšŧž") == 5
    with pikepdf.open(io.BytesIO(content)) as written:
        assert {name[:5] for name in fonts_of(written)} == {"Inter"}


def test_the_sample_uses_no_other_font(pdf):
    assert {name[:5] for name in fonts_of(pdf)} == {"Inter"}


def test_a_footnote_stands_on_the_page_of_its_mention():
    tree = document(
        section("one", Paragraph((Text("So."), FootnoteRef("why")))),
        section("two", paragraph("Later.")),
        footnotes=(Footnote("why", (Text("Because it is so."),)),),
    )
    pages = pages_of(render_pdf(tree, assets=ASSETS))
    assert "Because it is so." in pages[2]
    assert "Because it is so." not in pages[3]


def test_progress_never_falls_and_ends_at_one():
    told: list[float] = []
    render_pdf(document(section("one"), section("two")), assets=ASSETS, progress=told.append)
    assert told == sorted(set(told))
    assert told[-1] == 1.0
    assert len(told) >= 3


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/logo.png",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "https://assets.invalid/../config.py",
        "https://assets.invalid/manifest.json",
        "https://assets.invalid/",
        "data:text/plain,hello",
        "ftp://assets.invalid/print.css",
    ],
)
def test_nothing_but_our_own_build_is_fetched(address):
    with pytest.raises(AddressRefused):
        BuildFetcher(ASSETS).fetch(address)


def test_a_build_file_is_served():
    name = next(ASSETS.glob("inter-latin-400-normal-*.woff2")).name
    font = BuildFetcher(ASSETS).fetch(f"https://assets.invalid/{name}").read()
    assert TTFont(io.BytesIO(font)).getBestCmap()[ord("å")]  # unpacked


def test_an_incomplete_build_is_an_error_that_a_job_can_catch(tmp_path):
    for file in ASSETS.iterdir():
        if "inter-latin-400-normal" not in file.name:
            (tmp_path / file.name).symlink_to(file)
    with pytest.raises(AddressRefused, match="inter-latin-400-normal"):
        render_pdf(document(section("one")), assets=tmp_path)
