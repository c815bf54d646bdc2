"""The web edition of a long report as pages: its contents, and each chapter by itself (ADR 52)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from consult.domain.documents.render.html import render_html, render_template
from consult.domain.documents.render.numbering import number_document
from consult.domain.documents.tree import walk
from consult.domain.documents.types import Document, Section

LONGEST_PAGE = 60_000
"""Bytes of the text that stand on one page; what is longer has a page for each chapter."""

_INSIDE = re.compile(r'href="#([a-z][a-z0-9-]*)"')


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as a page; ``title`` with its number, as in the contents."""

    anchor: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class WebEdition:
    """A document for the web.

    Attributes:
        whole: All of it on one page; it prints well.
        contents: The contents alone, where it is divided.
        chapters: Its chapters; none where it stands on one page.
    """

    whole: str
    contents: str = ""
    chapters: tuple[Chapter, ...] = ()


def render_web_edition(document: Document, *, address: Callable[[str], str]) -> WebEdition:
    """The document on one page, and divided where it is long.

    Args:
        document: A finished document.
        address: Where the page of a chapter is, by the chapter's anchor.
    """
    whole = str(render_html(document))
    chapters = [one for one in document.blocks if isinstance(one, Section)]
    if len(whole.encode()) <= LONGEST_PAGE or len(chapters) != len(document.blocks):
        return WebEdition(whole)
    labels = number_document(document).labels
    home = {
        anchor: chapter.id
        for chapter in chapters
        for node in walk(chapter)
        if (anchor := str(getattr(node, "id", "") or ""))
    }

    def page(chapter: Section | None) -> str:
        html = render_template(
            "print/chapter.html", document, medium="web", heading_level=2, chapter=chapter
        )
        here = chapter.id if chapter else ""
        return _linked(str(html), home, here=here, address=address)

    return WebEdition(
        whole,
        page(None),
        tuple(
            Chapter(one.id, f"{labels[one.id].heading} {labels[one.id].title}".strip(), page(one))
            for one in chapters
        ),
    )


def _linked(html: str, home: Mapping[str, str], *, here: str, address: Callable[[str], str]) -> str:
    """The page with links to other chapters leading to their pages."""

    def lead(found: re.Match[str]) -> str:
        anchor = found[1]
        chapter = home.get(anchor, here)
        return found[0] if chapter == here else f'href="{address(chapter)}#{anchor}"'

    return _INSIDE.sub(lead, html)
