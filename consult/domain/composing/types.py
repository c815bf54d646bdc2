"""Values of documents being written: parts, evidence, comments, versions, sign-off."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from consult.domain.submissions.types import Stance, StanceModifier
from consult.kernel.i18n import N_
from consult.kernel.text.rich.types import EMPTY, RichText


class CompositionKind(StrEnum):
    """What is being written. A hearing response and a report are the same kind of thing."""

    RESPONSE = "response"


class PartKind(StrEnum):
    """What a part of the document is about."""

    GENERAL = "general"
    QUESTION = "question"
    PROPOSAL = "proposal"
    OWN = "own"


PART_KIND_LABELS: dict[PartKind, str] = {
    PartKind.GENERAL: N_("On the whole"),
    PartKind.QUESTION: N_("Question"),
    PartKind.PROPOSAL: N_("Proposal"),
    PartKind.OWN: N_("Own heading"),
}


class SaveKind(StrEnum):
    """How a revision of a part came about.

    ``ASIDE`` is what one writer had when it was merged with another's: no text of the document, but
    what the writer's page goes on from.
    """

    BEGUN = "begun"
    TYPED = "typed"
    MERGED = "merged"
    SUGGESTION = "suggestion"
    RESTORED = "restored"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class PartContent:
    """What a part says, as its form holds it."""

    heading: str = ""
    body: RichText = EMPTY
    stance: Stance | None = None
    modifiers: tuple[StanceModifier, ...] = ()
    no_comments: bool = False


@dataclass(frozen=True, slots=True)
class SavedPart:
    """How saving a part went.

    Attributes:
        revision: The number of what stands there now.
        base: What the writer's page goes on from while it shows what it sent; ``revision``, unless
            somebody else's words were merged in.
        merged: What stands there now, where that is not what was sent.
    """

    revision: int
    saved_at: datetime
    base: int
    merged: PartContent | None = None


@dataclass(frozen=True, slots=True)
class RevisionMark:
    """A revision without its text: enough to tell which one a page goes on from."""

    number: int
    kind: SaveKind
    saved_at: datetime
    saved_by: str
    window: str | None


class EvidenceUse(StrEnum):
    """What a passage does in the text that rests on it."""

    QUOTED = "quoted"
    REFERRED = "referred"
    MERGED = "merged"


EVIDENCE_USE_LABELS: dict[EvidenceUse, str] = {
    EvidenceUse.QUOTED: N_("Quoted"),
    EvidenceUse.REFERRED: N_("Referred to"),
    EvidenceUse.MERGED: N_("Merged with other points"),
}


class PointState(StrEnum):
    """What has become of a passage that the document may rest on."""

    OPEN = "open"
    USED = "used"
    LEFT_OUT = "left_out"


POINT_STATE_LABELS: dict[PointState, str] = {
    PointState.OPEN: N_("Not looked at yet"),
    PointState.USED: N_("Used"),
    PointState.LEFT_OUT: N_("Left out, with a reason"),
}


@dataclass(frozen=True, slots=True)
class PointCount:
    """How many passages there are, and what has become of them; the rest is open."""

    total: int = 0
    used: int = 0
    left_out: int = 0

    @property
    def open(self) -> int:
        """Those that nobody has decided about."""
        return self.total - self.used - self.left_out

    def __add__(self, other: "PointCount") -> "PointCount":
        return PointCount(
            self.total + other.total, self.used + other.used, self.left_out + other.left_out
        )


class SuggestionKind(StrEnum):
    """What a returned Word file changes."""

    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"


class SuggestionStatus(StrEnum):
    """What was decided about a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    BY_HAND = "by_hand"


SUGGESTION_STATUS_LABELS: dict[SuggestionStatus, str] = {
    SuggestionStatus.OPEN: N_("Not decided yet"),
    SuggestionStatus.ACCEPTED: N_("Taken in"),
    SuggestionStatus.REJECTED: N_("Turned down"),
    SuggestionStatus.BY_HAND: N_("Settled by hand"),
}


class SignEventKind(StrEnum):
    """What happened in a sign-off. Events are only appended; where it stands is derived."""

    STARTED = "started"
    SIGNED = "signed"
    RETURNED = "returned"
    DELEGATED = "delegated"
    REMINDED = "reminded"
    SEAL_BROKEN = "seal_broken"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class LetterHead:
    """What stands above the text. What is empty is not printed.

    Attributes:
        sender: The organisation's name when the text was frozen.
        document_date: ``None`` where the day of the last signature stands.
        basis: How members were heard, in the letter's words.
    """

    sender: str
    title: str
    language: str
    recipient: str = ""
    their_ref: str = ""
    our_ref: str = ""
    document_date: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class FrozenPart:
    """A part as it stood in a version: what a signatory saw.

    Attributes:
        body: Rich text as canonical JSON.
        question: Key of the question it answers; ``proposal`` of the proposal.
        asked: The wording of what it is about, in the letter's language, as it was then.
    """

    key: str
    kind: PartKind
    heading: str
    body: str
    question: str | None = None
    proposal: str | None = None
    asked: str = ""
    stance: Stance | None = None
    modifiers: tuple[StanceModifier, ...] = ()
    no_comments: bool = False

    @property
    def title(self) -> str:
        """What stands above it: a heading of its own, or what it is about; empty for neither."""
        return self.heading or self.asked


@dataclass(frozen=True, slots=True)
class FrozenText:
    """A whole document as it stood: its head and its parts in order."""

    head: LetterHead
    parts: tuple[FrozenPart, ...]


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step as somebody plans it; see :class:`~consult.domain.composing.models.SignStep`."""

    label: str
    person_id: int
    title: str = ""
    on_letter: bool = True
    is_body: bool = False
    due_on: date | None = None
