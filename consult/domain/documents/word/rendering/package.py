"""The Word file around a document: its styles, pictures, links, lists and footnotes.

Nothing in it tells when or where it was made: the same document gives the same bytes.
"""

from datetime import datetime, time
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from consult.domain.documents.types import Document
from consult.domain.documents.word.rendering.look import (
    LIST_DEPTH,
    Style,
    defaults_markup,
    style_markup,
    styles,
    table_styles_markup,
)
from consult.domain.documents.word.rendering.markup import Picture, clean, language_tag
from consult.kernel.office.settling import settle_package

BULLETS = 1
"""The id of the list that all bullets belong to."""

_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")
_LONGEST = 255  # characters of a property
_INDENT = 360  # twentieths of a point
_APART = 2  # sections that begin on a page of their own: the cover and what follows it
_UNSAID = "comments", "subject", "keywords", "category", "content_status", "version"


class _Footnotes(Part):
    """The part of the package that holds the notes; links in them are its own."""

    def __init__(self, package: Any) -> None:
        super().__init__(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, b"", package)
        self.notes: list[str] = []

    @property
    def blob(self) -> bytes:
        """The notes as the file has them; Word wants its two separators among them."""
        separators = "".join(
            f'<w:footnote w:type="{name}" w:id="{number}"><w:p><w:r><w:{name}/></w:r></w:p>'
            "</w:footnote>"
            for number, name in ((-1, "separator"), (0, "continuationSeparator"))
        )
        inside = f"{separators}{''.join(self.notes)}"
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return f"{head}<w:footnotes {_NAMESPACES}>{inside}</w:footnotes>".encode()


