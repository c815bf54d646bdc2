"""Reading what comes of what was said: on a theme, and for one answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from consult.db import session
from consult.domain.coding.models import Coding, Passage, Theme
from consult.domain.coding.queries.scope import is_current
from consult.domain.following.models import ThemeOutcome
from consult.domain.following.types import Outcome
from consult.domain.submissions.models import Submission, SubmissionVersion


@dataclass(frozen=True, slots=True)
class Told:
    """What a sender is told of one theme.

    Attributes:
        theme: What the theme is called.
        text: What is recommended or done, and why; in ``language``.
    """

    theme: str
    outcome: Outcome
    text: str
    language: str
    told_at: datetime


def outcome_of(theme_id: int) -> ThemeOutcome | None:
    """What comes of a theme, if that has been written."""
    query = select(ThemeOutcome).where(ThemeOutcome.theme_id == theme_id)
    return session().scalars(query).one_or_none()


def list_outcomes(round_id: int) -> Sequence[Told]:
    """What comes of the themes of a round, as they stand in the codebook."""
    query = (
        select(ThemeOutcome)
        .join(ThemeOutcome.theme)
        .where(Theme.round_id == round_id)
        .options(contains_eager(ThemeOutcome.theme))
        .order_by(Theme.position, Theme.id)
    )
    return tuple(_told(one) for one in session().scalars(query))


def told_of_answer(submission: Submission) -> Sequence[Told]:
    """What comes of the themes of an answer, each once, as they stand in the codebook.

    What is written of a theme holds for those under it that have nothing of their own.
    """
    written = _written(submission.round_id)
    if not written:
        return ()
    query = (
        select(Theme)
        .join(Coding, Coding.theme_id == Theme.id)
        .join(Passage, Coding.passage_id == Passage.id)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, SubmissionVersion.submission_id == Submission.id)
        .where(Submission.id == submission.id, is_current())
        .distinct()
        .order_by(Theme.position, Theme.id)
    )
    nearest = (_nearest(theme, written) for theme in session().scalars(query))
    found = {one.theme_id: one for one in nearest if one is not None}
    return tuple(_told(one) for one in found.values())


def _told(one: ThemeOutcome) -> Told:
    return Told(one.theme.name, one.outcome, one.text, one.language, one.told_at)


def _written(round_id: int) -> Mapping[int, ThemeOutcome]:
    query = select(ThemeOutcome).join(ThemeOutcome.theme).where(Theme.round_id == round_id)
    return {one.theme_id: one for one in session().scalars(query)}


def _nearest(theme: Theme, written: Mapping[int, ThemeOutcome]) -> ThemeOutcome | None:
    """What is written of a theme, or else of the nearest one above it."""
    at: Theme | None = theme
    while at is not None and at.id not in written:
        at = at.parent
    return None if at is None else written[at.id]
