"""Values of scanned documents."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from consult.kernel.i18n import N_

MOST_PAGES: Final = 1000
"""Pages of one file that are made ready for coding."""

LONGEST_PAGE: Final = 40_000
"""Characters that are kept of one page; a dense page has some 6 000."""

FIRST_PLACE: Final = 100_000_000
"""Where the places of pages begin, far behind every text that was written."""

ROOM: Final = 50_000
"""How far the places of two pages are apart, so that a page can be read and corrected for itself.

With 20 files of 1 000 pages each, places stay below what a 32-bit integer holds.
"""


class ScanState(StrEnum):
    """How far a file has come.

    ``NO_SCAN``: no page of it is a picture without text. ``UNREADABLE``: it cannot be opened.
    """

    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    NO_SCAN = "no_scan"
    UNREADABLE = "unreadable"


class PageState(StrEnum):
    """How far a page has come."""

    WAITING = "waiting"
    READ = "read"
    EMPTY = "empty"
    FAILED = "failed"
    CORRECTED = "corrected"


PAGE_STATE_LABELS: dict[PageState, str] = {
    PageState.WAITING: N_("Not read yet"),
    PageState.READ: N_("Read by a machine"),
    PageState.EMPTY: N_("No text found"),
    PageState.FAILED: N_("Could not be read"),
    PageState.CORRECTED: N_("Corrected by a person"),
}


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file turns out to be.

    Attributes:
        page_count: All its pages.
        pictures: The numbers, from 1, of pages that hold pictures and no text.
    """

    page_count: int
    pictures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a machine read on a page.

    Attributes:
        text: Paragraphs apart by a blank line.
        confidence: How sure it is, in per cent, weighed by the length of the words.
    """

    text: str
    confidence: int


@dataclass(frozen=True, slots=True)
class PageToRead:
    """A page that somebody has taken to read."""

    id: int
    digest: str
    number: int
    language: str


@dataclass(frozen=True, slots=True)
class ScanProgress:
    """How many pages of a scanned file there are, and how many of them are done."""

    pages: int
    done: int


def place_of(file_index: int, number: int) -> int:
    """Where a page's words begin among the places of its answer's version."""
    return FIRST_PLACE + (file_index * MOST_PAGES + number) * ROOM
