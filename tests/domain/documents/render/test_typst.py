"""A long report says the same by both engines; the second one's PDF is accessible and safe."""

import logging
from dataclasses import replace
from pathlib import Path
from random import Random

import pikepdf
import pytest

import consult
from consult.domain.documents import render
from consult.domain.documents.errors import AddressRefused, NotTypesettable
from consult.domain.documents.render import typst
from consult.domain.documents.render.typesetting import fold
from consult.domain.documents.render.typst import forget_layouts, render_long_pdf
from consult.domain.documents.rules import LAYOUTS_KEPT
from consult.domain.documents.types import (
    Box,
    Document,
    DocumentKind,
    Emphasis,
    Foreign,
    ItemList,
    Link,
    ListItem,
    Paragraph,
    Quote,
    Section,
    Strong,
    Text,
)
from consult.kernel.clock import utc_now
from tests.domain.documents.render.reading import (
    bookmarks_of,
    elements_of,
    kids_of,
    opened,
    read_aloud,
    skips_a_level,
    tagged,
)
from tests.domain.documents.sample import sample_document
from tests.domain.documents.small import document, paragraph, section, table

ASSETS = Path(consult.__file__).parent / "static" / "build"


@pytest.fixture(scope="module")
def report() -> Document:
    return sample_document()


@pytest.fixture(scope="module")
def content(report: Document) -> bytes:
    return render_long_pdf(report, assets=ASSETS)


@pytest.fixture(scope="module")
def pdf(content: bytes) -> pikepdf.Pdf:
    return opened(content)


@pytest.fixture(scope="module")
def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return elements_of(pdf)


def test_both_engines_say_the_same_in_the_same_order(content, sample_pdf):
    said = read_aloud(content)
    assert said == read_aloud(sample_pdf)
    assert "1.2Frist,forlengelseogkanaler" in said.body
    assert "Figurer" in said.body or "Figures" in said.body
    assert [note[0] for note in said.notes] == ["1", "2"]


def test_both_have_the_same_headings_tables_figures_and_bookmarks(content, sample_pdf, elements):
    written = opened(sample_pdf)
    theirs = elements_of(written)
    assert len(tagged(elements, "H1")) == len(tagged(theirs, "H2"))  # theirs begin with the title
    assert len(tagged(elements, "H2")) == len(tagged(theirs, "H3"))
    for tag in ("Figure", "Table", "TH", "TD", "TOCI", "Note", "BlockQuote", "Caption"):
        assert len(tagged(elements, tag)) == len(tagged(theirs, tag)), tag
    assert bookmarks_of(opened(content)) == bookmarks_of(written)


def test_it_is_for_everybody_and_for_the_archive(pdf):
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["dc:title"] == "Hele reisen skal være mulig"
    assert pdf.Root.Lang == "nb"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.docinfo["/Author"] == "Reisedirektoratet"
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261120")


def test_its_tags_are_complete(elements):
    assert not skips_a_level(elements)
    assert all(len(str(figure.Alt)) > 100 for figure in tagged(elements, "Figure"))
    for item in tagged(elements, "LI"):
        assert [str(kid.S) for kid in kids_of(item)] == ["/Lbl", "/LBody"]
    scopes = {
        str(one.Scope) for head in tagged(elements, "TH") for one in head.A if "/Scope" in one
    }
    assert scopes == {"/Column", "/Row"}
    assert [str(quote.Lang) for quote in elements if "/Lang" in quote] == ["se"]


def test_a_link_says_where_it_leads(pdf):
    links = [link for page in pdf.pages for link in page.get("/Annots", pikepdf.Array())]
    said = [str(link.Contents) for link in links]
    assert said[:2] == ["Sammendrag", "1 Om runden"]
    assert any(one.startswith("Figur 1 Avsendere etter type") for one in said)
    assert all(said)


def test_only_our_fonts_are_in_it(pdf):
    fonts = {
        str(o.BaseFont)
        for o in pdf.objects
        if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o
    }
    assert {name.split("+")[1][:5] for name in fonts} == {"Inter"}


