"""Values of counting: how much is said and by whom, and where senders stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.domain.analysis.rules import FOR, name_key
from consult.domain.analysis.small_groups import Count, SmallGroups
from consult.domain.documents.building.data import AnswerFacts, StanceFacts
from consult.domain.organisations.types import ActorGroup
from consult.domain.submissions.types import Stance, StanceModifier

SUPPORTING = frozenset(FOR)


@dataclass(frozen=True, slots=True)
class Tally:
    """How much is said about something: passages, the answers they stand in, who sent those.

    Attributes:
        organisations: Bodies that say it, but for those that only send a campaign's text.
        persons: The same of persons.
        campaigns: What campaigns whose text says it count as: one each, or their senders.
        letters: The answers of those campaigns.
    """

    passages: int
    answers: int
    organisations: int
    persons: int
    campaigns: int = 0
    letters: int = 0

    @property
    def senders(self) -> int:
        """Organisations and persons together: what words of quantity are chosen by."""
        return self.organisations + self.persons

    @property
    def counted(self) -> int:
        """Senders, with those of campaigns as the round counts them."""
        return self.senders + self.campaigns


@dataclass(frozen=True, slots=True)
class Position:
    """Where one sender stands on a proposal."""

    answer: AnswerFacts
    stance: StanceFacts

    @property
    def is_persons(self) -> bool:
        """Whether it is that of a person rather than of an organisation."""
        return not self.answer.actor_type.is_organisation


@dataclass(frozen=True, slots=True)
class PersonsApart:
    """What may be told of the persons where some of their numbers on a proposal are small.

    Attributes:
        all: How many persons answered, those of campaigns aside.
        told: How many take which stance, as far as that may be told.
        without: How many take none that was read; ``None``: that is hidden.
    """

    all: int
    told: tuple[tuple[Stance, int], ...] = ()
    without: int | None = None


@dataclass(frozen=True, slots=True)
class CampaignPosition:
    """Where the answers of a campaign stand on a proposal.

    Attributes:
        number: Of the campaign in its round.
        stances: How many of them take which stance, as far as that may be told.
        hides_persons: Whether anything is hidden of where the persons among them stand.
    """

    number: int
    stances: tuple[tuple[Stance, Count], ...]
    hides_persons: bool


@dataclass(frozen=True, slots=True)
class ProposalFigures:
    """The positions on one proposal, one for each sender.

    Attributes:
        addressing: Everybody who says something about it, also those who take no position.
        no_comments: Those who have said that they have no comments on it.
        unjudged: How many write of it without a stance that they chose or somebody judged.
        silent: How many senders of analysed answers say nothing of it.
        small: The rule for the persons among them.
        apart: The persons, where they are in none of the numbers above.
        without: Persons who take no stance, where ``unjudged`` and ``silent`` leave them out.
        campaigns: Where campaigns stand; their answers are in no other number.
    """

    addressing: tuple[Position, ...]
    no_comments: tuple[Position, ...]
    unjudged: int
    silent: int
    small: SmallGroups
    apart: PersonsApart | None = None
    without: int = 0
    campaigns: tuple[CampaignPosition, ...] = ()

    def hides(self, answer: AnswerFacts) -> bool:
        """Whether where the sender of an answer stands is hidden, so that it is not quoted here."""
        if answer.actor_type.is_organisation:
            return False
        if answer.campaign is None:
            return self.apart is not None
        return any(one.number == answer.campaign and one.hides_persons for one in self.campaigns)

    def with_value(self, *values: Stance) -> tuple[Position, ...]:
        """The positions with one of these values."""
        return tuple(one for one in self.addressing if one.stance.value in values)

    @property
    def supporting(self) -> tuple[Position, ...]:
        """Those who support it, with or without comments."""
        return self.with_value(*SUPPORTING)

    @property
    def groups(self) -> tuple[ActorGroup, ...]:
        """The groups that address it, in the order of lists."""
        found = {one.answer.group for one in self.addressing}
        return tuple(group for group in ActorGroup if group in found)

    @property
    def modifiers(self) -> tuple[tuple[StanceModifier, tuple[Position, ...]], ...]:
        """What goes with the stances, the most frequent first; few persons are left out."""
        found = {
            modifier: self.without_few_persons(
                [one for one in self.addressing if modifier in one.stance.modifiers]
            )
            for modifier in StanceModifier
        }
        used = [(modifier, who) for modifier, who in found.items() if who]
        return tuple(sorted(used, key=lambda pair: -len(pair[1])))

    def without_few_persons(self, positions: Sequence[Position]) -> tuple[Position, ...]:
        """The positions, without those of persons where these are too few to be told of."""
        persons = sum(one.is_persons for one in positions)
        is_hidden = self.small.hides(persons)
        return tuple(one for one in positions if not (is_hidden and one.is_persons))


def list_order(answer: AnswerFacts) -> tuple[int, tuple[str, str], int]:
    """Authorities, local government, …, persons last; then by name."""
    return (answer.actor_type.list_rank, name_key(answer.name), answer.number)
