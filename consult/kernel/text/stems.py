"""Words as they are searched for: stems in which bokmål and nynorsk meet, and letters with marks.

The one place that knows the stemmer. A stem stands for all forms of a word; it is made the same
way when text is stored and when it is looked for, so two databases that only compare stems give
the same answers.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import local

import Stemmer

from consult.kernel.text.norms import fold_inside, fold_word

EDITION = 1
"""Grows when the same text would get other stems than before: what is stored is then made anew."""

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 60  # signs; a longer run without a blank is no word, and databases have limits
_WITHOUT_MARKS = str.maketrans(
    {"æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "þ": "th", "ł": "l", "ß": "ss"}
)
_PASSES = 3  # brukere, bruker, bruk: one pass takes one ending off
_stemmers = local()  # a stemmer serves one thread at a time


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of one written word.

    Attributes:
        stem: What stands for all its forms.
        plain_stem: What would stand for it if it were written without marks on its letters; the
            stem itself where there are none.
        beginnings: The word in lower case, and folded inside: what its beginning is looked for in.
        plain_beginnings: The same without marks; empty where there are none.
    """

    stem: str
    plain_stem: str
    beginnings: tuple[str, ...]
    plain_beginnings: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        """Whether it has no letter with a mark."""
        return self.stem == self.plain_stem


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word and where it stands: ``text[start:end]``."""

    start: int
    end: int
    word: Word


def words_of(text: str) -> Iterator[PlacedWord]:
    """The words of a text in order. Digits are words; signs and hyphens only part them."""
    for found in _WORD.finditer(text):
        yield PlacedWord(found.start(), found.end(), analyse(found.group()))


@lru_cache(maxsize=50_000)
def analyse(written: str) -> Word:
    """What is known of a word without blanks or signs in it."""
    word = unicodedata.normalize("NFC", written).lower()[:_LONGEST]
    plain = without_marks(word)
    stem = _stem(word)
    if plain == word:
        return Word(stem, stem, _beginnings(word), ())
    return Word(stem, _stem(plain), _beginnings(word), _beginnings(plain))


def without_marks(word: str) -> str:
    """The letters as somebody writes them who lacks them: ``čalmmi`` is ``calmmi``.

    What comes of one of the letters ``a`` to ``z`` becomes that letter; others stay.
    """
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word.translate(_WITHOUT_MARKS))
    return "".join(one for one in apart if not unicodedata.combining(one))


def _beginnings(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((word, fold_inside(word))))


def _stem(word: str) -> str:
    if not word.isalpha():
        return word
    stem = fold_word(word)
    for _ in range(_PASSES):
        shorter: str = _stemmer().stemWord(stem)
        if shorter == stem:
            break
        stem = shorter
    return stem


def _stemmer() -> "Stemmer.Stemmer":
    found = getattr(_stemmers, "norwegian", None)
    if found is None:
        found = _stemmers.norwegian = Stemmer.Stemmer("norwegian", 0)
    return found