class Package:
    """A Word file being written."""

    def __init__(self, document: Document, *, on_colour: bool, chapters_apart: bool) -> None:
        self._word = docx.Document()
        self._part = self._word.part
        self._footnotes = _Footnotes(self._part.package)
        self._head, self._foot = self._running()
        self._sections = 0
        self._lists = BULLETS
        self._pictures = 0
        self._starts: list[int] = []
        self._ids: dict[str, str] = {}
        self._set_styles(
            styles(on_colour=on_colour, chapters_apart=chapters_apart), document.language
        )
        self._set_properties(document)
        self._set_settings()

    def style(self, name: str) -> str:
        """The id of a style in this file."""
        return self._ids[name]

    def link(self, address: str, *, in_note: bool = False) -> str:
        """The relation that leads to an address."""
        part = self._footnotes if in_note else self._part
        relation: str = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return relation

    def picture(self, content: bytes, *, width: float, alternative: str) -> Picture:
        """Take in a picture that shall be so many millimetres wide."""
        relation, image = self._part.get_or_add_image(BytesIO(content))
        self._pictures += 1
        height = width * image.px_height / image.px_width
        return Picture(relation, self._pictures, width, height, alternative)

    def begin_numbers(self) -> int:
        """The id of a list that counts from one."""
        self._lists += 1
        self._starts.append(self._lists)
        return self._lists

    def add_note(self, note: str) -> None:
        """Take in a footnote."""
        self._footnotes.notes.append(note)

    def end_section(self, *, columns: int = 1, running: bool = True) -> str:
        """The pages of the part that ends here: A4, in so many columns, with head and foot or not.

        The part after the first begins on a new page, those after it where the one before ends.
        """
        self._sections += 1
        references = "".join(
            f'<w:{kind}Reference w:type="default" r:id="{relation}"/>'
            for kind, (relation, _) in (("header", self._head), ("footer", self._foot))
        )
        apart = f'<w:cols w:num="{columns}" w:space="500"/>' if columns > 1 else "<w:cols/>"
        going_on = '<w:type w:val="continuous"/>' if self._sections > _APART else ""
        return (
            f"<w:sectPr>{references if running else ''}{going_on}"
            '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1587" w:right="1587" '
            'w:bottom="1474" w:left="1587" w:header="794" w:footer="737" w:gutter="0"/>'
            f"{apart}</w:sectPr>"
        )

    def finish(self, body: str, *, head: str, foot: str) -> bytes:
        """The file with these blocks, running head and foot."""
        if self._footnotes.notes:
            self._part.relate_to(self._footnotes, RELATIONSHIP_TYPE.FOOTNOTES)
        self._set_lists()
        for (_, element), content in ((self._head, head), (self._foot, foot)):
            element[:] = list(parse_xml(f"<w:hdr {_NAMESPACES}>{content}</w:hdr>"))
        inside = f"{body}{self.end_section()}"
        written = parse_xml(f"<w:body {_NAMESPACES}>{inside}</w:body>")
        self._part.element.body[:] = list(written)
        file = BytesIO()
        self._word.save(file)
        return settle_package(file.getvalue())

    def _running(self) -> tuple[tuple[str, Any], tuple[str, Any]]:
        """Empty parts for what stands above and below the text: their relations and contents."""
        parts = []
        adding: tuple[Any, ...] = (self._part.add_header_part, self._part.add_footer_part)
        for add in adding:
            part, relation = add()
            parts.append((relation, part.element))
        return parts[0], parts[1]

    def _set_styles(self, wanted: tuple[Style, ...], language: str) -> None:
        """Exactly our styles: those of the library's own template are not wanted."""
        self._ids = {one.name: one.key for one in wanted}
        inside = "".join(
            (
                defaults_markup(language),
                *(style_markup(one, self._ids) for one in wanted),
                table_styles_markup(),
            )
        )
        element = self._word.styles.element
        element[:] = list(parse_xml(f"<w:styles {_NAMESPACES}>{inside}</w:styles>"))

    def _set_lists(self) -> None:
        element = self._part.numbering_part.element
        forms = (("bullet", _bullet), ("decimal", lambda depth: f"%{depth + 1}."))
        definitions = [
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
            + "".join(_level(depth, name, mark(depth)) for depth in range(LIST_DEPTH))
            + "</w:abstractNum>"
            for number, (name, mark) in enumerate(forms)
        ]
        restart = "".join(
            f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="1"/></w:lvlOverride>'
            for depth in range(LIST_DEPTH)
        )
        lists = [f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>'] + [
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/>{restart}</w:num>'
            for number in self._starts
        ]
        inside = "".join(definitions + lists)
        element[:] = list(parse_xml(f"<w:numbering {_NAMESPACES}>{inside}</w:numbering>"))

    def _set_properties(self, document: Document) -> None:
        properties = self._word.core_properties
        for name in _UNSAID:
            setattr(properties, name, "")
        properties.title = clean(document.title)[:_LONGEST]
        properties.subject = clean(document.description or document.subtitle)[:_LONGEST]
        properties.keywords = clean(", ".join(document.keywords))[:_LONGEST]
        properties.author = properties.last_modified_by = clean(document.publisher)[:_LONGEST]
        properties.language = language_tag(document.language)
        properties.created = properties.modified = datetime.combine(document.date, time(12))
        properties.revision = 1
        package = self._part.package
        thumbnails = RELATIONSHIP_TYPE.THUMBNAIL  # a picture of the library's own template
        for key in [key for key, one in package.rels.items() if one.reltype == thumbnails]:
            package.rels.pop(key)

    def _set_settings(self) -> None:
        """Word 2013 and later: nobody is told of a compatibility mode. Words may be divided."""
        inside = (
            '<w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/><w:autoHyphenation/>'
            '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting '
            'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
            'w:val="15"/></w:compat>'
        )
        element = self._word.settings.element
        element[:] = list(parse_xml(f"<w:settings {_NAMESPACES}>{inside}</w:settings>"))


def _bullet(depth: int) -> str:
    return "–" if depth % 2 else "•"


def _level(depth: int, form: str, mark: str) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/><w:pPr><w:ind '
        f'w:left="{_INDENT * (depth + 1)}" w:hanging="{_INDENT}"/></w:pPr></w:lvl>'
    )
