"""Counting: every number of a summary comes from here, with its unit and its denominator."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from consult.domain.analysis.rules import FOR, name_key
from consult.domain.analysis.small_groups import HiddenNodes, Node, SmallGroups
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
    """How much is said about something: passages, the answers they stand in, who sent those."""

    passages: int
    answers: int
    organisations: int
    persons: int

    @property
    def senders(self) -> int:
        """Organisations and persons together."""
        return self.organisations + self.persons


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
        all: How many persons answered.
        told: How many take which stance, as far as that may be told.
        without: How many take none that was read; ``None``: that is hidden.
    """

    all: int
    told: tuple[tuple[Stance, int], ...] = ()
    without: int | None = None


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
    """

    addressing: tuple[Position, ...]
    no_comments: tuple[Position, ...]
    unjudged: int
    silent: int
    small: SmallGroups
    apart: PersonsApart | None = None
    without: int = 0

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


class Figures:
    """The counts of one summary. Only analysed answers count, unless said otherwise."""

    def __init__(self, data: SummaryData) -> None:
        self.data = data
        self.analysed = tuple(answer for answer in data.answers if answer.is_analysed)
        self.by_number = {answer.number: answer for answer in self.analysed}
        self.passages = tuple(p for p in data.passages if p.answer in self.by_number)
        self._theme_by_key = {theme.key: theme for theme in data.themes}
        self._proposals: dict[str, ProposalFigures] = {}

    # Small groups (ADR 41)

    @cached_property
    def small(self) -> SmallGroups:
        """The rule for persons, who are told of only where they are enough."""
        return SmallGroups(self.data.round.small_groups, len(self._persons))

    @cached_property
    def _persons(self) -> frozenset[str]:
        """Everybody who answered and is no organisation."""
        bodies = (body for answer in self.analysed for body in answer.bodies)
        return frozenset(one.sender for one in bodies if not one.actor_type.is_organisation)

    @cached_property
    def _hidden(self) -> HiddenNodes:
        """The themes of which the persons who speak of them are hidden."""
        own: dict[str, set[str]] = defaultdict(set)
        for passage in self.passages:
            speakers = {body.sender for body in self.by_number[passage.answer].bodies}
            for key in passage.themes:
                own[key] |= speakers & self._persons
        whole = {
            theme.key: set().union(*(own[key] for key in self.below(theme.key)))
            for theme in self.data.themes
        }
        everybody = set().union(*own.values())
        nodes = {"": Node(None, 0, len(everybody))}
        for theme in self._from_above(None):
            place = Node(theme.parent or "", len(own[theme.key]), len(whole[theme.key]))
            nodes[theme.key] = place
        return self.small.hidden_nodes(nodes)

    def _from_above(self, parent: str | None) -> Iterator[ThemeFacts]:
        for theme in self.children(parent):
            yield theme
            yield from self._from_above(theme.key)

    def hides_persons(self, key: str, *, roll_up: bool = True) -> bool:
        """Whether nothing is told of the persons who speak of a theme."""
        return key in (self._hidden.whole if roll_up else self._hidden.own)

    def marks_hidden(self, key: str, *, roll_up: bool = True) -> bool:
        """Whether it is said with a theme that persons who speak of it are hidden.

        Where so few answered that this holds for every theme, it is said once instead.
        """
        return self.hides_persons(key, roll_up=roll_up) and not self.small.is_silent

    def is_told_of(self, key: str) -> bool:
        """Whether a theme has anything to tell of, if only that persons speak of it."""
        return self.marks_hidden(key) or bool(self.passages_on(key))

    @property
    def groups_told(self) -> tuple[ActorGroup, ...]:
        """The groups that have answered, without persons where nothing is told of these."""
        is_left_out = self.small.is_silent
        return tuple(
            group for group in self.groups if not (is_left_out and group is ActorGroup.PEOPLE)
        )

    def _is_persons(self, passage: PassageFacts) -> bool:
        return not self.by_number[passage.answer].actor_type.is_organisation

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
        """Senders who wrote something, beyond "no comments" and that they join another's answer."""
        wrote = (one for one in self.analysed if one.has_comments and not one.only_joins)
        return self.count_senders(wrote)

    def count_senders(self, answers: Iterable[AnswerFacts] | None = None) -> int:
        """How many different senders; of all analysed answers unless told which."""
        counted = self.analysed if answers is None else answers
        return len({body.sender for answer in counted for body in answer.bodies})

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

        Those of persons are left out where they are hidden. Use :meth:`tally` or
        :meth:`count_by_group` to count them.
        """
        keys = self.below(key) if roll_up else {key}
        is_hidden = self.hides_persons(key, roll_up=roll_up)
        return tuple(
            passage
            for passage in self.passages
            if not keys.isdisjoint(passage.themes) and not (is_hidden and self._is_persons(passage))
        )

    def tally(self, passages: Sequence[PassageFacts]) -> Tally:
        """Distinct counts over some passages."""
        answers = [self.by_number[number] for number in {p.answer for p in passages}]
        senders = {
            body.sender: body.actor_type.is_organisation
            for answer in answers
            for body in answer.bodies
        }
        organisations = sum(senders.values())
        number = len({p.counted_as for p in passages})
        return Tally(number, len(answers), organisations, len(senders) - organisations)

    def count_by_group(self, passages: Sequence[PassageFacts]) -> Counter[ActorGroup]:
        """How many different passages come from each group."""
        return Counter({p.counted_as: self.group_of(p) for p in passages}.values())

    def group_of(self, passage: PassageFacts) -> ActorGroup:
        """The group of the passage's sender."""
        return self.by_number[passage.answer].group

    def passages_to(self, proposal: str) -> tuple[PassageFacts, ...]:
        """What may be quoted to a proposal; that of persons only where they are not hidden."""
        is_hidden = self.proposal(proposal).apart is not None
        return tuple(
            passage
            for passage in self._written_to(proposal)
            if not (is_hidden and self._is_persons(passage))
        )

    def _written_to(self, proposal: str) -> tuple[PassageFacts, ...]:
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
        passages any may be the one that objects. Those of persons who are hidden are not told.
        """
        found = self._own_stances.get(passage.id, {})
        if not found or not self._is_persons(passage):
            return found
        return {key: one for key, one in found.items() if self.proposal(key).apart is None}

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
        return tuple(sorted(used, key=lambda pair: (-pair[1].senders, -pair[1].passages)))

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
        together with others.
        """
        if key not in self._proposals:
            self._proposals[key] = self._count_proposal(key)
        return self._proposals[key]

    def _count_proposal(self, key: str) -> ProposalFigures:
        latest: dict[str, Position] = {}
        for is_own in (False, True):
            for answer in self.analysed:
                stance = self._stances.get((answer.number, key))
                if stance is not None and (answer.bodies == (answer,)) is is_own:
                    latest |= {body.sender: Position(body, stance) for body in answer.bodies}
        passages = self._written_to(key)
        writing = {body.sender for p in passages for body in self.by_number[p.answer].bodies}
        unjudged = writing - latest.keys()
        everybody = {body.sender for answer in self.analysed for body in answer.bodies}
        silent = everybody - latest.keys() - unjudged
        apart = self._persons_apart(latest)
        parts = [len(unjudged & self._persons), len(silent & self._persons)]
        merges = any(self.small.hides(part) for part in parts)
        if apart is not None:
            latest = {name: one for name, one in latest.items() if name not in self._persons}
        if apart is not None or merges:
            unjudged, silent = unjudged - self._persons, silent - self._persons
        positions = sorted(latest.values(), key=lambda one: list_order(one.answer))
        return ProposalFigures(
            addressing=tuple(p for p in positions if p.stance.value is not Stance.NO_COMMENTS),
            no_comments=tuple(p for p in positions if p.stance.value is Stance.NO_COMMENTS),
            unjudged=len(unjudged),
            silent=len(silent),
            small=self.small,
            apart=apart,
            without=sum(parts) if merges and apart is None else 0,
        )

    def _persons_apart(self, positions: Mapping[str, Position]) -> PersonsApart | None:
        """What is told of the persons where one of their numbers is hidden; else nothing."""
        if not self._persons:
            return None
        taken = Counter(positions[one].stance.value for one in self._persons & positions.keys())
        without = len(self._persons - positions.keys())
        hidden = self.small.hidden_parts([*(taken[stance] for stance in Stance), without])
        if not hidden:
            return None
        return PersonsApart(
            all=len(self._persons),
            told=tuple(
                (stance, taken[stance])
                for place, stance in enumerate(Stance)
                if place not in hidden and taken[stance]
            ),
            without=None if len(Stance) in hidden else without,
        )


def list_order(answer: AnswerFacts) -> tuple[int, tuple[str, str], int]:
    """Authorities, local government, …, persons last; then by name."""
    return (answer.actor_type.list_rank, name_key(answer.name), answer.number)
