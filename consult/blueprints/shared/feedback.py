"""Shaping what a branch is told about its points: the same before it is sent and after."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from consult.blueprints.shared.light_text import TextBlock, blocks_of_text
from consult.domain.composing.types import (
    PART_KIND_LABELS,
    POINT_STATE_LABELS,
    PartKind,
    PointState,
)
from consult.domain.responses.feedback import USED_IN, count_told
from consult.kernel.i18n import localised, localised_language, translator

if TYPE_CHECKING:
    from consult.domain.responses.feedback import PlaceOfUse, Told, ToldPoint

_TONES = {PointState.USED: "success", PointState.LEFT_OUT: "neutral", PointState.OPEN: "warning"}


@dataclass(frozen=True, slots=True)
class ShownUse:
    """A part that rests on a point.

    Attributes:
        how: Such as ``Quoted in:``.
        lang: Of the heading.
        says: What the response says there; empty until it is sent.
    """

    how: str
    heading: str
    lang: str
    says: tuple[TextBlock, ...]


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """A point of the branch, and what became of it."""

    quote: str
    uses: tuple[ShownUse, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class PointGroup:
    """Points of which the same has become."""

    title: str
    tone: str
    points: tuple[ShownPoint, ...]


@dataclass(frozen=True, slots=True)
class ShownFeedback:
    """All that a branch is told.

    Attributes:
        lang: Of what is generated.
        words: The organisation's own; they and the reasons are in ``words_lang``.
    """

    lang: str
    words: tuple[TextBlock, ...]
    words_lang: str
    summary: str
    reason_label: str
    says_label: str
    groups: tuple[PointGroup, ...]


def show_told(
    told: "Told",
    quotes: Mapping[str, str],
    *,
    locale: str,
    texts: Mapping[str, str] | None = None,
) -> ShownFeedback:
    """What is told, in a language; points whose words are gone are left out.

    Args:
        told: What is told.
        quotes: The branch's words, by the passage's public id.
        locale: Of what is generated.
        texts: What the response says in each part, by the part's key.
    """
    points = [point for point in told.points if point.passage in quotes]
    say = translator(locale)
    shown = {
        state: tuple(
            _point(point, quotes[point.passage], locale, texts or {})
            for point in points
            if point.state is state
        )
        for state in (PointState.USED, PointState.LEFT_OUT, PointState.OPEN)
    }
    return ShownFeedback(
        lang=locale,
        words=tuple(blocks_of_text(told.text)),
        words_lang=told.language,
        summary=_summary(points, locale),
        reason_label=say.gettext("The reason:"),
        says_label=say.gettext("What the response says there"),
        groups=tuple(
            PointGroup(say.gettext(POINT_STATE_LABELS[state]), _TONES[state], found)
            for state, found in shown.items()
            if found
        ),
    )


def _summary(points: "Sequence[ToldPoint]", locale: str) -> str:
    """Such as ``You made 3 points. Used: 1. Left out: 1. Not looked at yet: 1.``, as a sentence."""
    say, count = translator(locale), count_told(points)
    made: str = say.ngettext("You made %(num)d point.", "You made %(num)d points.", count.total)
    what: str = say.gettext("Used: %(used)d. Left out: %(left)d. Not looked at yet: %(open)d.")
    numbers = {"used": count.used, "left": count.left_out, "open": count.open}
    return f"{made % {'num': count.total}} {what % numbers}"


def _point(point: "ToldPoint", quote: str, locale: str, texts: Mapping[str, str]) -> ShownPoint:
    return ShownPoint(quote, tuple(_uses(point.uses, locale, texts)), point.reason)


def _uses(
    uses: "Iterable[PlaceOfUse]", locale: str, texts: Mapping[str, str]
) -> Iterable[ShownUse]:
    say = translator(locale)
    whole = say.gettext(PART_KIND_LABELS[PartKind.GENERAL])
    for one in uses:
        yield ShownUse(
            how=say.gettext(USED_IN[one.use]),
            heading=localised(one.heading, locale) or whole,
            lang=localised_language(one.heading, locale) if one.heading else locale,
            says=tuple(blocks_of_text(texts.get(one.part, ""))),
        )
