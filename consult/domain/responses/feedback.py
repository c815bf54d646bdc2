"""What a branch is told about its answer: where each of its points went, and why some did not.

It holds the branch's own passages by public id, never words of another branch, and the names of
the parts of the response, never their text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from consult.domain.composing.types import EvidenceUse, PointCount, PointState
from consult.kernel.i18n import N_

LONGEST_TEXT = 5000
"""Characters of the organisation's own words to a branch."""


class FeedbackState(StrEnum):
    """How far the feedback to one branch has come."""

    NOT_SENT = "not_sent"
    SENT = "sent"
    CHANGED = "changed"


FEEDBACK_STATE_LABELS: dict[FeedbackState, str] = {
    FeedbackState.NOT_SENT: N_("Not sent"),
    FeedbackState.SENT: N_("Sent"),
    FeedbackState.CHANGED: N_("Changed since it was sent"),
}

USED_IN: dict[EvidenceUse, str] = {
    EvidenceUse.QUOTED: N_("Quoted in:"),
    EvidenceUse.REFERRED: N_("Referred to in:"),
    EvidenceUse.MERGED: N_("Merged with other points in:"),
}


@dataclass(frozen=True, slots=True)
class PlaceOfUse:
    """A part of the response that rests on a point.

    Attributes:
        part: The part's key.
        heading: What the part is called, by language; empty for the part about the whole.
    """

    part: str
    use: EvidenceUse
    heading: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ToldPoint:
    """What became of one passage.

    Attributes:
        passage: The passage's public id.
        reason: Why it is left out.
    """

    passage: str
    state: PointState
    uses: tuple[PlaceOfUse, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """All that a branch is told: the organisation's own words, then each point.

    Attributes:
        language: Of the words and the reasons.
    """

    text: str
    language: str
    points: tuple[ToldPoint, ...]

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "text": self.text,
            "language": self.language,
            "points": [
                {
                    "passage": point.passage,
                    "state": point.state.value,
                    "reason": point.reason,
                    "uses": [
                        {"part": one.part, "use": one.use.value, "heading": dict(one.heading)}
                        for one in point.uses
                    ],
                }
                for point in self.points
            ],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Told":
        """What :meth:`to_json` gave."""
        return cls(kept["text"], kept["language"], tuple(map(_point_from_json, kept["points"])))


def _point_from_json(kept: Mapping[str, Any]) -> ToldPoint:
    return ToldPoint(
        kept["passage"],
        PointState(kept["state"]),
        tuple(
            PlaceOfUse(one["part"], EvidenceUse(one["use"]), one["heading"]) for one in kept["uses"]
        ),
        kept["reason"],
    )


def count_told(points: Iterable[ToldPoint]) -> PointCount:
    """How many points there are, and what has become of them."""
    states = [point.state for point in points]
    return PointCount(len(states), states.count(PointState.USED), states.count(PointState.LEFT_OUT))


def state_of(told: Told, sent: Told | None) -> FeedbackState:
    """Whether what would be told now is what the branch has been told."""
    if sent is None:
        return FeedbackState.NOT_SENT
    return FeedbackState.SENT if told == sent else FeedbackState.CHANGED


@dataclass(frozen=True, slots=True)
class PartAbout:
    """What a part of the response is about: ids of the question and the proposal."""

    key: str
    question_id: int | None = None
    proposal_id: int | None = None
    heading: str = ""


@dataclass(frozen=True, slots=True)
class SentText:
    """A text of the response that was sent, and what it was written to."""

    text: str
    question_id: int | None = None
    proposal_id: int | None = None
    heading: str = ""


def texts_of_parts(parts: Iterable[PartAbout], texts: Sequence[SentText]) -> dict[str, str]:
    """What the response that was sent says in each part, by the part's key.

    A question goes before the proposal that it asks about; what is about neither is found by its
    heading, the last one first, because the letter's introduction stands before.
    """
    found: dict[str, str] = {}
    for part in parts:
        for one in reversed(texts):
            if _is_about(part, one):
                found[part.key] = one.text
                break
    return found


def _is_about(part: PartAbout, text: SentText) -> bool:
    if part.question_id is not None:
        return text.question_id == part.question_id
    if text.question_id is not None:
        return False
    if part.proposal_id is not None:
        return text.proposal_id == part.proposal_id
    return text.proposal_id is None and text.heading == part.heading
