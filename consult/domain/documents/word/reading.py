"""The paragraphs of a Word file that comes back: as they would be with every change accepted.

Only markup is read. Word and LibreOffice write the same thing in different ways: styles under other
names, bookmarks inside paragraphs, text in several runs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from docx.oxml.ns import qn

from consult.domain.documents.word.types import WordComment
from consult.kernel.office.container import Format, tell_format
from consult.kernel.office.errors import UnreadableFile, UnsupportedFormat
from consult.kernel.office.package import Package, open_package
from consult.kernel.office.styles import Numbering, Style, read_styles
from consult.kernel.text.rich.types import (
    MAX_BLOCKS,
    MAX_DEPTH,
    Block,
    Break,
    Footnote,
    Inline,
    Kind,
    Marks,
    Text,
    is_allowed_link,
)

_OFF = ("0", "false", "off", "none")
_CONTAINERS = frozenset(
    qn(f"w:{name}")
    for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "fldSimple", "dir",
                 "bdo", "tbl", "tr", "tc")
)  # fmt: skip
_TRACKED = frozenset(qn(f"w:{name}") for name in ("ins", "del", "moveTo", "moveFrom"))
_GONE = frozenset(qn(f"w:{name}") for name in ("del", "moveFrom"))
_QUOTES = ("quote", "intense quote", "sitat", "sterkt sitat", "quotations", "blokksitat")
_CONTINUED = re.compile(r"(?:list continue|list_20_continue|liste - forts\.?)\s*(\d)?")
_STRONG = ("strong", "sterk", "strong emphasis", "sterk utheving")
_EMPHASIS = ("emphasis", "utheving", "utheva")
_LIST_INDENT = 360
_PROPERTIES = "docProps/core.xml"
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"


@dataclass(slots=True)
class Line:
    """One paragraph.

    Attributes:
        bookmarks: Those that begin before it or in it.
        heading: The level of its heading, from 1; ``None`` for others.
        block: Its words and its style; a heading's kind says nothing about its level.
        authors: Who tracked changes in it.
        comments: That begin in it.
    """

    block: Block
    heading: int | None = None
    bookmarks: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    comments: list[WordComment] = field(default_factory=list)


def read_lines(content: bytes, *, filename: str) -> list[Line]:
    """The paragraphs of a Word file, in order.

    Raises:
        FileRefused: it is no Word file, or one that must not be opened (its subclasses say why).
    """
    if tell_format(content, filename=filename) is not Format.DOCX:
        raise UnsupportedFormat(filename)
    with open_package(content, filename=filename) as package:
        return _Reader(package).read()


def read_identifier(content: bytes, *, filename: str) -> str:
    """What the file was called when it was written; empty where a program has dropped it.

    Raises:
        FileRefused: as :func:`read_lines`.
    """
    if tell_format(content, filename=filename) is not Format.DOCX:
        raise UnsupportedFormat(filename)
    try:
        with open_package(content, filename=filename) as package:
            root = package.parse(_PROPERTIES)
    except UnreadableFile:
        return ""
    return (root.findtext(_IDENTIFIER) or "").strip()


class _Reader:
    """One pass over a package."""

    def __init__(self, package: Package) -> None:
        self._root = package.parse(package.main)
        styles = package.part("styles")
        self._styles = read_styles(styles)
        self._characters = _character_styles(styles)
        self._numbering = Numbering(package.part("numbering"))
        self._notes = _read_notes(package)
        self._links = {key: one for key, one in package.links().items() if is_allowed_link(one)}
        self._comments = _read_comments(package.part("comments"))
        self._quoted: dict[str, list[str]] = {}  # the words that comments are about
        self._open: set[str] = set()  # comments whose words are not at an end
        self._lines: list[Line] = []
        self._bookmarks: list[str] = []  # that wait for their paragraph
        self._opened: list[str] = []  # comments that wait for their paragraph
        self._places: dict[str, Line] = {}
        self._carried: list[Inline] = []  # words of paragraphs whose end was taken away
        self._authors: list[str] = []

    def read(self) -> list[Line]:
        body = self._root.find(qn("w:body"))
        if body is None:
            raise ValueError("no body")
        self._read_blocks(body)
        if self._carried:
            self._lines.append(Line(Block(Kind.PARAGRAPH, tuple(self._carried))))
        for key, line in self._places.items():
            author, text = self._comments[key]
            quoted = "".join(self._quoted.get(key, []))
            line.comments.append(WordComment(author, text, " ".join(quoted.split())))
        return self._lines

    def _read_blocks(self, parent: Any) -> None:
        for child in parent:
            if child.tag == qn("w:p"):
                self._read_paragraph(child)
            elif child.tag in _CONTAINERS:
                self._read_blocks(child)
            else:
                self._note_place(child)

    def _read_paragraph(self, paragraph: Any) -> None:
        properties = paragraph.find(qn("w:pPr"))
        style = self._styles.of(properties)
        content = [*self._carried, *self._read_content(paragraph, None)]
        mark = properties.find(qn("w:rPr")) if properties is not None else None
        tracked = [] if mark is None else [one for one in mark if one.tag in _TRACKED]
        for one in tracked:
            self._note_author(one)
        if any(one.tag in _GONE for one in tracked):
            self._carried = content
            return
        self._carried = []
        line = self._line(properties, style, tuple(content))
        line.bookmarks, self._bookmarks = self._bookmarks, []
        line.authors, self._authors = self._authors, []
        for key in self._opened:
            self._places[key] = line
        self._opened = []
        self._lines.append(line)
        if len(self._lines) > 4 * MAX_BLOCKS:
            raise ValueError("too many paragraphs")

    def _line(self, properties: Any | None, style: Style, content: tuple[Inline, ...]) -> Line:
        block = Block(Kind.PARAGRAPH, content)
        item = self._numbering.item(properties, style, count=not block.is_empty)
        name = style.name.casefold().replace("_20_", " ").strip()
        if style.heading is not None:
            return Line(replace(block, kind=Kind.HEADING), max(style.heading, 1))
        if name.startswith(_QUOTES):
            return Line(replace(block, kind=Kind.QUOTE))
        if continued := _CONTINUED.fullmatch(name):
            depth = max(int(continued[1] or 1), _indented(properties))
            return Line(Block(Kind.CONTINUED, content, depth))
        if item is None:
            return Line(block)
        if item.number is None:
            return Line(Block(Kind.BULLET, content, item.level + 1))
        digits = re.search(r"\d+", item.number)
        start = int(digits[0]) if digits and len(digits[0]) < 5 else 1
        return Line(Block(Kind.NUMBER, content, item.level + 1, start))

    def _read_content(self, parent: Any, link: str | None) -> Iterator[Inline]:
        for child in parent:
            if child.tag == qn("w:r"):
                yield from self._read_run(child, link)
            elif child.tag == qn("w:hyperlink"):
                known = self._links.get(child.get(qn("r:id"), ""))
                yield from self._read_content(child, known)
            elif child.tag in _TRACKED:
                self._note_author(child)
                if child.tag not in _GONE:
                    yield from self._read_content(child, link)
            elif child.tag in _CONTAINERS:
                yield from self._read_content(child, link)
            else:
                self._note_place(child)

    def _read_run(self, run: Any, link: str | None) -> Iterator[Inline]:
        marks = self._marks(run.find(qn("w:rPr")), link)
        for child in run:
            tag = child.tag
            if tag == qn("w:t"):
                for key in self._open:
                    self._quoted[key].append(child.text or "")
                yield Text(child.text or "", marks)
            elif tag in (qn("w:tab"), qn("w:ptab")):
                yield Text(" ", marks)
            elif tag == qn("w:noBreakHyphen"):
                yield Text("\u2011", marks)
            elif tag == qn("w:cr") or (tag == qn("w:br") and _is_line_break(child)):
                yield Break()
            elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
                kind = tag.rpartition("}")[2].removesuffix("Reference")
                yield Footnote(self._notes.get((kind, child.get(qn("w:id"), "")), ""), marks)
            elif tag == qn("w:commentReference"):
                self._begin_comment(child.get(qn("w:id"), ""))

    def _marks(self, properties: Any | None, link: str | None) -> Marks:
        strong = emphasis = False
        if properties is None:
            return Marks(link=link)
        named = properties.find(qn("w:rStyle"))
        if named is not None:
            name = self._characters.get(named.get(qn("w:val"), ""), "")
            strong, emphasis = name in _STRONG, name in _EMPHASIS
        bold, italic = properties.find(qn("w:b")), properties.find(qn("w:i"))
        if bold is not None:
            strong = bold.get(qn("w:val")) not in _OFF
        if italic is not None:
            emphasis = italic.get(qn("w:val")) not in _OFF
        return Marks(strong=strong, emphasis=emphasis, link=link)

    def _note_author(self, element: Any) -> None:
        author = " ".join(element.get(qn("w:author"), "").split())[:200]
        if author and author not in self._authors:
            self._authors.append(author)

    def _note_place(self, element: Any) -> None:
        """Take note of a bookmark that begins here, or of a comment that begins or ends."""
        if element.tag == qn("w:bookmarkStart"):
            self._bookmarks.append(element.get(qn("w:name"), ""))
            return
        key = element.get(qn("w:id"), "")
        if element.tag == qn("w:commentRangeStart") and self._begin_comment(key):
            self._open.add(key)
        elif element.tag == qn("w:commentRangeEnd"):
            self._open.discard(key)

    def _begin_comment(self, key: str) -> bool:
        """Take note of a comment at its place; says whether it is new."""
        is_new = key in self._comments and key not in self._quoted
        if is_new:
            self._quoted[key] = []
            self._opened.append(key)
        return is_new


def _is_line_break(element: Any) -> bool:
    return element.get(qn("w:type")) in (None, "textWrapping")


def _indented(properties: Any | None) -> int:
    """How many levels of a list a paragraph is indented by."""
    indent = properties.find(qn("w:ind")) if properties is not None else None
    left = "" if indent is None else indent.get(qn("w:left")) or indent.get(qn("w:start")) or ""
    return min(round(int(left) / _LIST_INDENT), MAX_DEPTH) if left.isdigit() else 0


def _character_styles(root: Any | None) -> dict[str, str]:
    """The names of character styles, folded, by their ids."""
    names = {}
    for style in root.iter(qn("w:style")) if root is not None else ():
        name = style.find(qn("w:name"))
        if style.get(qn("w:type")) == "character" and name is not None:
            folded = name.get(qn("w:val"), "").casefold().replace("_20_", " ")
            names[style.get(qn("w:styleId"), "")] = folded
    return names


def _read_notes(package: Package) -> dict[tuple[str, str], str]:
    """The texts of footnotes and endnotes as they would be with every change accepted."""
    notes = {}
    for kind in ("footnote", "endnote"):
        root = package.part(f"{kind}s")
        for note in root.iter(qn(f"w:{kind}")) if root is not None else ():
            texts = (
                word.text or ""
                for word in note.iter(qn("w:t"))
                if not any(above.tag in _GONE for above in word.iterancestors())
            )
            notes[kind, note.get(qn("w:id"), "")] = "".join(texts)
    return notes


def _read_comments(root: Any | None) -> dict[str, tuple[str, str]]:
    """Author and text of each comment by its id."""
    found = {}
    for comment in root.iter(qn("w:comment")) if root is not None else ():
        paragraphs = (
            "".join(word.text or "" for word in paragraph.iter(qn("w:t")))
            for paragraph in comment.iter(qn("w:p"))
        )
        author = " ".join(comment.get(qn("w:author"), "").split())[:200]
        found[comment.get(qn("w:id"), "")] = (author, "\n".join(paragraphs).strip())
    return found
