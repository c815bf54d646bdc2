"""The desk's pages of following up, and what everybody reads of it."""

from datetime import timedelta

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.reviewing import clear_answer
from consult.domain.following.service.answering import tell_outcome
from consult.domain.following.types import Outcome
from consult.domain.followup.queries import list_changes, list_measures
from consult.domain.followup.service.measures import answer_proposal, take_up_report
from consult.domain.followup.service.responding import publish_follow_up
from consult.domain.followup.types import Answered, MeasureStatus, Reply
from consult.domain.organisations.types import Role
from consult.domain.rounds.types import AnswerPublishing, RoundStatus, RoundType
from consult.kernel.clock import to_oslo, utc_now
from tests.support.coded import passages_of, receive, theme
from tests.support.followed import follow, sign_report
from tests.support.queries import queries_of


@pytest.fixture
def round_(make):
    return make.round(
        type=RoundType.HEARING, answer_publishing=AnswerPublishing.WHEN_RELEASED, slug="rom"
    )


@pytest.fixture
def desk(make, client, round_):
    client.sign_in(make.member(round_.owner, Role.COORDINATOR))
    return client


def today() -> str:
    return to_oslo(utc_now()).date().isoformat()


def test_a_report_is_taken_up_answered_carried_out_and_published(make, desk, round_):
    signed = sign_report(make, round_, "Hold døra åpen.", "Gi mer tid.")
    page = desk.get("/desk/rounds/rom/follow-up")
    assert "2 proposals are not followed up yet" in page.text
    desk.post(f"/desk/rounds/rom/follow-up/reports/{signed.report.public_id}")
    place = "/desk/rounds/rom/follow-up/1"
    plan = {"owner": "Kontoret", "owner_email": "k@x.example", "owner_locale": "nb"}
    desk.post(f"{place}/plan", data={**plan, "ends_on": "2026-01-01"})
    bare = {"reply": "declined", "on": today(), "language": "nb"}
    refused = desk.post(f"{place}/answer", data=bare, status=422)
    assert "Write why." in refused.text
    desk.post(
        f"{place}/answer",
        data={"reply": "partly", "reason": "Bare halve dagen.", "on": today(), "language": "nb"},
    )
    told = {"status": "partly", "on": today(), "language": "nb"}
    desk.post(f"{place}/status", data=told, status=422)
    link = "https://x.example/vedtak"
    desk.post(f"{place}/status", data={**told, "reason": "Ett gjenstår.", "evidence_link": link})
    page = desk.post("/desk/rounds/rom/follow-up/accept", data={"n": ["1", "2", "x"]})
    assert "1 proposal is accepted." in page.text
    first, second = list_measures(round_.id)
    assert second.reply is Reply.ACCEPTED
    assert (first.reply, first.status) == (Reply.PARTLY, MeasureStatus.PARTLY)
    page = desk.get(place)
    assert "Ett gjenstår." in page.text
    assert page.has_link("/desk/rounds/rom/follow-up/changes/new")
    assert link in page.text
    listed = desk.get("/desk/rounds/rom/follow-up?status=overdue").text
    assert "Hold døra åpen." in listed
    assert "Gi mer tid." not in listed
    sent = desk.post("/desk/rounds/rom/follow-up/remind", data={"n": ["1", "2"]})
    assert "1 mail is on its way." in sent.text
    assert second.reminded_at is None
    assert "Gi mer tid." not in desk.get("/rounds/rom/follow-up").text
    desk.get("/rounds/rom/follow-up/1", status=404)
    desk.get("/rounds/rom/follow-up.csv", status=404)
    desk.post("/desk/rounds/rom/follow-up/publish")
    public = desk.get("/rounds/rom/follow-up").text
    assert "Bare halve dagen." in public
    assert "k@x.example" not in public
    data = desk.raw("/rounds/rom/follow-up.json")
    assert "k@x.example" not in data.text
    assert [one["answer"] for one in data.json["measures"]] == ["partly", "accepted"]
    assert desk.raw("/rounds/rom/follow-up.csv").text.count("\n") == 3
    desk.post("/desk/rounds/rom/follow-up/tell")
    assert "It is told what becomes" in desk.get("/rounds/rom/news").text
    desk.post("/desk/rounds/rom/follow-up/hide")
    desk.get("/rounds/rom/follow-up/1", status=404)


