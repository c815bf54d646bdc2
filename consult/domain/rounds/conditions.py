"""Skip logic: which questions are asked only of those who gave certain answers to earlier ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from consult.domain.rounds.types import (
    Condition,
    Option,
    Problem,
    QuestionKind,
    QuestionSpec,
    Scale,
)

STANCE_VALUES: tuple[str, ...] = ("support", "support_partly", "oppose", "no_position")
"""What a question about a proposal can be answered with, "no comments" aside."""


def values_to_choose(
    kind: QuestionKind, options: Iterable[Option], scale: Scale | None
) -> tuple[str, ...]:
    """The values that a question can be answered with; none when it is answered in free text."""
    if kind is QuestionKind.STANCE:
        return STANCE_VALUES
    if kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE}:
        return tuple(option.key for option in options)
    if kind is QuestionKind.SCALE and scale is not None:
        return tuple(str(step) for step in range(scale.minimum, scale.maximum + 1))
    return ()


def is_asked(
    condition: Condition | None, given: Mapping[str, Iterable[str]], asked: Iterable[str]
) -> bool:
    """Whether a question is asked.

    Args:
        condition: When it is; ``None`` means always.
        given: The values that were answered, by the key of the question.
        asked: Keys of the questions that are asked themselves: what somebody answered to a
            question that is not asked any more decides nothing.
    """
    if condition is None:
        return True
    if condition.question not in set(asked):
        return False
    return not set(condition.values).isdisjoint(given.get(condition.question, ()))


def condition_problems(questions: Sequence[QuestionSpec]) -> Iterator[Problem]:
    """Every condition that names no earlier closed question, or values which that does not have."""
    for number, question in enumerate(questions, start=1):
        if question.shown_if is not None:
            before = questions[: number - 1]
            yield from _problems_of(question.shown_if, before, f"questions[{number}].shown_if")


def _problems_of(
    condition: Condition, before: Sequence[QuestionSpec], place: str
) -> Iterator[Problem]:
    source = next((item for item in before if item.key == condition.question), None)
    if source is None:
        yield Problem(f"{place}.question", f"no earlier question {condition.question!r}")
        return
    possible = values_to_choose(source.kind, source.options, source.scale)
    if not possible:
        yield Problem(f"{place}.question", "only a question with choices can decide")
        return
    if not condition.values:
        yield Problem(f"{place}.values", "name at least one value")
    for value in condition.values:
        if value not in possible:
            yield Problem(f"{place}.values", f"{value!r} is not one of {', '.join(possible)}")
