"""Writing to those who answered, at the desk."""

import pytest

from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from consult.domain.rounds.types import RoundType
from tests.domain.submissions.test_letters import answer

ROUND = "/desk/rounds/bibliotek"

pytestmark = pytest.mark.at("2026-11-20T10:00:00+01:00")


@pytest.fixture
def round_(make):
    return make.round(slug="bibliotek")


@pytest.fixture
def desk(client, make, round_):
    return client.sign_in(make.member(round_.owner, Role.COORDINATOR, name="Sara Lie"))


def mails(kind):
    return [one for one in list_messages() if one.kind == kind]


def test_a_sender_is_asked_and_the_reply_noted(desk, round_):
    answer(round_)
    page = desk.get(f"{ROUND}/answers/1")
    assert page.has_link(f"{ROUND}/answers/1/ask")
    form = desk.get(f"{ROUND}/answers/1/ask")
    assert "It asks for a reply to post@consult.example" in form.words
    desk.submit(form, {"body": ""}, status=422)
    refused = desk.submit(form, {"body": "Er du 15076500565?"}, status=422)
    assert "There is a national identity number" in refused.words
    page = desk.submit(form, {"body": "Hvilken\n\nstasjon?"})
    assert "The sender is asked by mail." in page.words
    assert "Question to the sender Sent" in page.words
    reply = next(one for one in page.tree.xpath(".//a/@href") if one.endswith("/reply"))
    form = desk.get(reply)
    desk.submit(form, {"reply": " "}, status=422)
    page = desk.submit(form, {"reply": "Solvik."})
    assert "Solvik." in page.words
    assert "Change the reply" in page.words
    assert len(mails("sender_question")) == 1
    answer(round_, email=None)
    assert "Ask by phone or letter." in desk.get(f"{ROUND}/answers/2/ask").words


def test_an_answer_is_sent_on(desk, round_, make):
    answer(round_)
    form = desk.get(f"{ROUND}/answers/1/send-on")
    values = {"recipient": "Jernbaneverket", "body": "Gjelder toget."}
    desk.submit(form, {**values, "email": "post"}, status=422)
    page = desk.submit(form, {**values, "email": "post@jbv.no"})
    assert "The answer is sent on to Jernbaneverket." in page.words
    assert "Sent on to where it belongs: Jernbaneverket" in page.words
    assert len(mails("forwarded_answer")) == len(mails("forwarded_notice")) == 1


def test_an_answer_from_inside_is_sent_on_to_nobody(desk, round_, make):
    inside = make.round(slug="intern", type=RoundType.INTERNAL_HEARING, owner=round_.owner)
    answer(inside)
    page = desk.get("/desk/rounds/intern/answers/1/send-on")
    assert "It is sent on to nobody." in page.words
    desk.post("/desk/rounds/intern/answers/1/send-on", {"recipient": "Avisa", "email": "a@b.no"})
    assert mails("forwarded_answer") == []


def test_a_letter_to_a_filter_is_seen_before_it_is_sent(desk, round_):
    answer(round_)
    answer(round_, "Liv Ås", "liv@example.no")
    answer(round_, "Liv Dal", None)
    assert desk.get(f"{ROUND}/answers?q=Liv").has_link(f"{ROUND}/letters/new?q=Liv")
    form = desk.get(f"{ROUND}/letters/new?q=Liv")
    assert "The letter goes to 1 address. The answers that you have filtered" in form.words
    assert "1 answer has no e-mail address." in form.words
    refused = desk.submit(form, {"subject": "Hei", "body": "Kjære {navn}"}, status=422)
    assert "There is no such place for a recipient's own value: {navn}." in refused.words
    preview = desk.submit(form, {"subject": "Hei", "body": "Kjære {name}"})
    assert "As Liv Ås gets it" in preview.words
    assert "Kjære Liv Ås" in preview.words
    assert mails("round_letter") == []
    again = desk.submit(preview, {"edit": "1"}, action=f"{ROUND}/letters/new")
    assert again.find(".//textarea").text_content().strip() == "Kjære {name}"
    answer(round_, "Liv Moe", "moe@example.no")
    send = f"{ROUND}/letters/send"
    late = desk.submit(preview, action=send, status=409)
    assert "Others would get the letter now" in late.words
    done = desk.submit(preview, {"expected": "2"}, action=send)
    assert "The letter is sent to 2 addresses." in done.words
    assert sorted(one.to_email for one in mails("round_letter")) == [
        "liv@example.no", "moe@example.no",
    ]  # fmt: skip
    assert "Letter to those who answered" in desk.get(f"{ROUND}/answers/2").words
    empty = desk.get(f"{ROUND}/letters/new?q=Ingen")
    assert "Nobody can be written to." in empty.words
