"""Reading what is followed up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import get_one, session
from consult.domain.composing.frozen import unfreeze
from consult.domain.composing.models import Composition, Recommendation
from consult.domain.composing.queries import list_reports
from consult.domain.composing.types import REPORTS, FrozenRecommendation
from consult.domain.followup.models import Measure, MeasureEvent, ProposalChange, RoundFollowUp
from consult.domain.followup.rules import clock_of, due_response_reminder
from consult.domain.followup.types import (
    RESPONSE_WITHIN,
    WARN_BEFORE,
    ResponseClock,
    ResponseReminder,
)
from consult.domain.reports.editions import published_edition
from consult.domain.rounds.models import Round, RoundNews
from consult.domain.rounds.types import ROUND_RULES, NewsKind, RoundStatus, RoundType

if TYPE_CHECKING:
    from consult.domain.composing.models import NamedVersion

_ANSWERING = frozenset({RoundStatus.CLOSED, RoundStatus.ANALYSIS})
_RESPONDED = frozenset({RoundStatus.REPORTED, RoundStatus.CONCLUDED, RoundStatus.ARCHIVED})
_OPEN_TO_ALL = [kind for kind in RoundType if ROUND_RULES[kind].is_open_to_all]
_REMIND_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ReadyReport:
    """A published report with proposals that are not followed yet; ``waiting``: how many."""

    composition: Composition
    waiting: int


def followable(composition: Composition) -> "NamedVersion | None":
    """The text of a report that may be followed up: that of the edition that holds now, if any."""
    edition = published_edition(composition.id)
    return edition.version if edition else None


def proposals_in(version: "NamedVersion") -> Sequence[FrozenRecommendation]:
    """What a published text proposes, in its order; not what it has turned down."""
    return [one for one in unfreeze(version.content).recommendations if one.is_proposed]


def ready_reports(round_id: int) -> Sequence[ReadyReport]:
    """The published reports of a round that propose something which nobody follows yet."""
    ready = []
    for composition in list_reports(round_id):
        version = followable(composition)
        if version is not None:
            taken = taken_up_keys(composition.id)
            waiting = sum(one.key not in taken for one in proposals_in(version))
            if waiting:
                ready.append(ReadyReport(composition, waiting))
    return ready


def get_report_of(round_slug: str, report_id: str) -> Composition:
    """A report of a round by public id. Raises ``NotFound``."""
    query = (
        select(Composition)
        .join(Round, Round.id == Composition.round_id)
        .where(
            Round.slug == round_slug,
            Composition.public_id == report_id,
            Composition.kind.in_(REPORTS),
        )
    )
    return get_one(query, "composition", report_id)


def taken_up_keys(composition_id: int) -> frozenset[str]:
    """Which proposals of a report are followed, by what the report calls them."""
    query = (
        select(Recommendation.key)
        .join(Measure, Measure.recommendation_id == Recommendation.id)
        .where(Recommendation.composition_id == composition_id)
    )
    return frozenset(session().scalars(query))


def recommendation_ids(composition_id: int) -> dict[str, int]:
    """Every proposal that a report has had, by what it calls them."""
    query = select(Recommendation.key, Recommendation.id).where(
        Recommendation.composition_id == composition_id
    )
    return {row.key: row.id for row in session().execute(query)}


def next_number(round_id: int) -> int:
    """The number of a round's next measure; nobody else gets it before the transaction ends."""
    session().execute(select(Round.id).where(Round.id == round_id).with_for_update())
    query = select(func.max(Measure.number)).where(Measure.round_id == round_id)
    return (session().scalar(query) or 0) + 1


def list_measures(round_id: int) -> Sequence[Measure]:
    """The measures of a round, by number."""
    query = select(Measure).where(Measure.round_id == round_id).order_by(Measure.number)
    return session().scalars(query).all()


def measures_with_history(round_id: int) -> Sequence[Measure]:
    """The measures of a round with all that happened to them, by number."""
    query = (
        select(Measure)
        .where(Measure.round_id == round_id)
        .options(selectinload(Measure.events))
        .order_by(Measure.number)
    )
    return session().scalars(query).all()


def get_measure(round_slug: str, number: int) -> Measure:
    """A measure by its number in the round. Raises ``NotFound``."""
    query = (
        select(Measure)
        .join(Measure.round)
        .where(Round.slug == round_slug, Measure.number == number)
        .options(
            joinedload(Measure.round).joinedload(Round.owner),
            joinedload(Measure.version),
            selectinload(Measure.events).selectinload(MeasureEvent.files),
        )
    )
    return get_one(query, "measure", number)


