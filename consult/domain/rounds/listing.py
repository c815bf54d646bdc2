"""Lists of rounds for everybody: only announced ones, only kinds that are open to all.

Where a round stands is decided by the clock, as ``rules.effective_status`` does for one round, so
that a list is right also before the worker has written the new state down.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ColumnElement, Select, and_, func, or_, select, type_coerce
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.organisations.models import Organisation
from consult.domain.organisations.types import ActorGroup, ActorType
from consult.domain.rounds.models import DeadlineChange, Invitation, Round, RoundNews
from consult.domain.rounds.types import ROUND_RULES, NewsKind, RoundStatus, RoundType
from consult.kernel.i18n import LOCALES

OPEN_TO_ALL: tuple[RoundType, ...] = tuple(
    kind for kind, rules in ROUND_RULES.items() if rules.is_open_to_all
)
"""Kinds of round that everybody may see and answer."""

_OVER = (RoundStatus.CLOSED, RoundStatus.ANALYSIS, RoundStatus.REPORTED, RoundStatus.CONCLUDED)


class Stage(StrEnum):
    """The three lists of the front page."""

    OPEN = "open"
    COMING = "coming"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class RoundFilter:
    """What somebody looks for.

    Attributes:
        words: Each must stand in the title, the introduction or the owner's name.
        owner: Short name of the owner; empty for any.
        type: Kind of round; ``None`` for any.
    """

    words: str = ""
    owner: str = ""
    type: RoundType | None = None

    def __bool__(self) -> bool:
        """Whether anything is filtered out at all."""
        return bool(self.words.strip() or self.owner or self.type)


def list_public_rounds(
    stage: Stage,
    wanted: RoundFilter,
    *,
    now: datetime,
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[Round]:
    """Rounds of one list with their owners: first to close, first to open, last closed first."""
    order = {
        Stage.OPEN: Round.closes_at.asc(),
        Stage.COMING: Round.opens_at.asc(),
        Stage.CLOSED: Round.closes_at.desc(),
    }[stage]
    query = (
        _filtered(select(Round), stage, wanted, now=now)
        .options(joinedload(Round.owner))
        .order_by(order, Round.id)
        .offset(offset)
        .limit(limit)
    )
    return session().scalars(query).all()


def count_public_rounds(stage: Stage, wanted: RoundFilter, *, now: datetime) -> int:
    """How many rounds one list holds."""
    return session().scalar(_filtered(select(func.count(Round.id)), stage, wanted, now=now)) or 0


def list_public_owners(*, now: datetime) -> Sequence[Organisation]:
    """Organisations that have a public round, by name."""
    public = select(Round.owner_id).where(
        or_(*(_stands_at(stage, now=now) for stage in Stage)), Round.type.in_(OPEN_TO_ALL)
    )
    query = select(Organisation).where(Organisation.id.in_(public)).order_by(Organisation.name)
    return session().scalars(query).all()


def invited_groups(round_ids: Collection[int]) -> dict[int, dict[ActorGroup, int]]:
    """How many bodies of each part of society are invited to each round."""
    query = (
        select(Invitation.round_id, Organisation.actor_type, func.count())
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Invitation.round_id.in_(round_ids))
        .group_by(Invitation.round_id, Organisation.actor_type)
    )
    counts: dict[int, dict[ActorGroup, int]] = {}
    kind: ActorType
    for round_id, kind, number in session().execute(query):
        groups = counts.setdefault(round_id, {})
        groups[kind.group] = groups.get(kind.group, 0) + number
    return counts


def list_invited(round_id: int) -> Sequence[Invitation]:
    """Who is invited to a round, with the organisation, by name."""
    query = (
        select(Invitation)
        .join(Invitation.organisation)
        .where(Invitation.round_id == round_id)
        .options(joinedload(Invitation.organisation))
        .order_by(Organisation.name, Invitation.id)
    )
    return session().scalars(query).all()


def list_deadline_changes(round_id: int) -> Sequence[DeadlineChange]:
    """The history of a round's deadline, oldest first."""
    query = (
        select(DeadlineChange)
        .where(DeadlineChange.round_id == round_id)
        .order_by(DeadlineChange.id)
    )
    return session().scalars(query).all()


def list_news(round_ids: Collection[int]) -> Sequence[RoundNews]:
    """What was noted of some rounds, oldest first; moved deadlines have a history of their own."""
    query = (
        select(RoundNews)
        .where(RoundNews.round_id.in_(round_ids), RoundNews.kind != NewsKind.DEADLINE_MOVED)
        .order_by(RoundNews.at, RoundNews.id)
    )
    return session().scalars(query).all()


def list_moves(round_ids: Collection[int]) -> Sequence[DeadlineChange]:
    """The history of the deadlines of some rounds, oldest first, early closings included."""
    query = (
        select(DeadlineChange)
        .where(DeadlineChange.round_id.in_(round_ids))
        .order_by(DeadlineChange.id)
    )
    return session().scalars(query).all()


def titles_by_reference(
    references: Collection[str], *, readers: Collection[int]
) -> dict[str, dict[str, str]]:
    """Titles, by language, for the audit log's references of rounds.

    Only of rounds open to all, and of those that one of the readers, by organisation id, owns.
    """
    ids = [ref.removeprefix("round:") for ref in references if ref.startswith("round:")]
    query = select(Round.public_id, Round.title).where(
        Round.public_id.in_(ids), or_(Round.type.in_(OPEN_TO_ALL), Round.owner_id.in_(readers))
    )
    return {f"round:{public_id}": title for public_id, title in session().execute(query)}


def count_rounds() -> int:
    """How many rounds open to all there are, in any state."""
    query = select(func.count(Round.id)).where(Round.type.in_(OPEN_TO_ALL))
    return session().scalar(query) or 0


def _filtered(
    query: Select[Any], stage: Stage, wanted: RoundFilter, *, now: datetime
) -> Select[Any]:
    query = query.where(_stands_at(stage, now=now), Round.type.in_(OPEN_TO_ALL))
    if wanted.type is not None:
        query = query.where(Round.type == wanted.type)
    if wanted.owner or wanted.words.strip():
        query = query.join(Organisation, Organisation.id == Round.owner_id)
    if wanted.owner:
        query = query.where(Organisation.slug == wanted.owner)
    for word in wanted.words.split():
        query = query.where(_holds(word))
    return query


def _stands_at(stage: Stage, *, now: datetime) -> ColumnElement[bool]:
    """The rules of ``effective_status`` as a condition; the deadline's own second still counts."""
    second = now.replace(microsecond=0)
    begun = or_(
        Round.status == RoundStatus.OPEN,
        and_(Round.status == RoundStatus.ANNOUNCED, Round.opens_at <= now),
    )
    match stage:
        case Stage.OPEN:
            return and_(begun, Round.closes_at >= second)
        case Stage.COMING:
            return and_(Round.status == RoundStatus.ANNOUNCED, Round.opens_at > now)
        case Stage.CLOSED:
            return or_(Round.status.in_(_OVER), and_(begun, Round.closes_at < second))


def _holds(word: str) -> ColumnElement[bool]:
    """The word stands in a text of the round, in any language, letter case aside."""
    texts: list[ColumnElement[str]] = [
        type_coerce(column, JSON)[locale].as_string()
        for column in (Round.title, Round.introduction)
        for locale in LOCALES
    ]
    return or_(
        Organisation.name.icontains(word, autoescape=True),
        *(text.icontains(word, autoescape=True) for text in texts),
    )
