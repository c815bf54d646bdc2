"""Maps of nearness: taken on by a worker, and put in place of the one before."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from consult.db import savepoint, session
from consult.domain.coding.models import Nearness
from consult.domain.coding.queries.suggesting import CLAIM_HOLDS


def claim_drawing(round_id: int, *, now: datetime) -> bool:
    """Take it on to draw a round's map; false when another worker is at it.

    A worker that fails does not give the round back: the next one tries when the claim has run out.
    """
    if session().get(Nearness, round_id) is None:
        try:
            with savepoint():
                session().add(Nearness(round_id=round_id))
        except IntegrityError:
            session().expire_all()
    step = (
        update(Nearness)
        .where(
            Nearness.round_id == round_id,
            Nearness.claimed_at.is_(None) | (Nearness.claimed_at < now - CLAIM_HOLDS),
        )
        .values(claimed_at=now)
        .returning(Nearness.round_id)
        .execution_options(synchronize_session=False)
    )
    return session().scalars(step).one_or_none() is not None


def keep_map(
    round_id: int,
    *,
    digest: str,
    texts: str,
    passages: int,
    milliseconds: int,
    now: datetime,
) -> str | None:
    """Put a map into use that is drawn and stored; returns the digest of a file not needed now."""
    query = select(Nearness).where(Nearness.round_id == round_id)
    row = session().scalars(query.execution_options(populate_existing=True)).one()
    before = row.digest
    row.digest, row.texts, row.passages = digest, texts, passages
    row.milliseconds, row.made_at, row.claimed_at = milliseconds, now, None
    session().flush()
    used = session().scalar(select(Nearness.round_id).where(Nearness.digest == before).limit(1))
    return before if used is None else None
