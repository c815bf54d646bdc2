"""The reader's choice of answers as SQL, and what there is to choose from."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import ColumnElement, or_, select

from consult.db import session
from consult.domain.analysis.filters import AnswerFilter, StanceOn
from consult.domain.analysis.queries.positions import find_positions
from consult.domain.coding.models import Coding, Theme
from consult.domain.coding.queries.scope import counts
from consult.domain.organisations.models import Organisation
from consult.domain.rounds.models import Proposal
from consult.domain.submissions.models import Submission
from consult.kernel.clock import start_of_day


def answers_chosen(round_id: int, chosen: AnswerFilter) -> tuple[ColumnElement[bool], ...]:
    """The answers that a filter lets through, besides that they count."""
    return tuple(_answers_chosen(round_id, chosen))


def _answers_chosen(round_id: int, chosen: AnswerFilter) -> Iterator[ColumnElement[bool]]:
    if chosen.languages:
        yield Submission.language.in_(chosen.languages)
    if chosen.channels:
        yield Submission.channel.in_(chosen.channels)
    if chosen.counties:
        there = select(Organisation.id).where(Organisation.county.in_(chosen.counties))
        yield Submission.organisation_id.in_(there)
    if chosen.since:
        yield Submission.received_at >= start_of_day(chosen.since)
    if chosen.until:
        yield Submission.received_at < start_of_day(chosen.until + timedelta(days=1))
    if chosen.stances:
        yield or_(*(Submission.id.in_(_taking(round_id, one)) for one in chosen.stances))


def _taking(round_id: int, wanted: StanceOn) -> list[int]:
    """The answers that take a stance on a proposal."""
    query = select(Proposal.id).where(
        Proposal.round_id == round_id, Proposal.key == wanted.proposal
    )
    proposal_id = session().scalar(query)
    if proposal_id is None:
        return []
    found = find_positions(round_id, proposal_id=proposal_id)
    return sorted(place[0] for place, one in found.items() if one.value is wanted.stance)


def codings_chosen(chosen: AnswerFilter) -> tuple[ColumnElement[bool], ...]:
    """The codings that a filter lets through."""
    return (Coding.coded_by.in_(chosen.coders),) if chosen.coders else ()


def languages_of(round_id: int) -> tuple[str, ...]:
    """The languages that answers are written in."""
    query = select(Submission.language).where(counts(round_id)).distinct()
    return tuple(sorted(session().scalars(query)))


def counties_of(round_id: int) -> tuple[str, ...]:
    """The counties of the organisations that answered."""
    query = (
        select(Organisation.county)
        .join(Submission, Submission.organisation_id == Organisation.id)
        .where(counts(round_id), Organisation.county.is_not(None))
        .distinct()
    )
    return tuple(sorted(county for county in session().scalars(query) if county))


def coders_of(round_id: int) -> tuple[str, ...]:
    """Who has put themes on, as the codings name them."""
    query = (
        select(Coding.coded_by)
        .join(Theme, Coding.theme_id == Theme.id)
        .where(Theme.round_id == round_id)
        .distinct()
    )
    return tuple(sorted(session().scalars(query)))
