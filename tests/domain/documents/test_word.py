"""Word out, Word in: nothing changes by itself, and what people change is found at its place."""

import datetime as dt
import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from consult.domain.documents.word.placing import read_docx_edits
from consult.domain.documents.word.types import (
    Letterhead,
    Signatory,
    WordComment,
    WordDocument,
    WordEdits,
    WordSection,
)
from consult.domain.documents.word.writing import write_docx
from consult.kernel.office.errors import FileRefused, UnsupportedFormat
from consult.kernel.text.rich.markdown import from_markdown, to_markdown
from consult.kernel.text.rich.suggesting import apply, suggest
from tests.kernel.rich.making import chances, rich_text, without_evidence

RELATIONS = "word/_rels/document.xml.rels"
PROPOSAL = from_markdown(
    "Vi støtter [at lag får **fast** åpningstid]{e:p1}^[Vedtak 4/26.].\n\n### Unntak\n\n"
    "3. Jul\n    - Romjul\n\n    Også nyttår\n4. Påske\n\n> [Mii dárbbašit dan]{e:p2@se}\n\n"
    "Se [planen](https://example.no/plan?a=1&b=2)."
)
SECTIONS = (
    WordSection("innledning", "Innledning", from_markdown("Vi takker for brevet.")),
    WordSection("forslag-4.2", "Forslag 4.2 Åpningstid", PROPOSAL),
    WordSection("slutt", "Til slutt", from_markdown("Lykke til.\n\nVi bidrar gjerne."), level=2),
)


def written(sections: tuple[WordSection, ...] = SECTIONS, language: str = "nb") -> bytes:
    return write_docx(
        WordDocument(
            title="Høringssvar om åpningstid",
            author="Forbundet for alle",
            language=language,
            made_at=dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC),
            sections=sections,
            letterhead=Letterhead(
                ("Forbundet for alle", "Gata 1"),
                ("Departementet",),
                dt.date(2026, 11, 1),
                our_reference="26/12",
                your_reference="26/99",
            ),
            signatories=(Signatory("Ada Nord", "leder"), Signatory("Bo Sør", "", "Cai Vest")),
        )
    )


def changed(content: bytes, change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    """The file with another text in one of its parts."""
    result = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(result, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                data = change(data.decode()).encode()
            new.writestr(name, data)
    return result.getvalue()


def read(content: bytes, sections: tuple[WordSection, ...] = SECTIONS) -> WordEdits:
    return read_docx_edits(content, filename="svar.docx", sections=sections)


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def by_author(tag: str, content: str, author: str) -> str:
    return f'<w:{tag} w:id="9" w:author="{author}">{content}</w:{tag}>'


def test_letter_as_word_shows_it():
    word = docx.Document(BytesIO(written(language="nn")))
    shown = [(p.style.name if p.style else "", p.text) for p in word.paragraphs]
    assert shown[:4] == [
        ("Letterhead", "Forbundet for alle\nGata 1"),
        ("Normal", "Departementet"),
        ("Normal", shown[2][1]),
        ("Title", "Høringssvar om åpningstid"),
    ]
    assert "1. november 2026" in shown[2][1]
    assert shown[2][1].endswith("26/12")
    assert [style for style, _ in shown[4:16]] == [
        "Heading 1", "Normal", "Heading 1", "Normal", "Heading 3", "List Number", "List Bullet 2",
        "List Continue", "List Number", "Quote", "Normal", "Heading 2",
    ]  # fmt: skip
    assert next(words for style, words in shown if style == "Signatory") == "Ada Nord\nleder"
    assert shown[-1][1].startswith("Bo Sør\n")
    properties = word.core_properties
    assert (properties.title, properties.author, properties.language, properties.comments) == (
        "Høringssvar om åpningstid",
        "Forbundet for alle",
        "nn-NO",
        "",
    )


def test_an_unedited_file_comes_back_as_it_went():
    edits = read(written())
    assert (edits.missing, edits.unplaced) == ((), ())
    for sent, back in zip(SECTIONS, edits.sections, strict=True):
        assert (back.key, back.title) == (sent.key, sent.title)
        assert back.text == without_evidence(sent.text)
        assert suggest(sent.text, back.text) == ()


def test_any_text_comes_back_as_it_went():
    sections = tuple(
        WordSection(f"s{number}", f"Kapittel {number}", rich_text(chance), level=1 + number % 2)
        for number, chance in enumerate(chances(60))
    )
    edits = read(written(sections), sections)
    assert [back.text for back in edits.sections] == [
        without_evidence(sent.text) for sent in sections
    ]


def test_tracked_changes_are_read_as_the_final_text_with_their_authors():
    gone = by_author("del", "<w:r><w:delText>takker</w:delText></w:r>", "Dag Øst")
    new = by_author("ins", run("skriver"), "Eli Ås")
    paragraph_mark = '<w:pPr><w:rPr><w:del w:id="8" w:author="Eli Ås"/></w:rPr></w:pPr>'
    content = changed(
        written(),
        lambda xml: xml.replace(
            run("Vi takker for brevet."), run("Vi ") + gone + new + run(" om brevet.")
        ).replace(
            f'<w:pPr><w:pStyle w:val="Normal"/></w:pPr>{run("Lykke til.")}',
            f"{paragraph_mark}{run('Lykke til. ')}",
        ),
    )
    first, _, last = read(content).sections
    assert to_markdown(first.text) == "Vi skriver om brevet."
    assert first.authors == ("Dag Øst", "Eli Ås")
    assert to_markdown(last.text) == "Lykke til. Vi bidrar gjerne."
    (one,) = suggest(SECTIONS[0].text, first.text)
    assert apply(SECTIONS[0].text, one) == first.text


def test_comments_come_back_with_the_words_they_are_about():
    def comment(xml: str) -> str:
        start, end = '<w:commentRangeStart w:id="3"/>', '<w:commentRangeEnd w:id="3"/>'
        noted = run("Vi takker ") + start + run("for brevet.") + end
        return xml.replace(run("Vi takker for brevet."), noted)

    content = changed(written(), comment)
    comments = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:comment w:id="3" w:author="Dag Øst"><w:p><w:r><w:t>Hvilket brev?</w:t></w:r></w:p>'
        "</w:comment></w:comments>"
    )
    relation = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/comments" Target="comments.xml"/></Relationships>'
    )
    result = BytesIO(
        changed(
            content,
            lambda xml: xml.replace("</Relationships>", relation),
            part=RELATIONS,
        )
    )
    with ZipFile(result, "a") as archive:
        archive.writestr("word/comments.xml", comments)
    sections = read(result.getvalue()).sections
    assert sections[0].comments == (WordComment("Dag Øst", "Hvilket brev?", "for brevet."),)
    assert sections[1].comments == ()


