"""The synoptic table: each passage that something came of, its theme, its assessment, the decision.

A passage stands in a line for each proposal it speaks for or against, and in one for each part that
rests on it; a passage that was left out has the reason. Source: features row 99.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consult.domain.coding.queries.passages import themes_of_passages
from consult.domain.composing.recommended import list_recommendations
from consult.domain.composing.sources import (
    Hearings,
    get_sources,
    list_points,
    reasons_for_leaving_out,
    uses_of_passages,
)
from consult.domain.disclosure.quoting import Quotable, quotable_in_round

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage
    from consult.domain.composing.models import Ground, Recommendation


@dataclass(frozen=True, slots=True)
class SynopticLine:
    """One line.

    Attributes:
        words: What may be quoted of the passage.
        themes: Its themes by name.
        ground: Its place with a proposal, where it has one; ``proposal`` is that.
        part_key: The part that rests on it, where one does.
        left_out: Why it is not used, where it is not.
    """

    passage: "Passage"
    words: str
    themes: tuple[str, ...]
    ground: "Ground | None" = None
    proposal: "Recommendation | None" = None
    part_key: str = ""
    left_out: str = ""


def synoptic_lines(hearings: Hearings, round_id: int) -> tuple[SynopticLine, ...]:
    """The lines in the order of the answers."""
    proposals = list_recommendations(hearings.composition_id)
    grounds: dict[int, list[tuple[Recommendation, Ground]]] = {}
    for one in proposals:
        for ground in one.grounds:
            grounds.setdefault(ground.passage_id, []).append((one, ground))
    uses = uses_of_passages(hearings)
    reasons = reasons_for_leaving_out(hearings)
    wanted = grounds.keys() | uses.keys() | reasons.keys()
    order = [point for point in list_points(hearings) if point.id in wanted]
    passages = {one.id: one for one in get_sources(hearings, [point.public_id for point in order])}
    themes = themes_of_passages(list(passages))
    say = quotable_in_round(round_id)
    lines: list[SynopticLine] = []
    for point in order:
        passage = passages[point.id]
        words, names = _words(passage, say), tuple(one.name for one in themes.get(point.id, ()))
        lines += [
            SynopticLine(passage, words, names, ground, proposal)
            for proposal, ground in grounds.get(point.id, ())
        ]
        lines += [
            SynopticLine(passage, words, names, part_key=use.part_key)
            for use in uses.get(point.id, ())
        ]
        if point.id in reasons and point.id not in uses and point.id not in grounds:
            left_out = reasons[point.id].reason
            lines.append(SynopticLine(passage, words, names, left_out=left_out))
    return tuple(lines)


def _words(passage: "Passage", say: Quotable) -> str:
    return say.words(
        passage.quote, version_id=passage.version_id, start=passage.start, end=passage.end
    )
