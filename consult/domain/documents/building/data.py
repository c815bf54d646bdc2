"""What a summary is built from: plain values, gathered once, so that building is a pure function.

Answers, themes, proposals and questions are named by their number or key in the round. Texts by
language are mappings such as ``{"nb": …, "en": …}``.

These values are what a snapshot keeps (:mod:`consult.domain.documents.freezing.codec`). A new field
needs a default, and a name once given keeps its meaning: older snapshots are read without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from consult.domain.analysis.meetings import HeldMeeting, SaidInMeeting
from consult.domain.coding.clusters import CampaignPolicy
from consult.domain.organisations.types import ActorGroup, ActorType
from consult.domain.rounds.types import QuestionKind, RoundStatus, RoundType
from consult.domain.submissions.mandates import NO_MANDATE, Mandate
from consult.domain.submissions.parties import BodyBehind, Capacity
from consult.domain.submissions.types import (
    Channel,
    DeadlineStatus,
    Publication,
    Stance,
    StanceModifier,
    SubmissionStatus,
    Voice,
)

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DeadlineMove:
    """One change of the deadline."""

    changed_at: datetime
    old: datetime
    new: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """The round itself.

    Attributes:
        status: Where it stands by the clock.
        language: What its owner writes in: codebook, reasons for a deadline.
        small_groups: The smallest number of persons that is told; 0 in data from before the rule.
    """

    slug: str
    type: RoundType
    status: RoundStatus
    owner: str
    language: str
    case_number: str
    title: Texts
    introduction: Texts
    influence: Texts
    settled: Texts
    opens_at: datetime
    closes_at: datetime
    deadline_moves: tuple[DeadlineMove, ...] = ()
    short_deadline_reason: str = ""
    small_groups: int = 0

    @property
    def is_taking_answers(self) -> bool:
        """Whether more answers may still come in."""
        return self.status in {RoundStatus.PLANNED, RoundStatus.ANNOUNCED, RoundStatus.OPEN}


@dataclass(frozen=True, slots=True)
class FormerWordingFacts:
    """What a question or a proposal said until it was corrected.

    Attributes:
        answered: How many of the answers that count were written to it.
    """

    text: Texts
    until: datetime
    answered: int


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """A proposal, word for word. ``answered``: answers that count, to its present words."""

    key: str
    title: Texts
    text: Texts
    former: tuple[FormerWordingFacts, ...] = ()
    answered: int = 0
    wording: int = 1


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """A question, word for word. ``options`` are the labels of its choices.

    ``former``, ``answered`` and ``wording`` as in :class:`ProposalFacts`.
    """

    key: str
    kind: QuestionKind
    text: Texts
    help: Texts
    proposal: str | None = None
    options: tuple[Texts, ...] = ()
    former: tuple[FormerWordingFacts, ...] = ()
    answered: int = 0
    wording: int = 1


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """An entry of the codebook.

    Attributes:
        waiting: Passages that wait under it to be sorted, for it was split.
    """

    key: str
    name: str
    parent: str | None = None
    definition: str = ""
    include: str = ""
    exclude: str = ""
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class JoiningFacts:
    """That an answer joins another's.

    Attributes:
        name: Whose, as the sender says.
        number: Of that answer, where it has come.
        is_partial: It holds for some points only.
        has_reservations: The sender has written what it does not join.
    """

    name: str
    number: int | None
    is_partial: bool = False
    has_reservations: bool = False


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """Who sent an answer, how it came and what may be published of it.

    Of a withdrawn answer the sender is not told.

    Attributes:
        mandate: On what ground a branch answered; it is printed and never counts.
        behind: The bodies behind it besides its sender; one that has not confirmed counts not.
        joins: The answer that it joins, if it is such an answer.
        version: Which version of the answer counts.
        digest: The fingerprint of that version.
        came_with: The number of the answer that it lay beside when it came.
        campaign: The number of the campaign that it is part of.
    """

    number: int
    name: str
    actor_type: ActorType
    organisation_id: int | None
    language: str
    channel: Channel
    publication: Publication
    status: SubmissionStatus
    deadline_status: DeadlineStatus
    has_comments: bool
    mandate: Mandate = NO_MANDATE
    behind: tuple[BodyBehind, ...] = ()
    joins: JoiningFacts | None = None
    version: int = 1
    digest: str = ""
    came_with: int | None = None
    campaign: int | None = None

    @property
    def is_analysed(self) -> bool:
        """Whether it counts: not withdrawn, twice, off topic or shut out as too late."""
        return (
            self.status is SubmissionStatus.RECEIVED
            and self.deadline_status is not DeadlineStatus.LATE_EXCLUDED
        )

    @property
    def sender(self) -> str:
        """Who it counts for: an organisation, however often it writes; else the answer itself.

        An organisation that is not registered is told apart by its exact name, as in analysis.
        """
        if self.organisation_id is not None:
            return f"organisation {self.organisation_id}"
        if self.actor_type.is_organisation:
            return f"name {self.name}"
        return f"answer {self.number}"

    @property
    def bodies(self) -> "tuple[AnswerFacts, ...]":
        """The answer as that of each body it counts for.

        They are the sender, or those it is sent on behalf of, and each that has confirmed a joint
        answer.
        """
        counted = [one for one in self.behind if one.is_confirmed]
        is_for_others = any(one.capacity is Capacity.ON_BEHALF_OF for one in counted)
        return (*(() if is_for_others else (self,)), *(self.as_of(one) for one in counted))

    def as_of(self, body: BodyBehind) -> "AnswerFacts":
        """The same answer as that of a body behind it."""
        return replace(
            self,
            name=body.name,
            organisation_id=body.organisation_id,
            actor_type=body.actor_type,
            mandate=NO_MANDATE,
            behind=(),
        )

    @property
    def only_joins(self) -> bool:
        """Whether it says nothing but that it joins another's answer."""
        return self.joins is not None and not self.joins.has_reservations

    @property
    def is_minuted(self) -> bool:
        """Whether somebody else wrote the words down, so that they are no literal quotation."""
        return self.channel in {Channel.PHONE, Channel.MEETING}

    @property
    def group(self) -> ActorGroup:
        """The part of society the sender belongs to."""
        return self.actor_type.group


