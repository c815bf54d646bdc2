"""Suggestions shaped for the coding page, and how they fared for a page of their own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from consult.domain.coding.queries.suggesting import Fared, Suggestions
from consult.domain.coding.suggesting.types import SuggestedStance
from consult.domain.coding.types import ThemeRow
from consult.domain.submissions.types import Stance, StanceModifier

if TYPE_CHECKING:
    from consult.domain.rounds.models import Proposal

THEME_KEYS = "abc"
"""Keys that accept the first, second and third theme."""


@dataclass(frozen=True, slots=True)
class ThemeView:
    """A suggested theme and what speaks for it.

    Attributes:
        why: The words of the passage that speak for it, as they stand there.
    """

    theme: ThemeRow
    key: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StanceView:
    """A suggested stance on the proposal that the passage is about."""

    proposal: "Proposal"
    value: Stance
    modifiers: tuple[StanceModifier, ...]
    why: tuple[str, ...]


def show_themes(
    suggestions: Suggestions | None, themes: Sequence[ThemeRow], text: str
) -> tuple[ThemeView, ...]:
    """The suggested themes with their keys."""
    if suggestions is None:
        return ()
    by_id = {theme.id: theme for theme in themes}
    return tuple(
        ThemeView(by_id[one.theme_id], key, _words(text, one.words))
        for one, key in zip(suggestions.shown, THEME_KEYS, strict=False)
        if one.theme_id in by_id
    )


def show_stance(
    suggested: "tuple[Proposal, SuggestedStance] | None", text: str
) -> StanceView | None:
    """The suggested stance with what says so."""
    if suggested is None:
        return None
    proposal, found = suggested
    return StanceView(proposal, found.value, found.modifiers, _words(text, found.words))


def _words(text: str, places: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in places)


def fared_rows(
    themes: Sequence[ThemeRow], found: Mapping[int, Fared]
) -> list[tuple[ThemeRow, Fared]]:
    """Every theme that people put on a passage beside suggestions, as the codebook runs."""
    return [(theme, found[theme.id]) for theme in themes if theme.id in found]


def total(found: Iterable[Fared]) -> Fared:
    """All of them in one."""
    rows = list(found)
    return Fared(
        decided=sum(one.decided for one in rows),
        first=sum(one.first for one in rows),
        among=sum(one.among for one in rows),
        accepted=sum(one.accepted for one in rows),
        taken_back=sum(one.taken_back for one in rows),
    )
