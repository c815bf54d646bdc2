"""Stances by group of actors as far as they may be told: the rule for small groups (ADR 41)."""

from dataclasses import dataclass

from consult.domain.analysis.small_groups import HIDDEN, NOTHING, Count, SmallGroups
from consult.domain.analysis.types import GroupStances, ProposalStances
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
class ShownStances:
    """Where answers stand on a proposal.

    Attributes:
        values: The stances that anybody takes, as far as that may be told.
        groups: Their numbers of each stance in this order.
    """

    values: tuple[Stance, ...]
    groups: tuple[ShownGroup, ...]

    @property
    def has_hidden(self) -> bool:
        """Whether any number is hidden."""
        counts = (one for group in self.groups for one in (*group.stances, group.not_mentioned))
        return any(count.is_hidden for count in counts)


def show_stances(proposal: ProposalStances, threshold: int) -> ShownStances:
    """The numbers of a proposal's stances; what persons think is one whole and hidden as such."""
    told = {one.group: _told(one, threshold) for one in proposal.groups}
    used = [
        place
        for place in range(len(Stance))
        if any(counts[place] != NOTHING for counts in told.values())
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
    )


def _told(group: GroupStances, threshold: int) -> tuple[Count, ...]:
    """The answers of a group by stance, and last those that do not mention the proposal."""
    parts = [*(len(group.having(stance)) for stance in Stance), len(group.not_mentioned)]
    hidden: frozenset[int] = frozenset()
    if group.group is ActorGroup.PEOPLE:
        hidden = SmallGroups(threshold, sum(parts)).hidden_parts(parts)
    return tuple(HIDDEN if place in hidden else Count(number) for place, number in enumerate(parts))
