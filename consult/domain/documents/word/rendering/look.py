"""The styles of a document in Word: its own names where Word has them, ours where it has not.

Sizes are points in the sources and half points in the file, distances twentieths of a point.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from consult.domain.documents.word.rendering.markup import language_tag

BODY_WIDTH = 154.0
"""The width of the text in millimetres, on A4 with margins of 28 mm."""

WIDE = "Wide "
"""How the styles of a table begin that has so many columns that it is set smaller."""

_FONT = "Calibri"
_INK, _DEEP, _MUTED, _BLUE, _WHITE = "1E2B3C", "14233A", "56657A", "00529B", "FFFFFF"
_LINE = "AAB4C0"
_DEEPEST = 5  # headings below are set like this one
_LISTS = ("List Bullet", "List Number", "List Continue")
LIST_DEPTH = 5
"""So many levels of lists have styles of their own, as in Word."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style; ``paragraph`` and ``run`` are its properties as markup."""

    name: str
    kind: str = "paragraph"
    paragraph: str = ""
    run: str = ""
    based: str = "Normal"
    following: str = ""

    @property
    def key(self) -> str:
        """The id that it gets in a file of ours."""
        return "".join(word[0].upper() + word[1:] for word in self.name.split())


def heading_style(level: int) -> str:
    """The name of the style for headings of a level, from 1."""
    return f"heading {min(level, _DEEPEST)}"


def list_style(name: str, depth: int) -> str:
    """The name of a list's style at a depth, from 1."""
    depth = min(depth, LIST_DEPTH)
    return name if depth == 1 else f"{name} {depth}"


def styles(*, on_colour: bool, chapters_apart: bool) -> tuple[Style, ...]:
    """Every style that a document may use.

    Args:
        on_colour: Whether title and subtitle stand on the coloured cover.
        chapters_apart: Whether a chapter begins a new page.
    """
    return (
        *_running(),
        *_headings(on_colour=on_colour, chapters_apart=chapters_apart),
        *_front(on_colour=on_colour),
        *_lists(),
        *_exhibits(),
        *_notes(),
    )


def _running() -> Iterator[Style]:
    whole_words = "<w:suppressAutoHyphens/>"
    yield Style(
        "Normal",
        run=_type(10.5, _INK),
        paragraph=whole_words + _space(after=8, line=1.3),
        based="",
    )
    yield Style("Lead", run=_type(12.5, _DEEP), paragraph=_space(after=12), following="Normal")
    edge = _edge("left", "7FB2E5", 14, 10)
    yield Style("Quote", paragraph=f"<w:pBdr>{edge}</w:pBdr>" + _space(after=3) + _indent(340))
    yield Style(
        "Quote Source",
        paragraph=f"<w:pBdr>{edge}</w:pBdr>" + _space(after=10) + _indent(340),
        run=_type(9, _MUTED),
        following="Normal",
    )
    yield Style("Term", paragraph="<w:keepNext/>" + _space(before=4, after=1), run=_type(bold=True))
    yield Style("Break", paragraph=_space(line_exactly=10), run=_type(4))
    yield Style("Hyperlink", "character", run=f'<w:color w:val="{_BLUE}"/><w:u w:val="single"/>')
    plain = '<w:b w:val="0"/><w:bCs w:val="0"/>'
    yield Style("Unit", "character", run=f'{plain}<w:color w:val="{_MUTED}"/>')
    yield Style("Muted", "character", run=f'<w:color w:val="{_MUTED}"/>')
    yield Style("header", run=_type(8, _MUTED))
    yield Style("footer", paragraph=_tabs(("right", 8731)), run=_type(8, _MUTED))


