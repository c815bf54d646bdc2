"""Where everybody stands on the proposals."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from consult.db import session
from consult.domain.analysis.queries.respondents import senders
from consult.domain.analysis.types import GroupStances, ProposalStances, Sender, StanceEntry
from consult.domain.coding.models import CodedStance
from consult.domain.coding.queries.scope import counts, is_current
from consult.domain.organisations.types import ActorGroup
from consult.domain.rounds.models import Proposal, Question
from consult.domain.rounds.queries import list_proposals
from consult.domain.submissions.models import Answer, Submission, SubmissionVersion
from consult.domain.submissions.types import Stance, StanceModifier
from consult.kernel.errors import NotFound

Position = tuple[Stance, tuple[StanceModifier, ...], bool]
"""A stance, its modifiers, and whether a reader judged it so."""

Positions = Mapping[tuple[int, int], Position]
"""By submission id and proposal id."""


def stance_table(round_id: int) -> tuple[ProposalStances, ...]:
    """Every proposal with the stances of every sender, by actor group.

    A stance that a reader coded counts before the one that was ticked in the form. "Not mentioned"
    is what is left: also an answer that says "no comments" to the whole round has not mentioned
    the proposal.
    """
    return tabulate(list_proposals(round_id), senders(round_id), find_positions(round_id))


def proposal_stances(round_id: int, proposal_key: str) -> ProposalStances:
    """One proposal with the stances of every sender, counted as in :func:`stance_table`.

    Raises:
        NotFound: There is no such proposal.
    """
    proposal = next((one for one in list_proposals(round_id) if one.key == proposal_key), None)
    if proposal is None:
        raise NotFound("proposal", proposal_key)
    positions = find_positions(round_id, proposal_id=proposal.id)
    return tabulate([proposal], senders(round_id), positions)[0]


def tabulate(
    proposals: Iterable[Proposal], everybody: Collection[Sender], positions: Positions
) -> tuple[ProposalStances, ...]:
    """Proposals with the stances of some senders."""
    by_group = {
        group: [sender for sender in everybody if sender.actor_type.group is group]
        for group in ActorGroup
    }
    return tuple(
        ProposalStances(
            public_id=proposal.public_id,
            key=proposal.key,
            title=proposal.title,
            groups=tuple(
                _group_stances(proposal.id, group, members, positions)
                for group, members in by_group.items()
                if members
            ),
        )
        for proposal in proposals
    )


def _group_stances(
    proposal_id: int, group: ActorGroup, members: Iterable[Sender], positions: Positions
) -> GroupStances:
    entries: list[StanceEntry] = []
    silent: list[Sender] = []
    for sender in members:
        position = positions.get((sender.submission_id, proposal_id))
        if position is None:
            silent.append(sender)
        else:
            entries.append(StanceEntry(sender, *position))
    return GroupStances(group, tuple(entries), tuple(silent))


def find_positions(
    round_id: int | None,
    *,
    submission_ids: Collection[int] | None = None,
    proposal_id: int | None = None,
) -> dict[tuple[int, int], Position]:
    """Stances that count, coded over stated; of some answers only, or on one proposal only.

    Without a round those of the answers, whether these count or not.
    """
    about = func.coalesce(Answer.proposal_id, Question.proposal_id)
    stated, coded = _stated(about), _coded()
    if proposal_id is not None:
        stated = stated.where(about == proposal_id)
        coded = coded.where(CodedStance.proposal_id == proposal_id)
    positions: dict[tuple[int, int], Position] = {}
    for query, is_coded in ((stated, False), (coded, True)):
        wanted = query if round_id is None else query.where(counts(round_id))
        if submission_ids is not None:
            wanted = wanted.where(Submission.id.in_(submission_ids))
        for submission_id, proposal, stance, modifiers in session().execute(wanted):
            value = stance or Stance.NO_COMMENTS
            positions[submission_id, proposal] = (value, _modifiers(modifiers), is_coded)
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
