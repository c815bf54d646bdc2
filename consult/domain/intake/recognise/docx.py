"""Word documents (.docx) into drafts.

The markup is read as it stands: python-docx's paragraph view would lose tracked insertions, content
controls, text boxes and footnotes.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from docx.oxml.ns import qn

from consult.domain.intake.recognise.draft import Draft, DraftDocument, is_contents_style
from consult.domain.intake.recognise.runs import Run, drafts_of_runs, scale_drafts
from consult.domain.intake.types import IntakeWarning
from consult.kernel.office.container import Format
from consult.kernel.office.package import Package, open_package
from consult.kernel.office.styles import Numbering, Style, read_styles

_CONTAINERS = frozenset(
    qn(f"w:{name}")
    for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink",
                 "fldSimple", "dir", "bdo")
)  # fmt: skip
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset(qn(f"w:{name}") for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr"))
_BREAKS = {qn("w:tab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}


def read_docx(content: bytes, *, filename: str) -> DraftDocument:
    """The paragraphs of a Word document, headers first and footers last.

    Raises:
        UnreadableFile: the package or its markup is damaged.
    """
    with open_package(content, filename=filename) as package:
        return _Reader(package).read()


class _Reader:
    """One pass over a package."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = read_styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"))
        self._notes = {
            **self._read_notes("footnotes", "w:footnote"),
            **self._read_notes("endnotes", "w:endnote"),
        }
        self._tables = 0
        self._changes = False

    def read(self) -> DraftDocument:
        root = self._package.parse(self._package.main)
        body = root.find(qn("w:body"))
        if body is None:
            raise ValueError("no body")
        drafts = [*self._furniture(root, "header")]
        drafts += self._blocks(body)
        drafts += self._furniture(root, "footer")
        warnings = (IntakeWarning.TRACKED_CHANGES,) if self._changes else ()
        return DraftDocument(Format.DOCX, tuple(scale_drafts(drafts)), warnings=warnings)

    def _read_notes(self, part: str, tag: str) -> dict[tuple[str, str], str]:
        root = self._package.part(part)
        if root is None:
            return {}
        kind = tag.partition(":")[2]
        notes = {}
        for note in root.iter(qn(tag)):
            if note.get(qn("w:type")) in ("separator", "continuationSeparator"):
                continue
            texts = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in note.iter(qn("w:p")))
            notes[kind, note.get(qn("w:id"), "")] = " ".join(" ".join(texts).split())
        return notes

    def _furniture(self, root: Any, kind: str) -> Iterator[Draft]:
        seen: set[str] = set()
        for reference in root.iter(qn(f"w:{kind}Reference")):
            part = self._package.part_by_id(reference.get(qn("r:id"), ""))
            for draft in self._blocks(part) if part is not None else ():
                if draft.flat not in seen:
                    seen.add(draft.flat)
                    yield replace(draft, furniture=True, level=None)

    def _blocks(self, parent: Any, cell: tuple[int, int, int] | None = None) -> Iterator[Draft]:
        for child in parent:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child, cell)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag in _CONTAINERS and not _is_contents(child):
                yield from self._blocks(child, cell)

    def _table(self, table: Any) -> Iterator[Draft]:
        self._tables += 1
        number = self._tables
        for row_index, row in enumerate(_children(table, "w:tr")):
            for column, cell in enumerate(_children(row, "w:tc")):
                yield from self._blocks(cell, (number, row_index, column))

    def _paragraph(self, paragraph: Any, cell: tuple[int, int, int] | None) -> Iterator[Draft]:
        properties = paragraph.find(qn("w:pPr"))
        style = self._styles.of(properties)
        if is_contents_style(style.name):
            return
        boxes: list[Any] = []
        notes: list[str] = []
        runs = list(self._runs(paragraph, style, boxes, notes))
        base = self._base(properties, style, bool("".join(run.text for run in runs).strip()))
        base = replace(base, cell=cell, notes=tuple(note for note in notes if note))
        yield from drafts_of_runs(runs, base)
        for box in boxes:
            yield from self._blocks(box, cell)

    def _base(self, properties: Any, style: Style, has_text: bool) -> Draft:
        item = self._numbering.item(properties, style, count=has_text)
        level = style.heading
        if level is None and properties is not None:
            outline = properties.find(qn("w:outlineLvl"))
            value = int(outline.get(qn("w:val"), "9")) if outline is not None else 9
            level = value + 1 if value < 9 else None
        if level is not None:
            return Draft((), level=level, number=item.number if item else None)
        if item is None:
            return Draft(())
        return Draft((), list_level=item.level, number=item.number)

    def _runs(self, parent: Any, style: Style, boxes: list[Any], notes: list[str]) -> Iterator[Run]:
        for child in parent:
            if child.tag == qn("w:r"):
                yield self._run(child, style, boxes, notes)
            elif child.tag in (qn("w:del"), qn("w:moveFrom")):
                self._changes = True
            elif child.tag in _CONTAINERS:
                self._changes = self._changes or child.tag in (qn("w:ins"), qn("w:moveTo"))
                yield from self._runs(child, style, boxes, notes)

    def _run(self, run: Any, style: Style, boxes: list[Any], notes: list[str]) -> Run:
        looks = self._styles.looks(run.find(qn("w:rPr")), style)
        return Run("".join(self._texts(run, boxes, notes)), *looks)

    def _texts(self, run: Any, boxes: list[Any], notes: list[str]) -> Iterator[str]:
        for child in run:
            tag = child.tag
            if tag == qn("w:t"):
                yield child.text or ""
            elif tag in _BREAKS:
                yield _BREAKS[tag]
            elif tag == qn("w:br"):
                yield "\n" if child.get(qn("w:type")) in (None, "textWrapping") else ""
            elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
                kind = "footnote" if tag == qn("w:footnoteReference") else "endnote"
                notes.append(self._notes.get((kind, child.get(qn("w:id"), "")), ""))
            elif tag == qn("w:sym"):
                yield "•"
            elif tag not in _SKIPPED:
                boxes.extend(_text_boxes(child))


def _text_boxes(element: Any) -> Iterator[Any]:
    """Text boxes under an element, without the older copy that Word keeps beside each."""
    if element.tag == qn("w:txbxContent"):
        yield element
    elif element.tag != f"{_CHOICE}Fallback":
        for child in element:
            yield from _text_boxes(child)


def _is_contents(element: Any) -> bool:
    gallery = element.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def _children(element: Any, tag: str) -> Iterator[Any]:
    """Rows or cells, also those wrapped in content controls or tracked insertions."""
    for child in element:
        if child.tag == qn(tag):
            yield child
        elif child.tag in _CONTAINERS:
            yield from _children(child, tag)
