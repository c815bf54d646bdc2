"""How alike a heading and a question or proposal are: by their words, and by their numbers."""

import math
import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from consult.domain.intake.types import Target

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_NUMBER = re.compile(r"\d+(?:[.-]\d+)*\s?[a-z]?(?![\w])", re.IGNORECASE)
_STOP_WORDS = frozenset((
    "og", "eller", "i", "på", "av", "for", "til", "fra", "med", "om", "ved", "et", "en", "ei",
    "den", "det", "de", "som", "er", "å", "vi", "dere", "hva", "hvordan", "hvilke", "hvilken",
    "hvem", "når", "hvor", "skal", "kan", "bør", "må", "vil", "at", "ikke", "også", "mer",
    "ein", "eit", "dei", "kva", "korleis", "kor", "frå", "me", "dykk", "dykkar", "deres",
    "vår", "våre", "sin", "sitt", "sine", "den", "dette", "disse", "desse", "ja", "lea", "the",
    "of", "and", "to", "in", "on", "a", "an", "is", "are", "how", "what", "which", "should",
    "we", "you", "do", "does", "be", "for", "with", "by", "forslag", "forslaget", "spørsmål",
    "mener", "meiner", "svar", "kommentar", "kommentarer", "merknad", "merknader", "kapittel",
    "punkt", "jf", "mii", "maid", "mo", "dat",
))  # fmt: skip
_LIKE = 86.0
_STEM = 5


def words_of(text: str) -> tuple[str, ...]:
    """The telling words of a text, folded; all its words when none of them tells."""
    found = tuple(word.casefold() for word in _WORD.findall(text))
    telling = tuple(word for word in found if word not in _STOP_WORDS and len(word) > 1)
    return telling or found


def number_of(text: str | None) -> str | None:
    """The number in "3.2", "1." or "Spørsmål 1", without marks around it."""
    match = _NUMBER.search(text or "")
    return re.sub(r"\s", "", match[0]).rstrip(".") if match else None


class WordWeights:
    """Weights of words: those that few of the targets hold tell more."""

    def __init__(self, targets: Iterable[Target]) -> None:
        documents = [{*words_of(target.title), *words_of(target.text)} for target in targets]
        self._total = len(documents)
        self._counts: dict[str, int] = {}
        for words in documents:
            for word in words:
                self._counts[word] = self._counts.get(word, 0) + 1

    def of(self, word: str) -> float:
        """The weight of a word; longer and rarer ones weigh more."""
        rarity = math.log(1 + (self._total + 1) / (1 + self._counts.get(word, 0)))
        return rarity * math.sqrt(min(len(word), 12))

    def similarity(self, one: str, other: str) -> float:
        """How much of the two texts' weight is shared, from 0 to 1.

        A text that lies wholly within the other counts as close ("Tiltaksplasser" within
        "Tiltaksplasser i egenregi").
        """
        first, second = words_of(one), words_of(other)
        if not first or not second:
            return 0.0
        covered_first = self._coverage(first, second)
        covered_second = self._coverage(second, first)
        high, low = max(covered_first, covered_second), min(covered_first, covered_second)
        by_words = 0.6 * high + 0.4 * low
        by_letters = fuzz.ratio(" ".join(first), " ".join(second)) / 100
        return max(by_words, by_letters if by_letters > 0.8 else 0.0)

    def _coverage(self, words: Sequence[str], others: Sequence[str]) -> float:
        total = sum(self.of(word) for word in words)
        shared = sum(
            self.of(word) * max(_likeness(word, other) for other in others) for word in words
        )
        return shared / total if total else 0.0


def _likeness(word: str, other: str) -> float:
    """1 for the same word, less for inflections and compounds of it, else 0."""
    if word == other:
        return 1.0
    ratio = fuzz.ratio(word, other)
    if ratio >= _LIKE and min(len(word), len(other)) >= 4:
        return 0.95
    short, long = sorted((word, other), key=len)
    if len(short) >= _STEM and (long.startswith(short) or long.endswith(short)):
        return 0.85
    common = _common_prefix(word, other)
    if common >= max(_STEM, 0.6 * len(short)):
        return 0.75
    if len(short) >= 6 and fuzz.partial_ratio(short, long) >= 90:
        return 0.6
    return 0.0


def _common_prefix(one: str, other: str) -> int:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


def quotes(text: str, target: Target) -> bool:
    """Whether a text is the target's own wording, repeated above the answer."""
    flat = " ".join(_WORD.findall(text.casefold()))
    for own in (target.text, target.title):
        wording = " ".join(_WORD.findall(own.casefold()))
        if len(wording) >= 12 and flat and fuzz.ratio(flat, wording) >= 88:
            return True
    return False
