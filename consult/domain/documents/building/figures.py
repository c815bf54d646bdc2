"""Counting: every number of a summary comes from here, with its unit and its denominator."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from consult.domain.analysis.shown_stances import tell_letters
from consult.domain.analysis.small_groups import HiddenNodes, Node, SmallGroups, join_hidden
from consult.domain.coding.clusters import CampaignPolicy
from consult.domain.documents.building.counted import (
    CampaignPosition,
    PersonsApart,
    Position,
    ProposalFigures,
    Tally,
    list_order,
)
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
    SubmissionStatus,
)


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
        """The themes of which the persons who speak of them are hidden, or some of them."""
        return join_hidden([self._hidden_of(None, is_all=True), *self._hidden_parts.values()])

    @cached_property
    def _hidden_parts(self) -> dict[int | None, HiddenNodes]:
        """The same of those with words of their own, and by number of those of each campaign.

        The campaigns are known and could be subtracted: so each part must be enough by itself.
        """
        parts = dict.fromkeys([None, *(answer.campaign for answer in self.analysed)])
        return {part: self._hidden_of(part) for part in parts}

    def _hidden_of(self, part: int | None, *, is_all: bool = False) -> HiddenNodes:
        own: dict[str, set[str]] = defaultdict(set)
        for passage in self.passages:
            if not is_all and self._part_of(passage) != part:
                continue
            speakers = {body.sender for body in self.by_number[passage.answer].bodies}
            for key in passage.themes:
                own[key] |= speakers & self._persons
        if is_all:
            return self.small.hidden_nodes(self._nodes(own))
        able = {
            body.sender
            for answer in self.analysed
            if answer.campaign == part or (part is None and answer.number in self.with_own_words)
            for body in answer.bodies
        }
        rule = SmallGroups(self.small.threshold, len(able & self._persons))
        return rule.hidden_nodes(self._nodes(own))

    def _part_of(self, passage: PassageFacts) -> int | None:
        """The number of the campaign whose text it is; ``None`` for the sender's own words."""
        return self.by_number[passage.answer].campaign if passage.is_common else None

    def _nodes(self, own: Mapping[str, set[str]]) -> dict[str, Node]:
        """How many of some persons speak of each theme itself, and with those under it."""
        whole = {
            theme.key: set().union(*(own.get(key, set()) for key in self.below(theme.key)))
            for theme in self.data.themes
        }
        nodes = {"": Node(None, 0, len(set().union(*own.values())))}
        for theme in self._from_above(None):
            speaking = len(own.get(theme.key, ()))
            nodes[theme.key] = Node(theme.parent or "", speaking, len(whole[theme.key]))
        return nodes

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

    def quotable_letters(self, campaign: int) -> tuple[AnswerFacts, ...]:
        """The answers that a campaign's text may be told from: not those of few persons."""
        letters = self.letters_of(campaign)
        persons = {one.sender for one in letters if not one.actor_type.is_organisation}
        is_hidden = self.small.hides(len(persons))
        return tuple(o for o in letters if o.actor_type.is_organisation or not is_hidden)

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

        Those of persons are left out where they are hidden; a campaign's text is so by itself. Use
        :meth:`tally` or :meth:`count_by_group` to count them.
        """
        keys = self.below(key) if roll_up else {key}
        if not self.hides_persons(key, roll_up=roll_up):
            return tuple(p for p in self.passages if not keys.isdisjoint(p.themes))
        hidden = {
            part
            for part, nodes in self._hidden_parts.items()
            if key in (nodes.whole if roll_up else nodes.own)
        } or self._hidden_parts.keys()  # only all of them together are hidden
        return tuple(
            passage
            for passage in self.passages
            if not keys.isdisjoint(passage.themes)
            and not (self._part_of(passage) in hidden and self._is_persons(passage))
        )

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
        """What may be quoted to a proposal; that of persons only where they are not hidden."""
        found = self.proposal(proposal)
        return tuple(
            passage
            for passage in self._written_to(proposal)
            if not found.hides(self.by_number[passage.answer])
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
        answer = self.by_number[passage.answer]
        found = self._own_stances.get(passage.id, {})
        return {key: one for key, one in found.items() if not self.proposal(key).hides(answer)}

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
        if key not in self._proposals:
            self._proposals[key] = self._count_proposal(key)
        return self._proposals[key]

    def _count_proposal(self, key: str) -> ProposalFigures:
        latest: dict[str, Position] = {}
        outside = [answer for answer in self.analysed if answer.campaign is None]
        for is_own in (False, True):
            for answer in outside:
                stance = self._stances.get((answer.number, key))
                if stance is not None and (answer.bodies == (answer,)) is is_own:
                    latest |= {body.sender: Position(body, stance) for body in answer.bodies}
        writing = {
            body.sender
            for passage in self._written_to(key)
            if self.by_number[passage.answer].campaign is None
            for body in self.by_number[passage.answer].bodies
        }
        unjudged = writing - latest.keys()
        everybody = {body.sender for answer in outside for body in answer.bodies}
        silent = everybody - latest.keys() - unjudged
        persons = everybody & self._persons
        small = SmallGroups(self.small.threshold, len(persons))
        apart = _persons_apart(small, persons, latest)
        parts = [len(unjudged & persons), len(silent & persons)]
        merges = any(small.hides(part) for part in parts)
        if apart is not None:
            latest = {name: one for name, one in latest.items() if name not in persons}
        if apart is not None or merges:
            unjudged, silent = unjudged - persons, silent - persons
        positions = sorted(latest.values(), key=lambda one: list_order(one.answer))
        return ProposalFigures(
            addressing=tuple(p for p in positions if p.stance.value is not Stance.NO_COMMENTS),
            no_comments=tuple(p for p in positions if p.stance.value is Stance.NO_COMMENTS),
            unjudged=len(unjudged),
            silent=len(silent),
            small=small,
            apart=apart,
            without=sum(parts) if merges and apart is None else 0,
            campaigns=tuple(self._campaign_positions(key)),
        )

    def _campaign_positions(self, proposal: str) -> Iterator[CampaignPosition]:
        """The stances of each campaign's answers: their own, or else that of its first answer."""
        for campaign in self.data.campaigns:
            letters = self.letters_of(campaign.number)
            first = self._stances.get((letters[0].number, proposal)) if letters else None
            found = [self._stances.get((one.number, proposal), first) for one in letters]
            if any(found):
                yield self._campaign_position(campaign.number, letters, found)

    def _campaign_position(
        self,
        number: int,
        letters: Sequence[AnswerFacts],
        found: Sequence[StanceFacts | None],
    ) -> CampaignPosition:
        places: tuple[Stance | None, ...] = (*Stance, None)
        taken: dict[bool, Counter[Stance | None]] = {False: Counter(), True: Counter()}
        for one, stance in zip(letters, found, strict=True):
            taken[one.actor_type.is_organisation][stance.value if stance else None] += 1
        persons, bodies = ([taken[kind][place] for place in places] for kind in (False, True))
        told = tell_letters(persons, bodies, self.small.threshold)
        is_all_hidden = all(count.is_hidden for count in told)
        return CampaignPosition(
            number,
            tuple(
                (value, count)
                for value, count in zip(Stance, told, strict=False)
                if count.known or (count.is_hidden and not is_all_hidden)
            ),
            hides_persons=any(count.is_hidden for count in told),
        )


def _persons_apart(
    rule: SmallGroups, persons: frozenset[str] | set[str], positions: Mapping[str, Position]
) -> PersonsApart | None:
    """What is told of the persons where one of their numbers is hidden; else nothing."""
    if not persons:
        return None
    taken = Counter(positions[one].stance.value for one in persons & positions.keys())
    without = len(persons - positions.keys())
    hidden = rule.hidden_parts([*(taken[stance] for stance in Stance), without])
    if not hidden:
        return None
    return PersonsApart(
        all=len(persons),
        told=tuple(
            (stance, taken[stance])
            for place, stance in enumerate(Stance)
            if place not in hidden and taken[stance]
        ),
        without=None if len(Stance) in hidden else without,
    )
