"""Word documents as people make them: numbering, tracked changes, notes, controls, headers."""

import io
import re
import zipfile

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from consult.domain.intake.recognise import recognise
from consult.domain.intake.types import BlockRole, IntakeWarning

LONG = (
    "Vi mener at forslaget er godt, men at det bør få virke i to år før noen vurderer det på nytt."
)


def read(document, change=None):
    out = io.BytesIO()
    document.save(out)
    content = out.getvalue()
    if change:
        content = change(content)
    return recognise(content, filename="svar.docx", limit_bytes=5_000_000)


def found(document, *roles):
    return [(b.role, b.level, b.number, b.text) for b in document.blocks if b.role in roles]


def add_xml(document, markup):
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(markup.replace("<w:p>", f"<w:p {nsdecls('w', 'r')}>", 1)))


def numbered(document, text, number_id, level=0):
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    numbering = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", level), ("w:numId", number_id)):
        element = OxmlElement(tag)
        element.set(qn("w:val"), str(value))
        numbering.append(element)
    properties.append(numbering)
    return paragraph


def define_numbering(document, identifier, levels):
    root = document.part.numbering_part.element
    markup = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    abstract = (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identifier}">{markup}</w:abstractNum>'
    )
    root.insert(0, parse_xml(abstract))
    root.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{identifier}">'
            f'<w:abstractNumId w:val="{identifier}"/></w:num>'
        )
    )


def test_numbers_are_counted_as_word_shows_them():
    document = Document()
    define_numbering(document, 901, [("decimal", "%1."), ("lowerLetter", "%2)"), ("bullet", "o")])
    for text, level in (
        ("Første", 0),
        ("Under", 1),
        ("Mer", 1),
        ("Dypt", 2),
        ("Andre", 0),
        ("Ny", 1),
    ):
        numbered(document, f"{text} krav som vi stiller.", 901, level)
    assert [(level, number) for _, level, number, _ in found(read(document), BlockRole.BULLET)] == [
        (0, "1."),
        (1, "a)"),
        (1, "b)"),
        (2, None),
        (0, "2."),
        (1, "a)"),
    ]


def test_numbered_heading_styles_get_their_numbers():
    document = Document()
    define_numbering(document, 902, [("decimal", "%1"), ("decimal", "%1.%2")])
    for text, level in (
        ("Innledning", 0),
        ("Merknader", 0),
        ("Til fristen", 1),
        ("Til gebyret", 1),
    ):
        heading = numbered(document, text, 902, level)
        heading.style = document.styles[f"Heading {level + 1}"]
        document.add_paragraph(LONG)
    assert [(number, text) for _, _, number, text in found(read(document), BlockRole.HEADING)] == [
        ("1", "Innledning"),
        ("2", "Merknader"),
        ("2.1", "Til fristen"),
        ("2.2", "Til gebyret"),
    ]


def test_typed_marks_count_as_bullets():
    document = Document()
    document.add_paragraph("Vi mener:")
    for line in (
        "- Kortere frister",
        "o Særlig om sommeren",
        "o Og i jula",
        "- Lavere gebyr",
        "• Klagerett",
    ):
        document.add_paragraph(line)
    levels = [(level, text) for _, level, _, text in found(read(document), BlockRole.BULLET)]
    assert levels[:4] == [
        (0, "Kortere frister"),
        (1, "Særlig om sommeren"),
        (1, "Og i jula"),
        (0, "Lavere gebyr"),
    ]


def test_tracked_changes_read_as_accepted():
    document = Document()
    add_xml(
        document,
        "<w:p><w:r><w:t xml:space='preserve'>Vi støtter </w:t></w:r>"
        "<w:del w:id='1' w:author='x'><w:r><w:delText>ikke </w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='x'><w:r><w:t xml:space='preserve'>fullt ut </w:t></w:r></w:ins>"
        "<w:r><w:t>forslaget.</w:t></w:r></w:p>",
    )
    result = read(document)
    assert [text for *_, text in found(result, BlockRole.PARAGRAPH)] == [
        "Vi støtter fullt ut forslaget."
    ]
    assert IntakeWarning.TRACKED_CHANGES in result.warnings


def test_links_controls_and_text_boxes_keep_their_text():
    document = Document()
    add_xml(
        document,
        "<w:p><w:r><w:t xml:space='preserve'>Se </w:t></w:r><w:hyperlink w:anchor='a'>"
        "<w:r><w:t>rapporten"
        "</w:t></w:r></w:hyperlink><w:sdt><w:sdtContent><w:r><w:t xml:space='preserve"
        "'> om tilsyn.</w:t></w:r></w:sdtContent></w:sdt></w:p>",
    )
    add_xml(
        document,
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Avsnitt i et felt.</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>",
    )
    add_xml(
        document,
        "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Tekst i en boks.</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r></w:p>",
    )
    assert [text for *_, text in found(read(document), BlockRole.PARAGRAPH)] == [
        "Se rapporten om tilsyn.",
        "Avsnitt i et felt.",
        "Tekst i en boks.",
    ]


def _with_note(content):
    relation = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    note = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Se NOU 2031: 4.</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "word/_rels/document.xml.rels":
                data = re.sub(rb"</Relationships>", relation.encode(), data)
            new.writestr(item, data)
        new.writestr("word/footnotes.xml", note)
    return out.getvalue()


def test_footnotes_follow_their_paragraph_in_brackets():
    document = Document()
    add_xml(
        document,
        "<w:p><w:r><w:t>Dette er godt begrunnet.</w:t></w:r>"
        "<w:r><w:footnoteReference w:id='2'/></w:r></w:p>",
    )
    texts = [text for *_, text in found(read(document, _with_note), BlockRole.PARAGRAPH)]
    assert texts == ["Dette er godt begrunnet. [Se NOU 2031: 4.]"]


def test_headers_and_footers_are_furniture():
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Granli kommune"
    document.sections[0].footer.paragraphs[0].text = "Side 1"
    document.add_paragraph(LONG)
    result = read(document)
    assert [text for *_, text in found(result, BlockRole.PAGE_FURNITURE)] == [
        "Granli kommune",
        "Side 1",
    ]
    assert result.sender == "Granli kommune"


def test_contents_are_left_out_and_broken_links_do_not_matter():
    document = Document()
    document.styles.add_style("TOC 1", 1)
    document.add_paragraph("Innledning\t3", style="TOC 1")
    document.add_paragraph(LONG)

    def break_link(content):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
            for item in old.infolist():
                if item.filename != "word/theme/theme1.xml":
                    new.writestr(item, old.read(item))
        return out.getvalue()

    result = read(document, break_link)
    assert [block.text for block in result.blocks] == [LONG]


@pytest.mark.parametrize("break_after", [True, False])
def test_bold_starts_are_headings(break_after):
    document = Document()
    for topic in ("Frister", "Gebyrer"):
        paragraph = document.add_paragraph()
        paragraph.add_run(topic if break_after else f"{topic}: ").bold = True
        if break_after:
            paragraph.add_run().add_break()
        paragraph.add_run(LONG)
    result = read(document)
    assert [text.rstrip(":") for *_, text in found(result, BlockRole.HEADING)] == [
        "Frister",
        "Gebyrer",
    ]
    assert [text for *_, text in found(result, BlockRole.PARAGRAPH)] == [LONG, LONG]


def test_strict_documents_are_read():
    document = Document()
    document.add_paragraph(LONG)

    def strict(content):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
            for item in old.infolist():
                data = old.read(item).replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                )
                new.writestr(item, data)
        return out.getvalue()

    assert [block.text for block in read(document, strict).blocks] == [LONG]
