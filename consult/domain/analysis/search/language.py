"""What people write to search: words, phrases, beginnings of words, "or" and "not"."""

import re
from dataclasses import dataclass
from enum import StrEnum

from consult.kernel.text.stems import PlacedWord, Word, words_of

MAX_LENGTH = 300
"""Characters of a search."""

_MOST_TERMS = 20
_SHORTEST_BEGINNING = 2
_QUOTES = str.maketrans(dict.fromkeys("«»“”„", '"') | dict.fromkeys("–−", "-"))
_PART = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"?|(?P<bare>[^\s"]+)')
_OR = frozenset({"OR", "ELLER"})


class TermKind(StrEnum):
    """How a term is looked for."""

    WORD = "word"
    BEGINNING = "beginning"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is looked for: a word in any form, words in a row, or the start of a word."""

    kind: TermKind
    words: tuple[Word, ...]

    def is_at(self, text: tuple[PlacedWord, ...], place: int) -> bool:
        """Whether it stands in a text from the word at a place on."""
        if self.kind is TermKind.PHRASE:
            found = text[place : place + len(self.words)]
            return [one.word.stem for one in found] == [word.stem for word in self.words]
        wanted, there = self.words[0], text[place].word
        if self.kind is TermKind.WORD:
            return wanted.stem in (there.stem, there.plain_stem)
        spelled = (*there.beginnings, *there.plain_beginnings)
        return any(one.startswith(wanted.beginnings) for one in spelled)


@dataclass(frozen=True, slots=True)
class Query:
    """A search as it is understood.

    Attributes:
        groups: One term of each group must be there.
        excluded: None of these may be there.
    """

    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing; what shall not be there is no question by itself."""
        return not self.groups

    @property
    def terms(self) -> tuple[Term, ...]:
        """Everything that may be there."""
        return tuple(term for group in self.groups for term in group)


def parse_query(text: str) -> Query:
    """What a search asks for. Every text can be read; signs that mean nothing are left out.

    All words must be there, in any form. ``"words in quotes"`` stand in a row, with their letters
    as written. ``kommune*`` begins a word. ``-word`` must not be there. ``this OR that``: one of
    them; ``ELLER`` is the same. A word written without marks finds it with marks as well.
    """
    groups: list[list[Term]] = []
    excluded: list[Term] = []
    joins = False
    for part in _PART.finditer(text[:MAX_LENGTH].translate(_QUOTES)):
        bare = part["bare"]
        if bare in _OR:
            joins = bool(groups)
            continue
        is_excluded, terms = _terms(part)
        for term in terms:
            if is_excluded:
                excluded.append(term)
            elif joins:
                groups[-1].append(term)
            else:
                groups.append([term])
            joins = False
    return Query(
        tuple(tuple(group[:_MOST_TERMS]) for group in groups[:_MOST_TERMS]),
        tuple(excluded[:_MOST_TERMS]),
    )


def _terms(part: re.Match[str]) -> tuple[bool, list[Term]]:
    """Whether a part is excluded, and what it says."""
    if part["bare"] is None:
        words = _words(part["phrase"])
        return bool(part["minus"]), [Term(TermKind.PHRASE, words)] if words else []
    bare = part["bare"]
    is_excluded = bare.startswith("-") and len(bare) > 1
    words = _words(bare)
    if not words:
        return is_excluded, []
    if len(words) > 1:
        return is_excluded, [Term(TermKind.PHRASE, words)]
    is_beginning = bare.endswith("*") and len(words[0].beginnings[0]) >= _SHORTEST_BEGINNING
    kind = TermKind.BEGINNING if is_beginning else TermKind.WORD
    return is_excluded, [Term(kind, words)]


def _words(text: str) -> tuple[Word, ...]:
    return tuple(placed.word for placed in words_of(text))
