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


def _standing() -> Select[Recommendation]:
    grounds = selectinload(Recommendation.grounds).joinedload(Ground.passage)
    return (
        select(Recommendation)
        .join(Part, Part.id == Recommendation.part_id)
        .where(Recommendation.removed_at.is_(None), Part.removed_at.is_(None))
        .options(joinedload(Recommendation.part), grounds.joinedload(Passage.submission))
    )
