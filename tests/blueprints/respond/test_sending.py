"""Checking, sending, the receipt and its link."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from consult.db import session
from consult.domain.notifications.queries import list_messages
from consult.domain.rounds.types import RoundStatus
from consult.domain.submissions.models import Submission
from consult.domain.submissions.queries import get_submission
from tests.blueprints.respond.answering import Answering, link_in
from tests.support.pdf_text import text_of
from tests.support.queries import count_queries

DEADLINE = datetime(2026, 10, 31, 22, 59, 59, tzinfo=UTC)


def _closing(make, **values):
    return make.round(opens_at=DEADLINE - timedelta(days=60), closes_at=DEADLINE, **values)


@pytest.mark.scenario(16)
def test_sending_again_shows_the_same_receipt(answering, make):
    answering.begin(make.round())
    answering.write("Ja")
    check = answering.publish()
    first = answering.client.submit(check)
    again = answering.client.submit(check)
    assert again.url == first.url
    assert session().scalar(select(func.count(Submission.id))) == 1
    assert answering.client.get(answering.path()).url == first.url


@pytest.mark.scenario(16)
def test_an_old_page_sends_nothing_until_it_is_pressed_once_more(answering, make):
    answering.begin(make.round())
    answering.write("Ja")
    answering.publish()
    response = answering.client.raw(answering.path("/check"), method="POST", data={})
    page = answering.client._checked(response, answering.path("/check"), 422)
    assert "send it once more" in page.words
    assert session().scalar(select(func.count(Submission.id))) == 0
    assert answering.client.submit(page).h1 == "We have received your answer"


@pytest.mark.scenario(32)
@pytest.mark.at("2026-10-31T22:59:40+00:00")
def test_what_counts_is_when_the_request_arrived(answering, make):
    answering.begin(_closing(make))
    answering.write("Ja")
    answering.publish()
    page = answering.send()
    submission = get_submission(page.url.rsplit("/", 1)[-1])
    assert submission.received_at == datetime(2026, 10, 31, 22, 59, 40, tzinfo=UTC)


@pytest.mark.scenario(32)
@pytest.mark.at("2026-10-31T22:59:40+00:00")
def test_no_header_turns_back_the_clock(answering, make):
    answering.begin(_closing(make))
    answering.write("Ja")
    check = answering.publish()
    answering.client.headers |= {
        "X-Request-Start": "t=1700000000",
        "Date": "Sat, 31 Oct 2026 22:00:00 GMT",
    }
    with time_machine.travel("2026-10-31T23:00:00+00:00", tick=False):
        page = answering.client.submit(check, status=409)
        assert "The deadline has passed" in page.words
        assert page.has_link(answering.path("/text"))
        assert "post@consult.example" in page.text
    assert session().scalar(select(func.count(Submission.id))) == 0


@pytest.mark.at("2026-10-30T12:00:00+00:00")
def test_after_the_deadline_the_draft_is_kept_readable(answering, make):
    round_ = _closing(make)
    answering.begin(round_)
    answering.write("Rakk det ikke")
    with time_machine.travel("2026-11-02T12:00:00+00:00", tick=False):
        page = answering.client.get(f"/answer/{round_.slug}")
        assert page.h1 == "This round is closed"
        assert page.has_link(answering.path())
        assert "The deadline has passed" in answering.client.get(answering.path()).words
        assert "Rakk det ikke" in answering.open().text
        assert "Rakk det ikke" in answering.client.raw(answering.path("/text")).text
        assert not answering.client.get(answering.path("/check")).tree.xpath(
            ".//button[contains(., 'Send the answer')]"
        )


def test_a_round_that_opens_later(client, make):
    now = datetime.now(UTC)
    round_ = make.round(
        status=RoundStatus.ANNOUNCED,
        opens_at=now + timedelta(days=3),
        closes_at=now + timedelta(days=60),
    )
    page = client.get(f"/answer/{round_.slug}")
    assert page.h1 == "This round is not open yet"
    assert page.has_link(f"/rounds/{round_.slug}")


def test_a_planned_round_is_not_there(client, make):
    round_ = make.round(status=RoundStatus.PLANNED)
    assert client.get(f"/answer/{round_.slug}").h1 == "Sign in"


def test_what_keeps_an_answer_from_being_sent(answering, make):
    round_ = make.round(questions=1)
    make.question(round_, key="must", is_required=True, text={"en": "Must you?"})
    answering.begin(round_)
    check = answering.client.get(answering.path("/check"))
    page = answering.client.submit(check)
    assert page.h1 == "How may we publish your answer?"
    answering.publish()
    answering.write("Ja")
    page = answering.client.submit(check, status=422)
    assert "Some questions must be answered before you can send." in page.words
    assert page.has_link(answering.path("/questions/must"))


def test_an_empty_answer_is_not_sent(answering, make):
    answering.begin(make.round())
    page = answering.client.submit(answering.publish(), status=422)
    assert "You have not answered anything yet." in page.words


@pytest.mark.scenario(24)
def test_the_receipt_as_pdf_holds_every_letter(answering, make):
    answering.begin(make.round(questions=1), name="Máret", language="se")
    answering.write("Áddjá čálii:\n\n- đ ŋ\n  - š ŧ\n- ž")
    answering.publish()
    receipt = answering.send()
    response = answering.client.raw(f"{receipt.url}/receipt.pdf")
    assert response.mimetype == "application/pdf"
    words = text_of(response.data)
    number = get_submission(receipt.url.rsplit("/", 1)[-1]).receipt_number
    for letters in ("Áddjá čálii:", "đ ŋ", "š ŧ", "ž", number, "Máret"):
        assert letters in words
    assert answering.client.raw(f"{receipt.url}/receipt.pdf").data == response.data


def test_the_receipts_link_opens_it_elsewhere_on_a_press(answering, new_client, make):
    answering.begin(make.round(), contact_email="kari@consult.example")
    answering.write("Ja")
    answering.publish()
    receipt = answering.send()
    mail = next(message for message in list_messages() if message.kind == "receipt")
    link = link_in(mail.body_text)
    other = new_client()
    page = other.get(link)
    assert other.get(receipt.url).h1 == "Sign in", "opening the link alone lets nobody in"
    page = other.submit(page)
    assert page.url == receipt.url
    assert "Ja" in page.words


@pytest.mark.scenario(15)
def test_a_drafts_link_opens_it_on_another_device(answering, new_client, make):
    answering.begin(make.round())
    answering.write("Halvferdig")
    link = link_in(answering.client.get(answering.path("/link")).text)
    other = Answering(new_client(), make)
    page = other.client.submit(other.client.get(link))
    other.draft_id = page.url.rsplit("/", 1)[-1]
    assert "Halvferdig" in other.open().text
    other.publish()
    other.send()
    assert answering.client.get(answering.path()).h1 == "We have received your answer"


def test_a_new_link_is_made_where_the_old_one_is_not_known(client, make):
    person = make.person()
    writing = Answering(client.sign_in(person), make)
    writing.begin(make.round())
    with client._client.session_transaction() as stored:
        del stored["personal_links"]
    page = client.get(writing.path("/link"))
    assert not re.search(r"/answer/link/\w", page.text)
    page = client.submit(page)
    assert link_in(page.text)


def test_an_unknown_link_says_what_to_do(client):
    page = client.get("/answer/link/nothing")
    assert page.h1 == "This link does not work any more"
    assert page.has_link("/answer/lost-link")
    assert page.has_link("/answer/code")


def test_the_secret_of_a_link_is_in_no_log(answering, make, caplog, monkeypatch):
    answering.begin(make.round())
    link = link_in(answering.client.get(answering.path("/link")).text)
    monkeypatch.setattr("consult.blueprints.respond.views.links.exchange_secret", lambda *_: 1 / 0)
    response = answering.client.raw(link)
    assert response.status_code == 500
    assert "/answer/link/<token> failed" in caplog.text
    assert link.rsplit("/", 1)[-1] not in caplog.text.split("Traceback")[0]
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_lists_ask_the_database_as_often_for_three_as_for_one(client, make):
    person = make.person()
    writing = Answering(client.sign_in(person), make)

    def queries() -> int:
        with count_queries() as counted:
            client.get("/answer/mine")
        return counted.number

    def send_one() -> None:
        writing.begin(make.round())
        writing.begin(make.round())
        writing.write("Ja")
        writing.publish()
        writing.send()

    send_one()
    one = queries()
    send_one()
    send_one()
    assert queries() == one


def test_more_questions_ask_the_database_no_oftener(answering, make):
    def queries(number: int) -> list[int]:
        answering.begin(make.round(questions=number))
        for index in range(number):
            answering.write("Ja", key=f"q{index + 1}")
        counts = []
        for rest in ("", "/check", "/questions/q1"):
            with count_queries() as counted:
                answering.client.get(answering.path(rest))
            counts.append(counted.number)
        return counts

    assert queries(1) == queries(3)
