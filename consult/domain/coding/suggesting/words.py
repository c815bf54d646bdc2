"""What a model sees of a text: stems, pairs of stems, what words speak of, and runs of letters.

Stems are those of the search, in which bokmål and nynorsk meet. What a word speaks of joins words
that are written apart: «buss» and «skyss». Letters find what neither does: parts of compounds, and
words that are spelled in a way of their own.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from consult.domain.coding.suggesting.concepts import concepts_of
from consult.kernel.text.stems import words_of

EDITION = 2
"""Grows when the same text would be seen in another way: models are then made anew."""

_SHORTEST, _LONGEST = 3, 5  # letters of a run, blanks at the ends of a word included
CONCEPT = "="
"""How features begin that tell what a word speaks of; no stem does."""
_LETTERS = "~"  # no stem begins with it
_MOST_WORDS = 1_500  # some four pages; a longer passage is known by its beginning


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as a model sees it.

    Attributes:
        places: Start and end of each word.
        words: How often each stem and each pair of stems stands in it, and each thing spoken of.
        letters: How often each run of letters does.
    """

    places: tuple[tuple[int, int], ...]
    stems: tuple[str, ...]
    spellings: tuple[str, ...]
    words: Counter[str]
    letters: Counter[str]


def see(text: str) -> Seen:
    """What a model sees of a text."""
    places: list[tuple[int, int]] = []
    stems: list[str] = []
    spellings: list[str] = []
    for found in words_of(text):
        if len(places) == _MOST_WORDS:
            break
        places.append((found.start, found.end))
        stems.append(found.word.stem)
        spellings.append(found.word.beginnings[-1])
    words = Counter(stems)
    words.update(f"{first} {second}" for first, second in pairwise(stems))
    for stem, spelling in zip(stems, spellings, strict=True):
        words.update(spoken_of(stem, spelling))
    letters: Counter[str] = Counter()
    for spelling, times in Counter(spellings).items():
        for run in runs_of(spelling):
            letters[run] += times
    return Seen(tuple(places), tuple(stems), tuple(spellings), words, letters)


@lru_cache(maxsize=8_192)
def spoken_of(stem: str, spelling: str) -> tuple[str, ...]:
    """What one word speaks of, as features."""
    return tuple(f"{CONCEPT}{one}" for one in concepts_of(stem, spelling))


@lru_cache(maxsize=8_192)
def runs_of(spelling: str) -> tuple[str, ...]:
    """The runs of letters in one word, as features."""
    return tuple(_cut(spelling))


def _cut(spelling: str) -> Iterator[str]:
    padded = f" {spelling} "
    for length in range(_SHORTEST, _LONGEST + 1):
        for start in range(len(padded) - length + 1):
            yield _LETTERS + padded[start : start + length]
        if len(padded) <= length:
            break