@dataclass(frozen=True, slots=True)
class StanceFacts:
    """Where an answer stands on a proposal: a reader's judgement, or else what the sender chose.

    Attributes:
        read_in: The passage that a reader found it in, by id, if one was pointed out.
        derived_from: The number of the answer that it is taken from, where the sender joins that.
    """

    answer: int
    proposal: str
    value: Stance
    modifiers: tuple[StanceModifier, ...] = ()
    is_coded: bool = False
    read_in: int | None = None
    derived_from: int | None = None


@dataclass(frozen=True, slots=True)
class PassageFacts:
    """A passage, or a part that a reader chose from one, with its themes.

    Attributes:
        id: What tells it from the others; what a stance was read in is named by it.
        counted_as: The id of the passage it counts as: the same for a passage and the parts chosen
            from it.
        proposal: The proposal that the part of the answer it stands in is about.
        level: Nesting of a bullet; a sub-bullet often needs the line above it.
        voice: Whose words it is; a minority's are never told as the sender's.
        voice_label: Who the minority is.
        is_copy: It repeats an earlier answer, where it is quoted.
        is_common: It belongs to what the answers of a campaign have in common.
        is_protected: Words in it were taken out by law, or nobody has decided on them yet.
    """

    id: int
    answer: int
    counted_as: int
    position: int
    quote: str
    themes: tuple[str, ...] = ()
    proposal: str | None = None
    level: int = 0
    voice: Voice = Voice.SENDER
    voice_label: str = ""
    is_protected: bool = False
    is_copy: bool = False
    is_common: bool = False


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """A campaign; how much is in it follows from the answers.

    Attributes:
        organiser: Who asked people to write, where that is known.
        demand: What it asks for, in the owner's words.
        counties: How many of its answers come from each county, where that is known.
        signatures: How many names stand under its answers, as far as they are registered.
    """

    number: int
    organiser: str = ""
    demand: str = ""
    counties: Mapping[str, int] = field(default_factory=dict)
    signatures: int = 0


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """A choice of how campaigns are counted, which held from then on.

    Attributes:
        approved_at: When somebody else agreed; ``None`` where no stance had been read.
    """

    policy: CampaignPolicy
    chosen_at: datetime
    reason: str = ""
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InvitedFacts:
    """A body that was asked to answer."""

    organisation_id: int
    actor_type: ActorType


@dataclass(frozen=True, slots=True)
class SummaryData:
    """Everything a summary says, frozen at one moment.

    Attributes:
        as_of: The last change in the data.
        meetings: Those whose notes are approved; no number of answers holds them.
        said: What their notes say, without what was struck.
        divided: Paragraphs and bullets in the answers that count.
        sorted: How many of them have a theme, themselves or on a part.
        coders: How many people have put themes on passages.
        imported_codings: How many of the codings came from a file.
        suggested_codings: How many of them a person took over from what a model suggested.
        codebook_version: Number of the version of the codebook.
        campaigns: Those that somebody has confirmed; no majority holds them.
        campaign_policy: How their senders are counted.
        policy_choices: How that was chosen and changed, the first first.
    """

    as_of: datetime
    round: RoundFacts
    proposals: tuple[ProposalFacts, ...] = ()
    questions: tuple[QuestionFacts, ...] = ()
    themes: tuple[ThemeFacts, ...] = ()
    invited: tuple[InvitedFacts, ...] = ()
    answers: tuple[AnswerFacts, ...] = ()
    stances: tuple[StanceFacts, ...] = ()
    passages: tuple[PassageFacts, ...] = ()
    meetings: tuple[HeldMeeting, ...] = ()
    said: tuple[SaidInMeeting, ...] = ()
    divided: int = 0
    sorted: int = 0
    coders: int = 0
    imported_codings: int = 0
    suggested_codings: int = 0
    codebook_version: int = 1
    campaigns: tuple[CampaignFacts, ...] = ()
    campaign_policy: CampaignPolicy = CampaignPolicy.AS_ONE
    policy_choices: tuple[PolicyFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """The snapshot that every figure of a document comes from.

    Attributes:
        digest: SHA-256 of the frozen data, in hexadecimal.
        reason: Why the data were frozen again; empty for the first time.
    """

    name: str
    taken_at: datetime
    digest: str
    reason: str = ""
