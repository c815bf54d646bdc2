"""Floods stand aside; everybody else is as unaffected as if there were none."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.disclosure.queries import (
    count_set_aside,
    get_set_aside,
    list_burst_answers,
    list_bursts,
)
from consult.domain.disclosure.rules import MOST_IDENTICAL, MOST_RANDOM
from consult.domain.disclosure.service.flooding import (
    mark_burst,
    release_answer,
    release_burst,
    reopen_burst,
)
from consult.domain.disclosure.types import BurstKind, BurstState
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.counting import count_received
from consult.domain.submissions.listing import AnswerFilter, count_answers
from consult.domain.submissions.models import Submission
from consult.domain.submissions.service.deciding import mark_answer, take_back
from consult.domain.submissions.types import Channel, DecisionKind, SubmissionStatus
from consult.kernel.clock import utc_now
from tests.support.coded import receive

LETTER = "Vi krever at kontoret åpnes igjen, for alle som bor her ute ved kysten."
NOISE = "xqzwv kjhgf pqlmz wvxkq zzrtp qwplk mnbvc xkjqz hgfdw"


def send(round_, text: str, **values) -> Submission:
    return receive(round_, text, name="Noen", actor_type=ActorType.PRIVATE_PERSON, **values)


def statuses(round_) -> Counter:
    query = select(Submission.status).where(Submission.round_id == round_.id)
    return Counter(session().scalars(query))


@pytest.mark.scenario(65)
@pytest.mark.scenario(71)
def test_burst_is_received_set_aside_and_one_card(make):
    round_ = make.round(questions=1)
    real = send(round_, "Rettleiarane må få betre tid til kvar einskild som kjem.")
    burst_of = MOST_IDENTICAL + 30
    for _each in range(burst_of):
        send(round_, LETTER)
    late = send(round_, "Kontoret bør ha åpent én kveld i uka.")
    aside = burst_of - MOST_IDENTICAL
    assert statuses(round_) == {
        SubmissionStatus.RECEIVED: MOST_IDENTICAL + 2,
        SubmissionStatus.QUARANTINED: aside,
    }
    assert real.status is late.status is SubmissionStatus.RECEIVED
    assert late.receipt_number.endswith(str(burst_of + 2))
    assert count_set_aside(round_.id) == aside
    assert count_received(round_.id).total == MOST_IDENTICAL + 2
    [(burst, number)] = list_bursts(round_.id)
    assert (burst.kind, burst.state, number) == (BurstKind.IDENTICAL, BurstState.WAITING, aside)
    assert len(list_burst_answers(burst, limit=5)) == 5
    assert count_answers(round_.id, AnswerFilter()) == MOST_IDENTICAL + 2
    asked_for = AnswerFilter(status=SubmissionStatus.QUARANTINED)
    assert count_answers(round_.id, asked_for) == aside
    assert release_burst(burst, by=SYSTEM) == aside
    assert count_set_aside(round_.id) == 0
    assert send(round_, LETTER).status is SubmissionStatus.RECEIVED


def test_answers_spread_over_a_day_are_no_burst(make):
    round_ = make.round(questions=1)
    begin = utc_now()
    for number in range(MOST_IDENTICAL + 4):
        with time_machine.travel(begin + timedelta(minutes=2 * number), tick=False):
            send(round_, LETTER)
    assert count_set_aside(round_.id) == 0


def test_a_full_hall_may_agree_in_a_word(make):
    round_ = make.round(questions=1)
    for _each in range(MOST_IDENTICAL + 10):
        send(round_, "Ja!")
    assert count_set_aside(round_.id) == 0


def test_what_the_staff_registers_is_never_set_aside(make):
    round_ = make.round(questions=1)
    for _each in range(MOST_IDENTICAL + 3):
        send(round_, LETTER, channel=Channel.PAPER)
    assert list_bursts(round_.id) == []


def flood(round_) -> None:
    for number in range(MOST_RANDOM + 3):
        send(round_, f"{NOISE} {'zxq' * number}")


@pytest.mark.scenario(71)
def test_random_text_is_marked_and_taken_back(make):
    round_ = make.round(questions=1)
    flood(round_)
    [(burst, number)] = list_bursts(round_.id)
    assert (burst.kind, number) == (BurstKind.RANDOM, 3)
    assert mark_burst(burst, by=SYSTEM) == 3
    assert statuses(round_)[SubmissionStatus.OFF_TOPIC] == 3
    assert reopen_burst(burst, by=SYSTEM) == 3
    assert statuses(round_)[SubmissionStatus.QUARANTINED] == 3
    assert [one.data.get("answers") for one in entries_about(burst.reference)].count(3) == 2


def test_one_of_a_burst_is_let_in_alone(make):
    round_ = make.round(questions=1)
    flood(round_)
    [(burst, _number)] = list_bursts(round_.id)
    last = get_set_aside(burst, MOST_RANDOM + 3)
    release_answer(last, by=SYSTEM)
    assert last.submission.status is SubmissionStatus.RECEIVED
    assert mark_burst(burst, by=SYSTEM) == 2
    assert last.submission.status is SubmissionStatus.RECEIVED


def test_an_answer_marked_by_itself_is_not_marked_again_with_its_burst(make):
    round_ = make.round(questions=1)
    flood(round_)
    [(burst, _number)] = list_bursts(round_.id)
    own = get_set_aside(burst, MOST_RANDOM + 1).submission
    release_burst(burst, by=SYSTEM)
    decision = mark_answer(own, DecisionKind.OFF_TOPIC, reason="Om noe annet.", by=SYSTEM)
    assert reopen_burst(burst, by=SYSTEM) == 2
    assert own.status is SubmissionStatus.OFF_TOPIC
    take_back(decision, by=SYSTEM)
    assert own.status is SubmissionStatus.RECEIVED


def test_withdrawn_answer_stays_withdrawn(make):
    round_ = make.round(questions=1)
    flood(round_)
    [(burst, _number)] = list_bursts(round_.id)
    gone = get_set_aside(burst, MOST_RANDOM + 1).submission
    gone.status = SubmissionStatus.WITHDRAWN
    assert release_burst(burst, by=SYSTEM) == 2
    assert gone.status is SubmissionStatus.WITHDRAWN
    flood(round_)
    assert burst.state is BurstState.WAITING
