"""Values of analysis: what is counted, and rows that say what they count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from consult.domain.coding.types import Colour, PassageKind, ThemeRow
from consult.domain.organisations.types import ActorGroup, ActorType
from consult.domain.submissions.types import (
    Channel,
    DeadlineStatus,
    Publication,
    Stance,
    StanceModifier,
    Voice,
)
from consult.kernel.i18n import N_


class CountUnit(StrEnum):
    """What a number counts; it always stands beside the number."""

    PASSAGES = "passages"
    SUBMISSIONS = "submissions"
    ORGANISATIONS = "organisations"


UNIT_LABELS: dict[CountUnit, str] = {
    CountUnit.PASSAGES: N_("passages"),
    CountUnit.SUBMISSIONS: N_("answers"),
    CountUnit.ORGANISATIONS: N_("organisations"),
}


class ColumnsBy(StrEnum):
    """What the columns of a matrix are."""

    TYPE = "type"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Behind:
    """Who is behind a number that counts everybody (ADR 41).

    Attributes:
        persons: How many persons, by the column they stand in.
        parts: The same of those with words of their own and of each campaign's, where the round
            has campaigns.
        theirs: How much of the number is theirs.
        without: What the number would be without them.
    """

    persons: Mapping[str, int] = field(default_factory=dict)
    theirs: int = 0
    without: int = 0
    parts: tuple[Mapping[str, int], ...] = ()

    @property
    def all_persons(self) -> int:
        """How many persons: each stands in one column."""
        return sum(self.persons.values())


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One kind of actor, or one group of kinds.

    Attributes:
        key: An ``ActorType`` or ``ActorGroup``.
        label: Its name, a message id.
        units: How many units of the matrix there are from these actors, coded or not.
        coded: How many of them have any theme: a distinct count, not the sum of the column.
        is_persons: Whether these are persons rather than organisations.
    """

    key: str
    label: str
    units: int
    coded: int
    is_persons: bool = False


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A theme, counted together with the themes under it.

    Attributes:
        cells: One distinct count per column.
        total: Distinct count over all columns.
        behind: Who is behind the total.
        speaking: How many persons speak of the theme itself, those under it aside.
        speaking_parts: The same of the parts of ``behind``.
    """

    theme: ThemeRow
    cells: tuple[int, ...]
    total: int
    behind: Behind = Behind()
    speaking: int = 0
    speaking_parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Themes and who speaks of them.

    Totals are distinct counts of their own. They are smaller than the sums: one passage may have
    several themes, and one organisation may answer several times.

    Attributes:
        units: How many units there are in all: the denominator of ``coded``.
        coded: How many of them have any theme.
        letters: Answers that belong to campaigns; they count as the round has chosen.
        behind_units: Who is behind ``units``.
        behind_coded: Who is behind ``coded``.
        is_narrowed: Whether some of the answers are left out by what the reader chose.
    """

    unit: CountUnit
    by: ColumnsBy
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    units: int
    coded: int
    letters: int = 0
    behind_units: Behind = Behind()
    behind_coded: Behind = Behind()
    is_narrowed: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent an answer that counts.

    ``name`` is for the desk. What leaves the desk uses :attr:`public_name`, or the label of the
    actor type where that is ``None``.
    """

    submission_id: int
    public_id: str
    number: int
    name: str
    actor_type: ActorType
    publication: Publication
    channel: Channel
    language: str

    @property
    def public_name(self) -> str | None:
        """The name, when the sender said that it may be published."""
        return self.name if self.publication is Publication.WITH_NAME else None

    @property
    def may_be_quoted(self) -> bool:
        """Whether their words may be published at all."""
        return self.publication is not Publication.NOT_ON_WEB

    @property
    def is_minuted(self) -> bool:
        """Whether somebody else wrote their words down, so that they are no literal quote."""
        return self.channel in {Channel.PHONE, Channel.MEETING}


@dataclass(frozen=True, slots=True)
class ThemeMark:
    """A theme on a passage."""

    key: str
    name: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage with where it stands.

    Attributes:
        heading: The question's or proposal's text by language; ``None`` for general remarks.
        label: Number or key of the question or proposal, such as ``q2`` or ``4.1``.
        proposal_key: The proposal that the answer is about, if any.
        stance: What the sender thinks of that proposal: as coded, else as stated. A minority has
            none, for it does not share it.
        voice: Whose words it is.
        voice_label: Who the minority is.
        same_as: The number of the earlier answer that it repeats.
        is_private: The question promises that answers to it are not published.
    """

    public_id: str
    quote: str
    kind: PassageKind
    memo: str
    sender: Sender
    heading: dict[str, str] | None
    label: str | None
    proposal_key: str | None
    stance: Stance | None
    themes: tuple[ThemeMark, ...]
    voice: Voice = Voice.SENDER
    voice_label: str | None = None
    same_as: int | None = None
    is_private: bool = False


