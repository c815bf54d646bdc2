"""Values of documents being written: parts, evidence, comments, versions, sign-off."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consult.domain.submissions.types import Stance, StanceModifier
from consult.kernel.i18n import N_


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
    """How a revision of a part came about."""

    BEGUN = "begun"
    TYPED = "typed"
    MERGED = "merged"
    SUGGESTION = "suggestion"
    RESTORED = "restored"


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
