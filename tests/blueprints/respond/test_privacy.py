"""Nobody sees a draft but those who write it."""

import io
from datetime import timedelta
from zipfile import ZipFile

import pytest
import time_machine
from werkzeug.test import TestResponse

from consult.db import session
from consult.domain.organisations.queries import list_memberships
from consult.domain.organisations.types import Role
from consult.kernel.clock import utc_now
from tests.blueprints.respond.answering import Answering
from tests.domain.submissions.written import links_of

PAGES = ("", "/who", "/publication", "/check", "/link", "/delete", "/text", "/questions/q1")
SECRET = "Dette skal ingen andre lese."


@pytest.fixture
def begun(answering, make):
    """A draft with a text, in a round whose owner has a coordinator."""
    answering.begin(make.round(), name="Hemmelig utvalg", sender="council")
    answering.write(SECRET)
    return answering


def _refused(client, begun) -> None:
    for rest in PAGES:
        response = client.raw(begun.path(rest))
        assert response.status_code in {302, 404}, rest
        assert SECRET not in response.text
        assert client.raw(begun.path(rest), method="POST").status_code in {404, 405}, rest
    missing = begun.path().replace(begun.draft_id, "a" * 12)
    assert client.raw(missing).status_code == client.raw(begun.path()).status_code


def test_another_visitor_cannot_open_a_draft(begun, new_client):
    _refused(new_client(), begun)


def test_another_writer_cannot_open_a_draft(begun, new_client, make):
    other = Answering(new_client(), make)
    other.begin(make.round())
    _refused(other.client, begun)


@pytest.mark.parametrize("role", list(Role))
def test_the_owners_staff_cannot_open_a_draft(begun, new_client, make, role):
    owner = begun.draft.round.owner
    client = new_client().sign_in(make.member(owner, role))
    _refused(client, begun)


def test_the_administrator_cannot_open_a_draft(begun, new_client, make):
    _refused(new_client().sign_in(make.person(is_admin=True)), begun)


def test_no_page_of_the_owner_shows_that_there_is_a_draft(begun, new_client, make, app):
    """Every page of the round's desk that takes no more than the round's name."""
    round_ = begun.draft.round
    client = new_client().sign_in(make.member(round_.owner, Role.COORDINATOR))
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("desk.")
        and "GET" in rule.methods
        and rule.arguments <= {"round_slug"}
    ]
    assert rules
    for rule in rules:
        path = rule.rule.replace("<slug:round_slug>", round_.slug)
        response = client.raw(path)
        assert response.status_code < 500, path
        for trace in (SECRET, "Hemmelig utvalg", begun.draft_id):
            assert trace not in _said(response), path


def _said(response: TestResponse) -> str:
    """All text of a response; of a workbook that of its parts, which are compressed."""
    if not response.data.startswith(b"PK"):
        return response.text
    with ZipFile(io.BytesIO(response.data)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist())


@pytest.mark.scenario(46)
@pytest.mark.at("2026-10-01T09:59:00+02:00")
def test_a_role_that_ends_closes_the_draft_in_an_open_session(client, make, app):
    round_, body = make.round(), make.organisation()
    person = make.member(body, Role.DRAFTER)
    (membership,) = list_memberships(body.id)
    membership.ends_at = utc_now() + timedelta(minutes=1)
    session().flush()
    writing = Answering(client.sign_in(person), make)
    writing.begin(round_, sender=body.public_id)
    opened = writing.open()
    with time_machine.travel("2026-10-01T10:01:00+02:00", tick=False):
        assert client.raw(writing.path()).status_code == 404
        page = client.submit(opened, {"text": "For sent"}, status=404)
        assert page.find(".//textarea").value.strip() == "For sent"
        assert client.get("/answer/mine").h1 == "My answers"
        assert not client.get("/answer/mine").has_link(writing.path())


def test_a_receipt_is_seen_by_its_sender_only(begun, new_client, make):
    begun.publish()
    receipt = begun.send()
    for client in (
        new_client(),
        new_client().sign_in(make.person()),
        new_client().sign_in(make.member(make.organisation(), Role.COORDINATOR)),
    ):
        assert client.raw(receipt.url).status_code in {302, 404}
        assert client.raw(f"{receipt.url}/receipt.pdf").status_code in {302, 404}


def test_a_person_finds_the_own_receipt_on_another_device(client, new_client, make):
    person = make.person()
    writing = Answering(client.sign_in(person), make)
    writing.begin(make.round())
    writing.write("Ja")
    writing.publish()
    receipt = writing.send()
    other = new_client().sign_in(person)
    assert other.get(receipt.url).h1 == "We have received your answer"
    assert other.get("/answer/mine").has_link(receipt.url)


def test_nobody_answers_for_a_body_they_have_no_role_in(client, make):
    body = make.organisation()
    client.sign_in(make.member(body, Role.READER))
    slug = make.round().slug
    assert body.name not in client.get(f"/answer/{slug}").words
    assert client.raw(f"/answer/{slug}/as?sender={body.public_id}").status_code == 404


def test_no_form_changes_anything_without_a_token(begun):
    """The surface asks for tokens itself (see its package); here is the proof for each form."""
    before = (begun.draft.name, begun.draft.publication, links_of(begun.draft))
    posts = {
        "/no-comments": {},
        "/who": {"name": "Andre", "language": "nb"},
        "/publication": {"publication": "not_web"},
        "/delete": {},
        "/check": {},
        "/link": {},
        "/questions/q2": {"text": "Falsk", "revision": "0"},
    }
    for rest, fields in posts.items():
        response = begun.client.raw(begun.path(rest), method="POST", data=fields)
        assert response.status_code in {302, 422}, rest
    assert (begun.draft.name, begun.draft.publication, links_of(begun.draft)) == before
    assert begun.draft.submission_id is None
    assert [answer.text for answer in begun.draft.answers] == [SECRET]
    start = f"/answer/{begun.draft.round.slug}/as?sender=person"
    assert begun.client.raw(start, method="POST", data={"language": "nb"}).status_code == 422