def _headings(*, on_colour: bool, chapters_apart: bool) -> Iterator[Style]:
    colour = _WHITE if on_colour else _DEEP
    keep = "<w:keepNext/>"
    yield Style(
        "Title", paragraph=_space(before=6, after=10, line=1.1), run=_type(30, colour, bold=True)
    )
    yield Style("Subtitle", paragraph=_space(after=8, line=1.25), run=_type(14, colour))
    apart = "<w:pageBreakBefore/>" if chapters_apart else ""
    looks = (
        (22, 18, 16, 850), (14.5, 20, 6, 680), (12, 14, 4, 850), (10.5, 12, 3, 1020),
        (10.5, 10, 2, 1190),
    )  # fmt: skip
    for level, (size, before, after, room) in enumerate(looks, start=1):
        hanging = _tabs(("left", room)) + _space(before=before, after=after, line=1.15)
        yield Style(
            heading_style(level),
            paragraph=(
                f"{keep}<w:keepLines/>{apart if level == 1 else ''}{hanging}"
                f'<w:ind w:left="{room}" w:hanging="{room}"/><w:outlineLvl w:val="{level - 1}"/>'
            ),
            run=_type(size, _DEEP, bold=True),
            following="Normal",
        )
    yield Style("Sender Group", paragraph=keep + _space(before=12, after=3), run=_type(bold=True))


def _front(*, on_colour: bool) -> Iterator[Style]:
    colour = _WHITE if on_colour else _DEEP
    yield Style("Cover Publisher", paragraph=_space(after=110), run=_type(13, colour, bold=True))
    yield Style("Cover Kind", paragraph=_space(after=6), run=_type(11, colour))
    yield Style("Document Sender", run=_type(13, _DEEP, bold=True))
    yield Style("Cover Fact Name", paragraph=_space(after=0), run=_type(8.5, _MUTED))
    yield Style("Cover Fact", paragraph=_space(after=8), run=_type(11))
    yield Style("Fact Name", paragraph="<w:keepNext/>" + _space(after=0), run=_type(8.5, _MUTED))
    yield Style("Fact", paragraph=_space(after=8))
    yield Style(
        "TOC Heading",
        paragraph="<w:keepNext/><w:pageBreakBefore/>" + _space(after=14),
        run=_type(22, _DEEP, bold=True),
    )
    dots = ("right", 8731, "dot")
    first = _tabs(("left", 510), dots) + _space(before=5, after=1) + _hanging(510, 510)
    yield Style("toc 1", paragraph=first, run=_type(bold=True))
    second = _tabs(("left", 1134), dots) + _space(after=1) + _hanging(1134, 624)
    yield Style("toc 2", paragraph=second, run=_type(9.5))
    third = _tabs(("left", 1080), dots) + _space(after=1) + _hanging(1080, 1080)
    yield Style("table of figures", paragraph=third, run=_type(9.5))


def _lists() -> Iterator[Style]:
    for name in _LISTS:
        for depth in range(1, LIST_DEPTH + 1):
            yield Style(list_style(name, depth), paragraph=_space(after=4))
    yield Style("Sender", paragraph=_space(after=2, line=1.15), run=_type(9))
    yield Style(
        "Question", paragraph="<w:keepNext/>" + _space(before=6, after=1), run=_type(9, bold=True)
    )
    yield Style("Question Help", paragraph=_space(after=6), run=_type(9, _MUTED))
    yield Style(
        "Writing Line",
        paragraph=f"<w:pBdr>{_edge('bottom', _LINE, 4, 1)}"
        f"{_edge('between', _LINE, 4, 1)}</w:pBdr>" + _space(before=12, after=0),
    )


def _exhibits() -> Iterator[Style]:
    yield Style(
        "caption",
        paragraph="<w:keepNext/>" + _space(before=12, after=5, line=1.15),
        run=_type(9.5, _DEEP, bold=True),
    )
    yield Style("Figure", paragraph=_space(after=4, line=1))
    for prefix, size in (("", 9.0), (WIDE, 7.5)):
        small = '<w:suppressAutoHyphens w:val="0"/>' + _space(after=0, line=1.15)
        right = small + '<w:jc w:val="right"/>'
        for name, look, bold in (
            ("Text", small, False),
            ("Heading", f"<w:keepNext/>{small}", True),
            ("Number", right, False),
            ("Number Heading", f"<w:keepNext/>{right}", True),
        ):
            yield Style(f"{prefix}Table {name}", paragraph=look, run=_type(size, bold=bold))
    yield Style("Table Note", paragraph=_space(before=3, after=8), run=_type(8.5, _MUTED))
    yield Style("Box Title", paragraph="<w:keepNext/>" + _space(after=4), run=_type(bold=True))


