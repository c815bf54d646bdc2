"""OpenDocument texts (.odt) into drafts. The only module that knows odfdo."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from odfdo import Document

from consult.domain.intake.errors import UnreadableFile
from consult.domain.intake.recognise.draft import (
    Draft,
    DraftDocument,
    is_contents_style,
)
from consult.domain.intake.recognise.runs import Run, drafts_of_runs, scale_drafts
from consult.domain.intake.types import IntakeWarning
from consult.kernel.office.container import Format
from consult.kernel.office.numbers import to_letters, to_roman
from consult.kernel.office.style_names import heading_level_of_style, is_list_style

_TRANSPARENT = frozenset(
    ("text:section", "text:numbered-paragraph", "office:text", "text:list-header", "draw:text-box",
     "style:header", "style:footer", "style:header-first", "style:footer-first")
)  # fmt: skip
_INLINE = frozenset(
    ("text:span", "text:a", "text:meta", "text:meta-field", "text:ruby", "text:ruby-base",
     "text:bookmark-ref", "text:placeholder", "text:text-input", "text:sequence", "text:title",
     "text:date", "text:user-defined", "text:author-name", "text:subject", "text:conditional-text")
)  # fmt: skip
_SPACES = {"text:tab": "\t", "text:line-break": "\n"}
_ROWS = ("table:table-header-rows", "table:table-rows", "table:table-row-group")
_FORMS = {"a": to_letters, "i": to_roman}


@dataclass(frozen=True, slots=True)
class _Style:
    """A style with what it inherits; ``size`` in points."""

    name: str = ""
    heading: int | None = None
    list_level: int | None = None
    list_style: str = ""
    bold: bool = False
    underlined: bool = False
    size: float = 12.0


def read_odt(content: bytes, *, filename: str) -> DraftDocument:
    """The paragraphs of an OpenDocument text, headers first and footers last.

    Raises:
        UnreadableFile: the package or its markup is damaged.
    """
    try:
        document = Document(BytesIO(content))
        return _Reader(document).read()
    except UnreadableFile:
        raise
    except Exception as error:
        raise UnreadableFile(filename, f"{type(error).__name__} in the package") from error


class _Reader:
    """One pass over a document."""

    def __init__(self, document: Any) -> None:
        self._body = document.body
        self._styles_root = document.get_part("styles.xml").root
        self._content_root = document.get_part("content.xml").root
        self._elements: dict[str, Any] = {}
        self._lists: dict[str, dict[int, Any]] = {}
        for root in (self._styles_root, self._content_root):
            self._collect(root)
        self._resolved: dict[str, _Style] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._tables = 0
        self._changes = False

    def read(self) -> DraftDocument:
        """All of the document, in reading order."""
        drafts = [*self._furniture("header"), *self._blocks(self._body), *self._furniture("footer")]
        warnings = (IntakeWarning.TRACKED_CHANGES,) if self._changes else ()
        return DraftDocument(Format.ODT, tuple(scale_drafts(drafts)), warnings=warnings)

    def _collect(self, root: Any) -> None:
        for group in root.children:
            if group.tag not in ("office:styles", "office:automatic-styles"):
                continue
            for style in group.children:
                name = _attribute(style, "style:name")
                if style.tag == "style:style":
                    self._elements[name] = style
                elif style.tag == "text:list-style":
                    self._lists[name] = {
                        int(_attribute(level, "text:level") or 1): level for level in style.children
                    }

    def _style(self, name: str, depth: int = 0) -> _Style:
        if name in self._resolved:
            return self._resolved[name]
        element = self._elements.get(name)
        if element is None or depth > 20:
            return _Style()
        parent_name = _attribute(element, "style:parent-style-name")
        parent = self._style(parent_name, depth + 1) if parent_name else _Style()
        shown = _attribute(element, "style:display-name") or name.replace("_20_", " ")
        heading = heading_level_of_style(shown)
        if heading is None:
            outline = _attribute(element, "style:default-outline-level")
            heading = int(outline) if outline.isdigit() and outline != "0" else parent.heading
        level = is_list_style(shown)
        bold, underlined, size = _looks(element, parent)
        automatic = bool(parent_name) and not _attribute(element, "style:display-name")
        self._resolved[name] = _Style(
            name=parent.name if automatic and name[:1] == "P" and name[1:].isdigit() else shown,
            heading=heading,
            list_level=parent.list_level if level is None else level,
            list_style=_attribute(element, "style:list-style-name") or parent.list_style,
            bold=bold,
            underlined=underlined,
            size=size,
        )
        return self._resolved[name]

    def _furniture(self, kind: str) -> Iterator[Draft]:
        seen: set[str] = set()
        for group in self._styles_root.children:
            if group.tag != "office:master-styles":
                continue
            for page in group.children:
                for part in page.children:
                    if not part.tag.startswith(f"style:{kind}"):
                        continue
                    for draft in self._blocks(part):
                        if draft.flat not in seen:
                            seen.add(draft.flat)
                            yield replace(draft, furniture=True, level=None)

    def _blocks(
        self, parent: Any, cell: tuple[int, int, int] | None = None, item: Draft | None = None
    ) -> Iterator[Draft]:
        for child in parent.children:
            tag = child.tag
            if tag in ("text:p", "text:h"):
                yield from self._paragraph(child, cell, item)
                item = replace(item, number=None) if item else None
            elif tag == "text:list":
                yield from self._list(child, cell, item.list_level or 0 if item else -1, "")
            elif tag == "table:table":
                yield from self._table(child)
            elif tag == "text:tracked-changes":
                self._changes = True
            elif tag == "draw:frame" or tag in _TRANSPARENT:
                yield from self._blocks(child, cell, item)

    def _list(
        self, element: Any, cell: tuple[int, int, int] | None, outer: int, style: str
    ) -> Iterator[Draft]:
        style = _attribute(element, "text:style-name") or style
        depth = outer + 1
        continued = _attribute(element, "text:continue-numbering") == "true"
        if not continued and not _attribute(element, "text:continue-list") and depth == 0:
            self._counters.pop(style, None)
        for child in element.children:
            if child.tag == "text:list-header":
                yield from self._blocks(child, cell)
            elif child.tag == "text:list-item":
                yield from self._item(child, cell, depth, style)

    def _item(
        self, element: Any, cell: tuple[int, int, int] | None, depth: int, style: str
    ) -> Iterator[Draft]:
        own = [child for child in element.children if child.tag != "text:list"]
        number = None
        if own:
            number = self._number(style, depth, _attribute(element, "text:start-value"))
        item: Draft | None = Draft((), list_level=depth, number=number)
        for child in element.children:
            if child.tag == "text:list":
                yield from self._list(child, cell, depth, style)
            elif child.tag in ("text:p", "text:h"):
                yield from self._paragraph(child, cell, item)
                item = None

    def _number(self, style: str, depth: int, start: str) -> str | None:
        level = self._lists.get(style, {}).get(depth + 1)
        if level is None or level.tag != "text:list-level-style-number":
            return None
        form = _attribute(level, "style:num-format")
        if not form:
            return None
        counters = self._counters.setdefault(style, {})
        first = int(_attribute(level, "text:start-value") or 1)
        counters[depth] = int(start) if start.isdigit() else counters.get(depth, first - 1) + 1
        for deeper in [known for known in counters if known > depth]:
            del counters[deeper]
        shown = int(_attribute(level, "text:display-levels") or 1)
        values = [counters.get(index, 1) for index in range(depth - shown + 1, depth + 1)]
        text = ".".join(_FORMS.get(form.lower(), str)(value) for value in values)
        text = text.upper() if form.isupper() else text
        prefix, suffix = (
            _attribute(level, "style:num-prefix"),
            _attribute(level, "style:num-suffix"),
        )
        return f"{prefix}{text}{suffix}".strip()

    def _table(self, table: Any) -> Iterator[Draft]:
        self._tables += 1
        number = self._tables
        for row_index, row in enumerate(_table_rows(table)):
            for column, cell in enumerate(row.children):
                if cell.tag == "table:table-cell":
                    yield from self._blocks(cell, (number, row_index, column))

    def _paragraph(
        self, element: Any, cell: tuple[int, int, int] | None, item: Draft | None
    ) -> Iterator[Draft]:
        style = self._style(_attribute(element, "text:style-name"))
        if is_contents_style(style.name):
            return
        frames: list[Any] = []
        notes: list[str] = []
        runs = list(self._runs(element, style, frames, notes))
        base = self._base(element, style, item)
        yield from drafts_of_runs(runs, replace(base, cell=cell, notes=tuple(notes)))
        for frame in frames:
            yield from self._blocks(frame, cell)

    def _base(self, element: Any, style: _Style, item: Draft | None) -> Draft:
        level = style.heading
        if element.tag == "text:h" and level is None:
            outline = _attribute(element, "text:outline-level")
            level = int(outline) if outline.isdigit() else 1
        if level is not None:
            return Draft((), level=level, number=item.number if item else None)
        if item is not None:
            nesting = max(item.list_level or 0, style.list_level or 0)
            return Draft((), list_level=nesting, number=item.number)
        return Draft((), list_level=style.list_level)

    def _runs(
        self, element: Any, style: _Style, frames: list[Any], notes: list[str]
    ) -> Iterator[Run]:
        looks = (style.bold, style.underlined, style.size)
        yield Run(_flat(element.text), *looks)
        for child in element.children:
            tag = child.tag
            if tag in _INLINE:
                yield from self._runs(child, self._inline(child, style), frames, notes)
            elif tag == "text:s":
                yield Run(" " * min(int(_attribute(child, "text:c") or 1), 200), *looks)
            elif tag in _SPACES:
                yield Run(_SPACES[tag], *looks)
            elif tag == "text:note":
                notes.append(_note(child))
            elif tag == "draw:frame":
                frames.append(child)
            elif tag.startswith("text:change"):
                self._changes = True
            yield Run(_flat(child.tail), *looks)

    def _inline(self, element: Any, outer: _Style) -> _Style:
        named = self._elements.get(_attribute(element, "text:style-name"))
        if element.tag != "text:span" or named is None:
            return outer
        chain = [named]
        while len(chain) < 10:
            parent = self._elements.get(_attribute(chain[-1], "style:parent-style-name"))
            if parent is None:
                break
            chain.append(parent)
        for style in reversed(chain):
            bold, underlined, size = _looks(style, outer)
            outer = replace(outer, bold=bold, underlined=underlined, size=size)
        return outer


def _attribute(element: Any, name: str) -> str:
    value = element.get_attribute(name)
    return "" if value is None else str(value)


def _flat(text: str | None) -> str:
    """Text with the line breaks of the markup, which mean nothing, as blanks."""
    return (text or "").replace("\n", " ").replace("\r", " ").replace("\t", " ")


def _looks(element: Any, parent: _Style) -> tuple[bool, bool, float]:
    bold, underlined, size = parent.bold, parent.underlined, parent.size
    for child in element.children:
        if child.tag != "style:text-properties":
            continue
        weight = _attribute(child, "fo:font-weight")
        if weight:
            bold = weight == "bold" or (weight.isdigit() and int(weight) >= 600)
        line = _attribute(child, "style:text-underline-style")
        if line:
            underlined = line != "none"
        points = _attribute(child, "fo:font-size")
        if points.endswith("pt"):
            size = float(points[:-2])
        elif points.endswith("%"):
            size *= float(points[:-1]) / 100
    return bold, underlined, size


def _note(element: Any) -> str:
    for child in element.children:
        if child.tag == "text:note-body":
            return " ".join(" ".join(_all_text(child)).split())
    return ""


def _all_text(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element.children:
        yield from _all_text(child)
        yield child.tail or ""


def _table_rows(table: Any) -> Iterator[Any]:
    for child in table.children:
        if child.tag == "table:table-row":
            yield child
        elif child.tag in _ROWS:
            yield from _table_rows(child)
