"""Numbering what a round receives."""

from sqlalchemy import update

from consult.db import session
from consult.domain.rounds.models import Round


def take_number(round_: Round) -> int:
    """Take the round's next running number; two senders at once wait for each other here."""
    step = (
        update(Round)
        .where(Round.id == round_.id)
        .values(last_number=Round.last_number + 1)
        .returning(Round.last_number)
        .execution_options(synchronize_session=False)
    )
    number: int = session().execute(step).scalar_one()
    session().expire(round_, ["last_number"])
    return number
