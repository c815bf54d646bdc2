"""Which documents have crossed the boundary between two bodies, as values.

Whoever answers a request for access needs it: what has gone to another body is hardly internal to
one, and an input from a body below is not internal by itself (domain guide §1.5, scenario 58).
Whether a document may be withheld, a person decides.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from consult.kernel.i18n import N_


class DocumentKept(StrEnum):
    """What kind of document it is."""

    ANSWER = "answer"
    SUPPLEMENT = "supplement"
    ATTACHMENT = "attachment"
    HEARING = "hearing"
    BRANCH_ANSWER = "branch_answer"
    FEEDBACK = "feedback"
    DRAFT = "draft"
    VERSION = "version"
    COMMENTS = "comments"
    WORD_FILE = "word_file"
    FILE_TO_SEND = "file_to_send"
    SUMMARY = "summary"


DOCUMENT_KEPT_LABELS: dict[DocumentKept, str] = {
    DocumentKept.ANSWER: N_("Answer"),
    DocumentKept.SUPPLEMENT: N_("Supplement"),
    DocumentKept.ATTACHMENT: N_("Attachment"),
    DocumentKept.HEARING: N_("Internal hearing"),
    DocumentKept.BRANCH_ANSWER: N_("Answer from a branch"),
    DocumentKept.FEEDBACK: N_("Feedback to a branch"),
    DocumentKept.DRAFT: N_("Draft"),
    DocumentKept.VERSION: N_("Version of the draft"),
    DocumentKept.COMMENTS: N_("Comments on the draft"),
    DocumentKept.WORD_FILE: N_("Word file that came back"),
    DocumentKept.FILE_TO_SEND: N_("File that is to go along"),
    DocumentKept.SUMMARY: N_("Summary of the branches' answers"),
}


@dataclass(frozen=True, slots=True)
class Crossing:
    """One passage of a document from one body to another.

    Attributes:
        other: The other body's name.
        is_incoming: It came from the other body; else it went there.
    """

    other: str
    at: datetime
    is_incoming: bool = False


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document of an organisation's work, and where it has been.

    Attributes:
        round_slug, round_title: The round it is about; a title by language.
        name: What tells it from others of its kind.
        made_at: When it was made, or came.
    """

    kind: DocumentKept
    round_slug: str
    round_title: dict[str, str]
    name: str
    made_at: datetime
    crossings: tuple[Crossing, ...] = ()

    @property
    def has_crossed(self) -> bool:
        """Whether it has gone to, or come from, another body."""
        return bool(self.crossings)
