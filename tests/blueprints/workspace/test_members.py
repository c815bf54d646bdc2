"""Members of an organisation: who sees them, gives roles, ends them."""

from datetime import datetime, timedelta

import pytest
import time_machine

from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.queries import grants_of, list_memberships, roles_of
from consult.domain.organisations.types import Role
from consult.kernel.clock import utc_now
from tests.blueprints.respond.answering import Answering
from tests.support.queries import count_queries

NOW = "2026-10-19T10:00:00+02:00"


def _path_to(person) -> str:
    (role,) = roles_of(person.id)
    return f"/workspace/solvik/members/{role.public_id}"


def test_members_stand_with_their_roles(client, make, body):
    ola = make.member(body, Role.READER, name="Ola Nes")
    page = client.sign_in(ola).get("/workspace/solvik/members")
    assert page.h1 == "Members"
    assert "Ola Nes" in page.words
    assert "Reader" in page.words
    assert not page.tree.xpath(".//tbody//a")


def test_a_role_above_or_below_opens_nothing(new_client, make):
    above = make.organisation()
    body = make.organisation(slug="solvik", parent=above)
    below = make.organisation(parent=body)
    for other in (above, below):
        person = make.member(other, Role.COORDINATOR)
        new_client().sign_in(person).get("/workspace/solvik/members", status=404)


def test_the_list_takes_no_more_queries_for_more_members(coordinator, make, body):
    counts = []
    for _step in range(2):
        with count_queries() as queries:
            coordinator.get("/workspace/solvik/members")
        counts.append(queries.number)
        signatory = make.member(body, Role.SIGNATORY)
        make.member(body, Role.READER)
        _deputy(make, body, signatory)
    assert counts[0] == counts[1]


def _deputy(make, body, signatory) -> None:
    person = make.member(body, Role.DEPUTY)
    (role,) = roles_of(person.id)
    role.deputises_for_id = roles_of(signatory.id)[0].id


@pytest.mark.at(NOW)
@pytest.mark.scenario(31)
def test_a_deputy_is_named_for_a_signatory_and_a_time(coordinator, make, body):
    make.member(body, Role.SIGNATORY, name="Siri Leder")
    (signatory,) = [one for one in list_memberships(body.id) if one.role is Role.SIGNATORY]
    page = coordinator.submit(
        coordinator.get("/workspace/solvik/members/new"),
        {
            "email": "ola@solvik.example",
            "name": "Ola Nes",
            "role": "deputy",
            "deputises_for": signatory.public_id,
            "starts_on": "2026-11-01",
            "ends_on": "2026-11-30",
        },
        action="/workspace/solvik/members/new",
    )
    assert "Ola Nes has the role and gets a mail about it." in page.words
    assert "Deputy for Siri Leder" in page.words
    (deputy,) = [one for one in list_memberships(body.id) if one.role is Role.DEPUTY]
    assert deputy.starts_at == datetime.fromisoformat("2026-11-01T00:00:00+01:00")
    assert deputy.ends_at == datetime.fromisoformat("2026-12-01T00:00:00+01:00")
    assert list_messages()[0].to_email == "ola@solvik.example"


@pytest.mark.at(NOW)
@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"email": "ny@solvik.example"}, "Write the person's name too."),
        ({"role": "coordinator", "email": "{own}"}, "This person has the role already."),
        ({"starts_on": "2026-11-01", "ends_on": "2026-10-20"}, "The role would end before it"),
        ({"email": "kari"}, "Write an e-mail address"),
    ],
)
def test_what_is_wrong_stands_at_its_field(coordinator, body, values, message):
    (own,) = list_memberships(body.id)
    values = {key: value.format(own=own.person.email) for key, value in values.items()}
    given = {"email": own.person.email, "role": "reader"} | values
    path = "/workspace/solvik/members/new"
    page = coordinator.submit(coordinator.get(path), given, action=path, status=422)
    assert message in page.words
    assert len(list_memberships(body.id)) == 1


@pytest.mark.at(NOW)
def test_an_end_is_set_moved_and_taken_away(coordinator, make, body):
    ola = make.member(body, Role.DRAFTER, name="Ola Nes")
    path = _path_to(ola)
    page = coordinator.submit(
        coordinator.get(path), {"when": "later", "ends_at": "2026-12-31T16:00"}, action=path
    )
    assert "31 December 2026 at 16:00" in page.words
    coordinator.submit(coordinator.get(path), {"when": "never"}, action=path)
    assert roles_of(ola.id)[0].ends_at is None
    page = coordinator.submit(coordinator.get(path), {"when": "now"}, action=path)
    assert "Roles that have ended (1)" in page.words
    assert not grants_of(ola.id, now=utc_now())


@pytest.mark.at(NOW)
def test_the_last_coordinator_is_warned(coordinator, body):
    (own,) = list_memberships(body.id)
    path = f"/workspace/solvik/members/{own.public_id}"
    page = coordinator.get(path)
    assert "You are the last coordinator." in page.words
    page = coordinator.submit(page, {"when": "now"}, action=path, status=422)
    assert "Nobody else coordinates the organisation." in page.words
    page = coordinator.submit(page, {"when": "now", "understood": "y"}, action=path)
    assert "You do not represent any organisation yet" in page.words
    coordinator.get("/workspace/solvik/members", status=404)


def test_a_coordinator_touches_no_other_organisation(coordinator, make):
    other = make.organisation(slug="havnes")
    path = _path_to(make.member(other, Role.READER))
    coordinator.get(path, status=404)
    coordinator.get(path.replace("solvik", "havnes"), status=404)
    coordinator.post(path, {"when": "now"}, status=404)


@pytest.mark.scenario(46)
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DRAFTER])
def test_a_role_that_has_ended_neither_reads_nor_saves(client, new_client, make, body, role):
    """The role ends at 10:00; at 10:01 the session that stands open is of no use."""
    with time_machine.travel(NOW, tick=False) as clock:
        round_ = make.round(owner=body)
        boss = new_client().sign_in(make.member(body, Role.COORDINATOR))
        kari = make.member(body, role, name="Kari Nes")
        answering = Answering(client.sign_in(kari), make)
        answering.begin(round_, sender=body.public_id)
        answering.write("Skrevet før klokka ti.")
        path = _path_to(kari)
        boss.submit(boss.get(path), {"when": "now"}, action=path)
        clock.shift(timedelta(minutes=1))
        for address in (
            "/workspace/solvik/members",
            f"/desk/rounds/{round_.slug}",
            answering.path(),
            answering.path("/questions/q1"),
        ):
            client.get(address, status=404)
        saved = client.raw(
            answering.path("/questions/q1"),
            method="POST",
            data={"csrf_token": client.csrf_token(), "text": "Skrevet etter.", "step": "next"},
        )
        assert saved.status_code == 404
        assert [answer.text for answer in answering.draft.answers] == ["Skrevet før klokka ti."]
        client.post("/workspace/solvik/members/new", {"email": "x@y.example"}, status=404)