class PassageLine(NamedTuple):
    """A passage as a line of a file; as in :class:`PassageRow`.

    Attributes:
        number: The answer's.
        themes: Full names, in the order they were put there.
    """

    public_id: str
    number: int
    sender: str
    actor_type: ActorType
    channel: Channel
    language: str
    publication: Publication
    label: str | None
    heading: dict[str, str] | None
    voice: Voice
    voice_label: str | None
    quote: str
    themes: tuple[str, ...]
    stance: Stance | None
    memo: str
    same_as: int | None


@dataclass(frozen=True, slots=True)
class PassageCount:
    """How many passages there are of a kind.

    Attributes:
        passages: Distinct count; chosen parts of a passage are not counted again.
        submissions: How many answers they stand in.
        rows: How long a list of them is: there, chosen parts stand for themselves.
    """

    passages: int
    submissions: int
    rows: int


@dataclass(frozen=True, slots=True)
class PassageList:
    """Some of the passages asked for, and how many there are in all."""

    rows: tuple[PassageRow, ...]
    count: PassageCount


@dataclass(frozen=True, slots=True)
class GroupCount:
    """What a group of actors has on a theme; numbers are distinct counts."""

    group: ActorGroup
    passages: int
    submissions: int


@dataclass(frozen=True, slots=True)
class DerivedFrom:
    """The answer that a stance is derived from: its sender has joined it.

    Attributes:
        name: Whose answer, in the words of who joins it.
        number: Its number in the round.
        has_reservations: The sender has written what it does not join.
        is_unchecked: It has changed since; the stance is what it was before.
    """

    name: str
    number: int
    has_reservations: bool = False
    is_unchecked: bool = False


@dataclass(frozen=True, slots=True)
class StanceEntry:
    """Where one sender stands on one proposal.

    Attributes:
        is_coded: Whether a reader judged it so; else the sender ticked it, or joined another.
        derived: What it is derived from, if the sender only joined another's answer.
    """

    sender: Sender
    value: Stance
    modifiers: tuple[StanceModifier, ...]
    is_coded: bool
    derived: DerivedFrom | None = None


@dataclass(frozen=True, slots=True)
class GroupStances:
    """The stances of a group of actors on a proposal.

    Attributes:
        not_mentioned: Who sent an answer that counts and took no stance here.
    """

    group: ActorGroup
    entries: tuple[StanceEntry, ...]
    not_mentioned: tuple[Sender, ...]

    def having(self, *values: Stance) -> tuple[StanceEntry, ...]:
        """Those who take one of the stances."""
        return tuple(entry for entry in self.entries if entry.value in values)


@dataclass(frozen=True, slots=True)
class CampaignStances:
    """Where the answers of a campaign stand on a proposal; among no others' stances.

    Attributes:
        number: Of the campaign in its round.
        answers: How many answers it has.
        stances: How many of them take each stance.
        persons: How many of those are persons', and of persons' answers that take none.
    """

    number: int
    answers: int
    stances: tuple[tuple[Stance, int], ...]
    persons: Mapping[Stance | None, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProposalStances:
    """A proposal and where everybody stands on it, by actor group; campaigns apart."""

    public_id: str
    key: str
    title: dict[str, str]
    groups: tuple[GroupStances, ...]
    campaigns: tuple[CampaignStances, ...] = ()

    @property
    def entries(self) -> tuple[StanceEntry, ...]:
        """Everybody who took a stance."""
        return tuple(entry for group in self.groups for entry in group.entries)

    @property
    def not_mentioned(self) -> tuple[Sender, ...]:
        """Everybody who sent an answer and took no stance here."""
        return tuple(sender for group in self.groups for sender in group.not_mentioned)

    def having(self, *values: Stance) -> tuple[StanceEntry, ...]:
        """Those who take one of the stances."""
        return tuple(entry for group in self.groups for entry in group.having(*values))


@dataclass(frozen=True, slots=True)
class ThemePage:
    """Everything said on a theme and the themes under it."""

    theme: ThemeRow
    below: tuple[ThemeRow, ...]
    groups: tuple[GroupCount, ...]
    stances: tuple[ProposalStances, ...]
    passages: PassageList


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that may be published in somebody's words.

    Attributes:
        is_minuted: From minutes or a phone call: print it without quotation marks.
    """

    passage_public_id: str
    text: str
    language: str
    sender: Sender
    is_minuted: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the coding of a round is.

    Attributes:
        passages: Paragraphs and bullets; chosen parts of them are not counted again.
        coded: Those with a theme, on themselves or on a chosen part.
        submissions: Answers that have passages.
        finished: Answers all of whose passages are coded.
    """

    passages: int
    coded: int
    submissions: int
    finished: int


@dataclass(frozen=True, slots=True)
class Respondents:
    """Who answered and how: answers that count by each property, and those left out by reason."""

    counted: int
    with_comments: int
    without_comments: int
    by_type: dict[ActorType, int]
    by_group: dict[ActorGroup, int]
    by_channel: dict[Channel, int]
    by_language: dict[str, int]
    by_deadline: dict[DeadlineStatus, int]
    by_publication: dict[Publication, int]
    withdrawn: int
    duplicates: int
    off_topic: int
    multiple: int
    to_check: int
    set_aside: int
    late_excluded: int
