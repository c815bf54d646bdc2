"""Maps of nearness: put in place of the one before."""

from datetime import datetime

from sqlalchemy import select

from consult.db import session
from consult.domain.coding.models import Nearness


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
