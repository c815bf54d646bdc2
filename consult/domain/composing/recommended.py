"""Reading what a report proposes."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import session
from consult.domain.coding.models import Passage
from consult.domain.composing.models import Ground, Part, Recommendation
from consult.kernel.errors import NotFound


def list_recommendations(
    composition_id: int, *, part_id: int | None = None
) -> Sequence[Recommendation]:
    """What a report proposes or has turned down, chapter by chapter; of one chapter if given."""
    query = (
        _standing()
        .where(Recommendation.composition_id == composition_id)
        .order_by(Part.position, Recommendation.position, Recommendation.id)
    )
    if part_id is not None:
        query = query.where(Recommendation.part_id == part_id)
    return session().scalars(query).all()


def get_recommendation(composition_id: int, public_id: str) -> Recommendation:
    """A proposal of a report by public id. Raises ``NotFound``."""
    query = _standing().where(
        Recommendation.composition_id == composition_id, Recommendation.public_id == public_id
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("recommendation", public_id)
    return found


def list_removed_recommendations(composition_id: int) -> Sequence[Recommendation]:
    """What was taken out of a report and can be put back, the latest first."""
    query = (
        select(Recommendation)
        .join(Part, Part.id == Recommendation.part_id)
        .where(
            Recommendation.composition_id == composition_id,
            Recommendation.removed_at.is_not(None),
            Part.removed_at.is_(None),
        )
        .order_by(Recommendation.removed_at.desc())
    )
    return session().scalars(query).all()


def get_any_recommendation(composition_id: int, public_id: str) -> Recommendation:
    """A proposal of a report, standing or taken out. Raises ``NotFound``."""
    removed = {one.public_id: one for one in list_removed_recommendations(composition_id)}
    return removed.get(public_id) or get_recommendation(composition_id, public_id)


def get_ground(recommendation: Recommendation, public_id: str) -> Ground:
    """A passage that a proposal rests on, by the ground's public id. Raises ``NotFound``."""
    for one in recommendation.grounds:
        if one.public_id == public_id:
            return one
    raise NotFound("ground", public_id)


def _standing() -> Select[Recommendation]:
    grounds = selectinload(Recommendation.grounds).joinedload(Ground.passage)
    return (
        select(Recommendation)
        .join(Part, Part.id == Recommendation.part_id)
        .where(Recommendation.removed_at.is_(None), Part.removed_at.is_(None))
        .options(joinedload(Recommendation.part), grounds.joinedload(Passage.submission))
    )
