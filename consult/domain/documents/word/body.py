"""Rich text into the markup of a Word document: paragraphs, lists, links and footnotes.

The elements are made directly: python-docx would look every style up by its name again.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

from consult.kernel.text.rich.types import (
    MAX_DEPTH,
    Block,
    Break,
    Footnote,
    Inline,
    Kind,
    Marks,
    Text,
)

_BULLETS, _NUMBERS = 90, 91
_FIRST_LIST = 100
_INDENT = 360
"""One level of a list, in twentieths of a point."""
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_LIST_STYLES = {
    Kind.BULLET: "ListBullet",
    Kind.NUMBER: "ListNumber",
    Kind.CONTINUED: "ListContinue",
}
LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "se": "se-NO", "smj": "smj-NO", "sma": "sma-NO",
             "en": "en-GB"}  # fmt: skip


class Body:
    """The body of a document being written."""

    def __init__(self, document: Any) -> None:
        self._part = document.part
        self._end = document.element.body.sectPr
        self._numbering = document.part.numbering_part.element
        self._notes: list[Any] = []
        self._bookmarks = 0
        self._lists = _FIRST_LIST
        self._open: list[tuple[Kind, int]] = []  # the lists that stand open and their ids
        self._prepare_lists()

    def add_paragraph(self, style: str, content: Iterable[Inline], *, keep: bool = False) -> None:
        """Add a paragraph; ``keep`` holds it on the page of the next."""
        properties = OxmlElement("w:pPr")
        _add_value(properties, "w:pStyle", style)
        if keep:
            properties.append(OxmlElement("w:keepNext"))
        self._add(properties, content)

    def add_lines(self, style: str, lines: Sequence[str]) -> None:
        """Add plain lines as one paragraph."""
        content: list[Inline] = []
        for line in filter(None, lines):
            content += [*([Break()] if content else []), Text(line)]
        self.add_paragraph(style, content)

    def add_blocks(self, blocks: Iterable[Block], *, level: int) -> None:
        """Add a text whose headings stand below one of this level."""
        for block in blocks:
            if block.depth:
                self._add_item(block)
                continue
            self._open = []
            style = {
                Kind.HEADING: f"Heading{level + 1}",
                Kind.SUBHEADING: f"Heading{level + 2}",
                Kind.QUOTE: "Quote",
            }.get(block.kind, "Normal")
            self.add_paragraph(style, block.content)
        self._open = []

    def begin_bookmark(self, name: str) -> int:
        """Begin a bookmark here; returns what ends it."""
        self._bookmarks += 1
        start = OxmlElement("w:bookmarkStart")
        start.set(qn("w:id"), str(self._bookmarks))
        start.set(qn("w:name"), name)
        self._end.addprevious(start)
        return self._bookmarks

    def end_bookmark(self, number: int) -> None:
        """End a bookmark here."""
        end = OxmlElement("w:bookmarkEnd")
        end.set(qn("w:id"), str(number))
        self._end.addprevious(end)

    def finish(self) -> None:
        """Put the footnotes into the package; Word wants its two separators among them."""
        if not self._notes:
            return
        root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for number, name in ((-1, "separator"), (0, "continuationSeparator")):
            root.append(
                parse_xml(
                    f'<w:footnote {nsdecls("w")} w:type="{name}" w:id="{number}">'
                    f"<w:p><w:r><w:{name}/></w:r></w:p></w:footnote>"
                )
            )
        root.extend(self._notes)
        name = PackURI("/word/footnotes.xml")
        part = Part(name, _FOOTNOTES_TYPE, serialize_part_xml(root), self._part.package)
        self._part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def _add(self, properties: Any, content: Iterable[Inline]) -> None:
        paragraph = OxmlElement("w:p")
        paragraph.append(properties)
        for part in content:
            marks = Marks() if isinstance(part, Break) else part.marks
            run = self._run(part, marks)
            if marks.link is None:
                paragraph.append(run)
                continue
            link = OxmlElement("w:hyperlink")
            relation = self._part.relate_to(
                marks.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
            link.set(qn("r:id"), relation)
            link.append(run)
            paragraph.append(link)
        self._end.addprevious(paragraph)

    def _run(self, part: Inline, marks: Marks) -> Any:
        run = OxmlElement("w:r")
        properties = OxmlElement("w:rPr")
        if isinstance(part, Footnote):
            _add_value(properties, "w:rStyle", "FootnoteReference")
        elif marks.link:
            _add_value(properties, "w:rStyle", "Hyperlink")
        for wanted, name in ((marks.strong, "w:b"), (marks.emphasis, "w:i")):
            if wanted:
                properties.append(OxmlElement(name))
        languages = {one.language for one in marks.evidence if one.language}
        if len(languages) == 1:
            language = languages.pop() or ""
            _add_value(properties, "w:lang", LANGUAGES.get(language, language))
        if len(properties):
            run.append(properties)
        if isinstance(part, Break):
            run.append(OxmlElement("w:br"))
        elif isinstance(part, Text):
            run.append(_words(part.text))
        else:
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(self._note(part.text)))
            run.append(reference)
        return run

    def _note(self, text: str) -> int:
        number = len(self._notes) + 1
        note = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{number}"><w:p><w:pPr>'
            '<w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr>'
            '<w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
            "<w:r/></w:p></w:footnote>"
        )
        note.findall(f".//{qn('w:r')}")[-1].append(_words(f" {text}"))
        self._notes.append(note)
        return number

    def _add_item(self, block: Block) -> None:
        suffix = f"{block.depth}" if block.depth > 1 else ""
        properties = OxmlElement("w:pPr")
        _add_value(properties, "w:pStyle", f"{_LIST_STYLES[block.kind]}{suffix}")
        if block.kind is Kind.CONTINUED:
            del self._open[block.depth :]
        else:
            numbering = OxmlElement("w:numPr")
            _add_value(numbering, "w:ilvl", str(block.depth - 1))
            _add_value(numbering, "w:numId", str(self._list_of(block)))
            properties.append(numbering)
        indent = OxmlElement("w:ind")
        indent.set(qn("w:left"), str(_INDENT * block.depth))
        if block.kind is not Kind.CONTINUED:
            indent.set(qn("w:hanging"), str(_INDENT))
        else:
            indent.set(qn("w:firstLine"), "0")
        properties.append(indent)
        self._add(properties, block.content)

    def _list_of(self, block: Block) -> int:
        """The id of the list that an item belongs to; each list is numbered by itself."""
        going_on = self._open[block.depth - 1 : block.depth]
        del self._open[block.depth :]
        if going_on and going_on[0][0] is block.kind:
            return going_on[0][1]
        self._lists += 1
        abstract = _BULLETS if block.kind is Kind.BULLET else _NUMBERS
        self._numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self._lists}"><w:abstractNumId '
                f'w:val="{abstract}"/><w:lvlOverride w:ilvl="{block.depth - 1}">'
                f'<w:startOverride w:val="{block.start}"/></w:lvlOverride></w:num>'
            )
        )
        self._open[block.depth - 1 :] = [(block.kind, self._lists)]
        return self._lists

    def _prepare_lists(self) -> None:
        first = self._numbering.find(qn("w:num"))
        for number, form in ((_BULLETS, "bullet"), (_NUMBERS, "decimal")):
            levels = "".join(
                f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
                f'<w:lvlText w:val="{"•" if number == _BULLETS else f"%{depth + 1}."}"/>'
                f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{_INDENT * (depth + 1)}" '
                f'w:hanging="{_INDENT}"/></w:pPr></w:lvl>'
                for depth in range(MAX_DEPTH)
            )
            definition = parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
                f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            )
            if first is None:
                self._numbering.append(definition)
            else:
                first.addprevious(definition)


def _add_value(parent: Any, name: str, value: str) -> None:
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    parent.append(element)


def _words(text: str) -> Any:
    words = OxmlElement("w:t")
    words.set(qn("xml:space"), "preserve")
    words.text = text
    return words
