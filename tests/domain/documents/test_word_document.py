"""A document says the same in Word as on the web, in the same order and with the same numbers."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import parse_xml
from lxml import etree, html

import consult
from consult.domain.documents.render.html import render_html
from consult.domain.documents.render.numbering import number_document
from consult.domain.documents.types import (
    Box,
    DocumentKind,
    Footnote,
    FootnoteRef,
    Link,
    MachineCode,
    PageBreakHint,
    Paragraph,
    Text,
    TickBoxes,
    WritingLines,
)
from consult.domain.documents.word.rendering.document import render_docx
from tests.domain.documents.sample import sample_document
from tests.domain.documents.small import bar_chart, document, paragraph, section, table

ASSETS = Path(consult.__file__).parent / "static" / "build"
NOT_IN_WORD = (
    "//*[@class='doc-twin']//caption | //summary | //sup | //svg/*[not(self::title)] | "
    "//nav | //*[@role='doc-backlink']"
)


@pytest.fixture(scope="module")
def content() -> bytes:
    return render_docx(sample_document(), assets=ASSETS)


@pytest.fixture(scope="module")
def word(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def part(content: bytes, name: str) -> str:
    with ZipFile(BytesIO(content)) as package:
        return package.read(f"word/{name}.xml").decode()


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def told_in_word(element: Any) -> str:
    """Words and texts in place of pictures, in reading order."""
    found = etree.XPath(
        ".//w:t[not(../w:rPr/w:rStyle[@w:val='FootnoteReference'])] | .//wp:docPr",
        namespaces=nsmap,
    )(element)
    return bare("".join(one.get("descr") or "" if one.text is None else one.text for one in found))


def told_on_the_web(markup: str) -> tuple[str, list[str]]:
    """The words of the chapters, and each note."""
    tree = html.fromstring(re.sub(r"</?svg[^>]*>", lambda tag: tag[0].lower(), markup))
    for one in tree.xpath(NOT_IN_WORD):
        one.drop_tree()
    (body,) = tree.find_class("doc-body")
    notes = [bare(one.text_content()) for one in body.xpath(".//*[@role='doc-endnotes']//li")]
    for one in body.find_class("doc-footnotes"):
        one.drop_tree()
    return bare(body.text_content()), notes


def paragraphs(word: Any, style: str) -> list[Any]:
    return [one for one in word.paragraphs if one.style.name == style]


def test_word_says_what_the_web_says_in_the_same_order(content):
    word = docx.Document(BytesIO(content))
    chapters, notes = told_on_the_web(str(render_html(sample_document())))
    body = word.element.body
    first = next(one._p for one in word.paragraphs if one.style.name == "Heading 1")
    for before in list(first.itersiblings(preceding=True)):
        body.remove(before)
    assert told_in_word(body) == chapters.replace("påvedlegg1.", "påside.")
    written = parse_xml(part(content, "footnotes").encode())
    assert [told_in_word(note) for note in written][2:] == notes


def test_headings_and_contents_have_the_numbers_of_every_rendering(content, word):
    numbering = number_document(sample_document())
    chapters = [one.text for one in paragraphs(word, "Heading 1")]
    named = [f"{one.label.heading}{one.label.title}" for one in numbering.contents]
    assert [bare(one) for one in chapters] == [bare(one) for one in named]
    assert [bare(one.text) for one in paragraphs(word, "toc 1")] == [bare(one) for one in named]
    below = sum(len(one.children) for one in numbering.contents)
    assert len(paragraphs(word, "toc 2")) == len(paragraphs(word, "Heading 2")) == below
    figures = paragraphs(word, "table of figures")
    assert figures[0].text.startswith("Figur 1\u2002Avsendere etter type")
    instructions = re.findall(r"<w:instrText[^>]*> (\S+ [^<]*?) <", part(content, "document"))
    assert instructions[0] == 'TOC \\o "1-2" \\h \\z'
    assert instructions.count("SEQ Figur \\* ARABIC") == len(figures) == 10
    assert instructions.count("SEQ Tabell \\* ARABIC") == 3


def test_every_link_inside_leads_to_a_place(content):
    written = part(content, "document")
    anchors = set(re.findall(r'w:anchor="(\w+)"', written))
    places = re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="(\w+)"', written)
    assert anchors <= {name for _, name in places}
    assert len({number for number, _ in places}) == len({name for _, name in places})
    assert len(places) == len(anchors | {name for _, name in places})


def test_tables_repeat_their_headings_and_figures_are_told(word):
    kinds = [one.style.name for one in word.tables]
    assert set(kinds) == {"Document Table", "Box"}
    for one in word.tables:
        if one.style.name == "Document Table":
            properties = one.rows[0]._tr.trPr
            assert properties.find(qn("w:tblHeader")) is not None
        assert one._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    cover, *pictures = [one.get("descr") for one in word.element.body.iter(qn("wp:docPr"))]
    assert cover is None
    assert len(pictures) == 10
    assert all(one.startswith("Figur") and len(one) > 100 for one in pictures)


def test_word_knows_title_language_and_what_is_in_another(content, word):
    properties = word.core_properties
    assert (properties.title, properties.author) == (
        "Hele reisen skal være mulig",
        "Reisedirektoratet",
    )
    assert properties.language == "nb-NO"
    assert 'w:lang w:val="nb-NO"' in part(content, "styles")
    assert "Sámi mátkeservi" in {
        run.text
        for one in word.paragraphs
        for run in one.runs
        if run._r.xpath("./w:rPr/w:lang[@w:val='se-NO']")
    }
    (quote,) = [one for one in paragraphs(word, "Quote") if "Buot" in one.text]
    assert all(run._r.xpath("./w:rPr/w:lang[@w:val='se-NO']") for run in quote.runs)


def test_the_same_tree_gives_the_same_bytes(content):
    assert render_docx(sample_document(), assets=ASSETS) == content


def test_no_text_is_ever_markup():
    hostile = '<w:p/> & "]]>\x00\x0b {PAGE} \ufffe'
    tree = document(
        section(
            "one",
            Paragraph((Link((Text(hostile),), 'https://x.no/?a="&b=<'), FootnoteRef("n"))),
            Box(hostile, (paragraph(hostile),)),
            Paragraph((Text("Again"), FootnoteRef("n"))),
            heading=hostile,
        ),
        footnotes=(Footnote("n", (Link((Text(hostile),), "https://x.no"),)),),
    )
    content = render_docx(replace(tree, title=hostile, status=hostile), assets=ASSETS)
    word = docx.Document(BytesIO(content))
    shown = '<w:p/> & "]]> {PAGE} '
    assert word.element.body.xpath("string(//w:tbl//w:p[1])") == shown
    assert word.core_properties.title == shown
    assert "NOTEREF" in part(content, "document")
    notes = parse_xml(part(content, "footnotes").encode())
    (link,) = notes.iter(qn("w:hyperlink"))
    assert "".join(one.text for one in link.iter(qn("w:t"))) == shown


def test_a_form_begins_at_once_and_has_room_to_write():
    tree = document(
        paragraph("Read this."),
        PageBreakHint(),
        WritingLines("Your name", 2),
        TickBoxes("Tick one", ("Yes", "No")),
        MachineCode("Answer on the web", "ABCD", "https://x.no/a"),
    )
    content = render_docx(replace(tree, kind=DocumentKind.FORM), assets=ASSETS)
    word = docx.Document(BytesIO(content))
    assert [one.style.name for one in word.paragraphs[:3]] == ["Document Sender", "Title", "Normal"]
    assert word.paragraphs[3].paragraph_format.page_break_before
    assert "☐ Yes" in [one.text for one in word.paragraphs]
    (code,) = word.element.body.iter(qn("wp:docPr"))
    assert code.get("descr") == "https://x.no/a"


def test_small_figures_stand_with_their_numbers():
    tree = document(section("one", bar_chart("two"), table("three")))
    word = docx.Document(BytesIO(render_docx(tree, assets=ASSETS)))
    twin, plain = word.tables
    assert [cell.text for row in twin.rows for cell in row.cells] == [
        "", "Senders", "Cities", "3", "Villages", "1",
    ]  # fmt: skip
    assert [cell.text for cell in plain.rows[0].cells] == ["Who", "How many"]
