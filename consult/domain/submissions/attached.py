"""Values of files that come with answers: why one cannot be read, and how much is in it."""

from dataclasses import dataclass
from enum import StrEnum

from consult.kernel.i18n import N_


class FileProblem(StrEnum):
    """Why nobody can read a file as it came. The answer itself is received all the same."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    INFECTED = "infected"


FILE_PROBLEM_LABELS: dict[FileProblem, str] = {
    FileProblem.ENCRYPTED: N_("Locked with a password"),
    FileProblem.DAMAGED: N_("Damaged"),
    FileProblem.INFECTED: N_("Holds a virus, kept apart"),
}


class FileQuestion(StrEnum):
    """What a sender can be asked about a file."""

    COPY = "copy"
    SUMMARY = "summary"


MOST_FILES = 20
"""Files on one answer."""

LONG_DOCUMENT = 30
"""Pages from which on the sender is asked for a summary (scenario 48)."""


@dataclass(frozen=True, slots=True)
class ReadUpload:
    """What is told by reading a file once, when it is sent in.

    Attributes:
        text: What can be read of it.
        pages: How many pages it has, when the format has pages.
        is_scanned: Whether some pages hold pictures and no text.
    """

    text: str = ""
    problem: FileProblem | None = None
    pages: int | None = None
    is_scanned: bool = False
