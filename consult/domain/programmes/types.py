"""Values of a programme: what a sub-report carries up, and where a group stands."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from consult.kernel.i18n import N_


class Verdict(StrEnum):
    """What the steering group says of a sub-report."""

    ACCEPTED = "accepted"
    SUPPLEMENT = "supplement"


VERDICT_LABELS: dict[Verdict, str] = {
    Verdict.ACCEPTED: N_("Accept it"),
    Verdict.SUPPLEMENT: N_("Ask the group to supplement it"),
}


class GroupState(StrEnum):
    """Where a group stands, as the steering group sees it."""

    WORKING = "working"
    DECLINED = "declined"
    SENT = "sent"
    SUPPLEMENT_ASKED = "supplement_asked"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


GROUP_STATE_LABELS: dict[GroupState, str] = {
    GroupState.WORKING: N_("Nothing sent yet"),
    GroupState.DECLINED: N_("Sends no sub-report"),
    GroupState.SENT: N_("Waits for review"),
    GroupState.SUPPLEMENT_ASKED: N_("Asked to supplement"),
    GroupState.ACCEPTED: N_("Accepted"),
    GroupState.WITHDRAWN: N_("Withdrawn"),
}


class QuestionStatus(StrEnum):
    """What became of a question that a group handed back."""

    OPEN = "open"
    ANSWERED = "answered"
    HANDED_ON = "handed_on"


QUESTION_STATUS_LABELS: dict[QuestionStatus, str] = {
    QuestionStatus.OPEN: N_("Not answered yet"),
    QuestionStatus.ANSWERED: N_("Answered"),
    QuestionStatus.HANDED_ON: N_("Handed on"),
}


class Comparison(StrEnum):
    """What a person found when the groups' findings on a theme stood side by side."""

    COMMON = "common"
    PARTICULAR = "particular"
    CONTRADICTING = "contradicting"


COMPARISON_LABELS: dict[Comparison, str] = {
    Comparison.COMMON: N_("Common to the groups"),
    Comparison.PARTICULAR: N_("Particular to some"),
    Comparison.CONTRADICTING: N_("They contradict one another"),
}


class PieceKind(StrEnum):
    """What a piece of a sub-report is."""

    SECTION = "section"
    PROPOSAL = "proposal"
    QUESTIONS = "questions"


PIECE_KIND_LABELS: dict[PieceKind, str] = {
    PieceKind.SECTION: N_("Section"),
    PieceKind.PROPOSAL: N_("Proposal"),
    PieceKind.QUESTIONS: N_("Questions back"),
}


@dataclass(frozen=True, slots=True)
class Input:
    """An input to a group, as far as the group's sub-report may print it.

    Attributes:
        number: Of the answer in the group's own round.
        sender: Its name, or its kind where it is not named.
        quote: The words that were used; empty where they may not be printed.
        language: Of the words.
        is_contrary: It speaks against the proposal that it stands with.
    """

    number: int
    sender: str
    quote: str = ""
    language: str = ""
    is_contrary: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A section, a proposal or a list of questions of a sub-report, and what it rests on.

    Attributes:
        key: What the sub-report calls it inside.
        text: What is sent of it, as light text.
        unprinted: How many further inputs it rests on that may not be quoted or named.
    """

    kind: PieceKind
    key: str
    heading: str
    text: str
    inputs: tuple[Input, ...] = ()
    unprinted: int = 0

    @property
    def total(self) -> int:
        """How many inputs it rests on."""
        return len({one.number for one in self.inputs}) + self.unprinted


@dataclass(frozen=True, slots=True)
class SentUp:
    """What reaches the programme of a sub-report: this, and nothing of the group's round besides.

    Attributes:
        pieces: In the order in which they stand in what was sent; a piece's place is the
            position of its answer.
        questions: What the group asks back, one text each.
        answers: How many had answered the group's round.
    """

    title: str
    language: str
    pieces: tuple[Piece, ...]
    questions: tuple[str, ...] = ()
    answers: int = 0

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "SentUp":
        """What is stored."""
        return cls(
            title=stored["title"],
            language=stored["language"],
            pieces=tuple(_piece(one) for one in stored["pieces"]),
            questions=tuple(stored["questions"]),
            answers=stored["answers"],
        )


def _piece(stored: Mapping[str, Any]) -> Piece:
    values = dict(stored)
    values["kind"] = PieceKind(values["kind"])
    values["inputs"] = tuple(Input(**one) for one in values["inputs"])
    return Piece(**values)
