"""Noting what people will be told; an area above finds out whom, and writes the mails."""

from datetime import datetime

from consult.db import session
from consult.domain.rounds.models import Round, RoundNews
from consult.domain.rounds.types import NewsKind


def add_news(
    round_: Round, kind: NewsKind, *, at: datetime, data: dict[str, object] | None = None
) -> None:
    """Note that something happened to a round, in the transaction in which it does."""
    session().add(RoundNews(round_id=round_.id, kind=kind, at=at, data=data or {}))
    session().flush()
