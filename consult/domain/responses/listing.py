"""The rounds that concern an organisation, and how far its work with each has come.

One list is a fixed number of queries, however long it is.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.composing.models import (
    Composition,
    Part,
    PartRevision,
    SignEvent,
    SignOff,
    SignStep,
)
from consult.domain.composing.types import CompositionKind, SaveKind, SignEventKind
from consult.domain.responses.models import ResponseCase
from consult.domain.responses.rules import (
    Progress,
    is_sign_off_complete,
    is_sign_off_running,
    move_of,
    step_of,
)
from consult.domain.responses.types import CaseStatus, CaseStep, Move
from consult.domain.rounds.listing import OPEN_TO_ALL
from consult.domain.rounds.models import Invitation, Round
from consult.domain.rounds.types import PUBLIC_STATUSES
from consult.domain.submissions.models import Submission
from consult.kernel.errors import NotFound

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation

R = TypeVar("R", Invitation, ResponseCase, Submission)


@dataclass(frozen=True, slots=True)
class Concern:
    """A round that concerns an organisation, and what it has done about it.

    Attributes:
        handed_from: The bodies above that handed it on.
        answer: What the organisation has sent.
        closes_at: The organisation's own deadline where it has one, else everybody's.
    """

    organisation: "Organisation"
    round: Round
    invitation: Invitation | None
    case: ResponseCase | None
    handed_from: tuple[ResponseCase, ...]
    answer: Submission | None
    progress: Progress
    closes_at: datetime
    step: CaseStep
    move: Move

    @property
    def hearing(self) -> Round | None:
        """The organisation's hearing among its own branches."""
        return self.case.hearing if self.case is not None else None


def list_concerns(organisation: "Organisation", *, now: datetime) -> list[Concern]:
    """Everything that concerns an organisation, first what closes first."""
    query = _visible(organisation.id).order_by(Round.closes_at, Round.id)
    rounds = session().scalars(query.where(_concerns(organisation.id))).all()
    found = _concerns_of(organisation, rounds, now=now)
    return sorted(found, key=lambda one: one.closes_at)


