"""Stances by group of actors as far as they may be told: the rule for small groups (ADR 41)."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.domain.analysis.small_groups import HIDDEN, NOTHING, Count, SmallGroups
from consult.domain.analysis.types import CampaignStances, GroupStances, ProposalStances
from consult.domain.organisations.types import ActorGroup
from consult.domain.submissions.types import Stance


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group of actors: its answers by stance, those that do not mention it, and all of them."""

    group: ActorGroup
    stances: tuple[Count, ...]
    not_mentioned: Count
    received: int


@dataclass(frozen=True, slots=True)
class ShownCampaign:
    """A campaign's answers by stance, those that do not mention the proposal, and all of them."""

    number: int
    stances: tuple[Count, ...]
    not_mentioned: Count
    received: int

    @property
    def has_hidden(self) -> bool:
        """Whether any of its numbers is hidden."""
        return any(count.is_hidden for count in (*self.stances, self.not_mentioned))


@dataclass(frozen=True, slots=True)
class ShownStances:
    """Where answers stand on a proposal.

    Attributes:
        values: The stances that anybody takes, as far as that may be told.
        groups: Their numbers of each stance in this order.
        campaigns: The same of campaigns, whose answers are in no group.
    """

    values: tuple[Stance, ...]
    groups: tuple[ShownGroup, ...]
    campaigns: tuple[ShownCampaign, ...] = ()

    @property
    def has_hidden(self) -> bool:
        """Whether any number is hidden."""
        counts = (one for group in self.groups for one in (*group.stances, group.not_mentioned))
        return any(count.is_hidden for count in counts) or any(
            one.has_hidden for one in self.campaigns
        )


def show_stances(proposal: ProposalStances, threshold: int) -> ShownStances:
    """The numbers of a proposal's stances; what persons think is one whole and hidden as such."""
    told = {one.group: _told(one, threshold) for one in proposal.groups}
    letters = {one.number: _told_of(one, threshold) for one in proposal.campaigns}
    used = [
        place
        for place in range(len(Stance))
        if any(counts[place] != NOTHING for counts in (*told.values(), *letters.values()))
    ]
    values = tuple(Stance)
    return ShownStances(
        values=tuple(values[place] for place in used),
        groups=tuple(
            ShownGroup(
                one.group,
                tuple(told[one.group][place] for place in used),
                told[one.group][-1],
                received=len(one.entries) + len(one.not_mentioned),
            )
            for one in proposal.groups
        ),
        campaigns=tuple(
            ShownCampaign(
                one.number,
                tuple(letters[one.number][place] for place in used),
                letters[one.number][-1],
                received=one.answers,
            )
            for one in proposal.campaigns
        ),
    )


def tell_letters(
    persons: Sequence[int], others: Sequence[int], threshold: int
) -> tuple[Count, ...]:
    """A campaign's answers by stance: what is hidden of the persons leaves the others' part.

    Args:
        persons: How many persons' answers take each stance, and last those that take none.
        others: The same of bodies and groups.
        threshold: The smallest number of persons that is told.
    """
    hidden = SmallGroups(threshold, sum(persons)).hidden_parts(persons)
    return tuple(
        Count(other, is_hidden=True) if place in hidden else Count(other + person)
        for place, (person, other) in enumerate(zip(persons, others, strict=True))
    )


def _told_of(campaign: CampaignStances, threshold: int) -> tuple[Count, ...]:
    places: tuple[Stance | None, ...] = (*Stance, None)
    taken = dict(campaign.stances)
    whole = [taken.get(place, 0) if place else 0 for place in places]
    whole[-1] = campaign.answers - sum(whole)
    persons = [campaign.persons.get(place, 0) for place in places]
    others = [number - theirs for number, theirs in zip(whole, persons, strict=True)]
    return tell_letters(persons, others, threshold)


def _told(group: GroupStances, threshold: int) -> tuple[Count, ...]:
    """The answers of a group by stance, and last those that do not mention the proposal."""
    parts = [*(len(group.having(stance)) for stance in Stance), len(group.not_mentioned)]
    hidden: frozenset[int] = frozenset()
    if group.group is ActorGroup.PEOPLE:
        hidden = SmallGroups(threshold, sum(parts)).hidden_parts(parts)
    return tuple(HIDDEN if place in hidden else Count(number) for place, number in enumerate(parts))
