"""A document as a Word file that its readers can edit as any other (.docx)."""

from io import BytesIO
from typing import Any

import docx
from babel.dates import format_date
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm, Pt, RGBColor

from consult.domain.documents.word.body import LANGUAGES, Body
from consult.domain.documents.word.types import END, Letterhead, Signatory, WordDocument
from consult.kernel.i18n import choose_locale, translator
from consult.kernel.text.rich.types import MAX_DEPTH, Text

_INK = RGBColor(0x1E, 0x2B, 0x3C)


def write_docx(document: WordDocument) -> bytes:
    """The document as a file; each section stands in a bookmark that finds it again."""
    word = docx.Document()
    _set_styles(word, LANGUAGES.get(document.language, document.language))
    _set_properties(word, document)
    body = Body(word)
    if document.letterhead is not None:
        _write_letterhead(body, document.letterhead, document.language)
    body.add_paragraph("Title", [Text(document.title)])
    for section in document.sections:
        bookmark = body.begin_bookmark(section.bookmark)
        if section.title:
            body.add_paragraph(f"Heading{section.level}", [Text(section.title)], keep=True)
        body.add_blocks(section.text.blocks, level=section.level)
        if not section.title and section.text.is_empty:
            body.add_paragraph("Normal", [])
        body.end_bookmark(bookmark)
    bookmark = body.begin_bookmark(END)
    _write_signatories(body, document.signatories, document.language)
    body.end_bookmark(bookmark)
    body.finish()
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _write_letterhead(body: Body, head: Letterhead, language: str) -> None:
    _ = translator(choose_locale(language)).gettext
    body.add_lines("Letterhead", head.sender)
    body.add_lines("Normal", head.recipient)
    date = format_date(head.date, format="long", locale=choose_locale(language))
    references = [_("Date: %(date)s") % {"date": date}]
    if head.your_reference:
        references.append(_("Your reference: %(reference)s") % {"reference": head.your_reference})
    if head.our_reference:
        references.append(_("Our reference: %(reference)s") % {"reference": head.our_reference})
    body.add_lines("Normal", references)


def _write_signatories(body: Body, signatories: tuple[Signatory, ...], language: str) -> None:
    _ = translator(choose_locale(language)).gettext
    if signatories:
        body.add_paragraph("Normal", [Text(_("Yours sincerely"))], keep=True)
    for one in signatories:
        lines = [one.name, one.title]
        if one.on_behalf_of:
            lines.append(_("for %(name)s") % {"name": one.on_behalf_of})
        body.add_lines("Signatory", lines)


def _set_properties(word: Any, document: WordDocument) -> None:
    properties = word.core_properties
    properties.title = document.title
    properties.author = properties.last_modified_by = document.author
    properties.identifier = document.identifier
    properties.comments = properties.keywords = properties.subject = ""
    properties.language = LANGUAGES.get(document.language, document.language)
    made_at = document.made_at.replace(tzinfo=None)
    properties.created = properties.modified = made_at
    properties.revision = 1
    package = word.part.package
    for key in [
        key for key, one in package.rels.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL
    ]:
        package.rels.pop(key)  # a picture of the library's own template


def _set_styles(word: Any, language: str) -> None:
    """A4, quiet headings, the language, and the styles that the library's template lacks."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = Cm(2.5)
    styles = word.styles
    styles["Normal"].font.name = "Calibri"
    styles["Normal"].font.size = Pt(11)
    styles["Normal"].paragraph_format.space_after = Pt(8)
    styles["Title"].font.size = Pt(20)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4"):
        styles[name].font.color.rgb = _INK
        styles[name].font.italic = False
    kinds = WD_STYLE_TYPE
    note = styles.add_style("footnote text", kinds.PARAGRAPH)
    note.element.styleId, note.font.size = "FootnoteText", Pt(9.5)
    reference = styles.add_style("footnote reference", kinds.CHARACTER)
    reference.element.styleId, reference.font.superscript = "FootnoteReference", True
    link = styles.add_style("Hyperlink", kinds.CHARACTER).font
    link.underline, link.color.rgb = True, RGBColor(0x05, 0x4F, 0x9E)
    styles.add_style("Letterhead", kinds.PARAGRAPH).font.bold = True
    signatory = styles.add_style("Signatory", kinds.PARAGRAPH).paragraph_format
    signatory.space_before, signatory.keep_together = Pt(24), True
    for name in ("List Bullet", "List Number", "List Continue"):
        for depth in range(4, MAX_DEPTH + 1):
            styles.add_style(f"{name} {depth}", kinds.PARAGRAPH)
    for style in styles:
        if style.type == kinds.PARAGRAPH and style.base_style is None and style.name != "Normal":
            style.base_style = styles["Normal"]
    defaults = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    known = defaults.find(qn("w:lang"))
    if known is None:
        known = OxmlElement("w:lang")
        defaults.append(known)
    known.set(qn("w:val"), language)
    _add_page_numbers(section.footer)


def _add_page_numbers(footer: Any) -> None:
    field = parse_xml(
        f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    )
    footer.paragraphs[0]._p.append(field)