def get_concern(organisation: "Organisation", round_slug: str, *, now: datetime) -> Concern:
    """A round as an organisation sees it: one that concerns it, or that everybody may answer.

    Raises :class:`NotFound` for all others, whether they exist or not, by the same query.
    """
    may_take = and_(Round.type.in_(OPEN_TO_ALL), Round.status.in_(PUBLIC_STATUSES))
    query = _visible(organisation.id).where(
        Round.slug == round_slug, or_(_concerns(organisation.id), may_take)
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("case", round_slug)
    return _concerns_of(organisation, [found], now=now)[0]


def list_open_to_take(
    organisation: "Organisation", words: str, *, now: datetime, limit: int = 50
) -> Sequence[Round]:
    """Rounds open to all that the organisation has nothing to do with yet, first to close first."""
    query = (
        _visible(organisation.id)
        .where(
            Round.type.in_(OPEN_TO_ALL),
            Round.opens_at <= now,
            Round.closes_at > now,
            Round.owner_id != organisation.id,
            ~_concerns(organisation.id),
        )
        .order_by(Round.closes_at, Round.id)
    )
    wanted = [word.lower() for word in words.split()]
    found = session().scalars(query).all()
    return [one for one in found if _holds(one, wanted)][:limit]


def _holds(round_: Round, words: Collection[str]) -> bool:
    text = " ".join((round_.owner.name, *round_.title.values())).lower()
    return all(word in text for word in words)


def _visible(organisation_id: int) -> Select[Round]:
    """Rounds that are announced, with their owners; one's own case survives what comes later."""
    decided = exists().where(
        ResponseCase.round_id == Round.id, ResponseCase.organisation_id == organisation_id
    )
    return (
        select(Round)
        .where(or_(Round.status.in_(PUBLIC_STATUSES), decided))
        .options(joinedload(Round.owner))
    )


def _concerns(organisation_id: int) -> ColumnElement[bool]:
    """The organisation is asked, has decided something, or got the round from above."""
    return or_(
        exists().where(
            Invitation.round_id == Round.id, Invitation.organisation_id == organisation_id
        ),
        exists().where(
            ResponseCase.round_id == Round.id,
            or_(
                ResponseCase.organisation_id == organisation_id,
                and_(
                    ResponseCase.handed_to_id == organisation_id,
                    ResponseCase.status == CaseStatus.HANDED_ON,
                ),
            ),
        ),
    )


def _concerns_of(
    organisation: "Organisation", rounds: Sequence[Round], *, now: datetime
) -> list[Concern]:
    ids = [one.id for one in rounds]
    invitations = _by_round(
        select(Invitation).where(
            Invitation.round_id.in_(ids), Invitation.organisation_id == organisation.id
        )
    )
    cases = _by_round(
        select(ResponseCase)
        .where(ResponseCase.round_id.in_(ids), ResponseCase.organisation_id == organisation.id)
        .options(
            joinedload(ResponseCase.responsible),
            joinedload(ResponseCase.handed_to),
            joinedload(ResponseCase.hearing),
        )
    )
    handed = _handed_from(organisation.id, ids)
    answers = _by_round(
        select(Submission)
        .where(
            Submission.round_id.in_(ids),
            Submission.organisation_id == organisation.id,
            Submission.withdrawn_at.is_(None),
            Submission.came_with_id.is_(None),  # that another body sent, not the organisation
        )
        .order_by(Submission.id)
    )
    written, signing = _written(organisation.id, ids), _signing(organisation.id, ids)
    return [
        _concern(
            organisation,
            round_,
            invitation=invitations.get(round_.id),
            case=cases.get(round_.id),
            handed_from=handed.get(round_.id, ()),
            answer=answers.get(round_.id),
            is_written=round_.id in written,
            signing=signing.get(round_.id),
            now=now,
        )
        for round_ in rounds
    ]


def _concern(
    organisation: "Organisation",
    round_: Round,
    *,
    invitation: Invitation | None,
    case: ResponseCase | None,
    handed_from: tuple[ResponseCase, ...],
    answer: Submission | None,
    is_written: bool,
    signing: "tuple[int, list[SignEventKind]] | None",
    now: datetime,
) -> Concern:
    hearing = case.hearing if case is not None else None
    progress = Progress(
        status=case.status if case is not None else None,
        hears_until=hearing.closes_at if hearing is not None else None,
        is_written=is_written,
        is_signing=signing is not None and is_sign_off_running(*signing),
        is_signed=signing is not None and is_sign_off_complete(*signing),
        is_sent=answer is not None,
    )
    own = invitation.deadline_at if invitation is not None else None
    closes_at = own or round_.closes_at
    has_responsible = case is not None and case.responsible_id is not None
    return Concern(
        organisation=organisation,
        round=round_,
        invitation=invitation,
        case=case,
        handed_from=handed_from,
        answer=answer,
        progress=progress,
        closes_at=closes_at,
        step=step_of(progress, now=now),
        move=move_of(progress, has_responsible=has_responsible, closes_at=closes_at, now=now),
    )


def _by_round(query: Select[R]) -> dict[int, R]:
    return {row.round_id: row for row in session().scalars(query)}


def _handed_from(
    organisation_id: int, round_ids: Collection[int]
) -> dict[int, tuple[ResponseCase, ...]]:
    query = (
        select(ResponseCase)
        .where(
            ResponseCase.round_id.in_(round_ids),
            ResponseCase.handed_to_id == organisation_id,
            ResponseCase.status == CaseStatus.HANDED_ON,
        )
        .options(joinedload(ResponseCase.organisation))
        .order_by(ResponseCase.id)
    )
    found: dict[int, tuple[ResponseCase, ...]] = {}
    for case in session().scalars(query):
        found[case.round_id] = (*found.get(case.round_id, ()), case)
    return found


def _written(organisation_id: int, round_ids: Collection[int]) -> frozenset[int]:
    """Rounds on whose response somebody has written something."""
    query = (
        select(Composition.round_id)
        .join(Part, Part.composition_id == Composition.id)
        .join(PartRevision, PartRevision.part_id == Part.id)
        .where(
            Composition.organisation_id == organisation_id,
            Composition.round_id.in_(round_ids),
            Composition.kind == CompositionKind.RESPONSE,
            PartRevision.kind != SaveKind.BEGUN,
        )
        .distinct()
    )
    return frozenset(session().scalars(query))


def _signing(
    organisation_id: int, round_ids: Collection[int]
) -> dict[int, tuple[int, list[SignEventKind]]]:
    """How many steps the latest sign-off of each response has, and what happened in it."""
    latest = (
        select(func.max(SignOff.id).label("id"), Composition.round_id.label("round_id"))
        .join(Composition, Composition.id == SignOff.composition_id)
        .where(
            Composition.organisation_id == organisation_id,
            Composition.round_id.in_(round_ids),
            Composition.kind == CompositionKind.RESPONSE,
        )
        .group_by(Composition.round_id)
        .subquery()
    )
    steps = (
        select(func.count(SignStep.id)).where(SignStep.sign_off_id == latest.c.id).scalar_subquery()
    )
    query = (
        select(latest.c.round_id, steps, SignEvent.kind)
        .join(SignEvent, SignEvent.sign_off_id == latest.c.id)
        .order_by(latest.c.round_id, SignEvent.id)
    )
    events: dict[int, tuple[int, list[SignEventKind]]] = {}
    for round_id, number, kind in session().execute(query):
        events.setdefault(round_id, (number, []))[1].append(kind)
    return events
