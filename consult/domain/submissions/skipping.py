"""Which questions somebody is asked, by what they have answered so far."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from consult.domain.rounds.conditions import is_asked
from consult.domain.submissions.types import Voice, WrittenAnswer

if TYPE_CHECKING:
    from consult.domain.rounds.models import Question
    from consult.domain.submissions.models import Answer


def asked_questions(
    questions: Sequence["Question"], written: Mapping[int, WrittenAnswer]
) -> list["Question"]:
    """The questions to ask, in order.

    Args:
        questions: All questions of the round, in order.
        written: The answers so far, by question id.
    """
    asked: list[Question] = []
    given = {
        question.key: values_given(written[question.id])
        for question in questions
        if question.id in written
    }
    for question in questions:
        if is_asked(question.shown_if, given, [item.key for item in asked]):
            asked.append(question)
    return asked


def unasked_ids(questions: Sequence["Question"], answers: Sequence["Answer"]) -> frozenset[int]:
    """Ids of the questions that an answer that was sent had not been asked."""
    written = {
        answer.question_id: WrittenAnswer(
            stance=answer.stance, choices=tuple(answer.choices), scale_value=answer.scale_value
        )
        for answer in answers
        if answer.question_id is not None and answer.voice is Voice.SENDER
    }
    asked = {question.id for question in asked_questions(questions, written)}
    return frozenset(question.id for question in questions if question.id not in asked)


def values_given(written: WrittenAnswer) -> tuple[str, ...]:
    """What an answer chooses, as the values that conditions name."""
    stance = (written.stance.value,) if written.stance is not None else ()
    scale = (str(written.scale_value),) if written.scale_value is not None else ()
    return (*written.choices, *stance, *scale)
