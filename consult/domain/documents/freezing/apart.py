"""How many persons two sets of frozen data are apart: few can be told by comparing documents."""

from consult.domain.documents.building.data import SummaryData


def count_persons_apart(before: SummaryData, after: SummaryData) -> int:
    """How many persons' answers are analysed in one of them only, or say something else."""
    return len({number for number, *_ in _persons(before) ^ _persons(after)})


def are_few_apart(before: SummaryData, after: SummaryData) -> bool:
    """Whether so few persons differ that two documents side by side tell what these think.

    The threshold is that of the later data (ADR 41).
    """
    return 0 < count_persons_apart(before, after) < after.round.small_groups


def _persons(data: SummaryData) -> frozenset[tuple[int, int, str]]:
    return frozenset(
        (answer.number, answer.version, answer.digest)
        for answer in data.answers
        if answer.is_analysed and not answer.actor_type.is_organisation
    )
