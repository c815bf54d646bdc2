"""Rules of answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.domain.rounds.rules import is_past
from consult.domain.submissions.types import AnswerContent, DeadlineStatus
from consult.kernel.ids import content_digest
from consult.kernel.text.plain import canonical

SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True)
class AssembledText:
    """A version's text and where each answer stands in it.

    Attributes:
        spans: ``(start, end)`` in characters of ``text``, one pair per answer, in order.
    """

    text: str
    spans: tuple[tuple[int, int], ...]


def assemble_text(answers: Sequence[AnswerContent]) -> AssembledText:
    """One canonical text of all answers, a blank line between them; empty answers get no room."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for answer in answers:
        text = canonical(answer.text)
        if not text:
            spans.append((length, length))
            continue
        if parts:
            length += len(SEPARATOR)
        parts.append(text)
        spans.append((length, length + len(text)))
        length += len(text)
    return AssembledText(SEPARATOR.join(parts), tuple(spans))


def version_digest(text: str, answers: Sequence[AnswerContent]) -> str:
    """SHA-256 over everything a version says: its text and its structured answers."""
    parts: list[object] = [text]
    for answer in answers:
        parts += [
            answer.question_id,
            answer.proposal_id,
            answer.stance,
            ",".join(answer.modifiers),
            ",".join(answer.choices),
            answer.scale_value,
            answer.no_comments,
        ]
    return content_digest("\n".join(str(part) for part in parts).encode())


def deadline_status(
    *, received_at: datetime, closes_at: datetime, own_deadline: datetime | None
) -> DeadlineStatus:
    """How a time of receipt stands to the deadline; late ones are included until decided on."""
    if not is_past(closes_at, now=received_at):
        return DeadlineStatus.IN_TIME
    if own_deadline is not None and not is_past(own_deadline, now=received_at):
        return DeadlineStatus.LATE_EXTENDED
    return DeadlineStatus.LATE_INCLUDED