def _notes() -> Iterator[Style]:
    yield Style("footnote text", paragraph=_space(after=2, line=1.15), run=_type(8.5))
    yield Style("footnote reference", "character", run='<w:vertAlign w:val="superscript"/>')


def style_markup(style: Style, ids: dict[str, str]) -> str:
    """A style as it stands in a file, where others have these ids."""
    default = ' w:default="1"' if style.name == "Normal" else ""
    based = style.based if style.kind == "paragraph" else ""
    parts = [f'<w:style w:type="{style.kind}"{default} w:styleId="{ids[style.name]}">']
    parts.append(f"<w:name w:val={quoteattr(style.name)}/>")
    if based and style.name != based:
        parts.append(f'<w:basedOn w:val="{ids[based]}"/>')
    if style.following:
        parts.append(f'<w:next w:val="{ids[style.following]}"/>')
    parts.append("<w:qFormat/>")
    if style.paragraph:
        parts.append(f"<w:pPr>{style.paragraph}</w:pPr>")
    if style.run:
        parts.append(f"<w:rPr>{style.run}</w:rPr>")
    return "".join([*parts, "</w:style>"])


def defaults_markup(language: str) -> str:
    """What holds for everything: the typeface and the language."""
    face = f'w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:cs="{_FONT}" w:eastAsia="{_FONT}"'
    tag = quoteattr(language_tag(language))
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {face}/><w:lang w:val={tag}/></w:rPr>"
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def table_styles_markup() -> str:
    """The styles of tables and boxes, and the plain one that they stand on."""
    plain = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name '
        'w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        "</w:style>"
    )
    edges = _edge("top", _MUTED, 6) + _edge("bottom", _MUTED, 6) + _edge("insideH", "D5DAE1", 4)
    table = (
        '<w:style w:type="table" w:customStyle="1" w:styleId="DocumentTable"><w:name '
        'w:val="Document Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr>'
        f"<w:tblBorders>{edges}</w:tblBorders><w:tblCellMar>"
        '<w:top w:w="68" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="68" w:type="dxa"/><w:right w:w="140" w:type="dxa"/></w:tblCellMar>'
        '</w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
        f"{_edge('bottom', _MUTED, 6)}</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
    )
    box = (
        '<w:style w:type="table" w:customStyle="1" w:styleId="Box"><w:name w:val="Box"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblCellMar>'
        '<w:top w:w="200" w:type="dxa"/><w:left w:w="300" w:type="dxa"/>'
        '<w:bottom w:w="120" w:type="dxa"/><w:right w:w="300" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>"
    )
    return plain + table + box


def _type(size: float | None = None, colour: str = "", *, bold: bool = False) -> str:
    return "".join(
        (
            "<w:b/><w:bCs/>" if bold else "",
            f'<w:color w:val="{colour}"/>' if colour else "",
            f'<w:sz w:val="{size * 2:g}"/><w:szCs w:val="{size * 2:g}"/>' if size else "",
        )
    )


def _space(
    *,
    before: float = 0,
    after: float | None = None,
    line: float = 0,
    line_exactly: float = 0,
) -> str:
    parts = [f' w:before="{before * 20:g}"'] if before else []
    if after is not None:
        parts.append(f' w:after="{after * 20:g}"')
    if line:
        parts.append(f' w:line="{line * 240:.0f}" w:lineRule="auto"')
    if line_exactly:
        parts.append(f' w:after="0" w:line="{line_exactly * 20:g}" w:lineRule="exact"')
    return f"<w:spacing{''.join(parts)}/>" if parts else ""


def _tabs(*stops: tuple[str, int] | tuple[str, int, str]) -> str:
    marks = "".join(
        f'<w:tab w:val="{kind}"{f""" w:leader="{leader[0]}" """ if leader else ""} w:pos="{pos}"/>'
        for kind, pos, *leader in stops
    )
    return f"<w:tabs>{marks}</w:tabs>"


def _indent(left: int) -> str:
    return f'<w:ind w:left="{left}"/>'


def _hanging(left: int, hanging: int) -> str:
    return f'<w:ind w:left="{left}" w:right="567" w:hanging="{hanging}"/>'


def _edge(side: str, colour: str, size: int, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'
