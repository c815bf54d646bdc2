"""Withholding the answers to a question from the public when the round is over."""

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.types import Tag
from consult.domain.rounds.models import Question
from consult.domain.rounds.service.recording import note
from consult.kernel.clock import utc_now


def withhold_answers(question: Question, *, by: Actor) -> None:
    """Let no answer to a question be published any more, whatever it promised."""
    if question.withheld_at is None:
        question.withheld_at = utc_now()
        _note(question, "withheld", by)


def stop_withholding(question: Question, *, by: Actor) -> None:
    """Take that back. What was answered under a promise stays private."""
    if question.withheld_at is not None:
        question.withheld_at = None
        _note(question, "withholding ended", by)


def _note(question: Question, how: str, by: Actor) -> None:
    session().flush()
    data: dict[str, object] = {"changed": "question", "key": question.key, "how": how}
    note(Tag.ROUND_CHANGED, question.round, by=by, data=data)
