"""What a PDF says to those who cannot see it: its text in the order of its tags, and its tags."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

Place = tuple[int, int]


@dataclass
class Said:
    """What is read aloud, without the white space and hyphens that depend on where lines end."""

    body: str
    notes: list[str]


@dataclass
class _Reader:
    """Collects the text of structure elements from the marked content of the pages."""

    pages: dict[tuple[int, int], int]
    texts: dict[Place, str]
    notes: list[str] = field(default_factory=list)

    def read(self, element: pikepdf.Object, page: int = -1) -> str:
        tag = str(element.S)
        page = self.pages[element.Pg.objgen] if "/Pg" in element else page
        if tag == "/Figure":
            return str(element.Alt)
        parts = []
        for kid in _kids(element):
            if isinstance(kid, int):
                parts.append(self.texts.get((page, kid), ""))
            elif "/S" in kid:
                parts.append(self.read(kid, page))
            elif "/MCID" in kid:
                place = self.pages[kid.Pg.objgen] if "/Pg" in kid else page
                parts.append(self.texts.get((place, int(kid.MCID)), ""))
        text = "".join(parts)
        if tag == "/Note":
            self.notes.append(_bare(text))
            return ""
        if tag == "/Reference":  # a line of the contents
            return re.sub(r"\d+\s*$", "", text)
        return "" if tag == "/Lbl" and text.strip() in "•–" else text


def read_aloud(content: bytes) -> Said:
    """All that is said, in the order of the tags; page numbers are left out."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        reader = _Reader(pages, _marked_texts(content))
        tree = pdf.Root.StructTreeRoot
        text = "".join(reader.read(one) for one in _kids(tree))
    return Said(_bare(re.sub(r"\bside \d+", "side", text)), reader.notes)


def _bare(text: str) -> str:
    return re.sub(r"[\s\u0002\u00a0\u00ad-]", "", text)


def _marked_texts(content: bytes) -> dict[Place, str]:
    """The characters of every piece of marked content, by page and id."""
    texts: dict[Place, list[str]] = {}
    for number, page in enumerate(pypdfium2.PdfDocument(content)):
        text_page = page.get_textpage()
        for place in range(text_page.count_chars()):
            if pdfium.FPDFText_IsGenerated(text_page, place) == 1:
                continue
            owner = pdfium.FPDFText_GetTextObject(text_page, place)
            mark = pdfium.FPDFPageObj_GetMarkedContentID(owner)
            letter = chr(pdfium.FPDFText_GetUnicode(text_page, place))
            texts.setdefault((number, mark), []).append(letter)
    return {place: "".join(letters) for place, letters in texts.items()}


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K", pikepdf.Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def elements_of(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Every structure element in reading order."""
    return list(_below(pdf.Root.StructTreeRoot))


def _below(element: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    for kid in kids_of(element):
        yield kid
        yield from _below(kid)


def kids_of(element: pikepdf.Object) -> list[pikepdf.Dictionary]:
    """The structure elements directly below one."""
    return [kid for kid in _kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def tagged(elements: list[pikepdf.Dictionary], tag: str) -> list[pikepdf.Dictionary]:
    """The elements with a tag."""
    return [element for element in elements if f"/{tag}" == element.S]


def bookmarks_of(pdf: pikepdf.Pdf) -> list[tuple[str, list[str]]]:
    """The bookmarks, two levels deep."""
    with pdf.open_outline() as outline:
        return [(one.title, [below.title for below in one.children]) for one in outline.root]


def skips_a_level(elements: list[pikepdf.Dictionary]) -> bool:
    """Whether a heading is more than one level below the one before it."""
    levels = [int(str(one.S)[2:]) for one in elements if re.fullmatch(r"/H\d", str(one.S))]
    return any(after > before + 1 for before, after in pairwise(levels))


def opened(content: bytes) -> pikepdf.Pdf:
    """A PDF to look into."""
    return pikepdf.open(io.BytesIO(content))
