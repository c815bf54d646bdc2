"""Standing behind another's answer: a number beside it, and nothing else."""

import re
from datetime import timedelta

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.disclosure.models import Support
from consult.domain.disclosure.queries import count_supporters, get_review
from consult.domain.disclosure.service.reviewing import clear_answer
from consult.domain.disclosure.types import CONFIRM_SUPPORT_WITHIN
from consult.domain.notifications.queries import list_messages
from consult.domain.rounds.types import AnswerPublishing
from consult.domain.submissions.counting import count_received
from consult.domain.submissions.types import SubmissionStatus
from consult.jobs.clock import tell_people
from tests.support.coded import receive


@pytest.fixture
def answer(make):
    round_ = make.round(answer_publishing=AnswerPublishing.WHEN_RELEASED)
    submission = receive(round_, "Vi er enige.")
    clear_answer(get_review(round_.slug, 1), by=SYSTEM)
    session().commit()
    return submission


def path(answer, rest: str = "") -> str:
    return f"/rounds/{answer.round.slug}/answers/1{rest}"


def supporters(answer) -> int:
    return count_supporters([answer.id]).get(answer.id, 0)


def ask(client, answer, email: str) -> str:
    """Ask to support by mail; the path of the link that came."""
    client.submit(client.get(path(answer, "/support")), {"email": email})
    found = re.search(r"/support/[\w-]+", list_messages()[0].body_text)
    assert found
    return found.group()


def test_support_counts_once_it_is_confirmed_and_can_be_taken_back(client, answer):
    link = ask(client, answer, "kari@solvik.example")
    page = client.get(link)
    assert supporters(answer) == 0
    page = client.submit(page, {"act": "confirm"})
    assert "1 supporter" in page.words
    assert "1 person supports this answer." in client.get(path(answer)).words
    assert count_received(answer.round_id).total == 1
    page = client.submit(client.get(link), {"act": "take_back"})
    assert "Your support is taken back." in page.words
    assert session().query(Support).count() == 0
    assert "Open the link in the e-mail again." in client.get(link).words


def test_a_withdrawn_answer_is_not_named_or_supported(client, answer):
    link = ask(client, answer, "kari@solvik.example")
    answer.status = SubmissionStatus.WITHDRAWN
    session().commit()
    page = client.get(link)
    assert "This answer is not published now, so it cannot be supported." in page.words
    assert answer.name not in page.text


def test_a_link_confirms_for_a_week_and_then_nothing_is_kept(client, answer):
    link = ask(client, answer, "kari@solvik.example")
    support = session().query(Support).one()
    support.asked_at -= CONFIRM_SUPPORT_WITHIN + timedelta(minutes=1)
    session().commit()
    assert "Open the link in the e-mail again." in client.get(link).words
    tell_people()
    assert session().query(Support).count() == 0


def test_a_confirmed_support_can_be_taken_back_later_too(client, answer):
    link = ask(client, answer, "kari@solvik.example")
    client.submit(client.get(link), {"act": "confirm"})
    session().query(Support).one().asked_at -= CONFIRM_SUPPORT_WITHIN * 2
    session().commit()
    tell_people()
    client.submit(client.get(link), {"act": "take_back"})
    assert supporters(answer) == 0


def test_one_address_counts_once_and_is_not_kept(client, answer):
    for email in ("kari@solvik.example", "Kari@Solvik.example "):
        client.submit(client.get(ask(client, answer, email)), {"act": "confirm"})
    assert supporters(answer) == 1
    stored = session().query(Support).one()
    assert "solvik" not in str(vars(stored))


def test_a_bad_address_is_asked_for_again(client, answer):
    page = client.submit(client.get(path(answer, "/support")), {"email": "kari"}, status=422)
    assert "Write an e-mail address" in page.words
    assert not list_messages()


def test_signed_in_people_support_by_one_press(client, answer, make):
    client.sign_in(make.person())
    page = client.submit(client.get(path(answer)), action=path(answer, "/support"))
    assert "You support this answer now." in page.words
    page = client.submit(page, action=path(answer, "/support"))
    assert "Nobody has supported this answer yet." in page.words
    assert not list_messages()


def test_many_who_have_signed_in_can_support_at_once(answer, make, new_client):
    for _each in range(7):
        client = new_client()
        client.sign_in(make.person())
        client.submit(client.get(path(answer)), action=path(answer, "/support"))
    assert supporters(answer) == 7
