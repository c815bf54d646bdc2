"""WordprocessingML in the small: runs, paragraphs, fields, pictures and bookmarks as text.

Everything that comes from outside is escaped here, and letters that XML forbids are left out. The
order of the elements within an element is that of the schema (ECMA-376, part 1), which Word insists
on.
"""

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from consult.domain.documents.word.body import LANGUAGES

_SPACE = re.compile(r"[ \t\n\r\f]+")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EMU_PER_MM = 36_000
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks; ``language`` is its own where it differs from the document's."""

    style: str = ""
    strong: bool = False
    emphasis: bool = False
    language: str = ""


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the package, as wide as told, and what it says to those who cannot see it."""

    relation: str
    number: int
    width: float
    height: float
    alternative: str


def clean(text: str) -> str:
    """The text as an attribute or element may hold it, runs of white space as one space."""
    return _SPACE.sub(" ", _FORBIDDEN.sub("", text))


def quoted(text: str) -> str:
    """The text as the value of an attribute, in its quotation marks."""
    return quoteattr(clean(text))


def language_tag(language: str) -> str:
    """A language as Word names it."""
    return LANGUAGES.get(language, language)


def run(text: str, look: Look = PLAIN) -> str:
    """Words in one look."""
    return raw_run(f'<w:t xml:space="preserve">{escape(clean(text))}</w:t>', look)


def raw_run(content: str, look: Look = PLAIN) -> str:
    """A run with markup of its own."""
    properties = "".join(
        (
            f"<w:rStyle w:val={quoted(look.style)}/>" if look.style else "",
            "<w:b/><w:bCs/>" if look.strong else "",
            "<w:i/><w:iCs/>" if look.emphasis else "",
            f"<w:lang w:val={quoted(language_tag(look.language))}/>" if look.language else "",
        )
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>"


def field(instruction: str, result: str, look: Look = PLAIN, *, stale: bool = False) -> str:
    """A field with what it shows; a stale one is worked out anew when the file is opened."""
    dirty = ' w:dirty="true"' if stale else ""
    return (
        raw_run(f'<w:fldChar w:fldCharType="begin"{dirty}/>')
        + raw_run(f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>')
        + raw_run('<w:fldChar w:fldCharType="separate"/>')
        + (run(result, look) if result else "")
        + raw_run('<w:fldChar w:fldCharType="end"/>')
    )


def paragraph(style: str, content: str, *, extra: str = "") -> str:
    """A paragraph in a style, by the style's id; ``extra`` are more of its properties."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{content}</w:p>'


def bookmark(name: str, number: int, content: str = "") -> str:
    """Content that can be referred to."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def inline_picture(picture: Picture) -> str:
    """A picture that stands in its line."""
    return raw_run(
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">{_frame(picture)}'
        "</wp:inline></w:drawing>"
    )


def behind_the_page(picture: Picture) -> str:
    """A decorative picture in the upper left corner of the page, behind the words."""
    return raw_run(
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        'relativeHeight="1" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f"{_frame(picture, '<wp:wrapNone/>')}</wp:anchor></w:drawing>"
    )


def _frame(picture: Picture, wrapping: str = "") -> str:
    wide, high = (round(side * _EMU_PER_MM) for side in (picture.width, picture.height))
    name = f'id="{picture.number}" name="Picture {picture.number}"'
    described = (
        f"descr={quoted(picture.alternative)}/>" if picture.alternative else f">{_DECORATIVE}"
    )
    closing = "" if picture.alternative else "</wp:docPr>"
    return (
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>{wrapping}'
        f"<wp:docPr {name} {described}{closing}<wp:cNvGraphicFramePr/>"
        f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic><pic:nvPicPr>'
        f"<pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
        f'<a:blip r:embed="{picture.relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic>"
    )
