"""Reading what was coded when, step by step: of one passage, and of many at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.coding.models import CodingStep, Passage
from consult.domain.coding.queries.scope import is_current, is_read
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.models import Submission, SubmissionVersion
from consult.kernel.errors import NotFound

if TYPE_CHECKING:
    from consult.domain.coding.models import Theme
    from consult.domain.rounds.models import Round


@dataclass(frozen=True, slots=True)
class StepsTogether:
    """What somebody did with many passages at once.

    Attributes:
        applied: Whether the theme was put on them, or taken off.
        passage_ids: The passages that it changed.
        left: How many of the steps are not undone.
    """

    public_id: str
    round: "Round"
    theme: "Theme"
    applied: bool
    done_by: str
    done_at: datetime
    passage_ids: tuple[int, ...]
    left: int


def steps_together(round_id: int, together: str) -> Sequence[CodingStep]:
    """The steps that were taken at once, in the order of the passages."""
    query = (
        select(CodingStep)
        .where(CodingStep.round_id == round_id, CodingStep.together == together)
        .options(joinedload(CodingStep.passage), joinedload(CodingStep.theme))
        .order_by(CodingStep.id)
    )
    return session().scalars(query).all()


def get_together(round_slug: str, together_id: str) -> StepsTogether:
    """What was done with many passages of a round at once. Raises :class:`NotFound`."""
    round_ = get_round(round_slug)
    steps = steps_together(round_.id, together_id)
    if not steps:
        raise NotFound("steps together", together_id)
    first = steps[0]
    return StepsTogether(
        public_id=together_id,
        round=round_,
        theme=first.theme.standing,
        applied=first.applied,
        done_by=first.done_by,
        done_at=first.done_at,
        passage_ids=tuple(step.passage_id for step in steps),
        left=sum(step.undone_at is None for step in steps),
    )


def steps_on(passage: Passage) -> Sequence[CodingStep]:
    """What people have done to the themes of a passage, the latest first."""
    query = (
        select(CodingStep)
        .where(CodingStep.passage_id == passage.coded_at.id)
        .options(joinedload(CodingStep.theme))
        .order_by(CodingStep.id.desc())
    )
    return session().scalars(query).all()


def find_codable(round_id: int, public_ids: Collection[str]) -> Sequence[Passage]:
    """Those of some passages that readers code, in the order in which they were made."""
    query = (
        select(Passage)
        .join(Submission, Passage.submission_id == Submission.id)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .where(Passage.public_id.in_(public_ids), is_read(round_id), is_current())
        .options(joinedload(Passage.round))
        .order_by(Passage.id)
    )
    return session().scalars(query).all()
