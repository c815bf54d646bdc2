"""Styles and numbering of Word documents: what a paragraph looks like and which number it gets."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from docx.oxml.ns import qn

from consult.kernel.office.numbers import to_letters, to_roman
from consult.kernel.office.style_names import heading_level_of_style, is_list_style

_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it inherits; ``size`` in points, indents in twentieths."""

    name: str = ""
    heading: int | None = None
    list_level: int | None = None
    list_id: str | None = None
    list_depth: int = 0
    bold: bool = False
    underlined: bool = False
    size: float = 11.0


class Styles:
    """The styles of a document by their id."""

    def __init__(self, styles: dict[str, Style], default: Style) -> None:
        self._styles = styles
        self._default = default

    def of(self, properties: Any | None) -> Style:
        """The style of a paragraph, from its properties."""
        reference = properties.find(qn("w:pStyle")) if properties is not None else None
        if reference is None:
            return self._default
        return self._styles.get(reference.get(qn("w:val"), ""), self._default)

    def looks(self, properties: Any | None, style: Style) -> tuple[bool, bool, float]:
        """Bold, underlined and size of a run: its own, its character style's, its paragraph's."""
        bold, underlined, size = style.bold, style.underlined, style.size
        if properties is None:
            return bold, underlined, size
        reference = properties.find(qn("w:rStyle"))
        if reference is not None:
            named = self._styles.get(reference.get(qn("w:val"), ""), self._default)
            bold, underlined = bold or named.bold, underlined or named.underlined
        return _own_looks(properties, bold, underlined, size)


def _own_looks(
    properties: Any, bold: bool, underlined: bool, size: float
) -> tuple[bool, bool, float]:
    weight = properties.find(qn("w:b"))
    if weight is not None:
        bold = weight.get(qn("w:val")) not in _OFF
    line = properties.find(qn("w:u"))
    if line is not None:
        underlined = line.get(qn("w:val")) not in _OFF
    points = properties.find(qn("w:sz"))
    if points is not None:
        size = _number(points.get(qn("w:val")), size * 2) / 2
    return bold, underlined, size


def _number(text: str | None, default: float) -> float:
    try:
        return float(text or "")
    except ValueError:
        return default


def read_styles(root: Any | None) -> Styles:
    """The styles of a styles part, each with what it inherits."""
    if root is None:
        return Styles({}, Style())
    defaults = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    plain = Style(size=10.0)
    if defaults is not None:
        plain = Style(size=_own_looks(defaults, False, False, 10.0)[2])
    elements = {element.get(qn("w:styleId"), ""): element for element in root.iter(qn("w:style"))}
    styles: dict[str, Style] = {}
    for identifier in elements:
        _resolve(identifier, elements, styles, plain, depth=0)
    default = plain
    for identifier, element in elements.items():
        if element.get(qn("w:type")) == "paragraph" and element.get(qn("w:default")) == "1":
            default = styles[identifier]
    return Styles(styles, default)


def _resolve(
    identifier: str, elements: dict[str, Any], styles: dict[str, Style], plain: Style, depth: int
) -> Style:
    if identifier in styles:
        return styles[identifier]
    element = elements.get(identifier)
    if element is None or depth > 20:
        return plain
    based = element.find(qn("w:basedOn"))
    parent = plain
    if based is not None:
        parent = _resolve(based.get(qn("w:val"), ""), elements, styles, plain, depth + 1)
    styles[identifier] = _inherit(element, parent)
    return styles[identifier]


def _inherit(element: Any, parent: Style) -> Style:
    named = element.find(qn("w:name"))
    name = named.get(qn("w:val"), "") if named is not None else ""
    looks = (parent.bold, parent.underlined, parent.size)
    run = element.find(qn("w:rPr"))
    if run is not None:
        looks = _own_looks(run, *looks)
    heading = heading_level_of_style(name)
    outline = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    if heading is None and outline is not None:
        value = int(_number(outline.get(qn("w:val")), 9))
        heading = value + 1 if value < 9 else None
    elif heading is None:
        heading = parent.heading
    list_level = is_list_style(name)
    list_id, depth = _numbering_of(element.find(qn("w:pPr")), parent.list_id, parent.list_depth)
    return Style(
        name,
        heading,
        parent.list_level if list_level is None else list_level,
        list_id,
        depth,
        *looks,
    )


