"""Shaping the branches that are told where their points went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.domain.composing.types import PointCount
from consult.domain.responses.feedback import FEEDBACK_STATE_LABELS, FeedbackState

if TYPE_CHECKING:
    from consult.domain.responses.branches import BranchAnswer

_TONES = {
    FeedbackState.NOT_SENT: "neutral",
    FeedbackState.SENT: "success",
    FeedbackState.CHANGED: "warning",
}


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A branch in the list.

    Attributes:
        is_written: Somebody has written own words to it.
        sent_at: When it was told last; ``None`` for never.
    """

    answer_id: str
    name: str
    count: PointCount
    status: str
    tone: str
    sent_at: datetime | None
    is_written: bool
    can_be_told: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many branches there is something new to tell, and how many points are open in that."""

    branches: int
    open_points: int


def branch_rows(answers: "Sequence[BranchAnswer]") -> list[BranchRow]:
    """The branches in the order their answers came."""
    return [
        BranchRow(
            answer_id=one.submission.public_id,
            name=one.submission.name,
            count=one.count,
            status=_(FEEDBACK_STATE_LABELS[one.state]),
            tone=_TONES[one.state],
            sent_at=one.feedback.sent_at if one.feedback is not None else None,
            is_written=bool(one.told.text),
            can_be_told=one.can_be_told,
        )
        for one in answers
    ]


def waiting_of(answers: "Sequence[BranchAnswer]") -> Waiting:
    """What sending would tell now."""
    new = [one for one in answers if one.can_be_told and one.state is not FeedbackState.SENT]
    return Waiting(len(new), sum(one.count.open for one in new))