@pytest.mark.scenario(90)
def test_everybody_follows_a_measure_back_to_what_is_published(make, client, round_):
    said, hidden = receive(round_, "Døra må være åpen."), receive(round_, "Steng den.")
    follow(
        make,
        round_,
        "Hold åpent.",
        rests_on=(passages_of(said)[0],),
        against=(passages_of(hidden)[0],),
    )
    clear_answer(get_review("rom", said.number), by=SYSTEM)
    hours = theme(round_, "Åpningstid")
    tell_outcome(hours, Outcome.DONE, "Vi holder åpent.", language="nb", by=SYSTEM)
    publish_follow_up(round_, by=SYSTEM, at=utc_now())
    page = client.get("/rounds/rom/follow-up/1").text
    assert "Døra må være åpen." in page
    assert f"/rounds/rom/answers/{said.number}" in page
    assert "Question 1?" in page
    assert "Steng den." not in page
    assert "1 passage that the report names is not published." in page
    assert "Vi holder åpent." in client.get("/rounds/rom/follow-up").text


@pytest.mark.scenario(88)
def test_a_late_response_is_said_to_be_late_and_why(make, desk, round_):
    round_.status, round_.closes_at = RoundStatus.CLOSED, utc_now() - timedelta(weeks=13)
    session().flush()
    page = desk.get("/rounds/rom").text
    assert "The response is late" in page
    assert "has not said why" in page
    soon = (to_oslo(utc_now()) + timedelta(days=9)).date().isoformat()
    told = {"reason": "Vi venter på et lovforslag.", "expected_on": soon, "language": "nb"}
    desk.post("/desk/rounds/rom/follow-up/delay", data=told)
    for path in ("/rounds/rom", "/rounds/rom/follow-up", "/desk/rounds/rom/follow-up"):
        page = desk.get(path).text
        assert "The response is late" in page
        assert "Vi venter på et lovforslag." in page


@pytest.mark.scenario(91)
def test_a_material_change_is_assessed_and_the_decision_printed(make, desk, round_):
    noted = {"text": "Nå gjelder det alle kontorer.", "language": "nb"}
    desk.post("/desk/rounds/rom/follow-up/changes/new", data=noted)
    (change,) = list_changes(round_.id)
    assert "Must people be heard once more?" in desk.get("/desk/rounds/rom/follow-up").text
    assert "Nå gjelder det alle" not in desk.get("/rounds/rom/follow-up").text
    place = f"/desk/rounds/rom/follow-up/changes/{change.public_id}"
    desk.post(place, data={"decision": "no_new_round", "reason": " "}, status=422)
    desk.post(place, data={"decision": "no_new_round", "reason": "Høringen tok det opp."})
    page = desk.get("/rounds/rom/follow-up").text
    assert "No new consultation" in page
    assert "Høringen tok det opp." in page
    assert "Must people be heard" not in desk.get("/desk/rounds/rom/follow-up").text


def test_the_lists_ask_no_more_for_more_measures(make, desk, round_):
    signed = sign_report(make, round_, *(f"Forslag {number}." for number in range(3)))
    measures = take_up_report(signed.report, by=SYSTEM, at=utc_now())
    publish_follow_up(round_, by=SYSTEM, at=utc_now())
    waiting = iter(measures)

    def answer_one() -> None:
        for one in waiting:
            answered = Answered(Reply.DECLINED, to_oslo(utc_now()).date(), "Nei.")
            answer_proposal(one, answered, by=SYSTEM, at=utc_now())
            return

    before, after = queries_of(desk, "/rounds/rom/follow-up", add=answer_one)
    assert before == after
