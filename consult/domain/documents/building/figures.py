"""Counting: every number of a summary comes from here, with its unit and its denominator."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from consult.domain.analysis.rules import FOR, name_key
from consult.domain.coding.clusters import CampaignPolicy
from consult.domain.documents.building.data import (
    AnswerFacts,
    PassageFacts,
    StanceFacts,
    SummaryData,
    ThemeFacts,
)
from consult.domain.organisations.types import ActorGroup
from consult.domain.submissions.types import (
    DeadlineStatus,
    Stance,
    StanceModifier,
    SubmissionStatus,
)

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


@dataclass(frozen=True, slots=True)
class ProposalFigures:
    """The positions on one proposal, one for each sender.

    Attributes:
        addressing: Everybody who says something about it, also those who take no position.
        no_comments: Those who have said that they have no comments on it.
        campaigns: Answers of campaigns by stance, by the campaign's number; in no other number.
        unjudged: How many write of it without a stance that they chose or somebody judged.
        silent: How many senders of analysed answers say nothing of it.
    """

    addressing: tuple[Position, ...]
    no_comments: tuple[Position, ...]
    unjudged: int
    silent: int
    campaigns: tuple[tuple[int, tuple[tuple[Stance, int], ...]], ...] = ()

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
        """What goes with the stances, the most frequent first."""
        found = {
            modifier: tuple(one for one in self.addressing if modifier in one.stance.modifiers)
            for modifier in StanceModifier
        }
        used = [(modifier, who) for modifier, who in found.items() if who]
        return tuple(sorted(used, key=lambda pair: -len(pair[1])))


class Figures:
    """The counts of one summary. Only analysed answers count, unless said otherwise."""

    def __init__(self, data: SummaryData) -> None:
        self.data = data
        self.analysed = tuple(answer for answer in data.answers if answer.is_analysed)
        self.by_number = {answer.number: answer for answer in self.analysed}
        self.passages = tuple(p for p in data.passages if p.answer in self.by_number)
        self._theme_by_key = {theme.key: theme for theme in data.themes}

    # Answers

    @cached_property
    def excluded(self) -> tuple[tuple[SubmissionStatus | DeadlineStatus, int], ...]:
        """Why some of what was received does not count, and how many each."""
        reasons: Counter[SubmissionStatus | DeadlineStatus] = Counter(
            answer.deadline_status if answer.status is SubmissionStatus.RECEIVED else answer.status
            for answer in self.data.answers
            if not answer.is_analysed
        )
        order = [*SubmissionStatus, *DeadlineStatus]
        return tuple((reason, reasons[reason]) for reason in order if reasons[reason])

    @cached_property
    def groups(self) -> tuple[ActorGroup, ...]:
        """The groups that have answered, in the order of lists."""
        found = {answer.group for answer in self.analysed}
        return tuple(group for group in ActorGroup if group in found)

    @cached_property
    def commenting(self) -> int:
        """Senders who wrote something, beyond "no comments" and that they join another's answer.

        Those who only sent a campaign's text are left out.
        """
        wrote = (one for one in self.analysed if one.has_comments and not one.only_joins)
        own = (one for one in wrote if one.campaign is None or one.number in self.with_own_words)
        return len({body.sender for answer in own for body in answer.bodies})

    def count_senders(self, answers: Iterable[AnswerFacts] | None = None) -> int:
        """How many different senders; of all analysed answers unless told which.

        A campaign is one, where the round counts it so, and who adds own words is one besides.
        """
        counted = self.analysed if answers is None else answers
        return len({sender for answer in counted for sender in self._senders_of(answer)})

    def _senders_of(self, answer: AnswerFacts) -> Iterator[str]:
        if self._is_counted_as_one(answer):
            yield f"campaign {answer.campaign}"
            if answer.number not in self.with_own_words:
                return
        for body in answer.bodies:
            yield body.sender

    def _is_counted_as_one(self, answer: AnswerFacts) -> bool:
        return answer.campaign is not None and self.data.campaign_policy is CampaignPolicy.AS_ONE

    @cached_property
    def with_own_words(self) -> frozenset[int]:
        """Numbers of the answers of campaigns that add words to the common ones."""
        return frozenset(
            passage.answer
            for passage in self.passages
            if not passage.is_common and self.by_number[passage.answer].campaign is not None
        )

    def letters_of(self, campaign: int) -> tuple[AnswerFacts, ...]:
        """The analysed answers of a campaign."""
        return tuple(answer for answer in self.analysed if answer.campaign == campaign)

    def count_by(self, key: Callable[[AnswerFacts], object]) -> Counter[object]:
        """Analysed answers by something they have."""
        return Counter(key(answer) for answer in self.analysed)

    @cached_property
    def invited_answered(self) -> int:
        """How many of the invited bodies have answered."""
        return sum(body.organisation_id in self.answered_ids for body in self.data.invited)

    @cached_property
    def answered_ids(self) -> frozenset[int | None]:
        """Ids of the bodies that have answered, also in a joint answer or by another's hand."""
        return frozenset(body.organisation_id for one in self.analysed for body in one.bodies)

    # Themes

    def children(self, parent: str | None) -> tuple[ThemeFacts, ...]:
        """The themes directly under one, or the outermost ones."""
        return tuple(theme for theme in self.data.themes if theme.parent == parent)

    def below(self, key: str) -> frozenset[str]:
        """A theme and all themes under it."""
        keys = {key}
        for child in self.children(key):
            keys |= self.below(child.key)
        return frozenset(keys)

    def passages_on(self, key: str, *, roll_up: bool = True) -> tuple[PassageFacts, ...]:
        """What may be quoted on a theme or, rolled up, on one under it: chosen parts as well.

        Use :meth:`tally` or :meth:`count_by_group` to count them.
        """
        keys = self.below(key) if roll_up else {key}
        return tuple(p for p in self.passages if not keys.isdisjoint(p.themes))

    def tally(self, passages: Sequence[PassageFacts]) -> Tally:
        """Distinct counts over some passages.

        What a campaign's answers have in common is the campaign's, the rest each sender's own.
        """
        answers = {p.answer for p in passages}
        letters = {p.answer for p in passages if p.is_common}
        own = [self.by_number[number] for number in {p.answer for p in passages if not p.is_common}]
        senders = {
            body.sender: body.actor_type.is_organisation for answer in own for body in answer.bodies
        }
        organisations = sum(senders.values())
        common = [self.by_number[number] for number in letters]
        campaigns = {
            f"campaign {answer.campaign}" if self._is_counted_as_one(answer) else answer.sender
            for answer in common
        } - senders.keys()
        return Tally(
            passages=len({p.counted_as for p in passages}),
            answers=len(answers),
            organisations=organisations,
            persons=len(senders) - organisations,
            campaigns=len(campaigns),
            letters=len(letters),
        )

    def count_by_group(self, passages: Sequence[PassageFacts]) -> Counter[ActorGroup]:
        """How many different passages come from each group."""
        return Counter({p.counted_as: self.group_of(p) for p in passages}.values())

    def group_of(self, passage: PassageFacts) -> ActorGroup:
        """The group of the passage's sender."""
        return self.by_number[passage.answer].group

    def passages_to(self, proposal: str) -> tuple[PassageFacts, ...]:
        """What is written to a proposal, and what a stance on it was read in elsewhere."""
        return tuple(
            passage
            for passage in self.passages
            if passage.proposal == proposal or proposal in self._own_stances.get(passage.id, ())
        )

    def own_stances(self, passage: PassageFacts) -> Mapping[str, StanceFacts]:
        """The stances that are the passage's own, by proposal (see ADR 15).

        An answer's stance is that of a passage when a reader found it in that very passage, or when
        nobody pointed a passage out and the answer says nothing else about the proposal. Of several
        passages any may be the one that objects.
        """
        return self._own_stances.get(passage.id, {})

    @cached_property
    def themes_by_weight(self) -> tuple[tuple[ThemeFacts, Tally], ...]:
        """Every theme in use, by how many senders speak of it, then by passages.

        A theme with others under it counts only what is coded to itself, so that the widest theme
        does not win by its width.
        """
        tallies = [
            (theme, self.tally(self.passages_on(theme.key, roll_up=False)))
            for theme in self.data.themes
        ]
        used = [(theme, tally) for theme, tally in tallies if tally.passages]
        return tuple(sorted(used, key=lambda pair: (-pair[1].counted, -pair[1].passages)))

    # Proposals

    @cached_property
    def _stances(self) -> dict[tuple[int, str], StanceFacts]:
        """By answer and proposal: a reader's judgement, else what the sender chose first.

        What is taken from an answer that the sender joins comes last.
        """
        found: dict[tuple[int, str], StanceFacts] = {}
        for stance in sorted(
            self.data.stances,
            key=lambda stance: (not stance.is_coded, stance.derived_from is not None),
        ):
            if stance.answer in self.by_number:
                found.setdefault((stance.answer, stance.proposal), stance)
        return found

    @cached_property
    def _own_stances(self) -> dict[int, dict[str, StanceFacts]]:
        """By the id of a passage and by proposal."""
        written: dict[tuple[int, str | None], list[PassageFacts]] = defaultdict(list)
        for passage in self.passages:
            written[passage.answer, passage.proposal].append(passage)
        found: dict[int, dict[str, StanceFacts]] = defaultdict(dict)
        for place, stance in self._stances.items():
            if stance.read_in is not None:
                found[stance.read_in][stance.proposal] = stance
            elif len({passage.counted_as for passage in written[place]}) == 1:
                own = written[place][0]
                found[own.id if own.is_copy else own.counted_as][stance.proposal] = stance
        return dict(found)

    def proposal(self, key: str) -> ProposalFigures:
        """The positions on a proposal, one for each body.

        Of a body's several answers the last one decides, and its own before one that it has sent
        together with others. Campaigns are told of apart.
        """
        latest: dict[str, Position] = {}
        outside = [answer for answer in self.analysed if answer.campaign is None]
        for is_own in (False, True):
            for answer in outside:
                stance = self._stances.get((answer.number, key))
                if stance is not None and (answer.bodies == (answer,)) is is_own:
                    latest |= {body.sender: Position(body, stance) for body in answer.bodies}
        positions = sorted(latest.values(), key=lambda one: list_order(one.answer))
        no_comments = tuple(p for p in positions if p.stance.value is Stance.NO_COMMENTS)
        passages = self.passages_to(key)
        writing = {
            body.sender
            for p in passages
            if self.by_number[p.answer].campaign is None
            for body in self.by_number[p.answer].bodies
        }
        unjudged = len(writing - latest.keys())
        return ProposalFigures(
            addressing=tuple(p for p in positions if p.stance.value is not Stance.NO_COMMENTS),
            no_comments=no_comments,
            unjudged=unjudged,
            silent=self.count_senders(outside) - len(positions) - unjudged,
            campaigns=tuple(self._campaign_stances(key)),
        )

    def _campaign_stances(
        self, proposal: str
    ) -> Iterator[tuple[int, tuple[tuple[Stance, int], ...]]]:
        """The stances of each campaign's answers: their own, or else that of its first answer."""
        for campaign in self.data.campaigns:
            letters = self.letters_of(campaign.number)
            first = self._stances.get((letters[0].number, proposal)) if letters else None
            found = [self._stances.get((one.number, proposal), first) for one in letters]
            values = Counter(stance.value for stance in found if stance is not None)
            if values:
                yield (
                    campaign.number,
                    tuple((value, values[value]) for value in Stance if values[value]),
                )


def list_order(answer: AnswerFacts) -> tuple[int, tuple[str, str], int]:
    """Authorities, local government, …, persons last; then by name."""
    return (answer.actor_type.list_rank, name_key(answer.name), answer.number)
