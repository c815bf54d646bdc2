"""Shapes what a report proposes: chapter by chapter, and what each proposal rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.blueprints.workspace.presenters.drafting import label_of
from consult.domain.composing.types import (
    HORIZON_LABELS,
    INSTRUMENT_LABELS,
    SIDE_LABELS,
    PartKind,
    RecommendationContent,
    Side,
)
from consult.domain.organisations.types import ACTOR_GROUP_LABELS

if TYPE_CHECKING:
    from consult.domain.analysis.views import Silence
    from consult.domain.coding.models import Passage, Theme
    from consult.domain.composing.models import Ground, Part, Recommendation
    from consult.domain.disclosure.quoting import Quotable
    from consult.domain.submissions.types import Stance

_WITHIN = "\u2003"
"""Stands before the name of a part that stands in a chapter, where one chooses."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal in the list.

    Attributes:
        facts: Who is to do it, by when and with what, in words; what is not said is not there.
        is_unassessed: Something speaks against it, and nobody has said what they think of that.
    """

    one: "Recommendation"
    facts: tuple[str, ...]
    number_for: int
    number_against: int
    is_unassessed: bool
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the report with what is proposed in it, and what was considered there."""

    key: str
    name: str
    proposals: tuple[Proposed, ...]


@dataclass(frozen=True, slots=True)
class SideOfIt:
    """The passages on one side of a proposal."""

    side: Side
    label: str
    grounds: tuple[tuple["Ground", tuple["Theme", ...]], ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that could be put to a proposal, in its publishable words."""

    passage: "Passage"
    words: str
    name: str
    number: int
    lang: str
    stance: "Stance | None"
    themes: tuple["Theme", ...]


def chapter_choices(parts: Sequence["Part"]) -> list[tuple[str, str]]:
    """Key and name of the parts that a proposal can stand in: all that somebody writes."""
    return [
        (part.key, (_WITHIN if part.depth > 1 else "") + label_of(part).text)
        for part in parts
        if part.kind is not PartKind.BLOCK
    ]


def chapters(parts: Sequence["Part"], recommendations: Sequence["Recommendation"]) -> list[Chapter]:
    """What is proposed, part by part; parts without a proposal are left out."""
    by_part: dict[int, list[Recommendation]] = {}
    for one in recommendations:
        by_part.setdefault(one.part_id, []).append(one)
    return [
        Chapter(part.key, label_of(part).text, _of_chapter(by_part[part.id]))
        for part in parts
        if part.id in by_part
    ]


def _of_chapter(ones: Sequence["Recommendation"]) -> tuple[Proposed, ...]:
    return tuple(
        Proposed(
            one,
            facts_of(one),
            number_for=sum(ground.side is Side.FOR for ground in one.grounds),
            number_against=sum(ground.side is Side.AGAINST for ground in one.grounds),
            is_unassessed=one.is_unassessed,
            is_first=place == 0,
            is_last=place == len(ones) - 1,
        )
        for place, one in enumerate(ones)
    )


def facts_of(one: "Recommendation") -> tuple[str, ...]:
    """Who is to do it, by when and what it takes, in words."""
    said = (
        one.addressee,
        _(HORIZON_LABELS[one.horizon]) if one.horizon else "",
        _("begins in %(year)s", year=one.begins_in) if one.begins_in else "",
        _(INSTRUMENT_LABELS[one.instrument]) if one.instrument else "",
    )
    return tuple(str(text) for text in said if text)


def details_of(one: "Recommendation") -> list[tuple[str, str]]:
    """All that is said of a proposal beside its text, by name."""
    said = (
        (_("Why it is not proposed"), "" if one.is_proposed else one.reason),
        (_("Who is to do it"), one.addressee),
        (_("By when"), _(HORIZON_LABELS[one.horizon]) if one.horizon else ""),
        (_("Begins in the year"), str(one.begins_in or "")),
        (_("What it takes"), _(INSTRUMENT_LABELS[one.instrument]) if one.instrument else ""),
        (_("Which decision it makes concrete"), one.concretises),
        (_("What law or regulation has to change"), one.legal_need),
    )
    return [(str(name), str(text)) for name, text in said if text]


def sides_of(
    one: "Recommendation", themes: Mapping[int, tuple["Theme", ...]]
) -> tuple[SideOfIt, ...]:
    """The passages for a proposal, then those against it."""
    return tuple(
        SideOfIt(
            side,
            str(_(SIDE_LABELS[side])),
            tuple(
                (ground, themes.get(ground.passage_id, ()))
                for ground in one.grounds
                if ground.side is side
            ),
        )
        for side in Side
    )


def candidates(
    passages: Sequence["Passage"],
    *,
    quotable: "Quotable",
    themes: Mapping[int, tuple["Theme", ...]],
    stances: Mapping[int, "Stance"],
) -> list[Candidate]:
    """Passages in the words that may leave, with what their senders think."""
    return [
        Candidate(
            one,
            quotable.words(one.quote, version_id=one.version_id, start=one.start, end=one.end),
            name=one.submission.name,
            number=one.submission.number,
            lang=one.submission.language,
            stance=one.answer.stance or stances.get(one.submission_id),
            themes=themes.get(one.id, ()),
        )
        for one in passages
    ]


def silent_lines(silences: Sequence["Silence"]) -> list[tuple[str, list[str], tuple[str, ...]]]:
    """For each theme: its name, the groups that do not mention it, the invited bodies neither."""
    return [
        (
            " › ".join(one.theme.path),
            [str(_(ACTOR_GROUP_LABELS[group])) for group in one.groups],
            one.bodies,
        )
        for one in silences
    ]


def differing(mine: RecommendationContent, theirs: RecommendationContent) -> frozenset[str]:
    """The names of the fields in which two writers differ."""
    return frozenset(
        one.name
        for one in fields(RecommendationContent)
        if getattr(mine, one.name) != getattr(theirs, one.name)
    )
