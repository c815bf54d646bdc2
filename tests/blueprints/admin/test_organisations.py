"""Registering and changing organisations, and giving and ending roles."""

from datetime import date

import pytest
import time_machine

from consult.db import session
from consult.domain.audit.queries import entries_about
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.queries import (
    count_organisations,
    get_organisation,
    roles_of,
)
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.types import RoundStatus
from tests.support.queries import queries_of


@pytest.fixture
def registering(admin):
    """Sends the form for a new organisation: ``registering(name="…", status=422)``."""

    def send(*, status: int = 200, **values):
        page = admin.get("/admin/new-organisation")
        return admin.submit(
            page,
            {"name": "Havnes kommune", "actor_type": "municipality"} | values,
            action="/admin/new-organisation",
            status=status,
        )

    return send


@pytest.mark.scenario(7)
def test_a_number_with_a_wrong_digit_is_refused_in_plain_words(registering):
    page = registering(organisation_number="970 188 291", status=422)
    assert "No organisation has this number: the last digit does not fit" in page.words
    assert page.find(".//input[@id='organisation_number']").get("value") == "970 188 291"
    assert page.find(".//*[@role='alert']//a[@href='#organisation_number']") is not None
    assert count_organisations() == 0


@pytest.mark.scenario(7)
def test_a_number_may_begin_with_any_digit(registering):
    page = registering(organisation_number="123 778 847")
    assert page.h1 == "Havnes kommune"
    assert "123\u00a0778\u00a0847" in page.text or "123 778 847" in page.words
    assert get_organisation("havnes-kommune").organisation_number == "123778847"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"organisation_number": "1237788"},
            "has nine digits and nothing else. You have written 7.",
        ),
        ({"organisation_number": "974760673"}, "Solvik kommune has this number already."),
        ({"name": " "}, "Write a name."),
        ({"actor_type": ""}, "Choose a kind."),
        ({"parent": "Atlantis"}, "We know no organisation by this name or number."),
        ({"email": "havnes"}, "Write an e-mail address"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_kept(registering, make, values, message):
    make.organisation(name="Solvik kommune", organisation_number="974760673")
    page = registering(**values, status=422)
    assert message in page.words
    assert "What you have written is kept." in page.words
    assert count_organisations() == 1


@pytest.mark.parametrize("parent", ["nordhav fylke", "974 760 673", "nordhav"])
def test_the_body_above_is_found_by_name_number_or_short_name(registering, make, parent):
    above = make.organisation(name="Nordhav fylke", slug="nordhav", organisation_number="974760673")
    page = registering(parent=parent)
    assert "Nordhav fylke" in page.words
    assert get_organisation("havnes-kommune").parent == above


def test_changing_keeps_what_is_not_touched(admin, make):
    body = make.organisation(
        name="Solvik", slug="solvik", county="Nordhav", language="nn", actor_type=ActorType.UNION
    )
    page = admin.get("/admin/organisations/solvik/details")
    page = admin.submit(
        page,
        {"name": "Solvik fagforening", "dissolved_on": "2026-12-31"},
        action="/admin/organisations/solvik/details",
    )
    assert "The changes are saved." in page.words
    session().refresh(body)
    assert (body.name, body.county, body.language) == ("Solvik fagforening", "Nordhav", "nn")
    assert body.dissolved_on == date(2026, 12, 31)
    assert body.actor_type is ActorType.UNION
    assert entries_about(body.reference)[0].tag == "organisation:changed"


def test_a_body_cannot_be_put_below_itself(admin, make):
    body = make.organisation(name="Solvik", slug="solvik")
    make.organisation(name="Avdeling", parent=body)
    action = "/admin/organisations/solvik/details"
    page = admin.submit(admin.get(action), {"parent": "Avdeling"}, action=action, status=422)
    assert "This body stands below the one you are changing." in page.words
    session().refresh(body)
    assert body.parent is None


def test_the_list_is_searched_and_paged(admin, make):
    for number in range(60):
        make.organisation(name=f"Kommune {number:02}")
    make.organisation(name="Ålvik", dissolved_on=date(2020, 1, 1))
    page = admin.get("/admin/organisations")
    assert "61 organisations" in page.words
    assert "Kommune 49" in page.words
    assert "Kommune 50" not in page.words
    assert "Kommune 50" in admin.get(page.find(".//a[@rel='next']").get("href")).words
    page = admin.submit(page, {"q": "ÅLVIK"}, action="/admin/organisations")
    assert "1 organisation" in page.words
    assert "Dissolved" in page.words
    assert "No organisation matches" in admin.get("/admin/organisations?q=zzz").words


def test_a_new_member_is_registered_and_gets_a_mail(admin, make):
    make.organisation(name="Solvik", slug="solvik")
    page = admin.get("/admin/organisations/solvik")
    assert "Nobody has a role here yet" in page.words
    action = "/admin/organisations/solvik/members"
    values = {"email": "kari@consult.example", "role": "case_officer"}
    page = admin.submit(page, values, action=action, status=422)
    assert "Write the person's name too." in page.words
    assert not list_messages()
    page = admin.submit(page, {"name": "Kari Nes"}, action=action)
    assert "Kari Nes has the role now and gets a mail about it." in page.words
    assert "Case officer" in page.words
    assert list_messages()[0].to_email == "kari@consult.example"
    page = admin.submit(page, values, action=action, status=422)
    assert "This person has the role already." in page.words


@pytest.mark.scenario(46)
@pytest.mark.at("2026-10-19T09:00:00+02:00")
def test_a_role_that_ends_at_ten_gives_nothing_at_ten_in_an_open_session(admin, new_client, make):
    round_ = make.round(slug="plan", status=RoundStatus.PLANNED)
    person = make.member(round_.owner, Role.READER)
    officer = new_client().sign_in(person)
    assert officer.get("/rounds/plan").h1 == round_.title["en"]
    action = f"/admin/roles/{roles_of(person.id)[0].public_id}/end"
    page = admin.submit(
        admin.get(action), {"when": "later", "ends_at": "2026-10-19T10:00"}, action=action
    )
    assert "19 October 2026 at 10:00" in page.words
    with time_machine.travel("2026-10-19T09:59:59+02:00", tick=False):
        assert officer.get("/rounds/plan").h1 == round_.title["en"]
    with time_machine.travel("2026-10-19T10:01:00+02:00", tick=False):
        assert officer.get("/rounds/plan", status=404)
        assert officer.get("/desk/", status=404)
        assert "Roles that have ended (1)" in admin.get(page.url).words


@pytest.mark.at("2026-10-19T09:00:00+02:00")
@pytest.mark.parametrize(
    ("ends_at", "message"),
    [
        ("2026-10-19T08:00", "This time has passed."),
        ("", "Write the date and time at which the role ends."),
    ],
)
def test_a_role_ends_at_a_time_that_is_given_and_to_come(admin, make, ends_at, message):
    person = make.member(make.organisation(), Role.READER)
    (membership,) = roles_of(person.id)
    action = f"/admin/roles/{membership.public_id}/end"
    values = {"when": "later", "ends_at": ends_at}
    page = admin.submit(admin.get(action), values, action=action, status=422)
    assert message in page.words
    session().refresh(membership)
    assert membership.ends_at is None


def test_a_role_can_end_at_once(admin, make):
    body = make.organisation(slug="solvik")
    person = make.member(body, Role.READER)
    action = f"/admin/roles/{roles_of(person.id)[0].public_id}/end"
    page = admin.submit(admin.get(action), {"when": "now"}, action=action)
    assert page.url == "/admin/organisations/solvik"
    assert "Nobody has a role here yet" in page.words


def test_as_many_queries_for_three_rows_as_for_one(admin, make):
    def add() -> None:
        body = make.organisation(parent=above)
        make.member(body, Role.READER)
        make.member(above, Role.READER)

    above = make.organisation(slug="over")
    add()
    for path in ("/admin/organisations", "/admin/organisations/over"):
        before, after = queries_of(admin, path, add=add)
        assert before == after, path
