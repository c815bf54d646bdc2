"""Where everybody stands on the proposals."""

from collections.abc import Collection, Iterable

from consult.domain.analysis.queries.positions import Positions, find_positions
from consult.domain.analysis.queries.respondents import senders
from consult.domain.analysis.types import GroupStances, ProposalStances, Sender, StanceEntry
from consult.domain.organisations.types import ActorGroup
from consult.domain.rounds.models import Proposal
from consult.domain.rounds.queries import list_proposals
from consult.kernel.errors import NotFound


def stance_table(round_id: int) -> tuple[ProposalStances, ...]:
    """Every proposal with the stances of every sender, by actor group.

    A stance that a reader coded counts before the one that was ticked in the form, and both before
    one that is derived from an answer that the sender joins. "Not mentioned" is what is left: also
    an answer that says "no comments" to the whole round has not mentioned the proposal.
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