def as_libreoffice(xml: str) -> str:
    """Bookmarks inside the paragraphs, words in several runs."""
    starts = re.compile(r"(<w:bookmarkStart [^>]*/>)(<w:p>(?:<w:pPr>.*?</w:pPr>)?)")
    xml = starts.sub(r"\2\1", xml)
    xml = re.sub(r"(</w:p>)(<w:bookmarkEnd [^>]*/>)", r"\2\1", xml)
    return xml.replace(run("Vi takker for brevet."), run("Vi takker ") + run("for brevet."))


def test_a_file_that_libreoffice_wrote_in_norwegian():
    names = {
        "heading 1": "Overskrift 1", "heading 2": "Overskrift 2", "heading 3": "Overskrift 3",
        "Heading 1": "Overskrift 1", "Heading 2": "Overskrift 2", "Heading 3": "Overskrift 3",
        "Quote": "Sitat", "List Bullet 2": "Punktliste 2", "List Number": "Nummerert liste",
        "Strong": "Sterk",
    }  # fmt: skip

    def renamed(xml: str) -> str:
        for old, new in names.items():
            xml = xml.replace(f'<w:name w:val="{old}"/>', f'<w:name w:val="{new}"/>')
        return xml

    content = changed(changed(written(), as_libreoffice), renamed, part="word/styles.xml")
    for sent, back in zip(SECTIONS, read(content).sections, strict=True):
        assert suggest(sent.text, back.text) == ()


def without_bookmarks(xml: str) -> str:
    return re.sub(r"<w:bookmark(Start|End) [^>]*/>", "", xml)


def test_sections_without_their_bookmarks_are_found_by_their_headings_and_their_order():
    content = changed(
        written(),
        lambda xml: (
            re.sub(r'<w:bookmarkStart w:id="[123]"[^>]*/>', "", xml)
            .replace("Forslag 4.2 Åpningstid", "Forslag 4.2 Åpningstider")
            .replace(">Til slutt<", ">Avslutning og vei videre<")
        ),
    )
    edits = read(content)
    assert [section.key for section in edits.sections] == ["innledning", "forslag-4.2", "slutt"]
    assert edits.sections[1].title == "Forslag 4.2 Åpningstider"
    assert (edits.missing, edits.unplaced) == ((), ())
    assert to_markdown(edits.sections[2].text) == "Lykke til.\n\nVi bidrar gjerne."


def test_what_cannot_be_placed_is_told():
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{}</w:p>'
    new = heading.format(run("Helt nytt kapittel")) + f"<w:p>{run('Nye ord.')}</w:p>"

    def rewrite(xml: str) -> str:
        begin = xml.index('<w:bookmarkStart w:id="3"')
        end = xml.index('<w:bookmarkStart w:id="4"')
        return xml[:begin] + new + xml[end:]

    edits = read(changed(written(), rewrite))
    assert edits.missing == ("slutt",)
    (unplaced,) = edits.unplaced
    assert (unplaced.key, unplaced.title, to_markdown(unplaced.text)) == (
        None,
        "Helt nytt kapittel",
        "Nye ord.",
    )
    assert without_evidence(PROPOSAL) == edits.sections[1].text


def test_every_word_of_a_table_comes_along():
    cells = "".join(f"<w:tc><w:p>{run(word)}</w:p></w:tc>" for word in ("Kveld", "Helg"))
    table = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    content = changed(written(), lambda xml: xml.replace('<w:bookmarkEnd w:id="1"/>', table, 1))
    assert to_markdown(read(content).sections[0].text) == "Vi takker for brevet.\n\nKveld\n\nHelg"


def test_links_to_anywhere_else_lose_their_address():
    content = changed(
        written(),
        lambda xml: xml.replace("https://example.no/plan?a=1&amp;b=2", "file:///etc/passwd"),
        part=RELATIONS,
    )
    assert to_markdown(read(content).sections[1].text).endswith("Se planen.")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Bare tekst",
        b"%PDF-1.7\n%%EOF",
        written()[:4000],
        changed(written(), lambda xml: "<!DOCTYPE x [<!ENTITY a 'b'>]>" + xml),
        changed(written(), lambda xml: xml[: len(xml) // 2]),
    ],
)
def test_hostile_and_broken_files_are_refused(content: bytes):
    with pytest.raises(FileRefused):
        read(content)
    assert issubclass(UnsupportedFormat, FileRefused)
