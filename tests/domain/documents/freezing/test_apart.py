"""Two editions that few persons tell apart."""

from dataclasses import replace

import pytest

from consult.domain.documents.building.data import AnswerFacts, SummaryData
from consult.domain.documents.freezing.apart import are_few_apart, count_persons_apart
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.types import SubmissionStatus
from tests.domain.documents.building.small_round import answer, small_round


def person(number: int, **values) -> AnswerFacts:
    return answer(number, actor_type=ActorType.PRIVATE_PERSON, organisation_id=None, **values)


def data(*answers: AnswerFacts) -> SummaryData:
    made = small_round()
    return replace(made, round=replace(made.round, small_groups=5), answers=answers)


EIGHT = tuple(person(number) for number in range(1, 9))


@pytest.mark.scenario(81)
@pytest.mark.parametrize(
    ("later", "apart"),
    [
        (EIGHT, 0),
        ((*EIGHT, person(9)), 1),
        ((*EIGHT, *(person(number) for number in range(9, 13))), 4),
        (EIGHT[2:], 2),
        ((replace(EIGHT[0], status=SubmissionStatus.WITHDRAWN), *EIGHT[1:]), 1),
        ((replace(EIGHT[0], version=2, digest="other"), *EIGHT[1:]), 1),
    ],
)
def test_few_persons_between_two_editions_are_noticed(later, apart):
    assert count_persons_apart(data(*EIGHT), data(*later)) == apart
    assert are_few_apart(data(*EIGHT), data(*later)) is (apart > 0)


def test_many_persons_or_bodies_are_no_small_group():
    many = (person(number) for number in range(9, 14))
    assert not are_few_apart(data(*EIGHT), data(*EIGHT, *many))
    assert not are_few_apart(data(*EIGHT), data(*EIGHT, answer(9)))