def _numbering_of(
    properties: Any | None, list_id: str | None, depth: int
) -> tuple[str | None, int]:
    numbering = properties.find(qn("w:numPr")) if properties is not None else None
    if numbering is None:
        return list_id, depth
    identifier, level = numbering.find(qn("w:numId")), numbering.find(qn("w:ilvl"))
    if identifier is not None:
        list_id = identifier.get(qn("w:val"))
    if level is not None:
        depth = int(_number(level.get(qn("w:val")), 0))
    return list_id, max(0, min(depth, 8))


@dataclass(frozen=True, slots=True)
class Item:
    """A list item: its nesting from 0, and its number unless it has a plain bullet."""

    level: int
    number: str | None


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    template: str
    start: int
    indent: float


class Numbering:
    """Counts the numbered paragraphs of a document as Word does when it shows them."""

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counters: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for element in root.iter(qn("w:abstractNum")):
            self._levels[element.get(qn("w:abstractNumId"), "")] = _read_levels(element)
        for element in root.iter(qn("w:num")):
            reference = element.find(qn("w:abstractNumId"))
            if reference is not None:
                identifier = element.get(qn("w:numId"), "")
                restarted = element.find(qn("w:lvlOverride")) is not None
                abstract = reference.get(qn("w:val"), "")
                self._abstract[identifier] = abstract
                if restarted:
                    self._abstract[identifier] = f"{abstract}/{identifier}"
                    levels = self._levels.get(abstract, {})
                    self._levels[f"{abstract}/{identifier}"] = _restarted_levels(levels, element)

    def item(self, properties: Any | None, style: Style, *, count: bool) -> Item | None:
        """The list item that a paragraph is, or ``None``; counts it when it has text."""
        list_id, depth = _numbering_of(properties, style.list_id, style.list_depth)
        if list_id in (None, "0"):
            return (
                None if style.list_level is None or list_id == "0" else Item(style.list_level, None)
            )
        abstract = self._abstract.get(list_id or "", "")
        levels = self._levels.get(abstract, {})
        level = levels.get(depth)
        nesting = max(depth, style.list_level or 0)
        if level is None:
            return Item(nesting, None)
        if nesting == 0 and _indent(properties, level.indent) > level.indent + 200:
            nesting = 1
        if level.form == "none" and not level.template:
            return None
        if level.form == "bullet" or not count:
            return Item(nesting, None)
        return Item(nesting, self._next(abstract, depth, levels))

    def _next(self, abstract: str, depth: int, levels: dict[int, _Level]) -> str:
        counters = self._counters.setdefault(abstract, {})
        counters[depth] = counters.get(depth, levels[depth].start - 1) + 1
        for deeper in [known for known in counters if known > depth]:
            del counters[deeper]
        text = levels[depth].template
        for index in range(depth + 1):
            level = levels.get(index)
            if level is not None:
                value = counters.get(index, level.start)
                form = _FORMS.get(level.form, str)
                text = text.replace(f"%{index + 1}", form(value))
        return text.strip()


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerLetter": to_letters,
    "upperLetter": lambda value: to_letters(value).upper(),
    "lowerRoman": to_roman,
    "upperRoman": lambda value: to_roman(value).upper(),
}


def _read_levels(element: Any) -> dict[int, _Level]:
    levels = {}
    for level in element.findall(qn("w:lvl")):
        values = {}
        for name, default in (("numFmt", "decimal"), ("lvlText", ""), ("start", "1")):
            found = level.find(qn(f"w:{name}"))
            values[name] = found.get(qn("w:val"), default) if found is not None else default
        levels[int(_number(level.get(qn("w:ilvl")), 0))] = _Level(
            values["numFmt"],
            values["lvlText"],
            int(_number(values["start"], 1)),
            _indent(level.find(qn("w:pPr")), 0.0),
        )
    return levels


def _restarted_levels(levels: dict[int, _Level], element: Any) -> dict[int, _Level]:
    """The levels with the numbers that a list of its own begins at."""
    found = dict(levels)
    for override in element.findall(qn("w:lvlOverride")):
        depth = int(_number(override.get(qn("w:ilvl")), 0))
        start = override.find(qn("w:startOverride"))
        if depth in found and start is not None:
            number = int(_number(start.get(qn("w:val")), found[depth].start))
            found[depth] = replace(found[depth], start=number)
    return found


def _indent(properties: Any | None, default: float) -> float:
    """The left indent in twentieths of a point."""
    indent = properties.find(qn("w:ind")) if properties is not None else None
    if indent is None:
        return default
    return _number(indent.get(qn("w:left")) or indent.get(qn("w:start")), default)
