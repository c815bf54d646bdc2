"""No number that is hidden can be computed from what is shown: tried on all small tables."""

from collections import defaultdict
from itertools import product

import pytest

from consult.domain.analysis.small_groups import (
    HIDDEN,
    UNPROTECTED,
    Count,
    HiddenNodes,
    Node,
    SmallGroups,
)


def compositions(total: int, parts: int):
    """All ways to divide a number into so many parts, in order."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


def assert_nothing_can_be_computed(worlds):
    """Worlds that look the same differ in every number that is hidden.

    Whoever reads a table knows the rule, and which worlds look like this one under it.
    """
    alike = defaultdict(list)
    for shown, hidden in worlds:
        alike[shown].append(hidden)
    assert alike
    for shown, candidates in alike.items():
        for place in candidates[0]:
            values = {candidate[place] for candidate in candidates}
            assert len(values) > 1, (shown, place, values)


@pytest.mark.parametrize("threshold", [3, 4, 5])
@pytest.mark.parametrize("parts", [2, 3, 4])
def test_a_part_of_a_known_whole_cannot_be_computed(threshold, parts):
    for persons in range(1, 15):
        rule = SmallGroups(threshold, persons)
        worlds = []
        for numbers in compositions(persons, parts):
            hidden = rule.hidden_parts(numbers)
            small = {place for place, number in enumerate(numbers) if 0 < number < threshold}
            assert small <= hidden
            shown = tuple(n if i not in hidden else None for i, n in enumerate(numbers))
            worlds.append((shown, {place: numbers[place] for place in hidden}))
        assert_nothing_can_be_computed(worlds)


def unions(parts, persons):
    """How many persons may stand in some groups taken together."""
    return range(max(parts), min(sum(parts), persons) + 1)


@pytest.mark.parametrize("threshold", [3, 4])
def test_a_theme_cannot_be_computed_from_the_one_above_it(threshold):
    for persons in range(1, 9):
        rule = SmallGroups(threshold, persons)
        worlds = []
        for own, a, b in product(range(persons + 1), repeat=3):
            for whole in unions((own, a, b), persons):
                nodes = {"p": Node(None, own, whole), "a": Node("p", a, a), "b": Node("p", b, b)}
                worlds.append(world(nodes, rule.hidden_nodes(nodes)))
        assert_nothing_can_be_computed(worlds)


@pytest.mark.parametrize(("threshold", "most"), [(3, 5), (4, 5)])
def test_nor_from_those_further_up(threshold, most):
    for persons in range(threshold, most + 1):
        rule = SmallGroups(threshold, persons)
        worlds = []
        for own, a, b, c in product(range(persons + 1), repeat=4):
            for low in unions((own, a), persons):
                for middle in unions((low, b), persons):
                    for top in unions((middle, c), persons):
                        nodes = {
                            "top": Node(None, 0, top),
                            "middle": Node("top", b, middle),
                            "low": Node("middle", own, low),
                            "a": Node("low", a, a),
                            "c": Node("top", c, c),
                        }
                        worlds.append(world(nodes, rule.hidden_nodes(nodes)))
        assert_nothing_can_be_computed(worlds)


def world(nodes: dict[str, Node], found: HiddenNodes):
    """What a reader sees of all themes, and what not."""
    numbers = {(key, "own"): node.own for key, node in nodes.items()}
    numbers |= {(key, "whole"): node.whole for key, node in nodes.items()}
    hidden = {(key, "own") for key in found.own} | {(key, "whole") for key in found.whole}
    hidden.discard(("top", "own"))  # the whole of all themes is none itself
    shown = tuple(None if place in hidden else number for place, number in numbers.items())
    return shown, {place: numbers[place] for place in hidden}


def test_what_is_told_of_a_theme_with_its_parts():
    rule = SmallGroups(5, 30)
    nodes = {
        "all": Node(None, 0, 20),
        "a": Node("all", 0, 8),
        "a1": Node("a", 4, 4),
        "a2": Node("a", 4, 4),
        "b": Node("all", 20, 20),
    }
    found = rule.hidden_nodes(nodes)
    assert found.whole == {"a", "a1", "a2"}  # eight of four and four would tell both
    assert "all" not in found.whole  # twenty of them speak of b
    assert found.own == {"a1", "a2"}


def test_few_persons_are_told_of_by_their_number_alone():
    rule = SmallGroups(5, 4)
    assert rule.is_silent
    assert rule.hides(0)
    assert rule.hidden_parts((4, 0)) == {0, 1}
    assert not SmallGroups(5, 0).hides(0)


def test_without_a_threshold_nothing_is_hidden():
    rule = SmallGroups(UNPROTECTED, 3)
    assert not rule.hides(1)
    assert rule.hidden_parts((1, 2)) == frozenset()
    assert rule.hidden_nodes({"a": Node(None, 1, 1)}).whole == frozenset()


def test_a_total_tells_what_may_be_told_of_it():
    assert Count(13) + HIDDEN == Count(13, is_hidden=True)
