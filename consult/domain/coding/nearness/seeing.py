"""What is compared of two texts: their stems, what their words speak of, and runs of letters."""

from collections import Counter
from collections.abc import Iterator

from consult.domain.coding.suggesting.words import CONCEPT, Seen, see, spoken_of

EDITION = 1
"""Grows when the same text would be placed in another way: maps are then made anew."""

KINDS = 3
"""Stems, what is spoken of, letters: each counts a third of a text, however many it has of them."""


def kinds_of(seen: Seen) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often each feature stands in a text, by kind. No feature is of two kinds."""
    spoken = {one: times for one, times in seen.words.items() if one.startswith(CONCEPT)}
    return Counter(seen.stems), Counter(spoken), seen.letters


def shared_places(text: str, other: str, *, telling: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Start and end of the words in ``other`` that ``text`` has as well, or that speak of the same.

    Args:
        text: What is compared with.
        other: What is shown.
        telling: Stems that say something; "and" is shared by all. Other stems are passed over.
    """
    mine = see(text)
    stems = telling.intersection(mine.stems)
    spoken = {one for one in mine.words if one.startswith(CONCEPT)}
    return tuple(_shared(see(other), stems, spoken))


def _shared(seen: Seen, stems: frozenset[str], spoken: set[str]) -> Iterator[tuple[int, int]]:
    for place, stem, spelling in zip(seen.places, seen.stems, seen.spellings, strict=True):
        if stem in stems or not spoken.isdisjoint(spoken_of(stem, spelling)):
            yield place
