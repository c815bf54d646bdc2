"""Questions that are asked only of those who gave certain answers."""

import pytest

from consult.domain.organisations.types import Role
from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.queries import get_submission
from tests.support.factories import in_languages


@pytest.fixture
def round_(make):
    """Two choices; the second question is asked after "yes", the third after an answer to it."""
    made = make.round(questions=0)
    options = [{"key": key, "labels": in_languages(key)} for key in ("yes", "no")]
    make.question(made, kind=QuestionKind.SINGLE, option_data=options)
    condition = {"question": "q1", "values": ["yes"]}
    make.question(made, kind=QuestionKind.SINGLE, option_data=options, condition_data=condition)
    deeper = {"question": "q2", "values": ["no"]}
    make.question(made, condition_data=deeper, is_required=True)
    return made


def test_the_next_question_follows_from_the_answer(answering, round_):
    page = answering.begin(round_)
    assert "0 of 1 questions answered" in page.words
    assert "2 more questions are asked only of those" in page.words
    assert answering.write("", choice="yes").h1 == "Question 2? (en)"
    assert answering.write("", key="q2", choice="no").h1 == "Question 3? (en)"
    assert "of 3 questions answered" in answering.client.get(answering.path()).words


def test_what_is_not_asked_any_more_is_kept_but_not_sent(answering, round_):
    answering.begin(round_)
    answering.write("", choice="yes")
    answering.write("Derfor.", key="q2", choice="no")
    answering.write("Fordi.", key="q3")
    answering.write("", choice="no")
    page = answering.client.get(answering.path())
    assert "0 of 1" not in page.words
    assert "1 of 1 questions answered" in page.words
    assert "kept until you send, but not sent" in page.words
    hidden = answering.open("q3")
    assert "You are not asked this question" in hidden.words
    assert "Fordi." in hidden.text
    page = answering.publish()
    assert "Question 2? (en)" in page.words
    submission = get_submission(answering.send().url.rsplit("/", 1)[-1])
    sent = submission.current_version.answers
    assert [answer.question.key for answer in sent] == ["q1"]
    assert "Fordi." not in submission.current_version.text


def test_a_hidden_question_need_not_be_answered_and_gets_no_mark(answering, round_):
    answering.begin(round_)
    answering.publish()
    page = answering.client.submit(answering.client.get(answering.path()))
    assert "on 1 question." in page.words
    submission = get_submission(answering.client.submit(page).url.rsplit("/", 1)[-1])
    assert [answer.question.key for answer in submission.current_version.answers] == ["q1"]


def test_a_draft_as_text_holds_what_is_asked(answering, round_):
    answering.begin(round_)
    answering.write("", choice="no")
    text = answering.client.raw(answering.path("/text")).get_data(as_text=True)
    assert "Question 1? (en)" in text
    assert "Question 2? (en)" not in text


def test_the_desk_does_not_call_it_unanswered(answering, round_, new_client, make):
    answering.begin(round_)
    answering.write("", choice="no")
    answering.publish()
    answering.send()
    desk = new_client().sign_in(make.member(round_.owner, Role.READER))
    page = desk.get(f"/desk/rounds/{round_.slug}/answers/1")
    assert "Question 1?" in page.words
    assert "Question 2?" not in page.words