def get_published_measure(round_slug: str, number: int) -> Measure:
    """A measure that everybody may see. Raises ``NotFound``, also before that."""
    query = (
        select(Measure)
        .join(Measure.round)
        .join(RoundFollowUp, RoundFollowUp.round_id == Measure.round_id)
        .where(
            Round.slug == round_slug,
            Measure.number == number,
            RoundFollowUp.published_at.is_not(None),
        )
        .options(
            joinedload(Measure.round).joinedload(Round.owner),
            joinedload(Measure.version),
            selectinload(Measure.events).selectinload(MeasureEvent.files),
        )
    )
    return get_one(query, "measure", number)


def follow_up_of(round_id: int) -> RoundFollowUp | None:
    """What a round's owner tells of its response, if anything."""
    query = select(RoundFollowUp).where(RoundFollowUp.round_id == round_id)
    return session().scalars(query).one_or_none()


def clock_for(round_: Round, *, now: datetime) -> ResponseClock | None:
    """Where a round stands with its response; ``None`` where nobody outside waits for one.

    A response is a delivered report, or answers to its proposals that everybody can read.
    """
    if round_.type not in _OPEN_TO_ALL or round_.status is RoundStatus.CANCELLED:
        return None
    moments = [_reported_at(round_.id), _answered_at(round_.id)]
    has_responded = round_.status in _RESPONDED or moments[1] is not None
    return clock_of(
        round_.closes_at,
        has_responded=has_responded,
        responded_at=min((one for one in moments if one), default=None) if has_responded else None,
        now=now,
    )


def responses_to_remind(now: datetime) -> Sequence[int]:
    """Ids of rounds whose owner may have to be reminded of the response that is due."""
    query = (
        select(Round.id)
        .outerjoin(RoundFollowUp, RoundFollowUp.round_id == Round.id)
        .where(
            Round.type.in_(_OPEN_TO_ALL),
            Round.status.in_(_ANSWERING),
            Round.closes_at <= now - RESPONSE_WITHIN + WARN_BEFORE + timedelta(days=1),
            Round.closes_at >= now - RESPONSE_WITHIN - _REMIND_WITHIN,
            or_(
                RoundFollowUp.reminded.is_(None),
                RoundFollowUp.reminded != ResponseReminder.DUE,
            ),
        )
        .order_by(Round.id)
    )
    return session().scalars(query).all()


def reminder_for(
    round_id: int, *, now: datetime
) -> tuple[Round, ResponseReminder, ResponseClock] | None:
    """A round, the reminder of its response that is due, and its clock; kept from other workers."""
    query = select(Round).where(Round.id == round_id).with_for_update(skip_locked=True)
    round_ = session().scalars(query).one_or_none()
    if round_ is None:
        return None
    told = follow_up_of(round_id)
    clock = clock_for(round_, now=now)
    due = due_response_reminder(clock, sent=told.reminded if told else None)
    return (round_, due, clock) if clock and due else None


def list_changes(round_id: int) -> Sequence[ProposalChange]:
    """What has changed since the hearing, in the order it was noted."""
    query = select(ProposalChange).where(ProposalChange.round_id == round_id)
    return session().scalars(query.order_by(ProposalChange.id)).all()


def get_change(round_slug: str, change_id: str) -> ProposalChange:
    """A change by public id. Raises ``NotFound``."""
    query = (
        select(ProposalChange)
        .join(ProposalChange.round)
        .where(Round.slug == round_slug, ProposalChange.public_id == change_id)
        .options(joinedload(ProposalChange.round))
    )
    return get_one(query, "proposal_change", change_id)


def _answered_at(round_id: int) -> datetime | None:
    """Since when everybody can read answers to proposals."""
    query = select(RoundFollowUp.published_at).where(
        RoundFollowUp.round_id == round_id,
        select(Measure.id).where(Measure.round_id == round_id, Measure.reply.is_not(None)).exists(),
    )
    return session().scalar(query)


def _reported_at(round_id: int) -> datetime | None:
    query = select(func.min(RoundNews.at)).where(
        RoundNews.round_id == round_id, RoundNews.kind == NewsKind.REPORTED
    )
    return session().scalar(query)
