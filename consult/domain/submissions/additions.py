"""What is added to an answer later: a supplement, which stands beside what was said."""

from dataclasses import dataclass
from enum import StrEnum


class VersionKind(StrEnum):
    """What a version is: all that the sender says, or all of that and something more."""

    WHOLE = "whole"
    SUPPLEMENT = "supplement"


@dataclass(frozen=True, slots=True)
class Supplement:
    """What a sender adds to an answer that is sent, and that takes nothing back.

    Attributes:
        text: Canonical light markup.
        question_id: The question it is about; ``None`` for the answer as a whole.
    """

    text: str
    question_id: int | None = None
