"""Personal links and codes, as a sender without an account meets them."""

import logging
import re

import pytest
from flask import Response

from consult import create_app
from consult.blueprints.respond.views.codes import is_wrong_code
from consult.config import Settings
from consult.domain.notifications.queries import list_messages
from consult.extensions import limiter
from tests.blueprints.respond.answering import Answering, link_in
from tests.support.page_client import PageClient

CODE = re.compile(r"[B-Z]{4}-[B-Z]{4}-[B-Z]{4}")


def _code_on(page) -> str:
    return page.find(".//p[@id='code']").text_content().strip()


@pytest.mark.scenario(15)
def test_a_link_leads_at_once_to_an_address_without_the_secret(answering, new_client, make):
    answering.begin(make.round(), contact_email="kari@consult.example")
    answering.write("Halvferdig")
    link = link_in(list_messages()[0].body_text)
    other = Answering(new_client(), make)
    response = other.client.raw(link)
    assert response.status_code == 303
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"
    page = other.client.get(response.headers["Location"])
    assert link.rsplit("/", 1)[-1] not in page.url + page.text
    page = other.client.submit(page)
    other.draft_id = page.url.rsplit("/", 1)[-1]
    assert "Halvferdig" in other.open().text


def test_a_new_link_closes_other_browsers_but_not_this_one(answering, new_client, make):
    answering.begin(make.round())
    page = answering.client.get(answering.path("/link"))
    old = link_in(page.text)
    other = new_client()
    other.submit(other.get(old))
    assert other.get(answering.path()).h1 == "Your answer"
    page = answering.client.submit(page, action=answering.path("/link"))
    assert link_in(page.text) != old
    assert answering.client.get(answering.path()).h1 == "Your answer"
    assert other.raw(answering.path()).status_code == 302
    assert new_client().get(old).h1 == "This link does not work any more"


def test_whoever_got_a_link_by_mistake_turns_it_off(answering, new_client, make):
    answering.begin(make.round(), contact_email="feil@consult.example")
    link = link_in(list_messages()[0].body_text)
    stranger = new_client()
    page = stranger.get(link)
    assert page.has_link(f"{page.url}/off")
    page = stranger.get(f"{page.url}/off")
    assert "Your e-mail address is taken out" in page.words
    page = stranger.submit(page)
    assert "The link is turned off" in page.words
    assert stranger.get(link).h1 == "This link does not work any more"
    assert answering.draft.contact_email is None
    assert answering.client.get(answering.path()).h1 == "Your answer"


@pytest.mark.scenario(15)
def test_a_code_on_paper_opens_the_draft_elsewhere(answering, new_client, make):
    answering.begin(make.round())
    answering.write("På papir")
    page = answering.client.get(answering.path("/code"))
    page = answering.client.submit(page)
    code = _code_on(page)
    assert CODE.fullmatch(code)
    assert page.tree.xpath(".//button[@data-print]")
    other = Answering(new_client(), make)
    page = other.client.get("/answer/code")
    wrong = "B" if code[0] != "B" else "C"
    page = other.client.submit(page, {"code": wrong + code[1:]}, status=422)
    assert "A letter is wrong or missing" in page.words
    page = other.client.submit(page, {"code": code.lower().replace("-", " ")})
    assert page.h1 == "Your answer"
    other.draft_id = page.url.rsplit("/", 1)[-1]
    assert "På papir" in other.open().text


def test_a_code_opens_the_answer_after_sending(answering, new_client, make):
    answering.begin(make.round())
    answering.write("Ja")
    answering.publish()
    receipt = answering.send()
    assert receipt.has_link(f"{receipt.url}/code")
    code = _code_on(answering.client.submit(answering.client.get(f"{receipt.url}/code")))
    other = new_client()
    page = other.submit(other.get("/answer/code"), {"code": code})
    assert page.url == receipt.url


@pytest.fixture
def limited_client(tmp_path):
    """A browser of an application that counts requests; ours do not."""
    app = create_app(Settings(instance=tmp_path, secret_key="a key for tests only"))
    yield PageClient(app)
    limiter.reset()
    limiter.enabled = False


def test_wrong_codes_are_limited(limited_client):
    for _ in range(10):
        limited_client.post("/answer/code", {"code": "BBBB"}, status=422)
    page = limited_client.post("/answer/code", {"code": "BBBB"}, status=429)
    assert page.h1 == "That was a lot at once"
    assert limited_client.get("/answer/code").h1 == "I have a code"


def test_only_wrong_codes_count():
    assert is_wrong_code(Response(status=422))
    assert not is_wrong_code(Response(status=302))


def test_lost_links_come_by_mail_and_the_page_tells_nothing(answering, new_client, make):
    answering.begin(make.round(), contact_email="kari@consult.example")
    other = new_client()
    said = []
    for address in ("kari@consult.example", "ingen@consult.example"):
        page = other.submit(other.get("/answer/lost-link"), {"email": address})
        said.append(page.find(".//*[@id='flashes']").text_content())
    assert said[0] == said[1]
    mail = list_messages()[0]
    assert (mail.kind, mail.to_email) == ("found_links", "kari@consult.example")
    page = other.submit(other.get(link_in(mail.body_text)))
    assert page.h1 == "Your answer"


def test_the_link_is_mailed_on_request(answering, make):
    answering.begin(make.round(), contact_email="kari@consult.example")
    for _ in range(4):
        page = answering.client.post(answering.path("/link/mail"))
        assert "is on its way to kari@consult.example" in page.words
    page = answering.client.post(answering.path("/link/mail"))
    assert "We have sent many mails to this address already" in page.words


@pytest.mark.parametrize("name", ["werkzeug", "gunicorn.access"])
def test_no_access_log_holds_a_secret(app, name, caplog):
    secret = "q" * 43
    logger = logging.getLogger(name)
    with caplog.at_level(logging.INFO, logger=name):
        logger.info('"%s" %s', f"GET /answer/link/{secret} HTTP/1.1", 303)
        logger.info("%(r)s %(s)s", {"r": f"GET /sign-in/link/{secret} HTTP/1.1", "s": 200})
        for place in ("answer/table-link", "answer/confirm", "follow", "mail", "support"):
            logger.info("GET /%s/%s HTTP/1.1", place, secret)
        logger.info("GET /somewhere/else/%s?a=1 HTTP/1.1", secret)
        logger.info("GET /static/build/%s.css %s", "a" * 64, 200)
        logger.info("GET /answer/mine %s", 200)
    assert secret not in caplog.text
    assert "/answer/link/… HTTP/1.1" in caplog.text
    assert "GET /answer/mine 200" in caplog.text
    assert "a" * 64 in caplog.text


def test_whoever_holds_a_key_finds_the_way_to_their_answers(answering, make):
    assert not answering.client.get("/").has_link("/answer/mine")
    answering.begin(make.round())
    assert answering.client.get("/").has_link("/answer/mine")
