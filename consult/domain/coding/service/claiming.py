"""Taking on what one worker makes for a round in the background, so that no other makes it too."""

from datetime import datetime
from typing import TypeVar

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from consult.db import savepoint, session
from consult.domain.coding.models import Nearness, Suggesting
from consult.domain.coding.queries.suggesting import CLAIM_HOLDS

_Row = TypeVar("_Row", Nearness, Suggesting)


def row_of(kind: type[_Row], round_id: int) -> _Row:
    """The round's row, made where there is none, also when another makes it just now."""
    query = select(kind).where(kind.round_id == round_id)
    found = session().scalars(query).one_or_none()
    if found is None:
        try:
            with savepoint():
                session().add(kind(round_id=round_id))
        except IntegrityError:
            session().expire_all()
        found = session().scalars(query).one()
    return found


def claim_learning(round_id: int, *, now: datetime) -> bool:
    """Take it on to make a model of a round; false when another worker is at it.

    A worker that fails does not give the round back: the next one tries when the claim has run out.
    """
    return _claim(Suggesting, round_id, now=now)


def claim_drawing(round_id: int, *, now: datetime) -> bool:
    """Take it on to draw a round's map of nearness; as :func:`claim_learning` does."""
    return _claim(Nearness, round_id, now=now)


def _claim(kind: type[_Row], round_id: int, *, now: datetime) -> bool:
    row_of(kind, round_id)
    step = (
        update(kind)
        .where(
            kind.round_id == round_id,
            kind.claimed_at.is_(None) | (kind.claimed_at < now - CLAIM_HOLDS),
        )
        .values(claimed_at=now)
        .returning(kind.round_id)
        .execution_options(synchronize_session=False)
    )
    return session().scalars(step).one_or_none() is not None
