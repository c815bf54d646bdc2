"""Somebody who represents nobody yet, and the coordinators they ask."""

import pytest

from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.queries import grants_of, open_requests_to
from consult.domain.organisations.types import Role
from consult.kernel.clock import utc_now
from tests.blueprints.respond.answering import Answering


@pytest.fixture
def kari(make):
    return make.person(name="Kari Nes", email="kari@solvik.example")


@pytest.fixture
def visitor(new_client, kari):
    return new_client().sign_in(kari)


def _ask(visitor, message="Jeg er ny her.", status=200):
    path = "/workspace/solvik/ask"
    return visitor.submit(visitor.get(path), {"message": message}, action=path, status=status)


@pytest.mark.scenario(45)
def test_somebody_without_a_role_asks_and_keeps_the_draft(visitor, kari, make, body, coordinator):
    answering = Answering(visitor, make)
    round_ = make.round()
    answering.begin(round_)
    answering.write("Dette har jeg skrevet.")
    assert visitor.get(f"/answer/{round_.slug}").has_link("/workspace/")
    page = visitor.get("/workspace/")
    assert "You do not represent any organisation yet" in page.words
    page = visitor.submit(page, {"q": "solv"}, action="/workspace/")
    assert page.has_link("/workspace/solvik/ask")
    page = _ask(visitor)
    assert "Solvik is asked." in page.words
    assert "Waits for an answer" in page.words
    (request,) = open_requests_to(body.id)
    page = coordinator.get("/workspace/solvik/members")
    assert "1 person asks for a role" in page.words
    path = f"/workspace/solvik/requests/{request.public_id}"
    page = coordinator.get(path)
    assert "Jeg er ny her." in page.words
    coordinator.submit(page, {"role": "drafter"}, action=f"{path}/approve")
    assert {grant.role for grant in grants_of(kari.id, now=utc_now())} == {"drafter"}
    assert visitor.get("/workspace/").has_link("/workspace/solvik")
    assert answering.draft.answers[0].text == "Dette har jeg skrevet."
    assert "Somebody else has answered" in coordinator.get(path).words


def test_a_no_comes_with_its_reason(visitor, body, coordinator):
    _ask(visitor)
    (request,) = open_requests_to(body.id)
    path = f"/workspace/solvik/requests/{request.public_id}"
    values = {"reason": "Vi kjenner deg ikke."}
    page = coordinator.submit(coordinator.get(path), values, action=f"{path}/decline")
    assert "The request is declined." in page.words
    assert "Vi kjenner deg ikke." in visitor.get("/workspace/").words
    assert list_messages()[0].to_email == "kari@solvik.example"
    page = coordinator.post(f"{path}/approve", {"role": "reader"})
    assert "Somebody else has answered this request already." in page.words


def test_nobody_to_ask_is_said_with_whom_to_write_to(visitor, body):
    page = _ask(visitor, status=422)
    assert "Nobody coordinates Solvik here yet" in page.words
    assert "hjelp@consult.example" in page.words


def test_what_the_register_does_not_know(visitor, body):
    page = visitor.get("/workspace/?q=Atlantis")
    assert "You can still answer for it" in page.words


def test_members_and_others_do_not_see_who_asks(visitor, new_client, make, body, coordinator):
    _ask(visitor)
    (request,) = open_requests_to(body.id)
    reader = new_client().sign_in(make.member(body, Role.READER))
    assert "asks for a role" not in reader.get("/workspace/solvik/members").words
    other = make.organisation(slug="havnes")
    outsider = new_client().sign_in(make.member(other, Role.COORDINATOR))
    for slug in ("solvik", "havnes"):
        outsider.get(f"/workspace/{slug}/requests/{request.public_id}", status=404)
