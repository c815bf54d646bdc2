"""Page furniture: running headers, footers and page numbers."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

_PAGE_NUMBER = re.compile(
    r"^(?:[-–—|]\s*)?(?:(?:side|s\.|page|p\.|siidu)\s*(?:nr\.?)?\s*)?\d{1,4}"
    r"(?:\s*(?:av|of|/|\|)\s*\d{1,4})?(?:\s*[-–—|])?$",
    re.IGNORECASE,
)
_OWN_NUMBER = re.compile(
    r"(?:(?:side|s\.|page|p\.|siidu)\s*)?\d{1,4}(?:\s*(?:av|of|/)\s*\d{1,4})?$"
    r"|^\d{1,4}(?=\s*\t|\s{2,}|\s*\|)",
    re.IGNORECASE,
)
_EDGE_LINES = 4
_LONGEST = 200


def is_page_number(text: str) -> bool:
    """Whether the text is only a page number ("3", "Side 3 av 7", "- 3 -")."""
    return bool(_PAGE_NUMBER.match(text.strip()))


def signature_of(text: str) -> str:
    """The text without its page number: what a running header has in common on all pages."""
    return " ".join(_OWN_NUMBER.sub("#", text.strip()).split()).casefold()


def repeated_lines(pages: Sequence[Sequence[str]]) -> Callable[[str], bool]:
    """A test for the lines that stand first or last on several pages.

    Each page is its lines from top to bottom; with fewer than two pages nothing repeats.
    """
    counts: Counter[str] = Counter()
    for lines in pages:
        edge = [*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]]
        counts.update({signature_of(line) for line in edge if len(line) <= _LONGEST})
    needed = max(2, round(len(pages) * 0.4))
    repeated = {text for text, count in counts.items() if count >= needed}

    def is_repeated(text: str) -> bool:
        return len(pages) > 1 and signature_of(text) in repeated

    return is_repeated
