"""Measures from an approved report: once, with history; who is told of them and when."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.composing.queries import list_parts
from consult.domain.composing.service.beginning import begin_report
from consult.domain.composing.service.recommending import change, content_of, propose
from consult.domain.composing.types import CompositionKind, RecommendationContent
from consult.domain.following.queries import waiting_news_ids
from consult.domain.following.service.following import follow_as_person
from consult.domain.following.service.telling import tell_news
from consult.domain.following.service.watching import watch_answer
from consult.domain.followup.queries import (
    clock_for,
    followable,
    get_measure,
    list_measures,
    ready_reports,
    responses_to_remind,
)
from consult.domain.followup.service.measures import (
    answer_proposal,
    plan_measure,
    take_up_report,
    tell_status,
)
from consult.domain.followup.service.reminding import remind_of_response, remind_owners
from consult.domain.followup.service.responding import publish_follow_up, tell_those_who_asked
from consult.domain.followup.tracing import published_part, trace
from consult.domain.followup.types import (
    Answered,
    ClockState,
    MeasureEventKind,
    MeasurePlan,
    MeasureStatus,
    Reply,
    StatusReport,
)
from consult.domain.notifications.models import OutboxMessage
from consult.domain.organisations.types import Role
from consult.domain.rounds.service.correcting import keep_wording
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import Conflict
from tests.support.coded import passages_of, receive
from tests.support.followed import BASE_URL, follow, sign_report


def mails(kind: str) -> list[OutboxMessage]:
    query = select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)
    return list(session().scalars(query))


def today():
    return to_oslo(utc_now()).date()


def test_an_approved_report_becomes_measures_once(make):
    signed = sign_report(make, make.round(), "Hold døra åpen.", "Gi mer tid.")
    assert [one.waiting for one in ready_reports(signed.round.id)] == [2]
    made = take_up_report(signed.report, by=SYSTEM, at=utc_now())
    assert [(one.number, one.text) for one in made] == [(1, "Hold døra åpen."), (2, "Gi mer tid.")]
    assert made[0].chapter == list_parts(signed.report.id)[3].heading
    assert take_up_report(signed.report, by=SYSTEM, at=utc_now()) == []
    assert ready_reports(signed.round.id) == []
    change(
        made[0].recommendation,
        RecommendationContent("Steng døra."),
        revision=made[0].recommendation.revision,
        by=SYSTEM,
    )
    assert list_measures(signed.round.id)[0].text == "Hold døra åpen."
    assert content_of(made[0].recommendation).text == "Steng døra."


def test_a_report_that_is_not_approved_is_not_followed(make):
    report = begin_report(make.round(), CompositionKind.REPORT, snapshot=None, by=SYSTEM)
    propose(list_parts(report.id)[3], RecommendationContent("Hold åpent."), by=SYSTEM)
    assert followable(report) is None
    with pytest.raises(Conflict):
        take_up_report(report, by=SYSTEM, at=utc_now())


def test_a_measure_keeps_what_was_told_of_it(make):
    (measure,) = follow(make, make.round(), "Hold døra åpen.")
    at = utc_now()
    assert plan_measure(measure, MeasurePlan("Kontoret", "k@x.example"), by=SYSTEM, at=at)
    assert not plan_measure(measure, MeasurePlan("Kontoret ", "K@x.example"), by=SYSTEM, at=at)
    answer_proposal(measure, Answered(Reply.DECLINED, today(), "For dyrt."), by=SYSTEM, at=at)
    answer_proposal(measure, Answered(Reply.ACCEPTED, today()), by=SYSTEM, at=at)
    tell_status(measure, StatusReport(MeasureStatus.UNDERWAY, today()), by=SYSTEM, at=at)
    done = StatusReport(MeasureStatus.PARTLY, today(), "Ett kontor gjenstår.", "Vedtak 3/28")
    tell_status(measure, done, by=SYSTEM, at=at)
    found = get_measure(measure.round.slug, 1)
    assert (found.reply, found.status) == (Reply.ACCEPTED, MeasureStatus.PARTLY)
    kinds = MeasureEventKind
    assert [one.kind for one in found.events] == [
        kinds.TAKEN_UP, kinds.PLANNED, kinds.REPLIED, kinds.REPLIED, kinds.STATUS, kinds.STATUS,
    ]  # fmt: skip
    assert found.events[2].reason == "For dyrt."


@pytest.mark.scenario(89)
def test_seven_of_54_are_declined_and_each_who_asked_gets_one_message(make):
    round_ = make.round()
    measures = follow(make, round_, *(f"Forslag {number}." for number in range(54)))
    for number, measure in enumerate(measures):
        answered = (
            Answered(Reply.DECLINED, today(), f"Grunn {number}.")
            if number < 7
            else Answered(Reply.ACCEPTED, today())
        )
        answer_proposal(measure, answered, by=SYSTEM, at=utc_now())
    declined = [one for one in list_measures(round_.id) if one.reply is Reply.DECLINED]
    assert len(declined) == 7
    assert all(one.reply_reason for one in declined)
    asked, silent = receive(round_, "Ja", language="nn"), receive(round_, "Nei")
    for one, name in ((asked, "spurt"), (silent, "taus")):
        one.contact_email = f"{name}@x.example"
    watch_answer(asked, by=SYSTEM, now=utc_now())
    reader = make.person(email="leser@x.example", locale="en")
    follow_as_person(round_, make.actor(reader), locale="en", now=utc_now())
    with pytest.raises(Conflict):
        tell_those_who_asked(round_, by=SYSTEM, at=utc_now())
    publish_follow_up(round_, by=SYSTEM, at=utc_now())
    tell_those_who_asked(round_, by=SYSTEM, at=utc_now())
    for news_id in waiting_news_ids():
        tell_news(news_id, base_url=BASE_URL, now=utc_now())
    sent = mails("followed_up")
    assert [(one.to_email, one.locale) for one in sent] == [
        ("spurt@x.example", "nn"),
        ("leser@x.example", "en"),
    ]
    assert "Declined: 7" in sent[1].body_text
    assert f"{BASE_URL}/rounds/{round_.slug}/follow-up" in sent[0].body_text
    for news_id in waiting_news_ids():
        tell_news(news_id, base_url=BASE_URL, now=utc_now())
    assert len(mails("followed_up")) == 2


def test_an_owner_gets_one_mail_about_what_is_not_settled(make):
    round_ = make.round()
    measures = follow(make, round_, "En.", "To.", "Tre.", "Fire.")
    for measure in measures[:3]:
        plan = MeasurePlan("Kontoret", "k@x.example", "en", ends_on=today())
        plan_measure(measure, plan, by=SYSTEM, at=utc_now())
    tell_status(measures[2], StatusReport(MeasureStatus.DONE, today()), by=SYSTEM, at=utc_now())
    sent = remind_owners(round_, measures, base_url=BASE_URL, by=SYSTEM, at=utc_now())
    (mail,) = mails("measures_due")
    assert (sent, mail.to_email) == (1, "k@x.example")
    assert "Measure 2: To." in mail.body_text
    assert "Tre." not in mail.body_text
    assert [bool(one.reminded_at) for one in measures] == [True, True, False, False]


@pytest.mark.scenario(88)
def test_the_owner_is_reminded_before_the_response_is_due_and_when_it_is_late(make):
    round_ = make.round(closes_at=utc_now() - timedelta(days=75), status="closed")
    make.member(round_.owner, Role.COORDINATOR, email="eier@x.example", locale="en")
    for days, subject in ((0, "due soon"), (1, None), (11, "is late"), (12, None)):
        now = utc_now() + timedelta(days=days)
        before = len(mails("response_due"))
        for one in responses_to_remind(now):
            remind_of_response(one, base_url=BASE_URL, now=now)
        new = mails("response_due")[before:]
        assert [subject in one.subject for one in new] == ([True] if subject else [])
    assert responses_to_remind(utc_now() + timedelta(days=60)) == []


@pytest.mark.scenario(90)
def test_a_measure_leads_back_to_the_question_as_it_was_answered(make):
    round_ = make.round()
    answer = receive(round_, "Døra må være åpen.")
    hidden = receive(round_, "Steng den.")
    (passage,), (other,) = passages_of(answer), passages_of(hidden)
    (measure,) = follow(make, round_, "Hold åpent.", rests_on=(passage,), against=(other,))
    question = round_.questions[0]
    asked = dict(question.text)
    keep_wording(question, text={one: f"{text}?" for one, text in asked.items()}, by=SYSTEM)
    found = trace(measure)
    assert [one.quote for one in found.grounds] == ["Døra må være åpen.", "Steng den."]
    assert found.grounds[0].is_former_wording
    assert found.grounds[0].asked == asked
    assert found.proposal.text == "Hold åpent."
    everybody = published_part(found, open_rounds=[round_.id])
    assert (list(everybody.grounds), everybody.withheld) == ([], 2)


def test_published_answers_are_a_response(make):
    round_ = make.round(closes_at=utc_now() - timedelta(days=1), status="closed")
    (measure,) = follow(make, round_, "Hold døra åpen.")
    publish_follow_up(round_, by=SYSTEM, at=utc_now())
    assert clock_for(round_, now=utc_now()).state is ClockState.RUNNING
    answer_proposal(measure, Answered(Reply.ACCEPTED, today()), by=SYSTEM, at=utc_now())
    clock = clock_for(round_, now=utc_now())
    assert (clock.state, clock.responded_on) == (ClockState.RESPONDED, today())
