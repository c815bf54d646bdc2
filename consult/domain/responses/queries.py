"""Finding what an organisation works on."""

from sqlalchemy import select

from consult.db import session
from consult.domain.responses.models import ResponseCase
from consult.domain.rounds.models import Round
from consult.kernel.errors import NotFound


def find_case(organisation_id: int, round_id: int) -> ResponseCase | None:
    """What an organisation does about a round, if it has decided anything."""
    query = select(ResponseCase).where(
        ResponseCase.organisation_id == organisation_id, ResponseCase.round_id == round_id
    )
    return session().scalars(query).one_or_none()


def get_case(organisation_id: int, round_slug: str) -> ResponseCase:
    """What an organisation does about a round, by the round's short name. Raises ``NotFound``."""
    query = (
        select(ResponseCase)
        .join(Round, Round.id == ResponseCase.round_id)
        .where(ResponseCase.organisation_id == organisation_id, Round.slug == round_slug)
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("case", round_slug)
    return found
