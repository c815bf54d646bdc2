"""How much of each thing some data hold: what is told of a snapshot."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from consult.domain.documents.building.data import SummaryData
from consult.domain.submissions.types import SubmissionStatus


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