def test_the_same_tree_gives_the_same_bytes_also_after_another(report, content):
    forget_layouts()
    render_long_pdf(document(section("one", paragraph("Between."))), assets=ASSETS)
    assert render_long_pdf(report, assets=ASSETS) == content


def test_no_text_is_ever_markup():
    """Whatever is written anywhere comes out as the same letters, and nothing else happens."""
    source = Random(20261123)  # noqa: S311 -- the same each time
    pieces = (
        *(
            '#read("/etc/passwd")',
            "#panic()",
            "$x^2$",
            "*a*",
            "_b_",
            "`c`",
            "<one>",
            "@one",
            "//",
            "/*",
            "\\",
        ),
        *(
            '"',
            "]",
            "[",
            "}",
            "{",
            "#",
            "= H",
            "- i",
            "+ n",
            "/ t: d",
            "~",
            "...",
            "\\u{41}",
            "https://x.y",
        ),
        *(
            "&amp;",
            "<script>",
            "%(page)s",
            "\u00e6\u00f8\u00e5",
            "'",
            "\u2013",
            "))",
            "#{",
            "sys.inputs",
        ),
    )
    for _ in range(6):
        words = [" ".join(source.choices(pieces, k=6)) for _ in range(12)]
        tree = replace(_hostile(words), subtitle=words[0], case_number=words[1], status=words[2])
        said = read_aloud(render_long_pdf(tree, assets=ASSETS)).body
        for place, word in enumerate(words[3:], start=3):
            expected = fold(word).replace(" ", "").replace("-", "")
            assert expected in said, (place, word)


def _hostile(words: list[str]) -> Document:
    styled = tuple(style((Text(words[3]),)) for style in (Strong, Emphasis))
    spoken = (
        Foreign((Text(words[4]),), "se-NO"),
        Link((Text(words[5]),), f"https://x.no/?{words[0]}"),
    )
    blocks = (
        Paragraph((*styled, *spoken)),
        Quote(((Text(words[6]),),), sender=words[7], reference=words[8]),
        Box(words[9], (ItemList((ListItem((paragraph(words[10]),)),)),)),
        replace(table("t"), caption=words[11]),
    )
    return replace(document(Section("one", words[3], blocks), language="nb"), title=words[0])


def test_hyphens_that_word_writes_are_set_as_hyphens():
    tree = document(section("one", paragraph("e\u2011post, e\u2010post")))
    with opened(render_long_pdf(tree, assets=ASSETS)) as written:
        assert len(written.pages) == 3


def test_an_incomplete_build_is_an_error_that_a_job_can_catch(tmp_path):
    for file in ASSETS.iterdir():
        if "inter-latin-400-normal" not in file.name:
            (tmp_path / file.name).symlink_to(file)
    with pytest.raises(AddressRefused, match="inter-latin-400-normal"):
        render_long_pdf(document(section("one")), assets=tmp_path)


def test_what_our_fonts_lack_is_set_by_the_other_engine(monkeypatch, caplog):
    tree = document(section("one", paragraph("Ж")), language="nb")
    tree = replace(tree, kind=DocumentKind.REPORT)
    with pytest.raises(NotTypesettable):
        render_long_pdf(tree, assets=ASSETS)
    monkeypatch.setattr("consult.domain.documents.rules.LONG_REPORT", 1)
    with caplog.at_level(logging.WARNING):
        assert render.render_pdf(tree, assets=ASSETS).startswith(b"%PDF")
    assert "laid out slowly" in caplog.text


def test_the_layout_of_a_long_report_is_forgotten_after_a_while(monkeypatch):
    forgotten: list[int] = []
    monkeypatch.setattr(typst, "forget_layouts", lambda: forgotten.append(1))
    monkeypatch.setattr("consult.domain.documents.rules.LONG_REPORT", 1)
    tree = document(section("one", paragraph("Hello.")))
    render.render_pdf(replace(tree, kind=DocumentKind.REPORT), assets=ASSETS)
    render.forget_unused_layouts(now=utc_now())
    assert not forgotten
    for _ in range(2):
        render.forget_unused_layouts(now=utc_now() + LAYOUTS_KEPT)
    assert forgotten == [1]
