"""The tree: below, above, and how deep."""

from datetime import date

import pytest

from consult.db import session
from consult.domain.organisations.queries import (
    ancestors_of,
    branches_for,
    children_of,
    descendants_of,
    get_body_under,
)
from consult.domain.organisations.queries.tree import DEEPEST
from consult.kernel.errors import NotFound
from tests.support.queries import count_queries

TODAY = date(2026, 10, 19)


@pytest.fixture
def union(make):
    """Confederation → union → two sections → branches, one of which is dissolved."""
    top = make.organisation(name="Hovedsammenslutningen", slug="top")
    union = make.organisation(name="Forbundet", slug="union", parent=top)
    south = make.organisation(name="sør", parent=union)
    north = make.organisation(name="Nord", parent=union)
    make.organisation(name="Avdeling B", parent=north)
    make.organisation(name="Avdeling A", parent=north, dissolved_on=TODAY)
    make.organisation(name="Klubb", parent=south)
    return union


def _lines(nodes) -> list[str]:
    return [f"{'-' * node.depth}{node.organisation.name}" for node in nodes]


def test_everything_below_stands_in_the_order_of_the_tree(union):
    with count_queries() as queries:
        nodes = descendants_of(union.id)
    assert queries.number == 1
    assert _lines(nodes) == ["-Nord", "--Avdeling A", "--Avdeling B", "-sør", "--Klubb"]


def test_a_dissolved_body_can_be_asked_until_its_last_day(union):
    assert "--Avdeling A" in _lines(branches_for(union, on=date(2026, 10, 18)))
    assert _lines(branches_for(union, on=TODAY)) == ["-Nord", "--Avdeling B", "-sør", "--Klubb"]
    assert [body.name for body in children_of(union.id, on=TODAY)] == ["Nord", "sør"]


def test_what_stands_above_comes_nearest_first(union):
    (north, _south) = children_of(union.id)
    with count_queries() as queries:
        above = [body.name for body in ancestors_of(north.id)]
    assert queries.number == 1
    assert above == ["Forbundet", "Hovedsammenslutningen"]
    assert ancestors_of(union.parent_id) == []


def test_depth_is_limited(make):
    bodies = [make.organisation()]
    for _level in range(DEEPEST + 3):
        bodies.append(make.organisation(parent=bodies[-1]))
    assert descendants_of(bodies[0].id)[-1].depth == DEEPEST
    assert len(ancestors_of(bodies[-1].id)) == DEEPEST


def test_a_circle_in_the_database_stops_neither_search(make):
    first = make.organisation()
    second = make.organisation(parent=first)
    first.parent_id = second.id
    session().flush()
    assert [node.organisation for node in descendants_of(first.id)] == [second]
    assert len(ancestors_of(first.id)) <= DEEPEST


def test_a_body_is_found_only_directly_under_the_one_named(union, make):
    assert get_body_under("top", "union") is union
    with pytest.raises(NotFound):
        get_body_under("union", "top")
    below = make.organisation(slug="below", parent=union)
    with pytest.raises(NotFound):
        get_body_under("top", below.slug)
