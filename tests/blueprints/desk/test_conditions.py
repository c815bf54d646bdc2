"""Skip logic in the question's editor."""

import pytest

from consult.db import session
from consult.domain.rounds.types import Condition, QuestionKind, RoundStatus
from tests.support.factories import in_languages

SETUP = "/desk/rounds/apen-dor/setup"


@pytest.fixture
def planned(make, owner):
    """A round with two choices and an open question."""
    round_ = make.round(owner=owner, slug="apen-dor", status=RoundStatus.PLANNED, questions=0)
    options = [{"key": key, "labels": in_languages(key)} for key in ("yes", "no", "perhaps")]
    for _number in range(2):
        make.question(round_, kind=QuestionKind.SINGLE, option_data=options)
    make.question(round_)
    return round_


def test_a_question_is_asked_only_after_certain_answers(desk, planned):
    page = desk.get(f"{SETUP}/questions/q3")
    assert "Question 1? (en) – yes (en)" in page.words
    page = desk.submit(page, {"shown_if": ["q1:yes", "q2:yes"]}, status=422)
    assert "Tick answers to one question only." in page.words
    page = desk.submit(page, {"shown_if": ["q1:yes"]})
    assert "Asked only after certain answers to q1" in page.words
    question = planned.questions[2]
    session().refresh(question)
    assert question.shown_if == Condition("q1", ("yes",))
    desk.submit(desk.get(f"{SETUP}/questions/q3"), {"shown_if": []})
    session().refresh(question)
    assert question.shown_if is None


def test_what_decides_stays_where_it_is(desk, planned):
    desk.submit(desk.get(f"{SETUP}/questions/q3"), {"shown_if": ["q2:no"]})
    page = desk.post(f"{SETUP}/questions/q2/remove")
    assert "it decides whether q3 is asked" in page.words
    page = desk.post(f"{SETUP}/questions/q3/move", {"direction": "up"})
    assert "must stand after the one that decides" in page.words
    emptied = {f"option_1_{language}": "" for language in ("nb", "nn", "en")}
    page = desk.submit(desk.get(f"{SETUP}/questions/q2"), emptied, status=422)
    assert "an answer that would be gone" in page.words
    assert "shown_if" not in desk.get(f"{SETUP}/questions/q1").text
