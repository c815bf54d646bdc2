"""Values of the intake: what was recognised in a document, and where it belongs in a round."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal

Language = Literal["nb", "nn", "se", "en"]

GENERAL: Final = "@general"
"""The target of what concerns the whole round rather than one of its questions."""

LEFT_OUT: Final = "@left-out"
"""The target of what is no part of the answer: letterhead, greeting, names, page numbers."""


class BlockRole(StrEnum):
    """What a block is in the document."""

    LETTERHEAD = "letterhead"
    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    CLOSING = "closing"
    SIGNATURE = "signature"
    PAGE_FURNITURE = "page_furniture"


class IntakeWarning(StrEnum):
    """What whoever checks the import ought to look at."""

    WRONG_EXTENSION = "wrong_extension"
    PAGES_WITHOUT_TEXT = "pages_without_text"
    TRACKED_CHANGES = "tracked_changes"
    ENCODING_GUESSED = "encoding_guessed"
    NO_HEADINGS = "no_headings"
    NO_SIGNATORY = "no_signatory"
    NUMBER_REMOVED = "number_removed"


class MailState(StrEnum):
    """What became of a mail that came in."""

    TO_CHECK = "to_check"
    SET_ASIDE = "set_aside"
    REGISTERED = "registered"


class MailProblem(StrEnum):
    """Why a mail, or a file that came with it, could not be taken in by itself."""

    BROKEN = "broken"
    OVERSIZED = "oversized"
    ENCRYPTED = "encrypted"
    EMPTY = "empty"
    AUTOMATIC = "automatic"
    IDENTITY_NUMBER = "identity_number"
    UNREADABLE = "unreadable"
    OTHER_KIND = "other_kind"


class EntryState(StrEnum):
    """How far a file of a ZIP has come; a refused one says why."""

    WAITING = "waiting"
    TAKEN_IN = "taken_in"
    REFUSED = "refused"


class TargetKind(StrEnum):
    """What a part of an answer can be an answer to."""

    QUESTION = "question"
    PROPOSAL = "proposal"


class Reason(StrEnum):
    """Why a block was placed where it was."""

    HEADING_TEXT = "heading_text"
    HEADING_NUMBER = "heading_number"
    QUOTED_QUESTION = "quoted_question"
    REFERENCE = "reference"
    UNDER_HEADING = "under_heading"
    UNMATCHED_HEADING = "unmatched_heading"
    BEFORE_FIRST_HEADING = "before_first_heading"
    CLOSING_PARAGRAPH = "closing_paragraph"
    TITLE = "title"
    LETTER_PART = "letter_part"
    PAGE_FURNITURE = "page_furniture"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class RecognisedBlock:
    """A paragraph, bullet, heading or letter part, in reading order.

    Attributes:
        role: what it is in the document.
        text: its text without lay-out; lines are kept in letter parts only.
        level: a heading's level from 1, or a bullet's nesting from 0; else 0.
        page: the page it starts on, from 1, where the format knows pages.
        number: the heading's or item's own number as written, such as "1.", "3.2" or "a)".
    """

    role: BlockRole
    text: str
    level: int = 0
    page: int | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person who signed, with the title given under the name."""

    name: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class RecognisedDocument:
    """All that a document says of itself. What it does not say stays ``None`` and is asked for."""

    media_type: str
    blocks: tuple[RecognisedBlock, ...]
    signatories: tuple[Signatory, ...] = ()
    sender: str | None = None
    recipient: str | None = None
    document_date: date | None = None
    their_ref: str | None = None
    our_ref: str | None = None
    language: Language | None = None
    page_count: int | None = None
    warnings: tuple[IntakeWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A question or proposal of the round that a part of the document may answer."""

    kind: TargetKind
    key: str
    title: str
    text: str = ""
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where a block goes: a target's key, ``GENERAL`` or ``LEFT_OUT``.

    ``heading_index`` is the block index of the heading it stands under: of the enclosing heading
    when the block is itself a heading. ``confidence`` runs from 0 to 1.
    """

    block_index: int
    target: str
    heading_index: int | None
    confidence: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class MappedAnswer:
    """The text that answers one target, in canonical plain text with light markup.

    Paragraphs and lists are separated by one blank line. Bullets are lines that start with "- ",
    indented by two spaces for each level of nesting.
    """

    target: str
    text: str
    source_heading: str | None = None
