"""What belongs to an answer at the desk: statements that came along, and supplements."""

from datetime import UTC, datetime

import pytest

from consult.db import session
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.reviewing import clear_answer
from consult.domain.documents.queries.gathering import gather_summary
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.types import AnswerPublishing
from consult.domain.submissions.listing import get_answer
from consult.domain.submissions.types import DeadlineStatus
from tests.domain.documents.building.small_round import summary_of
from tests.support.coded import receive

ANSWERS = "/desk/rounds/apne-dorer/answers"


@pytest.fixture
def round_(make):
    return make.round(slug="apne-dorer", answer_publishing=AnswerPublishing.WHEN_RELEASED)


@pytest.fixture
def officer(make, client, round_):
    person = make.member(round_.owner, Role.CASE_OFFICER)
    client.sign_in(person)
    return make.actor(person)


@pytest.mark.scenario(40)
def test_a_councils_statement_points_at_the_municipalitys_answer(client, officer, round_):
    receive(round_, "Kommunen er enig.", name="Solvik kommune")
    council = receive(
        round_,
        "Eldrerådet er uenig.",
        name="Eldrerådet",
        actor_type=ActorType.MUNICIPAL_COUNCIL,
    )
    assert not client.get(f"{ANSWERS}/2").has_link(f"{ANSWERS}/2/beside")
    council.registered_by = officer.reference
    session().flush()
    page = client.get(f"{ANSWERS}/2")
    assert page.has_link(f"{ANSWERS}/2/beside")
    page = client.post(f"{ANSWERS}/2/beside", {"number": "2"}, status=422)
    assert "There is no other answer with this number" in page.words
    page = client.post(f"{ANSWERS}/2/beside", {"number": "1"})
    assert "Came along with another answer" in page.words
    assert "Answer 2: Eldrerådet" in client.get(f"{ANSWERS}/1").words
    assert "along with no. 1" in client.get(ANSWERS).words
    data = gather_summary(round_, now=datetime.now(UTC))
    assert [one.came_with for one in data.answers] == [None, 1]
    words = str(summary_of(data, "en"))
    assert "along with answer 1" in words
    assert "One of the answers is another body's own statement" in words
    client.submit(client.get(f"{ANSWERS}/2"), action=f"{ANSWERS}/2/not-beside")
    session().expire_all()
    assert council.came_with_id is None


def test_a_supplement_is_kept_beside_the_answer_in_lists_and_on_the_web(client, officer, round_):
    answer = receive(round_, "Døra må være åpen.", name="Solvik kommune")
    page = client.post(f"{ANSWERS}/1/supplement", {"received_on": "2030-01-01"}, status=422)
    assert "This day has not come yet." in page.words
    page = client.post(f"{ANSWERS}/1/supplement", {"received_on": ""}, status=422)
    late = {"text": "Også lørdager.", "received_on": str(answer.received_at.date())}
    page = client.post(f"{ANSWERS}/1/supplement", late)
    assert "Supplement, received" in page.words
    assert "Supplement" in client.get(ANSWERS).words
    assert "Supplement" in client.get(f"{ANSWERS}/1/versions").words
    session().expire_all()
    assert get_answer(round_.slug, 1).deadline_status is DeadlineStatus.IN_TIME
    clear_answer(get_review(round_.slug, 1), by=officer)
    session().flush()
    public = f"/rounds/{round_.slug}/answers"
    assert "with a supplement" in client.get(public).words
    page = client.get(f"{public}/1")
    assert "Supplement, received" in page.words
    assert "Også lørdager." in page.words


@pytest.mark.scenario(55)
def test_a_person_confirms_that_an_answer_repeats_another_and_takes_it_back(
    client, officer, round_
):
    words = "Døra til kontoret må være åpen hele dagen, også for dem uten avtalt time."
    receive(round_, words, name="Fylket")
    receive(round_, words, name="Kontoret")
    told = "Another body's answer holds the same paragraphs"
    assert told in client.get(f"{ANSWERS}/2").words
    page = client.get(f"{ANSWERS.removesuffix('/answers')}/copies")
    assert "Word for word the same, from beginning to end." in page.words
    page = client.submit(page, action=f"{ANSWERS}/2/copies")
    assert "Counted once" in page.words
    for number in (1, 2):
        page_of_one = client.get(f"{ANSWERS}/{number}")
        assert "Same words as another answer" in page_of_one.words
        assert told not in page_of_one.words
    action = page.find("//form[contains(@action, '/take-back')]").get("action")
    page = client.submit(page, action=action)
    assert "Each answer stands as it did before." in page.words
    page = client.post(f"{ANSWERS}/2/copies", {"first": "9"})
    assert "One of the two answers does not stand any more." in page.words
