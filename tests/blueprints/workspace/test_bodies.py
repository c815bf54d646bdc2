"""The bodies under an organisation, kept by its coordinators, and what they do not see."""

import pytest

from consult.domain.accounts.queries import is_address_taken
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.queries import (
    children_of,
    count_organisations,
    events_of,
    get_organisation,
    list_memberships,
)
from consult.domain.organisations.types import ActorType, EventKind, Role

pytestmark = pytest.mark.at("2026-10-19T10:00:00+02:00")
NEW = "/workspace/solvik/bodies/new"


@pytest.fixture
def branch(make, body):
    return make.organisation(
        slug="nord", name="Lag nord", parent=body, actor_type=ActorType.UNION_BRANCH
    )


def test_a_body_without_number_is_registered_with_its_coordinator(coordinator, body):
    page = coordinator.get("/workspace/solvik/bodies")
    assert "No body stands under you yet" in page.words
    page = coordinator.submit(
        coordinator.get(NEW),
        {
            "name": "Lag nord",
            "name_se": "Davi searvi",
            "actor_type": "union_branch",
            "email": "nord@solvik.example",
            "coordinator_email": "ola@solvik.example",
            "coordinator_name": "Ola Nes",
        },
        action=NEW,
    )
    assert "Lag nord is registered." in page.words
    (new,) = children_of(body.id)
    assert (new.names, new.organisation_number, new.language) == (
        {"se": "Davi searvi"}, None, body.language,
    )  # fmt: skip
    (role,) = list_memberships(new.id)
    assert (role.role, role.person.email) == (Role.COORDINATOR, "ola@solvik.example")
    assert list_messages()[0].to_email == "ola@solvik.example"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": ""}, "Write a name."),
        ({"organisation_number": "970188291"}, "No organisation has this number"),
        ({"coordinator_email": "ola@solvik.example"}, "Write the person's name too."),
        ({"coordinator_name": "Ola"}, "Write the address of the coordinator too."),
    ],
)
def test_a_refusal_keeps_nothing(coordinator, values, message):
    given = {"name": "Lag nord", "actor_type": "union_branch"} | values
    page = coordinator.submit(coordinator.get(NEW), given, action=NEW, status=422)
    assert message in page.words
    assert count_organisations() == 1
    assert not is_address_taken("ola@solvik.example")


def test_the_tree_shows_every_level_and_opens_the_next_only(coordinator, make, branch):
    make.organisation(slug="klubb", name="Klubb", parent=branch)
    page = coordinator.get("/workspace/solvik/bodies")
    assert "2 bodies" in page.words
    assert "Klubb" in page.words
    assert page.has_link("/workspace/solvik/bodies/nord")
    assert not page.has_link("/workspace/solvik/bodies/klubb")
    coordinator.get("/workspace/solvik/bodies/klubb", status=404)
    coordinator.get("/workspace/nord/bodies/klubb", status=404)
    coordinator.get("/workspace/nord/members", status=404)


def test_details_are_changed_and_a_first_coordinator_named_only_once(coordinator, make, branch):
    path = "/workspace/solvik/bodies/nord/details"
    page = coordinator.submit(
        coordinator.get(path),
        {"email": "nord@solvik.example", "coordinator_email": make.person().email},
        action=path,
    )
    assert "nord@solvik.example" in page.words
    assert len(list_memberships(branch.id)) == 1
    page = coordinator.get(path)
    assert not page.tree.xpath(".//input[@id='coordinator_email']")
    coordinator.post(
        path,
        {"name": "Lag nord", "actor_type": "union_branch", "coordinator_email": "x@y.example"},
    )
    assert len(list_memberships(branch.id)) == 1


def test_a_new_name_keeps_the_old_one_and_can_be_taken_back(coordinator, branch):
    path = "/workspace/solvik/bodies/nord/new-name"
    values = {"name": "Avdeling nord", "on": "2026-10-01", "reason": "Årsmøtet"}
    page = coordinator.submit(coordinator.get(path), values, action=path)
    assert page.h1 == "Avdeling nord"
    assert "Lag nord → Avdeling nord" in page.words
    (event,) = events_of(branch.id)
    page = coordinator.post(f"/workspace/solvik/bodies/nord/changes/{event.public_id}/take-back")
    assert page.h1 == "Lag nord"


def test_a_branch_is_merged_into_the_one_beside_it(coordinator, make, body, branch):
    make.organisation(slug="sor", name="Lag sør", parent=body)
    path = "/workspace/solvik/bodies/nord/end"
    values = {"successors": "sor", "on": "2026-10-01", "reason": "Årsmøtet"}
    page = coordinator.submit(coordinator.get(path), values, action=path)
    assert "carried on by Lag sør" in page.words
    (event,) = events_of(branch.id)
    assert event.kind is EventKind.MERGED
    assert get_organisation("nord").dissolved_on == event.happened_on
    assert "Ended 1 October 2026" in coordinator.get("/workspace/solvik/bodies").words


def test_only_those_who_coordinate_the_one_above(new_client, make, body, branch):
    people = [
        make.member(body, Role.DRAFTER),
        make.member(branch, Role.COORDINATOR),
        make.member(make.organisation(), Role.COORDINATOR),
    ]
    for person in people:
        client = new_client().sign_in(person)
        client.get("/workspace/solvik/bodies", status=404)
        client.get("/workspace/solvik/bodies/nord", status=404)
        client.post("/workspace/solvik/bodies/nord/end", status=404)
