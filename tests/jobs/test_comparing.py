"""Comparing answers with one another as they arrive."""

from consult.db import transaction
from consult.domain.coding.queries.clusters import list_clusters, rounds_to_group
from consult.jobs.comparing import compare_answers
from tests.domain.coding.test_clusters import BUS, SAFE
from tests.support.coded import receive


def test_answers_are_compared_once_they_are_stored(make):
    with transaction():
        round_ = make.round(questions=1)
        for name in ("Solvik kommune", "Havn kommune"):
            receive(round_, f"{BUS}\n\n{SAFE}", name=name)
    assert [one.answers for one in list_clusters(round_.id)] == [2]
    assert rounds_to_group() == []
    compare_answers()  # nothing is left to do
    assert [one.answers for one in list_clusters(round_.id)] == [2]
