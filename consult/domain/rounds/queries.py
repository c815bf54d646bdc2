"""Finding rounds."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import session
from consult.domain.rounds.models import Proposal, Question, Round, Section
from consult.domain.rounds.types import RoundStatus
from consult.kernel.errors import NotFound


def get_round(round_slug: str) -> Round:
    """A round by short name. Raises :class:`NotFound`."""
    query = select(Round).where(Round.slug == round_slug).options(joinedload(Round.owner))
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("round", round_slug)
    return found


def rounds_owned_by(owner_ids: Collection[int]) -> Sequence[Round]:
    """Rounds of some organisations, the latest opening first."""
    query = (
        select(Round)
        .where(Round.owner_id.in_(owner_ids))
        .options(joinedload(Round.owner))
        .order_by(Round.opens_at.desc(), Round.id.desc())
    )
    return session().scalars(query).all()


def rounds_due(now: datetime) -> Sequence[Round]:
    """Rounds whose stored status lags behind the clock."""
    query = select(Round).where(
        ((Round.status == RoundStatus.ANNOUNCED) & (Round.opens_at <= now))
        | ((Round.status == RoundStatus.OPEN) & (Round.closes_at < now))
    )
    return session().scalars(query.order_by(Round.id)).all()


def list_sections(round_id: int) -> Sequence[Section]:
    """The sections of the paper, in order."""
    query = select(Section).where(Section.round_id == round_id).order_by(Section.position)
    return session().scalars(query).all()


def list_questions(round_id: int) -> Sequence[Question]:
    """The questions, in order, with the proposals and sections they are about."""
    query = (
        select(Question)
        .where(Question.round_id == round_id)
        .options(selectinload(Question.proposal), selectinload(Question.section))
        .order_by(Question.position)
    )
    return session().scalars(query).all()


def list_proposals(round_id: int) -> Sequence[Proposal]:
    """The proposals, in order."""
    query = select(Proposal).where(Proposal.round_id == round_id).order_by(Proposal.position)
    return session().scalars(query).all()
