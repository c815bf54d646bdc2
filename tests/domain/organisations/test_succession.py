"""Who carries a body on, and what it was called then: pure rules."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from consult.domain.organisations.succession import End, identity_on, trace_lineage, would_return
from consult.domain.organisations.types import EventKind, Identity

NEW_YEAR = date(2026, 1, 1)
SUMMER = date(2026, 7, 1)


def _merged(into: int, on: date = NEW_YEAR) -> End:
    return End(EventKind.MERGED, on, (into,))


@pytest.mark.scenario(41)
def test_a_chain_of_mergers_is_followed_as_far_as_the_day_asked_about():
    ends = {1: _merged(2), 2: _merged(3, SUMMER)}
    assert trace_lineage(1, ends, on=date(2025, 12, 31)).lasts
    assert trace_lineage(1, ends, on=NEW_YEAR).successor == 2
    late = trace_lineage(1, ends, on=SUMMER)
    assert (late.successor, late.path) == (3, (1, 2))


@pytest.mark.scenario(41)
def test_a_split_is_ambiguous_and_never_guessed():
    ends = {1: _merged(2), 2: End(EventKind.SPLIT, SUMMER, (3, 4))}
    lineage = trace_lineage(1, ends, on=SUMMER)
    assert lineage.is_ambiguous
    assert lineage.successor is None
    assert lineage.today == (3, 4)


def test_a_split_whose_parts_meet_again_is_not_ambiguous():
    ends = {1: End(EventKind.SPLIT, NEW_YEAR, (2, 3)), 2: _merged(4), 3: _merged(4)}
    assert trace_lineage(1, ends, on=SUMMER).successor == 4


def test_a_body_that_nobody_carries_on_has_no_successor():
    lineage = trace_lineage(1, {1: End(EventKind.DISSOLVED, NEW_YEAR, ())}, on=SUMMER)
    assert (lineage.today, lineage.successor, lineage.is_ambiguous) == ((), None, False)


def test_a_circle_in_the_register_ends_the_search_and_is_seen():
    ends = {1: _merged(2), 2: _merged(1)}
    assert trace_lineage(1, ends, on=SUMMER).today == ()
    assert would_return(1, [2], {2: _merged(1)})
    assert not would_return(1, [2], {2: _merged(3)})


@dataclass
class Event:
    happened_on: date
    before: dict = field(default_factory=dict)
    kind: EventKind = EventKind.RENAMED


def test_a_body_is_called_what_it_was_called_on_the_day():
    today = Identity("Solvik", {"en": "Solvik"}, "311000000")
    events = [
        Event(NEW_YEAR, {"name": "Solvik herred", "names": {}}),
        Event(SUMMER, {"organisation_number": None}, EventKind.RENUMBERED),
        Event(SUMMER, {"name": "Solvik kommune", "names": {"en": "Solvik"}}),
    ]
    assert identity_on(today, events, SUMMER) == today
    assert identity_on(today, events, date(2026, 6, 30)) == Identity(
        "Solvik kommune", {"en": "Solvik"}, None
    )
    assert identity_on(today, events, date(2025, 6, 30)) == Identity("Solvik herred", {}, None)
