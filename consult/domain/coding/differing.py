"""Where two paragraphs that say nearly the same differ: the words, and whether they matter."""

import re
from dataclasses import dataclass

from rapidfuzz.distance import Indel

_TOKENS = re.compile(r"\w+|[^\w\s]+|\s+")
_WORD = re.compile(r"\w+")
_LEAST_SAME = 0.88
"""The share of words that two paragraphs must both have to be one with a few words changed."""
_TURNING_WORDS = """
ikke ikkje ei aldri ingen inga intet ingenting uten utan mot imot for nei ja bare berre støtter
støttar avviser avvis enig uenig einig ueinig not no never against without reject oppose support
"""
_TURNING = frozenset(_TURNING_WORDS.split())
"""Words that turn what is said around: a paragraph with one of them more or less is another one."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words; ``is_own`` if they stand in this paragraph and not in the common one."""

    text: str
    is_own: bool


def words_of(text: str) -> tuple[str, ...]:
    """The words without case and signs."""
    return tuple(_WORD.findall(text.casefold()))


def is_nearly_same(words: tuple[str, ...], common: tuple[str, ...]) -> bool:
    """Whether a paragraph is a common one with a few words changed that turn nothing around."""
    cutoff = _LEAST_SAME
    if Indel.normalized_similarity(words, common, score_cutoff=cutoff) < cutoff:
        return False
    changed = {
        word
        for step in Indel.opcodes(common, words)
        if step.tag != "equal"
        for word in (
            *common[step.src_start : step.src_end],
            *words[step.dest_start : step.dest_end],
        )
    }
    return not changed & _TURNING


def mark_differences(text: str, common: str) -> tuple[Stretch, ...]:
    """A paragraph in stretches, those words marked that the common one does not have.

    Joined together the stretches are the paragraph, character by character.
    """
    tokens = _TOKENS.findall(text)
    places = [place for place, token in enumerate(tokens) if _WORD.match(token)]
    own = set()
    words = tuple(tokens[place].casefold() for place in places)
    for step in Indel.opcodes(words_of(common), words):
        if step.tag == "insert":
            own.update(places[step.dest_start : step.dest_end])
    _close_gaps(own, tokens)
    stretches: list[Stretch] = []
    for place, token in enumerate(tokens):
        is_own = place in own
        if stretches and stretches[-1].is_own is is_own:
            stretches[-1] = Stretch(stretches[-1].text + token, is_own)
        else:
            stretches.append(Stretch(token, is_own))
    return tuple(stretches)


def _close_gaps(own: set[int], tokens: list[str]) -> None:
    """Let blanks and signs between two marked words be marked as well."""
    for place in range(1, len(tokens) - 1):
        if not _WORD.match(tokens[place]) and place - 1 in own and place + 1 in own:
            own.add(place)
