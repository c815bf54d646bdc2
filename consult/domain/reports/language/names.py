"""Bodies are named in full first, and by their short form from then on (domain guide §3.3)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_IN_BRACKETS = re.compile(r"\(([A-ZÆØÅ][\wÆØÅæøå-]{1,11})\)")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = frozenset(_WORD.findall("og i for av på til ved om the of and in"))


@dataclass(frozen=True, slots=True)
class EarlyShortForm:
    """A short form that stands before the full name: where, and what it is short for."""

    place: str
    short: str
    full: str


def find_early(
    texts: Sequence[tuple[str, str]], bodies: Iterable[str]
) -> tuple[EarlyShortForm, ...]:
    """Short forms that a reader meets before the full name.

    Args:
        texts: Places and what stands there, in reading order.
        bodies: Registered names. Their short form is what they have in brackets, or else their
            initials, of three letters or more.
    """
    found = []
    for full, short in sorted(set(_short_forms(bodies))):
        pattern = re.compile(rf"(?<![\w-]){re.escape(short)}(?![\w])")
        for place, words in texts:
            first = pattern.search(words)
            named = words.casefold().find(full.casefold())
            if first and not 0 <= named <= first.start():
                found.append(EarlyShortForm(place, short, full))
            if first or named >= 0:
                break
    return tuple(found)


def _short_forms(bodies: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in bodies:
        bracketed = _IN_BRACKETS.search(name)
        full = " ".join(_IN_BRACKETS.sub("", name).split())
        if bracketed:
            yield full, bracketed[1]
            continue
        initials = "".join(
            word[0] for word in _WORD.findall(full) if word.casefold() not in _SMALL
        ).upper()
        if len(initials) >= 3:
            yield full, initials
