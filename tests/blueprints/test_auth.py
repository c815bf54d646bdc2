"""Signing in and out."""

import re

import pytest
import time_machine

from consult.domain.accounts.service import set_password
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from consult.domain.responses.service.deciding import take_round
from consult.kernel.clock import utc_now
from tests.domain.submissions.written import begin, send, write


def _link_in_mail() -> str:
    return re.search(r"/sign-in/link/\S+", list_messages()[0].body_text).group()


def test_one_time_link_signs_in_once(client, new_client, make):
    person = make.person(email="kari@consult.example", name="Kari Nes")
    page = client.submit(client.get("/sign-in"), {"email": " Kari@Consult.example "})
    assert page.h1 == "Look in your mail"
    link = _link_in_mail()
    page = client.submit(client.get(link))
    assert page.h1 == "My answers"
    assert "Kari Nes" in page.words
    assert [entry.tag for entry in entries_about(person.reference)] == [
        "person:signed_in",
        "person:link_sent",
    ]
    other = new_client()
    page = other.submit(other.get(link))
    assert page.h1 == "Sign in"
    assert "has been used or is too old" in page.words


def test_opening_the_link_uses_nothing_up(client, make):
    make.person(email="kari@consult.example")
    client.submit(client.get("/sign-in"), {"email": "kari@consult.example"})
    link = _link_in_mail()
    for _ in range(3):
        client.get(link)
    assert client.submit(client.get(link)).h1 == "My answers"


@pytest.mark.at("2026-10-01T10:00:00+02:00")
def test_a_link_is_too_old_after_half_an_hour(client, make):
    make.person(email="kari@consult.example")
    client.submit(client.get("/sign-in"), {"email": "kari@consult.example"})
    with time_machine.travel("2026-10-01T10:30:00+02:00", tick=False):
        page = client.submit(client.get(_link_in_mail()))
    assert page.h1 == "Sign in"


def test_unknown_address_gets_the_same_page_and_no_mail(client, make):
    page = client.submit(client.get("/sign-in"), {"email": "nobody@consult.example"})
    assert page.h1 == "Look in your mail"
    assert not list_messages()


def test_password(client, make):
    person = make.person(email="kari@consult.example")
    set_password(person, "en lang setning", by=SYSTEM)
    page = client.get("/sign-in/password")
    wrong = client.submit(page, {"email": "kari@consult.example", "password": "feil"}, status=422)
    assert "do not match" in wrong.words
    page = client.submit(wrong, {"email": "kari@consult.example", "password": "en lang setning"})
    assert page.h1 == "My answers"
    assert client.post("/sign-out").h1 == "Have your say"
    assert client.get("/answer/mine").h1 == "Sign in"


def test_two_browsers_are_two_people(client, new_client, make):
    client.sign_in(make.person(name="Kari Nes"))
    assert "Kari Nes" in client.get("/").words
    assert "Kari Nes" not in new_client().get("/").words


def test_a_new_password_ends_other_sessions(client, make):
    person = make.person()
    client.sign_in(person)
    assert client.get("/answer/mine").h1 == "My answers"
    set_password(person, "en helt ny setning", by=SYSTEM)
    assert client.get("/answer/mine").h1 == "Sign in"


def test_next_never_leads_to_another_site(client, make):
    person = make.person(email="kari@consult.example")
    set_password(person, "en lang setning", by=SYSTEM)
    page = client.get("/sign-in/password?next=//evil.example/")
    page = client.submit(page, {"email": "kari@consult.example", "password": "en lang setning"})
    assert page.url == "/"


@pytest.mark.parametrize(
    "options",
    [
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
        {"base_url": "http://horing.example"},
    ],
)
def test_the_local_inbox_opens_on_this_machine_only(client, make, options):
    assert client.raw("/inbox").status_code == 200
    response = client.raw("/inbox", **options)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize(
    ("role", "has_own", "is_asked", "first_page"),
    [
        (Role.DRAFTER, False, False, "Rounds that concern us"),
        (Role.SIGNATORY, False, True, "Rounds that concern us"),
        (Role.READER, False, False, "My desk"),
        (Role.COORDINATOR, False, True, "Rounds that concern us"),
        (Role.COORDINATOR, True, True, "My desk"),
    ],
)
def test_everybody_lands_where_their_work_is(client, make, role, has_own, is_asked, first_page):
    body = make.organisation()
    person = make.member(body, role, email="hege@consult.example")
    if has_own:
        make.round(owner=body)
    if is_asked:
        take_round(make.round(), body, by=SYSTEM, at=utc_now())
    set_password(person, "en lang setning", by=SYSTEM)
    page = client.submit(
        client.get("/sign-in/password"),
        {"email": "hege@consult.example", "password": "en lang setning"},
    )
    assert page.h1 == first_page


def test_a_mail_is_shown_as_html_in_a_frame_that_can_do_nothing(client, make):
    round_ = make.round()
    draft = write(begin(round_, contact_email="kari@x.example"), "Det er <b>trangt</b>.")
    sent = send(draft).submission
    mail = next(one for one in list_messages() if one.kind == "receipt")
    page = client.get(f"/inbox/{mail.public_id}")
    frame = page.find(".//iframe")
    assert frame.get("sandbox") == "allow-popups"
    assert "Det er <b>trangt</b>." in page.words, "the plain text stands beside it"
    html = client.raw(frame.get("src"))
    assert "&lt;b&gt;trangt" in html.text
    policy = html.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    (name,) = page.tree.xpath(".//a[contains(@href, '/files/')]")
    assert name.text == f"{sent.receipt_number}.pdf"
    pdf = client.raw(name.get("href"))
    assert (pdf.mimetype, pdf.data[:5]) == ("application/pdf", b"%PDF-")
    client.get(f"/inbox/{mail.public_id}/files/1", status=404)
