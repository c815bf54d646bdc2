"""What happens to a body: names and numbers kept, mergers, splits, mistakes."""

from datetime import date, timedelta

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.organisations.errors import OrganisationNumberTaken, WouldFormCircle
from consult.domain.organisations.queries import (
    count_organisations,
    events_of,
    find_by_name,
    identity_at,
    lineages_of,
    predecessors_of,
    search_organisations,
    successor_of,
)
from consult.domain.organisations.service import (
    dissolve,
    merge_into,
    rename,
    renumber,
    split_into,
    take_back_event,
)
from consult.domain.organisations.types import Ground
from consult.kernel.errors import InvalidInput
from tests.support.queries import count_queries

pytestmark = pytest.mark.at("2026-10-19T10:00:00+02:00")
TODAY = date(2026, 10, 19)
NEW_YEAR = date(2026, 1, 1)
LAST_YEAR = date(2025, 12, 31)


def _since(on: date = NEW_YEAR, reason: str = "Vedtak i kommunestyret") -> Ground:
    return Ground(on, reason)


def test_an_old_name_is_kept_with_day_and_reason(make):
    body = make.organisation(name="Solvik herred", names={"se": "Solvvihka"})
    rename(
        body, name=" Solvik kommune ", names={"en": "Solvik", "xx": "?"}, ground=_since(), by=SYSTEM
    )
    assert (body.name, body.names) == ("Solvik kommune", {"en": "Solvik"})
    assert body.name_in("en") == "Solvik"
    assert body.name_in("nn") == "Solvik kommune"
    assert identity_at(body, on=LAST_YEAR).name == "Solvik herred"
    assert identity_at(body, on=NEW_YEAR).name == "Solvik kommune"
    (event,) = events_of(body.id)
    assert (event.happened_on, event.reason) == (NEW_YEAR, "Vedtak i kommunestyret")
    assert entries_about(body.reference)[0].tag == "organisation:event_recorded"


def test_an_old_number_is_kept_and_a_taken_one_refused(make):
    make.organisation(organisation_number="974760673")
    body = make.organisation(organisation_number="970188290")
    with pytest.raises(OrganisationNumberTaken):
        renumber(body, organisation_number="974 760 673", ground=_since(), by=SYSTEM)
    renumber(body, organisation_number="123 778 847", ground=_since(), by=SYSTEM)
    assert identity_at(body, on=LAST_YEAR).organisation_number == "970188290"
    assert body.organisation_number == "123778847"


@pytest.mark.parametrize(
    ("ground", "field", "reason"),
    [
        (Ground(TODAY + timedelta(days=1), "x"), "on", "ahead"),
        (Ground(LAST_YEAR, "x"), "on", "before_last"),
        (Ground(TODAY, "  "), "reason", "required"),
    ],
)
def test_what_makes_no_sense_is_refused(make, ground, field, reason):
    body = make.organisation()
    rename(body, name="Solvik", ground=_since(), by=SYSTEM)
    with pytest.raises(InvalidInput) as refused:
        rename(body, name="Havnes", ground=ground, by=SYSTEM)
    assert (refused.value.field, refused.value.reason) == (field, reason)


@pytest.mark.scenario(41)
def test_a_merged_body_is_carried_on_and_keeps_its_name(make):
    a, b, c = (make.organisation(name=name) for name in ("A", "B", "C"))
    merge_into(a, b, ground=_since(), by=SYSTEM)
    merge_into(b, c, ground=_since(TODAY + timedelta(days=1)), by=SYSTEM)
    assert (a.name, a.dissolved_on) == ("A", NEW_YEAR)
    assert successor_of(a, on=LAST_YEAR).lasts
    assert successor_of(a, on=TODAY).successor == b.id
    assert successor_of(a, on=TODAY + timedelta(days=1)).successor == c.id
    assert [event.organisation for event in predecessors_of(c.id)] == [b]


def test_successors_of_many_cost_no_more_than_of_one(make):
    heir = make.organisation()
    bodies = [make.organisation() for _number in range(3)]
    for body in bodies:
        merge_into(body, heir, ground=_since(), by=SYSTEM)
    with count_queries() as for_one:
        lineages_of([bodies[0].id], on=TODAY)
    with count_queries() as for_all:
        found = lineages_of([body.id for body in bodies], on=TODAY)
    assert for_all.number == for_one.number
    assert {lineage.successor for lineage in found.values()} == {heir.id}


def test_a_split_needs_several_and_is_shown_as_open(make):
    body, north, south = (make.organisation() for _number in range(3))
    with pytest.raises(InvalidInput):
        split_into(body, [north, north], ground=_since(), by=SYSTEM)
    split_into(body, [north, south], ground=_since(), by=SYSTEM)
    assert successor_of(body, on=TODAY).is_ambiguous


def test_nobody_is_carried_on_by_themselves(make):
    a, b, c = (make.organisation() for _number in range(3))
    with pytest.raises(WouldFormCircle):
        merge_into(a, a, ground=_since(), by=SYSTEM)
    merge_into(a, b, ground=_since(), by=SYSTEM)
    merge_into(b, c, ground=_since(), by=SYSTEM)
    with pytest.raises(WouldFormCircle):
        merge_into(c, a, ground=_since(), by=SYSTEM)


def test_what_is_over_does_not_end_again(make):
    body = make.organisation()
    dissolve(body, ground=_since(), by=SYSTEM)
    assert successor_of(body, on=TODAY).today == ()
    with pytest.raises(InvalidInput):
        merge_into(body, make.organisation(), ground=_since(), by=SYSTEM)


def test_the_last_change_can_be_taken_back(make):
    body, heir = make.organisation(name="Solvik"), make.organisation()
    renamed = rename(body, name="Havnes", ground=_since(), by=SYSTEM)
    merged = merge_into(body, heir, ground=_since(), by=SYSTEM)
    with pytest.raises(InvalidInput):
        take_back_event(renamed, by=SYSTEM)
    take_back_event(merged, by=SYSTEM)
    assert body.dissolved_on is None
    assert successor_of(body, on=TODAY).lasts
    take_back_event(renamed, by=SYSTEM)
    assert (body.name, events_of(body.id)) == ("Solvik", [])
    assert entries_about(body.reference)[0].tag == "organisation:event_taken_back"


def test_a_body_is_found_by_every_name_it_has_or_had(make):
    body = make.organisation(name="Statsforvalteren i Nordhav", names={"se": "Stáhtahálddašeaddji"})
    make.organisation(name="Solvik")
    rename(body, name="Statsforvalteren", ground=_since(), by=SYSTEM)
    for text in ("hálddaš", "i nordhav", "statsforvalteren"):
        assert search_organisations(text) == [body]
        assert count_organisations(text) == 1
    for name in ("STÁHTAHÁLDDAŠEADDJI", "statsforvalteren i nordhav", "Statsforvalteren"):
        assert find_by_name(name) is body
    successor = make.organisation(name="Statsforvalteren i Nordhav")
    assert find_by_name("Statsforvalteren i Nordhav") is successor
