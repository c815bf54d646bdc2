"""Saved filters of a round's queue."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from consult.db import get_one, session
from consult.domain.handling.models import SavedFilter
from consult.domain.rounds.models import Round


def list_filters(round_id: int, *, person_id: int) -> Sequence[SavedFilter]:
    """A person's own filters and those that colleagues share, own ones first, by name."""
    is_own = SavedFilter.person_id == person_id
    query = (
        select(SavedFilter)
        .where(SavedFilter.round_id == round_id, or_(is_own, SavedFilter.is_shared))
        .options(joinedload(SavedFilter.person))
        .order_by(is_own.desc(), func.lower(SavedFilter.name), SavedFilter.id)
    )
    return session().scalars(query).all()


def get_filter(round_slug: str, filter_id: str) -> SavedFilter:
    """A saved filter of a round. Raises :class:`NotFound`."""
    query = (
        select(SavedFilter)
        .join(SavedFilter.round)
        .where(Round.slug == round_slug, SavedFilter.public_id == filter_id)
        .options(joinedload(SavedFilter.round))
    )
    return get_one(query, "filter", filter_id)


def find_own_filter(round_id: int, *, person_id: int, name: str) -> SavedFilter | None:
    """A person's own filter of this name."""
    query = select(SavedFilter).where(
        SavedFilter.round_id == round_id,
        SavedFilter.person_id == person_id,
        SavedFilter.name == name,
    )
    return session().scalars(query).one_or_none()


def count_own_filters(round_id: int, *, person_id: int) -> int:
    """How many filters a person has saved in a round."""
    query = select(func.count(SavedFilter.id)).where(
        SavedFilter.round_id == round_id, SavedFilter.person_id == person_id
    )
    return session().scalar(query) or 0
