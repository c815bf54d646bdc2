"""The home of a workspace: what concerns us, and what we decide about it."""

from sqlalchemy import select

from consult.db import session
from consult.domain.audit.queries import entries_about
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from consult.domain.responses.models import ResponseCase
from consult.domain.responses.types import CaseStatus
from consult.domain.rounds.models import Invitation
from consult.domain.rounds.types import InvitationReason
from consult.kernel.clock import utc_now
from tests.support.factories import days
from tests.support.queries import count_queries


def _invite(round_, body, **values):
    invitation = Invitation(
        round=round_, organisation=body, reason=InvitationReason.AFFECTED, created_at=utc_now(),
        sent_at=utc_now(), **values,
    )  # fmt: skip
    session().add(invitation)
    session().flush()
    return invitation


def _case():
    return session().scalars(select(ResponseCase)).one()


def test_what_we_are_asked_in_stands_by_deadline_with_its_step(client, make):
    body = make.organisation(slug="forbundet")
    soon, late = make.round(), make.round(closes_at=days(utc_now(), 5))
    _invite(soon, body)
    _invite(late, body, deadline_at=days(utc_now(), 30))
    page = client.sign_in(make.member(body, Role.READER)).get("/workspace/forbundet")
    assert page.h1 == "Rounds that concern us"
    assert page.words.index(soon.title["en"]) < page.words.index(late.title["en"])
    assert "(our own deadline)" in page.words
    assert "A coordinator decides what we do" in page.words


def test_the_home_asks_the_database_as_often_for_three_as_for_one(client, make):
    body = make.organisation(slug="forbundet")
    client.sign_in(make.member(body, Role.COORDINATOR))
    _invite(make.round(), body)
    with count_queries() as one:
        client.get("/workspace/forbundet")
    for _number in range(2):
        _invite(make.round(), body)
    with count_queries() as three:
        client.get("/workspace/forbundet")
    assert three.number == one.number


def test_a_round_is_taken_given_on_and_taken_from_the_open_list(client, make):
    body = make.organisation(slug="forbundet")
    kari = make.member(body, Role.COORDINATOR, name="Kari Nes")
    make.member(body, Role.DRAFTER, name="Per Lie")
    round_ = make.round(slug="runde")
    found = client.sign_in(kari).get("/workspace/forbundet/open-rounds?q=round")
    assert found.has_link("/workspace/forbundet/cases/runde")
    page = client.post("/workspace/forbundet/cases/runde/take")
    assert "Kari Nes has the ball" in page.words
    choices = page.find("//select[@id='member']").xpath("option")
    per = next(one.get("value") for one in choices if one.text == "Per Lie")
    page = client.submit(page, {"member": per}, action="/workspace/forbundet/cases/runde/give")
    assert "Per Lie has the ball" in page.words
    assert round_.title["en"] in client.get("/workspace/forbundet").words
    assert "No other round is open" in client.get("/workspace/forbundet/open-rounds").words
    assert [entry.tag for entry in entries_about(_case().reference)] == ["case:decided"] * 2


def test_a_round_is_handed_to_a_body_below_which_is_told(client, new_client, make):
    union = make.organisation(slug="forbundet")
    section = make.organisation(slug="seksjonen", parent=union, name="Seksjonen")
    make.organisation(slug="andre")
    other = make.member(section, Role.COORDINATOR, email="leder@seksjonen.example")
    make.round(slug="runde")
    path = "/workspace/forbundet/cases/runde/hand-on"
    page = client.sign_in(make.member(union, Role.COORDINATOR)).get(path)
    client.submit(page, {"body": "andre", "reason": "Deres felt"}, action=path, status=422)
    page = client.submit(page, {"body": "seksjonen", "reason": "Deres felt"}, action=path)
    assert "Seksjonen answers" in page.words
    mail = list_messages()[0]
    assert (mail.to_email, mail.kind) == ("leder@seksjonen.example", "case_given")
    assert "/workspace/seksjonen/cases/runde" in mail.body_text
    below = new_client().sign_in(other)
    assert "Handed to us by" in below.get("/workspace/seksjonen").words
    assert "Deres felt" in below.get("/workspace/seksjonen/cases/runde").words


def test_declining_tells_the_owner_only_what_we_choose_to_tell(client, new_client, make):
    body = make.organisation(slug="forbundet", name="Forbundet")
    round_ = make.round(slug="runde")
    invitation = _invite(round_, body)
    path = "/workspace/forbundet/cases/runde/decline"
    page = client.sign_in(make.member(body, Role.COORDINATOR)).get(path)
    client.submit(page, {"reason": " "}, action=path, status=422)
    client.submit(page, {"reason": "Hemmelig grunn"}, action=path)
    assert invitation.declined_at is None
    owner = new_client().sign_in(make.member(round_.owner, Role.COORDINATOR))
    consultees = "/desk/rounds/runde/setup/invitations"
    assert "Does not answer" not in owner.get(consultees).words
    client.submit(page, {"reason": "Hemmelig grunn", "tells_owner": "y"}, action=path)
    shown = owner.get(consultees).words
    assert "Does not answer" in shown
    assert "Hemmelig" not in shown
    assert _case().status is CaseStatus.DECLINED
    assert entries_about(round_.reference)[0].actor == body.reference


def test_a_round_that_is_nobody_elses_business_is_not_there(client, make):
    body = make.organisation(slug="forbundet")
    make.round(slug="hemmelig", type="internal_hearing")
    client.sign_in(make.member(body, Role.COORDINATOR))
    for slug in ("hemmelig", "finnes-ikke"):
        client.get(f"/workspace/forbundet/cases/{slug}", status=404)
