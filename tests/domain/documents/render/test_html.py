"""The web edition is valid, reachable by links, and complete without seeing."""

import itertools
import re
from xml.etree import ElementTree as ET

import html5lib
import pytest

from consult.domain.documents.render.html import column_shares, render_html, shorten
from consult.domain.documents.types import (
    Alignment,
    Chart,
    ChartKind,
    Column,
    Emphasis,
    Footnote,
    FootnoteRef,
    Foreign,
    Link,
    Paragraph,
    Quote,
    Ref,
    RefForm,
    Row,
    Series,
    Strong,
    Table,
    Text,
)
from tests.domain.documents.sample import sample_document
from tests.domain.documents.small import bar_chart, document, paragraph, section


def text(content: str) -> tuple[Text]:
    return (Text(content),)


def parsed(fragment: str) -> ET.Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page = f"<!doctype html><html><head><title>x</title></head><body>{fragment}</body></html>"
    return parser.parse(page)


@pytest.fixture(scope="module")
def sample() -> str:
    return str(render_html(sample_document()))


def test_the_sample_is_valid(sample):
    parsed(sample)


def test_ids_are_unique_and_links_lead_somewhere(sample):
    ids = re.findall(r'\sid="([^"]+)"', sample)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', sample)) <= set(ids)
    assert set(re.findall(r'aria-labelledby="([^"]+)"', sample)) <= set(ids)


def test_nothing_needs_an_inline_style_or_script(sample):
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", sample)
    assert not re.search(r"\b(None|Undefined)\b", sample)


def test_headings_start_at_the_given_level_and_do_not_skip():
    for start in (2, 3):
        root = parsed(render_html(sample_document(), heading_level=start))
        levels = [int(e.tag[1]) for e in root.iter() if re.fullmatch(r"h[1-6]", str(e.tag))]
        assert levels[0] == start
        assert min(levels) == start
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_inlines_keep_their_spaces_and_are_escaped():
    inlines = (
        Text("Some <b> & "),
        Emphasis(text("full name")),
        Text(", "),
        Strong(text("must")),
        Text(" read "),
        Foreign(text("dieđut"), "se"),
        Text(" at "),
        Link(text("home"), "https://example.org/?a=1&b=2"),
        Text("."),
    )
    html = render_html(document(Paragraph(inlines)))
    assert (
        "<p>Some &lt;b&gt; &amp; <em>full name</em>, <strong>must</strong> read "
        '<span lang="se">dieđut</span> at '
        '<a href="https://example.org/?a=1&amp;b=2">home</a>.</p>'
    ) in html


def test_references_are_links_and_a_page_becomes_a_label():
    refs = Paragraph((Ref("f"), Text(" "), Ref("f", RefForm.PAGE)))
    html = render_html(document(bar_chart("f"), refs))
    assert '<p><a href="#f">figure 1</a> <a href="#f">figure 1</a></p>' in html


def test_footnotes_stand_at_the_end_with_a_way_back():
    mention = Paragraph((Text("So."), FootnoteRef("why")))
    html = render_html(document(mention, mention, footnotes=(Footnote("why", text("Because.")),)))
    assert html.count('href="#doc-note-why"') == 2
    assert 'id="doc-note-why-1"' in html
    assert 'id="doc-note-why-2"' in html
    assert 'href="#doc-note-why-1"' in html
    assert html.count("Because.") == 1


def test_a_quotation_gets_the_marks_of_the_document_and_its_own_language():
    quote = Quote((text("Buorre"), text("beaivi")), "Sámi searvi", "2026-7", language="se")
    html = render_html(document(quote, language="nb"))
    assert '<blockquote class="doc-quote" lang="se">' in html
    assert "<p>«Buorre</p>" in html
    assert "<p>beaivi»</p>" in html
    assert '<p class="doc-attribution" lang="nb">Sámi searvi, 2026-7</p>' in html
    assert "“Good day”" in render_html(document(Quote((text("Good day"),), "A sender")))


def test_a_translation_is_marked_as_ours():
    html = render_html(document(Quote((text("Good day"),), "A sender", translated=True)))
    assert "A sender (our translation)</p>" in html


def test_a_table_says_what_its_headings_head():
    table = Table(
        "t",
        "Answers",
        (Column("Channel"), Column("Answers", Alignment.NUMBER)),
        (Row((text("Web"), text("12"))), Row((text("All"), text("12")), total=True)),
        unit="Number of answers",
        notes=("Meetings are left out.",),
    )
    root = parsed(render_html(document(table)))
    heads = [(e.get("scope"), e.text) for e in root.iter("th")]
    assert heads == [("col", "Channel"), ("col", "Answers"), ("row", "Web"), ("row", "All")]
    caption = "".join(next(root.iter("caption")).itertext())
    assert caption == "Table 1 Answers Number of answers"


def test_a_figure_has_a_twin_with_the_same_numbers_and_names():
    series = (
        Series("For", (2, 0), names=(("North Union", "South Union"), ())),
        Series("Against", (1, 4)),
    )
    chart = Chart("f", ChartKind.STACKED_BAR, "Stances", "Split.", ("Unions", "Cities"), series)
    root = parsed(render_html(document(chart)))
    cells = ["".join(cell.itertext()) for cell in root.iter("td")]
    assert cells == ["", "2North Union; South Union", "1", "0", "4"]
    title = next(e for e in root.iter() if str(e.tag).endswith("title") and e.get("id"))
    assert (
        title.text
        == "Figure 1. Stances. Split. Unions: For 2, Against 1; Cities: For 0, Against 4."
    )


def test_a_document_without_contents_has_no_navigation():
    assert "<nav" not in render_html(document(paragraph("Hello")))
    assert "<nav" in render_html(document(section("one")))


def test_column_weights_become_steps_of_five_per_cent():
    columns = (Column("a", weight=2), Column("b", weight=11), Column("c", weight=3))
    assert column_shares(Table("t", "c", columns, ())) == (10, 70, 20)
    assert column_shares(Table("t", "c", (Column("a"), Column("b", weight=1)), ())) == ()


def test_a_wide_table_favours_its_first_column():
    assert column_shares(Table("t", "c", (Column("a"),) * 9, ())) == (20,) + (10,) * 8


def test_a_running_head_is_cut_at_a_word():
    assert shorten("Short", 20) == "Short"
    assert shorten("A title that is far too long", 16) == "A title that is …"
