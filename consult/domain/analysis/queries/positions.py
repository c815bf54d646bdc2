"""Where senders stand on proposals: as coded, as stated, or derived from an answer they join."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.analysis.types import DerivedFrom
from consult.domain.coding.models import CodedStance
from consult.domain.coding.queries.scope import counts, is_current
from consult.domain.rounds.models import Proposal, Question
from consult.domain.submissions.endorsing import EndorsementState
from consult.domain.submissions.models import Answer, Endorsement, Submission, SubmissionVersion
from consult.domain.submissions.types import Stance, StanceModifier


class Position(NamedTuple):
    """A stance, its modifiers, whether a reader judged it so, and what it is derived from."""

    value: Stance
    modifiers: tuple[StanceModifier, ...]
    is_coded: bool
    derived: DerivedFrom | None = None


Positions = Mapping[tuple[int, int], Position]
"""By submission id and proposal id."""


def find_positions(
    round_id: int | None,
    *,
    submission_ids: Collection[int] | None = None,
    proposal_id: int | None = None,
) -> dict[tuple[int, int], Position]:
    """Stances that count, coded over stated over derived; of some answers, or on one proposal.

    Without a round those of the answers, whether these count or not.
    """
    which: list[ColumnElement[bool]] = [] if round_id is None else [counts(round_id)]
    if submission_ids is not None:
        which.append(Submission.id.in_(submission_ids))
    positions = _own_positions(*which, proposal_id=proposal_id)
    rounds = _rounds_of(submission_ids or ()) if round_id is None else [round_id]
    for place, position in chain.from_iterable(derived_positions(one).items() for one in rounds):
        is_wanted = submission_ids is None or place[0] in submission_ids
        if is_wanted and proposal_id in {None, place[1]}:
            positions.setdefault(place, position)
    return positions


def _rounds_of(submission_ids: Collection[int]) -> Sequence[int]:
    query = select(Submission.round_id).where(Submission.id.in_(submission_ids)).distinct()
    return session().scalars(query).all()


def derived_positions(round_id: int) -> dict[tuple[int, int], Position]:
    """The stances of those who join another's answer, as far as that answer takes any.

    While the other answer has changed and nobody has looked, they are what they were before.
    """
    joinings = _confirmed(round_id)
    if not joinings:
        return {}
    proposals = {
        row.key: row.id
        for row in session().execute(
            select(Proposal.key, Proposal.id).where(Proposal.round_id == round_id)
        )
    }
    covered = _covered(round_id)
    own = _own_positions(Submission.id.in_({one.of_id for one in joinings.values()}))
    found: dict[tuple[int, int], Position] = {}
    for submission_id, joining in joinings.items():
        wanted = {proposals[key] for key in joining.proposals if key in proposals}
        wanted |= {covered[key] for key in joining.questions if key in covered}
        taken = _positions_of(joining, joinings, own, proposals, seen={submission_id})
        source = _source(joining)
        for proposal_id, position in taken.items():
            if not joining.is_partial or proposal_id in wanted:
                found[submission_id, proposal_id] = position._replace(
                    is_coded=False, derived=source
                )
    return found


def positions_of_answer(submission_id: int) -> dict[int, Position]:
    """Where one answer stands now, by proposal id, whether it counts or not."""
    own = _own_positions(Submission.id == submission_id)
    return {proposal_id: position for (_answer, proposal_id), position in own.items()}


def _confirmed(round_id: int) -> dict[int, Endorsement]:
    """What joins another in answers that count and has once been confirmed, by answer."""
    query = (
        select(Endorsement)
        .join(Submission, Submission.id == Endorsement.submission_id)
        .where(
            counts(round_id),
            Endorsement.of_id.is_not(None),
            Endorsement.of_version.is_not(None),
            Endorsement.dropped_at.is_(None),
        )
        .options(joinedload(Endorsement.of))
    )
    return {one.submission_id: one for one in session().scalars(query)}


def _covered(round_id: int) -> dict[str, int]:
    """The proposals that questions are about, by the question's key."""
    query = select(Question.key, Question.proposal_id).where(
        Question.round_id == round_id, Question.proposal_id.is_not(None)
    )
    return {key: proposal_id for key, proposal_id in session().execute(query) if proposal_id}


def _positions_of(
    joining: Endorsement,
    joinings: Mapping[int, Endorsement],
    own: Positions,
    proposals: Mapping[str, int],
    *,
    seen: set[int],
) -> dict[int, Position]:
    """Where the answer that is joined stands, by proposal; what it joins itself comes along."""
    if joining.held is not None:
        return {
            proposals[key]: Position(Stance(one["value"]), _modifiers(one["modifiers"]), False)
            for key, one in joining.held.items()
            if key in proposals
        }
    other_id = joining.of_id or 0
    further = joinings.get(other_id)
    taken: dict[int, Position] = {}
    if further is not None and other_id not in seen:
        taken = _positions_of(further, joinings, own, proposals, seen=seen | {other_id})
    return taken | {place[1]: found for place, found in own.items() if place[0] == other_id}


def _source(joining: Endorsement) -> DerivedFrom:
    other = joining.of
    return DerivedFrom(
        name=joining.of_name,
        number=other.number if other is not None else 0,
        has_reservations=bool(joining.reservations),
        is_unchecked=joining.state is EndorsementState.TO_CHECK,
    )


def _own_positions(
    *which: ColumnElement[bool], proposal_id: int | None = None
) -> dict[tuple[int, int], Position]:
    about = func.coalesce(Answer.proposal_id, Question.proposal_id)
    stated, coded = _stated(about), _coded()
    if proposal_id is not None:
        stated = stated.where(about == proposal_id)
        coded = coded.where(CodedStance.proposal_id == proposal_id)
    positions: dict[tuple[int, int], Position] = {}
    for query, is_coded in ((stated, False), (coded, True)):
        for submission_id, proposal, stance, modifiers in session().execute(query.where(*which)):
            value = stance or Stance.NO_COMMENTS
            positions[submission_id, proposal] = Position(value, _modifiers(modifiers), is_coded)
    return positions


def _coded() -> Select[*tuple[Any, ...]]:
    """Answer, proposal, stance and modifiers, as a reader judged."""
    return select(
        Submission.id, CodedStance.proposal_id, CodedStance.value, CodedStance.modifiers
    ).join(CodedStance, CodedStance.submission_id == Submission.id)


def _stated(about: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
    """The same as it was ticked; without a stance: "no comments". What counts comes last."""
    return (
        select(Submission.id, about, Answer.stance, Answer.modifiers)
        .select_from(Answer)
        .join(SubmissionVersion, Answer.version_id == SubmissionVersion.id)
        .join(Submission, SubmissionVersion.submission_id == Submission.id)
        .outerjoin(Question, Answer.question_id == Question.id)
        .where(is_current(), about.is_not(None), Answer.stance.is_not(None) | Answer.no_comments)
        .order_by(Answer.position.desc())
    )


def _modifiers(values: Iterable[str]) -> tuple[StanceModifier, ...]:
    return tuple(StanceModifier(value) for value in values)
