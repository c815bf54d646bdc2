"""Values of freezing: how much a snapshot holds, and what has changed since it was taken."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from consult.domain.documents.building.data import SummaryData
from consult.domain.submissions.types import SubmissionStatus
from consult.kernel.i18n import N_


@dataclass(frozen=True, slots=True)
class FrozenCounts:
    """How much of each thing there is in some data.

    Attributes:
        received: Answers, also those that do not count.
        analysed: Those of them that count.
        passages: Paragraphs and bullets in the answers that count.
        codings: Pairs of a passage, or of a chosen part, and a theme.
        stances: Chosen by senders or judged by readers.
    """

    received: int
    analysed: int
    withdrawn: int
    passages: int
    codings: int
    stances: int
    themes: int
    questions: int

    @classmethod
    def of(cls, data: SummaryData) -> "FrozenCounts":
        """The counts of some data."""
        return cls(
            received=len(data.answers),
            analysed=sum(answer.is_analysed for answer in data.answers),
            withdrawn=sum(one.status is SubmissionStatus.WITHDRAWN for one in data.answers),
            passages=data.divided,
            codings=sum(len(passage.themes) for passage in data.passages),
            stances=len(data.stances),
            themes=len(data.themes),
            questions=len(data.questions),
        )

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "FrozenCounts":
        """The counts as they were stored."""
        return cls(**stored)

    def to_json(self) -> dict[str, int]:
        """The counts as they are stored."""
        return asdict(self)


class ChangeKind(StrEnum):
    """What can be different from the frozen data; about answers first, in the order of lists."""

    ARRIVED = "arrived"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    COUNTS_NO_MORE = "counts_no_more"
    COUNTS_NOW = "counts_now"
    STANDING = "standing"
    KIND = "kind"
    SENDER = "sender"
    NARROWED = "narrowed"
    WIDENED = "widened"
    PROTECTED = "protected"
    RELEASED = "released"
    RECODED = "recoded"
    STANCES = "stances"
    PARTICULARS = "particulars"
    THEME_ADDED = "theme_added"
    THEME_REMOVED = "theme_removed"
    THEME_CHANGED = "theme_changed"
    QUESTIONS = "questions"
    PROPOSALS = "proposals"
    ROUND = "round"
    INVITED = "invited"
    MEETING = "meeting"
    OTHER = "other"

    @property
    def forbids_printing(self) -> bool:
        """Whether the frozen data hold words or names that may no longer be printed."""
        return self in {ChangeKind.NARROWED, ChangeKind.PROTECTED}


CHANGE_LABELS: dict[ChangeKind, str] = {
    ChangeKind.ARRIVED: N_("Came later"),
    ChangeKind.CORRECTED: N_("Corrected"),
    ChangeKind.WITHDRAWN: N_("Withdrawn"),
    ChangeKind.COUNTS_NO_MORE: N_("No longer counts"),
    ChangeKind.COUNTS_NOW: N_("Counts now"),
    ChangeKind.STANDING: N_("Decided differently"),
    ChangeKind.KIND: N_("Another kind of sender"),
    ChangeKind.SENDER: N_("Another sender"),
    ChangeKind.NARROWED: N_("Less may be published"),
    ChangeKind.WIDENED: N_("More may be published"),
    ChangeKind.PROTECTED: N_("Words must not be printed"),
    ChangeKind.RELEASED: N_("Words may be printed again"),
    ChangeKind.RECODED: N_("Coded differently"),
    ChangeKind.STANCES: N_("Another stance"),
    ChangeKind.PARTICULARS: N_("Other particulars"),
    ChangeKind.THEME_ADDED: N_("New theme"),
    ChangeKind.THEME_REMOVED: N_("Theme removed"),
    ChangeKind.THEME_CHANGED: N_("Theme changed"),
    ChangeKind.QUESTIONS: N_("Questions changed"),
    ChangeKind.PROPOSALS: N_("Proposals changed"),
    ChangeKind.ROUND: N_("The round changed"),
    ChangeKind.INVITED: N_("Other bodies invited"),
    ChangeKind.MEETING: N_("Meeting changed"),
    ChangeKind.OTHER: N_("Something else changed"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between frozen data and later ones.

    Attributes:
        name: The sender, the theme or the meeting; empty where there is none.
        answer: Number of the answer it is about.
        before: What it was, where that is one word: a code of its code list.
        number: How many of several, such as passages coded differently.
    """

    kind: ChangeKind
    name: str = ""
    answer: int | None = None
    before: str = ""
    after: str = ""
    number: int = 1


@dataclass(frozen=True, slots=True)
class Changes:
    """All that is different from some frozen data."""

    changes: tuple[Change, ...] = ()

    def __len__(self) -> int:
        return len(self.changes)

    @property
    def forbidding(self) -> tuple[Change, ...]:
        """Those after which nothing may be printed from the frozen data any more."""
        return tuple(change for change in self.changes if change.kind.forbids_printing)

    @property
    def by_kind(self) -> Mapping[ChangeKind, int]:
        """How many there are of each kind, in the order of lists."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in ChangeKind if found[kind]}

    def of(self, kinds: Iterable[ChangeKind]) -> tuple[Change, ...]:
        """Those of some kinds."""
        wanted = frozenset(kinds)
        return tuple(change for change in self.changes if change.kind in wanted)
