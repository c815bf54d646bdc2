"""People: names, languages, who runs the installation, who is kept out."""

import pytest

from consult.db import session
from consult.domain.audit.queries import entries_about
from consult.domain.organisations.types import Role
from tests.support.queries import queries_of


@pytest.fixture
def kari(make):
    return make.person(name="Kari Nes", email="kari@consult.example")


def test_the_list_finds_people_by_name_and_address(admin, make, kari):
    make.member(make.organisation(), Role.READER, name="Østen Ås")
    page = admin.get("/admin/people")
    assert "3 people" in page.words
    assert "Administrator" in page.words
    for text in ("ØSTEN", "østen"):
        page = admin.submit(admin.get("/admin/people"), {"q": text}, action="/admin/people")
        assert "1 person" in page.words
    assert "Kari Nes" in admin.get("/admin/people?q=KARI@").words
    assert "Nobody matches" in admin.get("/admin/people?q=zzz").words


def test_name_language_and_right_are_changed_and_logged_without_names(admin, kari):
    action = f"/admin/people/{kari.public_id}"
    page = admin.submit(
        admin.get(action), {"name": "Kari Ness", "locale": "nn", "is_admin": "y"}, action=action
    )
    assert page.h1 == "Kari Ness"
    session().refresh(kari)
    assert (kari.name, kari.locale, kari.is_admin) == ("Kari Ness", "nn", True)
    (entry,) = entries_about(kari.reference)
    assert entry.data == {"changed": ["name", "locale", "is_admin"], "is_admin": True}
    page = admin.submit(page, {"name": ""}, action=action, status=422)
    assert "Write a name." in page.words
    session().refresh(kari)
    assert kari.name == "Kari Ness"


def test_a_deactivated_person_is_out_at_once_and_comes_in_again(admin, new_client, kari):
    browser = new_client().sign_in(kari)
    assert browser.get("/answer/mine").h1 == "My answers"
    base = f"/admin/people/{kari.public_id}"
    page = admin.submit(admin.get(base), action=f"{base}/deactivate")
    assert "Deactivated since" in page.words
    assert browser.get("/answer/mine").h1 == "Sign in"
    page = admin.submit(page, action=f"{base}/reactivate")
    assert "Kari Nes can sign in again." in page.words
    assert browser.get("/answer/mine").h1 == "Sign in", "an old session stays ended"
    session().refresh(kari)
    assert browser.sign_in(kari).get("/answer/mine").h1 == "My answers"
    assert [entry.tag for entry in entries_about(kari.reference)] == [
        "person:reactivated",
        "person:deactivated",
    ]


def test_nobody_locks_themselves_out(admin, admin_person):
    action = f"/admin/people/{admin_person.public_id}"
    page = admin.post(action, {"name": "Ada", "locale": ""}, status=422)
    assert "You cannot take this right away from yourself." in page.words
    page = admin.post(f"{action}/deactivate")
    assert "You cannot deactivate yourself." in page.words
    session().refresh(admin_person)
    assert admin_person.is_admin
    assert admin_person.deactivated_at is None


def test_a_persons_roles_are_shown_and_lead_to_their_end(admin, make):
    body = make.organisation(name="Solvik")
    person = make.member(body, Role.DRAFTER)
    page = admin.get(f"/admin/people/{person.public_id}")
    assert "Solvik Drafter" in page.words
    assert page.has_link("/admin/roles/")


def test_as_many_queries_for_three_rows_as_for_one(admin, make):
    person = make.member(make.organisation(), Role.READER)
    for path in ("/admin/people", f"/admin/people/{person.public_id}"):
        before, after = queries_of(
            admin, path, add=lambda: make.member(make.organisation(), Role.READER)
        )
        assert before == after, path
