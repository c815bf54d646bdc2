"""Where everybody stands on the proposals."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import func, select

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
    round_id: int, *, submission_ids: Collection[int] | None = None
) -> dict[tuple[int, int], Position]:
    """Stances that count, coded over stated, of all answers or of some."""
    positions = _stated(round_id, submission_ids)
    query = (
        select(CodedStance)
        .join(Submission, CodedStance.submission_id == Submission.id)
        .where(counts(round_id))
    )
    if submission_ids is not None:
        query = query.where(CodedStance.submission_id.in_(submission_ids))
    for coded in session().scalars(query):
        key = (coded.submission_id, coded.proposal_id)
        positions[key] = (coded.value, _modifiers(coded.modifiers), True)
    return positions


def _stated(
    round_id: int, submission_ids: Collection[int] | None
) -> dict[tuple[int, int], Position]:
    """What was ticked; the first answer about a proposal counts when there are several."""
    proposal_id = func.coalesce(Answer.proposal_id, Question.proposal_id)
    query = (
        select(
            Submission.id,
            proposal_id.label("proposal_id"),
            Answer.stance,
            Answer.modifiers,
        )
        .select_from(Answer)
        .join(SubmissionVersion, Answer.version_id == SubmissionVersion.id)
        .join(Submission, SubmissionVersion.submission_id == Submission.id)
        .outerjoin(Question, Answer.question_id == Question.id)
        .where(
            counts(round_id),
            is_current(),
            proposal_id.is_not(None),
            Answer.stance.is_not(None) | Answer.no_comments,
        )
        .order_by(Answer.position.desc())
    )
    if submission_ids is not None:
        query = query.where(Submission.id.in_(submission_ids))
    return {
        (row.id, row.proposal_id): (
            row.stance or Stance.NO_COMMENTS,
            _modifiers(row.modifiers),
            False,
        )
        for row in session().execute(query)
    }


def _modifiers(values: Iterable[str]) -> tuple[StanceModifier, ...]:
    return tuple(StanceModifier(value) for value in values)
