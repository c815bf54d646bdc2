"""A long document as pages: links between chapters lead to pages, notes keep their numbers."""

from datetime import date

from consult.domain.documents.render.chapters import LONGEST_PAGE, render_web_edition
from consult.domain.documents.types import (
    Document,
    DocumentKind,
    Footnote,
    FootnoteRef,
    Paragraph,
    Ref,
    Section,
    Text,
)


def document(words: str) -> Document:
    note = FootnoteRef("n2")
    return Document(
        DocumentKind.REPORT,
        "Rapport",
        "Utvalget",
        "nb",
        date(2026, 11, 23),
        (
            Section("en", "Først", (Paragraph((Text(words), FootnoteRef("n1"))),)),
            Section("to", "Så", (Paragraph((Ref("en"), Text("x"), note)),)),
        ),
        footnotes=(Footnote("n1", (Text("Ett."),)), Footnote("n2", (Text("Se "), Ref("to")))),
    )


def test_a_short_document_stands_on_one_page():
    assert not render_web_edition(document("Kort."), address=str).chapters


def test_a_long_document_has_a_page_for_each_chapter():
    edition = render_web_edition(document("Langt. " * LONGEST_PAGE), address="/rapport/{}".format)
    first, second = edition.chapters
    assert [one.title for one in edition.chapters] == ["1 Først", "2 Så"]
    assert 'href="/rapport/en#en"' in edition.contents
    assert "Ett." in first.html
    assert "Ett." not in second.html
    assert 'href="/rapport/en#en"' in second.html
    assert 'href="#to"' in second.html
    assert '<li id="doc-note-n2" value="2">' in second.html
    assert 'href="#doc-note-n2"' in second.html
    assert len(edition.contents.encode()) < LONGEST_PAGE
