"""Where everybody stands on the proposals."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from consult.domain.analysis.queries.positions import Positions, find_positions
from consult.domain.analysis.queries.respondents import senders
from consult.domain.analysis.types import (
    CampaignStances,
    GroupStances,
    ProposalStances,
    Sender,
    StanceEntry,
)
from consult.domain.coding.queries.clusters import campaign_of_answers
from consult.domain.organisations.types import ActorGroup
from consult.domain.rounds.models import Proposal
from consult.domain.rounds.queries import list_proposals
from consult.domain.submissions.types import Stance
from consult.kernel.errors import NotFound


def stance_table(round_id: int) -> tuple[ProposalStances, ...]:
    """Every proposal with the stances of every sender, by actor group.

    A stance that a reader coded counts before the one that was ticked in the form, and both before
    one that is derived from an answer that the sender joins. "Not mentioned" is what is left: also
    an answer that says "no comments" to the whole round has not mentioned the proposal.
    """
    return tabulate(
        list_proposals(round_id),
        senders(round_id),
        find_positions(round_id),
        campaigns=campaign_of_answers(round_id),
    )


def proposal_stances(round_id: int, proposal_key: str) -> ProposalStances:
    """One proposal with the stances of every sender, counted as in :func:`stance_table`.

    Raises:
        NotFound: There is no such proposal.
    """
    proposal = next((one for one in list_proposals(round_id) if one.key == proposal_key), None)
    if proposal is None:
        raise NotFound("proposal", proposal_key)
    positions = find_positions(round_id, proposal_id=proposal.id)
    campaigns = campaign_of_answers(round_id)
    return tabulate([proposal], senders(round_id), positions, campaigns=campaigns)[0]


def tabulate(
    proposals: Iterable[Proposal],
    everybody: Collection[Sender],
    positions: Positions,
    *,
    campaigns: Mapping[int, int],
) -> tuple[ProposalStances, ...]:
    """Proposals with the stances of some senders.

    Args:
        proposals: Which.
        everybody: The senders, in the order of lists.
        positions: Where they stand.
        campaigns: The number of the campaign that answers are part of, by answer id.
    """
    letters: dict[int, list[Sender]] = defaultdict(list)
    by_group: dict[ActorGroup, list[Sender]] = {group: [] for group in ActorGroup}
    for sender in everybody:
        campaign = campaigns.get(sender.submission_id)
        if campaign is None:
            by_group[sender.actor_type.group].append(sender)
        else:
            letters[campaign].append(sender)
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
            campaigns=tuple(
                _campaign_stances(proposal.id, number, letters[number], positions)
                for number in sorted(letters)
            ),
        )
        for proposal in proposals
    )


def _campaign_stances(
    proposal_id: int, number: int, letters: Sequence[Sender], positions: Positions
) -> CampaignStances:
    """How many of a campaign's answers take each stance: their own, or that of the first answer."""
    first = min(letters, key=lambda sender: sender.number)
    common = positions.get((first.submission_id, proposal_id))
    found = [positions.get((one.submission_id, proposal_id), common) for one in letters]
    values = Counter(position.value for position in found if position is not None)
    stances = tuple((value, values[value]) for value in Stance if values[value])
    persons = Counter(
        position.value if position is not None else None
        for one, position in zip(letters, found, strict=True)
        if not one.actor_type.is_organisation
    )
    return CampaignStances(number, len(letters), stances, persons)


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
