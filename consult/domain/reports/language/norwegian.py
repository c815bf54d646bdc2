"""How much of a text is bokmål and how much nynorsk, by words that only one of them has."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from consult.kernel.text.rich.types import RichText

_WORD = re.compile(r"[^\W\d_]+")
_BOKMAAL = frozenset(
    _WORD.findall(
        "ikke jeg noe noen mer fra hva hvordan hvor hvem hvilke hvilken hvorfor hvis hver hvert "
        "være vært gjøre mye bare et en hun dem deres hennes sier kommer flere annet annen "
        "allerede høringen innspillene støtter foreslår ønsker peker kun selv uten nå ifølge"
    )
)
_NYNORSK = frozenset(
    _WORD.findall(
        "ikkje eg noko nokon nokre meir frå kva korleis kvar kven kvifor kvart vere vore "
        "gjere mykje berre eit ein ho dei deira hennar seier kjem fleire anna allereie høyring "
        "innspela meiner stør føreslår ønskjer peikar òg medan vart vert saman sjølv utan difor"
    )
)


@dataclass(frozen=True, slots=True)
class Shares:
    """How many words tell that a text is bokmål, and how many that it is nynorsk."""

    bokmaal: int = 0
    nynorsk: int = 0

    @property
    def nynorsk_percent(self) -> int | None:
        """How much of it is nynorsk, rounded; nothing where too few words tell."""
        told = self.bokmaal + self.nynorsk
        return round(100 * self.nynorsk / told) if told >= _FEWEST else None


_FEWEST = 20
"""Telling words below which no share is told."""


def shares_of(texts: Iterable[RichText]) -> Shares:
    """The shares of some texts: each paragraph counts with its length, for the form it is in."""
    counts = {True: 0, False: 0}
    for text in texts:
        for block in text.blocks:
            words = [word.casefold() for word in _WORD.findall(block.words)]
            bokmaal = sum(word in _BOKMAAL for word in words)
            nynorsk = sum(word in _NYNORSK for word in words)
            if bokmaal != nynorsk:
                counts[nynorsk > bokmaal] += len(words)
    return Shares(bokmaal=counts[False], nynorsk=counts[True])
