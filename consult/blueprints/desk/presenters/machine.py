"""Between which languages a machine can translate an answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.kernel.apertium import installed_pairs
from consult.kernel.i18n import LANGUAGE_NAMES

_NAMES = {**LANGUAGE_NAMES, "da": "Dansk", "sv": "Svenska"}
_UNREGISTERED = ("da", "sv")
"""Answers come in these languages too, and have no language of their own in the register."""


@dataclass(frozen=True, slots=True)
class Pair:
    """From which language into which, with their own names for themselves."""

    source: str
    target: str

    @property
    def source_name(self) -> str:
        """The first language, named in itself."""
        return _NAMES[self.source]

    @property
    def target_name(self) -> str:
        """The second language, named in itself."""
        return _NAMES[self.target]


def pairs_from(language: str) -> tuple[Pair, ...]:
    """What an answer registered in a language can be translated from and into, its own first.

    Empty where the program is not installed.
    """
    sources = (language, *(one for one in _UNREGISTERED if one != language))
    return tuple(
        Pair(source, target)
        for source in sources
        for target in ("nb", "nn")
        if (source, target) in installed_pairs()
    )


def pair_asked_for(pairs: Sequence[Pair], source: str | None, target: str | None) -> Pair | None:
    """The pair that an address names, or the first where it names none."""
    if source is None and target is None:
        return pairs[0] if pairs else None
    return next((one for one in pairs if (one.source, one.target) == (source, target)), None)
