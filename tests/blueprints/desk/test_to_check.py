"""Mails that wait to be checked, at the desk."""

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.intake.service.incoming_mail import take_in_mail
from consult.domain.organisations.types import Role
from tests.domain.intake.letters import as_docx
from tests.domain.intake.mails import mail
from tests.domain.intake.samples import LETTER_WITH_HEAD
from tests.support.queries import count_queries

TO_CHECK = "/desk/rounds/apne-dorer/to-check"
DOCX = as_docx(LETTER_WITH_HEAD)

pytestmark = pytest.mark.at("2026-11-20T10:00:00+01:00")


@pytest.fixture
def round_(make):
    return make.round(slug="apne-dorer")


@pytest.fixture
def officer(make, client, round_):
    person = make.member(round_.owner, Role.CASE_OFFICER)
    client.sign_in(person)
    return person


@pytest.fixture
def take_in(app, round_):
    def take_in(content):
        files = app.extensions["files"]
        return take_in_mail(round_, content, by=SYSTEM, files=files, limit_bytes=5_000_000).mail

    return take_in


def test_from_mail_to_answer(client, officer, take_in):
    files = (("svar.docx", "application/x", DOCX), ("kart.png", "image/png", b"\x89PNG"))
    taken = take_in(mail(files=files))
    page = client.get(TO_CHECK)
    assert "Øyvind Åsen" in page.words
    address = f"{TO_CHECK}/{taken.public_id}"
    page = client.get(address)
    assert page.h1 == "Mail from Øyvind Åsen"
    assert client.raw(f"{address}/original").headers["Content-Type"] == "application/octet-stream"
    link = page.find(".//a[.='svar.docx']").get("href")
    assert client.raw(link).data == DOCX
    page = client.submit(page, action=f"{link}/read")
    assert page.h1 == "Check the document"
    page = client.submit(client.get(address), action=f"{address}/read")
    assert "Noen må svare i telefonen." in page.words
    confirm = client.submit(page, {"next": "1"}, action=page.url.split("?")[0])
    assert confirm.find(".//*[@name='contact_email']").get("value") == "oyvind@solvik.example"
    answer = client.submit(confirm, {"kind": "private_person"})
    assert "E-mail" in answer.words
    assert "Svar på høringen om åpne kontorer.eml" in answer.words
    page = client.get(address)
    session().refresh(taken)
    assert "Registered" in page.words
    assert page.has_link(f"/desk/rounds/apne-dorer/intake/{taken.draft.public_id}")
    assert "Nothing waits" in client.get(TO_CHECK).words


def test_a_mail_that_is_no_answer_is_set_aside_and_taken_up(client, officer, take_in):
    taken = take_in(mail("-----BEGIN PGP MESSAGE-----\nx", subject="<b>Tilbud</b>"))
    address = f"{TO_CHECK}/{taken.public_id}"
    page = client.get(address)
    assert "Encrypted or locked" in page.words, page.words
    assert "<b>Tilbud</b>" in page.words
    client.submit(page, action=f"{address}/set-aside", status=422)
    page = client.submit(page, {"reason": "Reklame."}, action=f"{address}/set-aside")
    assert "1 mail is set aside" in page.words
    assert "Reklame." in page.words
    client.post(f"{address}/set-aside", {"reason": "x"}, status=409)
    page = client.submit(client.get(address), action=f"{address}/take-up")
    assert "To be checked" in page.words


def test_the_queue_asks_as_often_for_one_mail_as_for_three(client, officer, take_in):
    take_in(mail())
    client.get(TO_CHECK)
    with count_queries() as one:
        client.get(TO_CHECK)
    for number in "23":
        take_in(mail(message_id=f"<{number}@x.example>", files=(("a.png", "image/png", b"x"),)))
    with count_queries() as three:
        client.get(TO_CHECK)
    assert len(one.statements) == len(three.statements)
