"""Which texts say nearly the same: the one place that knows rensa.

Each text has a sketch, made once: a MinHash signature of its runs of three words, and the
fingerprints of its sentences. Texts whose signatures agree in a band are compared, so that nobody
is compared with everybody. What shares too few words with the others as a whole, an excerpt or a
letter with much of one's own, is found by the sentences that they have in common.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from rensa import RMinHash

from consult.domain.coding.copies import SHORTEST
from consult.domain.coding.rules import sentences

_WORDS = re.compile(r"\w+")
_FEWEST_LETTERS = 40
"""Letters that a text must have to be compared: a few words, two people write by themselves."""
_RUN = 3
_NUMBERS = 128
_ROWS = 4
"""Of the numbers in a band: texts that share half of their runs meet in a band almost surely."""
_SEED = 20261122
_LEAST_ALIKE = 0.5
"""The share of all runs of two texts that must stand in both."""
_LEAST_SHARED = 120
"""Characters of shared sentences that tell an excerpt from a phrase."""
_LEAST_CONTAINED = 0.5
"""How much of the shorter text, of its characters in telling sentences, the longer must hold."""
_TOO_MANY = 200
"""Groups that a sentence may stand in to tell anything: above, it is a manner of speaking."""

_SENTENCE = np.dtype([("mark", "<u8"), ("length", "<u4")])


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a text is compared by.

    Attributes:
        signature: MinHash of its runs of words as bytes; empty where there are too few to tell.
        sentences: Fingerprint and length in characters of each sentence that tells.
    """

    signature: bytes
    sentences: Mapping[int, int]

    def pack_sentences(self) -> bytes:
        """The sentences as they are stored."""
        return np.array(list(self.sentences.items()), dtype=_SENTENCE).tobytes()

    @classmethod
    def unpack(cls, signature: bytes, packed: bytes) -> "Sketch":
        """A sketch as it was stored."""
        rows = np.frombuffer(packed, dtype=_SENTENCE)
        return cls(
            signature, dict(zip(rows["mark"].tolist(), rows["length"].tolist(), strict=True))
        )


def sketch(text: str) -> Sketch:
    """What a text is compared by; the same for the same words in any case, blanks and signs."""
    words = _WORDS.findall(text.casefold())
    if sum(map(len, words)) < _FEWEST_LETTERS:
        return Sketch(b"", {})
    runs = [" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))]
    (numbers,) = RMinHash.digests_from_token_sets([runs], num_perm=_NUMBERS, seed=_SEED)
    return Sketch(np.array(numbers, dtype="<u4").tobytes(), mark_sentences(text))


def mark_sentences(text: str) -> dict[int, int]:
    """The fingerprint of each sentence long enough to tell, with its length in characters."""
    found = {}
    for line in text.splitlines():
        for start, end in sentences(line):
            if end - start >= SHORTEST:
                said = " ".join(_WORDS.findall(line[start:end].casefold())).encode()
                mark = int.from_bytes(blake2b(said, digest_size=8).digest(), "little")
                found[mark] = end - start
    return found


def group_alike(
    sketches: Mapping[int, Sketch],
    *,
    apart: Collection[tuple[int, int]] = (),
    known: Collection[int] = (),
) -> list[tuple[int, ...]]:
    """The texts that belong together, two or more each; the smallest number first.

    Args:
        sketches: By what names the text; those that have no signature stand alone.
        apart: Pairs, the smaller first, of which a person has said that they only happen to agree.
        known: Fingerprints of sentences that tell nothing, such as those of the paper itself.
    """
    compared = {name: one for name, one in sorted(sketches.items()) if one.signature}
    groups = _Groups(compared)
    apart = frozenset(apart)
    for first, second in _pairs_alike(compared):
        if (min(first, second), max(first, second)) not in apart:
            groups.join(first, second)
    for first, second in _pairs_sharing(groups.members(), compared, frozenset(known)):
        if (min(first, second), max(first, second)) not in apart:
            groups.join(first, second)
    return [tuple(group) for group in groups.members() if len(group) > 1]


class _Groups:
    """Things that are joined two by two; each group is named by its smallest."""

    def __init__(self, things: Iterable[int]) -> None:
        self._above = {one: one for one in things}

    def name(self, one: int) -> int:
        """The smallest of the group that something is in."""
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one

    def join(self, one: int, other: int) -> None:
        """Let two groups be one."""
        first, second = sorted((self.name(one), self.name(other)))
        self._above[second] = first

    def members(self) -> list[list[int]]:
        """The groups, those that are alone as well, each in order."""
        found: dict[int, list[int]] = defaultdict(list)
        for one in sorted(self._above):
            found[self.name(one)].append(one)
        return list(found.values())


def _pairs_alike(sketches: Mapping[int, Sketch]) -> Iterator[tuple[int, int]]:
    """Pairs that share enough of their words, by way of one of those that meet in a band."""
    whole: dict[bytes, int] = {}
    for name, one in sketches.items():
        first = whole.setdefault(one.signature, name)
        if first != name:
            yield first, name
    numbers = {name: np.frombuffer(one, dtype="<u4") for one, name in whole.items()}
    width = _ROWS * 4
    for start in range(0, _NUMBERS * 4, width):
        met: dict[bytes, list[int]] = defaultdict(list)
        for signature, name in whole.items():
            met[signature[start : start + width]].append(name)
        for names in met.values():
            for name in names[1:]:
                if float(np.mean(numbers[names[0]] == numbers[name])) >= _LEAST_ALIKE:
                    yield names[0], name


def _pairs_sharing(
    groups: Sequence[Sequence[int]], sketches: Mapping[int, Sketch], known: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Pairs of groups one of which says, in whole sentences, much of what the other says."""
    cores = [_core([sketches[name] for name in group], known) for group in groups]
    holding: dict[int, list[int]] = defaultdict(list)
    for index, core in enumerate(cores):
        for mark in core:
            holding[mark].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for mark, indexes in holding.items():
        if 1 < len(indexes) <= _TOO_MANY:
            for place, first in enumerate(indexes):
                for second in indexes[place + 1 :]:
                    shared[first, second] += cores[first][mark]
    for (first, second), length in shared.items():
        least = min(sum(cores[first].values()), sum(cores[second].values()))
        if length >= _LEAST_SHARED and length >= _LEAST_CONTAINED * least:
            yield groups[first][0], groups[second][0]


def _core(sketches: Sequence[Sketch], known: Collection[int]) -> dict[int, int]:
    """The sentences that at least half of some texts hold."""
    held = Counter(mark for one in sketches for mark in one.sentences)
    lengths = {mark: length for one in sketches for mark, length in one.sentences.items()}
    return {
        mark: lengths[mark]
        for mark, number in held.items()
        if 2 * number >= len(sketches) and mark not in known
    }
