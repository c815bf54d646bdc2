"""Rich text for reading."""

import html5lib

from consult.kernel.text.rich.markdown import from_markdown
from consult.kernel.text.rich.showing import content_html, to_html, to_plain, word_count
from consult.kernel.text.rich.types import Footnote, Marks, Text
from tests.kernel.rich.making import chances, rich_text


def test_html_is_sound_and_nothing_in_it_is_markup_of_the_writer():
    for chance in chances(150):
        html = to_html(rich_text(chance))
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parseFragment(html)
        assert not parser.errors
        assert {element.tag for element in tree.iter()} <= {
            "DOCUMENT_FRAGMENT", "p", "h3", "h4", "ul", "ol", "li", "blockquote", "strong", "em",
            "a", "br", "sup", "span",
        }  # fmt: skip


def test_a_text_as_a_page_shows_it():
    text = from_markdown("## Om\n\n1. en\n    - to\n2. tre\n\n[Vi **må**]{e:p1@se} nå^[Sak 3].")
    assert to_html(text, top_level=2, note_prefix="n", evidence_address=lambda i: f"/p/{i}") == (
        "<h2>Om</h2><ol><li><p>en</p><ul><li><p>to</p></li></ul></li><li><p>tre</p></li></ol>"
        '<p><span class="evidence" data-evidence="p1" lang="se">Vi <strong>må</strong></span>'
        '<sup><a class="evidence-ref" href="/p/p1">[1]</a></sup> nå'
        '<sup><a href="#n-1" id="n-1-from" role="doc-noteref">1</a></sup>.</p>'
        '<ol class="footnotes"><li id="n-1">Sak 3 '
        '<a href="#n-1-from" role="doc-backlink">↩</a></li></ol>'
    )


def test_some_words_alone():
    link = Marks(link="https://a.no/?a&b")
    assert content_html((Text("<x>", link), Footnote("y"))) == (
        '<a href="https://a.no/?a&amp;b" rel="noopener noreferrer">&lt;x&gt;</a>[y]'
    )


def test_plain_text_and_its_length():
    text = from_markdown("## Om\n\n3. en\n    - to\n4. tre^[Sak 3]\n\nSlutt, § 3-1")
    assert to_plain(text) == "Om\n\n3. en\n\n  – to\n\n4. tre[1]\n\nSlutt, § 3-1\n\n[1] Sak 3"
    assert word_count(text) == 6
