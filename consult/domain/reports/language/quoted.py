"""Quotation marks stand around the very words of somebody, and of nobody who may not be quoted."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from consult.kernel.text.rich.types import Kind, RichText

_MARKED = re.compile(r"«([^«»]+)»")
_LEFT_OUT = re.compile(r"\[[^\]]*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.")
_TRANSLATED = re.compile(r"vår oversettelse|vår omsetjing|our translation", re.IGNORECASE)
_EDGE = " .,;:!?–-«»\"“”„'’‘"
_SIGNS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'"})


class Found(StrEnum):
    """Where quoted words stand."""

    PUBLISHABLE = "publishable"
    HIDDEN = "hidden"
    NOWHERE = "nowhere"


class Said:
    """What was said, by whom it may be quoted of and by whom not."""

    def __init__(self, publishable: Iterable[str], hidden: Iterable[str] = ()) -> None:
        """Take what was said, in the order it was said: a quote may run over two paragraphs.

        Args:
            publishable: Texts that anybody may read.
            hidden: Texts that not everybody may.
        """
        self._publishable = " ".join(map(_plain, publishable))
        self._hidden = " ".join(map(_plain, hidden))

    def find(self, words: str) -> Found:
        """Where words stand, letter by letter; what is left out between them may be anything."""
        pieces = [piece for raw in _LEFT_OUT.split(words) if (piece := _plain(raw).strip(_EDGE))]
        if all(piece in self._publishable for piece in pieces):
            return Found.PUBLISHABLE
        both = (self._publishable, self._hidden)
        if all(any(piece in text for text in both) for piece in pieces):
            return Found.HIDDEN
        return Found.NOWHERE


def quotations(text: RichText) -> Iterator[tuple[str, str]]:
    """What stands as a quotation, each with the paragraph around it; translations are none."""
    for block in text.blocks:
        around = " ".join(block.words.split())
        if _TRANSLATED.search(around):
            continue
        if block.kind is Kind.QUOTE:
            yield around, around
        else:
            for match in _MARKED.finditer(around):
                yield match[1], around


def _plain(text: str) -> str:
    """Words as they are compared: one space, one kind of quotation mark, small letters."""
    return " ".join(text.split()).translate(_SIGNS).casefold()
