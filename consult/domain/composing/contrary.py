"""What speaks for and against a proposal in the answers, and who says nothing of its theme."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from consult.domain.analysis.queries.views import who_is_silent
from consult.domain.analysis.rules import AGAINST, FOR
from consult.domain.coding.queries.passages import themes_of_passages
from consult.domain.composing.rules import chapter_places
from consult.domain.composing.sources import (
    Hearings,
    SourceFilter,
    SourcePage,
    list_sources,
)
from consult.domain.composing.types import Side

if TYPE_CHECKING:
    from consult.domain.analysis.views import Silence
    from consult.domain.composing.models import Part, Recommendation

SIDES = {Side.FOR: FOR, Side.AGAINST: AGAINST}
"""The stances that speak for and against."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a proposal is about, as far as it decides which passages may concern it.

    Attributes:
        part_id: A part of its chapter that is about a theme or a proposal of the round.
        theme_ids: That theme, or those of the passages it rests on, with those below.
        proposal_id: The proposal of the round.
    """

    part_id: int | None = None
    theme_ids: tuple[int, ...] = ()
    proposal_id: int | None = None

    @property
    def is_known(self) -> bool:
        """Whether anything is known of it."""
        return self.part_id is not None or bool(self.theme_ids)

    def filter(self) -> SourceFilter:
        """The passages that may concern it."""
        if self.part_id is not None:
            return SourceFilter(part_id=self.part_id, stance_on=self.proposal_id)
        return SourceFilter(theme_ids=self.theme_ids)


def subject_of(
    recommendation: "Recommendation", parts: Sequence["Part"], hearings: Hearings
) -> Subject:
    """What a proposal is about: by its part, its chapter, or else the passages it rests on."""
    place = next(n for n, part in enumerate(parts) if part.id == recommendation.part_id)
    chapter = [parts[n] for n in chapter_places([part.depth for part in parts], place)]
    for part in (recommendation.part, *chapter):
        if part.theme_id or part.proposal_id:
            return Subject(part.id, hearings.themes.get(part.id, ()), part.proposal_id)
    grounds = [one.passage_id for one in recommendation.grounds]
    themes = {theme.id for ones in themes_of_passages(grounds).values() for theme in ones}
    return Subject(theme_ids=tuple(sorted(themes)))


def list_contrary(
    recommendation: "Recommendation", subject: Subject, hearings: Hearings
) -> SourcePage | None:
    """Passages on what a proposal is about, whose senders are against, and that it does not weigh.

    ``None`` where it is not known what it is about.
    """
    if not subject.is_known:
        return None
    wanted = replace(subject.filter(), stances=AGAINST, without=weighed(recommendation))
    return list_sources(hearings, wanted)


def count_unweighed(recommendation: "Recommendation", subject: Subject, hearings: Hearings) -> int:
    """How many passages there are on what a proposal is about that it does not weigh."""
    if not subject.is_known:
        return 0
    return list_sources(hearings, replace(subject.filter(), without=weighed(recommendation))).total


def weighed(recommendation: "Recommendation") -> tuple[int, ...]:
    """Ids of the passages that a proposal rests on or weighs."""
    return tuple(one.passage_id for one in recommendation.grounds)


def silence_on(subject: Subject, *, round_id: int, threshold: int) -> tuple["Silence", ...]:
    """Who says nothing of the theme of a proposal, where it has one.

    Args:
        subject: What the proposal is about.
        round_id: The round that the report is about.
        threshold: Persons fewer than these are not told of.
    """
    if not subject.theme_ids:
        return ()
    return tuple(_of_themes(who_is_silent(round_id, threshold).themes, subject))


def _of_themes(silences: Iterable["Silence"], subject: Subject) -> Iterable["Silence"]:
    """Those of the theme itself; what is below it may well be silent on its own."""
    wanted = subject.theme_ids[:1] if subject.part_id is not None else subject.theme_ids
    return (one for one in silences if one.theme.id in wanted)
