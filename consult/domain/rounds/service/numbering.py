"""Numbering what a round receives."""

from sqlalchemy import bindparam, update

from consult.db import session, table_of
from consult.domain.rounds.models import Round

_ROUNDS = table_of(Round)
_NEXT_NUMBER = (
    update(_ROUNDS)
    .where(_ROUNDS.c.id == bindparam("this"))
    .values(last_number=_ROUNDS.c.last_number + 1)
    .returning(_ROUNDS.c.last_number)
)


def take_number(round_: Round) -> int:
    """Take the round's next running number; two senders at once wait for each other here."""
    number: int = session().execute(_NEXT_NUMBER, {"this": round_.id}).scalar_one()
    session().expire(round_, ["last_number"])
    return number
