"""What can have changed since data were frozen."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from consult.kernel.i18n import N_


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
