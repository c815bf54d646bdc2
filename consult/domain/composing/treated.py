"""How far a document has taken up what was answered: what is open, and what proposals rest on."""

from collections.abc import Collection

from sqlalchemy import case, func, or_, select

from consult.db import session
from consult.domain.coding.models import Passage
from consult.domain.composing.models import Ground
from consult.domain.composing.sources import (
    Hearings,
    grounds_of,
    has_theme,
    is_left_out,
    is_used,
    points_of,
)
from consult.domain.submissions.models import Submission


def open_passages(hearings: Hearings, theme_ids: Collection[int]) -> tuple[int, ...]:
    """Ids of the passages on some themes that are neither used nor left out."""
    query = points_of(hearings, select(Passage.id)).where(
        has_theme(theme_ids), ~is_used(hearings), ~is_left_out(hearings)
    )
    return tuple(session().scalars(query.order_by(Passage.id)))


def count_treated(hearings: Hearings) -> tuple[int, int]:
    """Of how many answers a passage at least is used or left out, and of how many there are."""
    told = func.max(case((or_(is_used(hearings), is_left_out(hearings)), 1), else_=0))
    answers = (
        points_of(hearings, select(Submission.id, told.label("told")))
        .group_by(Submission.id)
        .subquery()
    )
    query = select(func.coalesce(func.sum(answers.c.told), 0), func.count()).select_from(answers)
    treated, all_ = session().execute(query).one()
    return int(treated), all_


def grounded_passages(hearings: Hearings, passage_ids: Collection[int]) -> frozenset[int]:
    """Those of some passages that a proposal of the document rests on, or is met with."""
    query = grounds_of(hearings).where(Ground.passage_id.in_(passage_ids))
    return frozenset(session().scalars(query))
