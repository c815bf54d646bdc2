"""Answers that repeat one another, told by the fingerprints of their paragraphs.

Nothing is decided here: what is found is proposed, and a person says whether it is a copy.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consult.kernel.ids import content_digest

_WORDS = re.compile(r"\w+")

SHORTEST = 40
"""Characters that a paragraph must have to tell a copy: short sentences agree by chance."""

LEAST_SHARE = 0.25
"""How much of the later answer the earlier one must hold, of its characters, to be proposed."""


def fingerprint(text: str) -> str:
    """The same for texts that say the same, whatever case, blanks and signs they are written in."""
    return content_digest(" ".join(_WORDS.findall(text.casefold())).encode())[:32]


@dataclass(frozen=True, slots=True)
class Marked:
    """A paragraph with its fingerprint.

    Attributes:
        answer: The number of its answer in the round.
        length: Characters.
    """

    passage_id: int
    answer: int
    fingerprint: str
    length: int


@dataclass(frozen=True, slots=True)
class Proposed:
    """Two answers that share paragraphs, by number.

    Attributes:
        passages: The ids of the copy's paragraphs that stand in the first.
        share: How much of the copy they are, of its characters in paragraphs that tell.
        is_whole: Each says in them what the other says, and no more.
    """

    copy: int
    first: int
    passages: tuple[int, ...]
    share: float
    is_whole: bool


def propose_copies(marks: Iterable[Marked]) -> list[Proposed]:
    """Which answers seem to repeat an earlier one: each with the one it shares most with.

    The largest share comes first.
    """
    by_answer: dict[int, dict[str, int]] = defaultdict(dict)
    ids: dict[tuple[int, str], int] = {}
    for mark in marks:
        if mark.length >= SHORTEST:
            by_answer[mark.answer][mark.fingerprint] = mark.length
            ids.setdefault((mark.answer, mark.fingerprint), mark.passage_id)
    found = []
    for copy, own in by_answer.items():
        shared = _shared_with_earlier(copy, own, by_answer)
        if not shared:
            continue
        first, common = max(shared.items(), key=lambda one: (_weight(one[1], own), -one[0]))
        share = _weight(common, own) / _weight(own, own)
        if share >= LEAST_SHARE:
            is_whole = own.keys() == by_answer[first].keys()
            passages = tuple(ids[copy, one] for one in common)
            found.append(Proposed(copy, first, passages, share, is_whole))
    return sorted(found, key=lambda one: (-one.share, one.copy))


def _shared_with_earlier(
    copy: int, own: Mapping[str, int], by_answer: Mapping[int, Mapping[str, int]]
) -> dict[int, list[str]]:
    shared: dict[int, list[str]] = {}
    for other, theirs in by_answer.items():
        common = [one for one in own if one in theirs] if other < copy else []
        if common:
            shared[other] = common
    return shared


def _weight(fingerprints: Iterable[str], lengths: Mapping[str, int]) -> int:
    return sum(lengths[one] for one in fingerprints)


def pair_passages(copy: Sequence[Marked], first: Sequence[Marked]) -> dict[int, int]:
    """The passage of the first answer that each repeated one of the copy stands for, by id."""
    there: dict[str, int] = {}
    for mark in first:
        there.setdefault(mark.fingerprint, mark.passage_id)
    return {mark.passage_id: there[mark.fingerprint] for mark in copy if mark.fingerprint in there}
