"""Marking and merging answers at the desk."""

import pytest

from consult.db import session
from consult.domain.organisations.types import ActorType, Role
from consult.domain.submissions.types import DeadlineStatus, SubmissionStatus
from tests.support.coded import receive

ANSWERS = "/desk/rounds/apne-dorer/answers"


@pytest.fixture
def round_(make):
    return make.round(slug="apne-dorer")


@pytest.fixture
def officer(make, client, round_):
    person = make.member(round_.owner, Role.CASE_OFFICER, name="Sara Lie")
    client.sign_in(person)
    return person


@pytest.mark.scenario(35)
def test_marked_with_a_reason_and_taken_back(client, officer, round_):
    answer = receive(round_, "Ja.")
    page = client.get(f"{ANSWERS}/1/mark")
    assert "Came after the deadline" not in page.words
    refused = client.submit(page, status=422)
    assert "Choose what it is." in refused.words
    assert "Write why." in refused.words
    page = client.submit(refused, {"kind": "withdrawn", "reason": "Brev fra avsenderen."})
    assert "Withdrawn by the sender" in page.words
    assert "Brev fra avsenderen." in page.words
    assert "Sara Lie" in page.words
    session().refresh(answer)
    assert answer.status is SubmissionStatus.WITHDRAWN
    client.get(f"{ANSWERS}/1/mark", status=409)
    action = page.tree.xpath(".//form[contains(@action, 'take-back')]/@action")[0]
    page = client.submit(page, action=action)
    assert "Brev fra avsenderen." not in page.words
    assert "Mark taken back: Withdrawn by the sender" in page.words


def test_a_duplicate_needs_the_number_of_the_one_that_stands(client, officer, round_):
    receive(round_, "Ja.", name="Granli kommune")
    receive(round_, "Ja.")
    page = client.get(f"{ANSWERS}/2/mark")
    values = {"kind": "duplicate", "reason": "Kom to ganger."}
    refused = client.submit(page, values, status=422)
    assert "Give the number of the answer that stands." in refused.words
    for number in ("2", "9"):
        refused = client.submit(page, {**values, "original": number}, status=422)
        assert "There is no other answer with this number" in refused.words
    page = client.submit(page, {**values, "original": "1"})
    assert page.has_link(f"{ANSWERS}/1")
    assert "Answer 1 stands in its place." in page.words


@pytest.mark.scenario(27)
def test_a_late_answer_is_decided_on(client, officer, round_):
    answer = receive(round_, "Ja.")
    answer.deadline_status = DeadlineStatus.LATE_INCLUDED
    session().flush()
    page = client.get("/desk/rounds/apne-dorer/to-check")
    assert "Answers after the deadline without a decision" in page.words
    assert "1 thing to be checked" in client.get("/desk/rounds/apne-dorer").words
    page = client.submit(
        client.get(f"{ANSWERS}/1/mark"), {"kind": "late_excluded", "reason": "Tre uker for sent."}
    )
    assert "After the deadline, not included" in page.words
    assert "Tre uker for sent." in page.words
    assert "Nothing waits" in client.get("/desk/rounds/apne-dorer/to-check").words


@pytest.mark.scenario(28)
def test_answers_of_one_sender_are_merged_and_parted_again(client, officer, round_):
    person = ActorType.PRIVATE_PERSON
    first, second, third = (
        receive(round_, text, name="Unni Vik", actor_type=person) for text in "abc"
    )
    receive(round_, "d", name="Ingen andre")
    page = client.get(f"{ANSWERS}/3")
    assert "The same sender seems to have answered several times" in page.words
    page = client.get(f"{ANSWERS}/3/merge")
    assert client.submit(page, {"reason": "x"}, status=422).has_link("#others")
    refused = client.submit(page, {"others": "1, 9", "reason": "x"}, status=422)
    assert "no other answer that stands with the number 9" in refused.words
    page = client.submit(page, {"same": ["1", "2"], "reason": "Samme person."})
    assert "2 other answers from this sender are merged into this one" in page.words
    for one in (first, second, third):
        session().refresh(one)
    assert [one.status for one in (first, second, third)] == [
        SubmissionStatus.MULTIPLE, SubmissionStatus.MULTIPLE, SubmissionStatus.RECEIVED,
    ]  # fmt: skip
    assert "Answer 3 stands in its place." in client.get(f"{ANSWERS}/1").words
    page = client.submit(page, action=f"{ANSWERS}/3/unmerge")
    assert "2 answers stand by themselves again." in page.words
    session().refresh(first)
    assert first.status is SubmissionStatus.RECEIVED


def test_a_reader_sees_what_was_decided_and_changes_nothing(client, new_client, make, officer):
    round_ = make.round(slug="annen", owner=make.organisation())
    receive(round_, "Ja.")
    receive(round_, "Ja.")
    reader = new_client().sign_in(make.member(round_.owner, Role.READER))
    page = reader.get("/desk/rounds/annen/answers/1")
    assert "Mark the answer" not in page.words
    assert "Let this answer stand for them" not in page.words
    assert "To be checked" not in reader.get("/desk/rounds/annen/intake").words
