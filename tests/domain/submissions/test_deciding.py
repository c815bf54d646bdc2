"""Deciding about answers: marks with a reason, lateness, several answers of one sender."""

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.analysis.queries.respondents import respondents
from consult.domain.audit.queries import entries_about, find_chain_break
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.queries.gathering import gather_summary
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.counting import count_received
from consult.domain.submissions.decisions import (
    count_undecided,
    current_decisions,
    find_same_sender,
    list_undecided_late,
    merged_into,
)
from consult.domain.submissions.errors import AlreadyDecided
from consult.domain.submissions.service.deciding import (
    mark_answer,
    merge_answers,
    take_back,
    undo_merge,
)
from consult.domain.submissions.types import DeadlineStatus, DecisionKind, SubmissionStatus
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from tests.support.coded import receive

pytestmark = pytest.mark.at("2026-11-20T10:00:00+01:00")


@pytest.fixture
def round_(make):
    return make.round()


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (DecisionKind.WITHDRAWN, SubmissionStatus.WITHDRAWN),
        (DecisionKind.OFF_TOPIC, SubmissionStatus.OFF_TOPIC),
    ],
)
def test_a_mark_takes_the_answer_out_of_the_counts_until_it_is_taken_back(round_, kind, status):
    answer = receive(round_, "Ja.")
    decision = mark_answer(answer, kind, reason="  Brev av\n3. mai.  ", by=SYSTEM)
    assert answer.status is status
    assert decision.reason == "Brev av 3. mai."
    assert count_received(round_.id).total == 0
    take_back(decision, by=SYSTEM)
    assert answer.status is SubmissionStatus.RECEIVED
    assert count_received(round_.id).total == 1
    assert current_decisions(answer.id) == []
    tags = [entry.tag for entry in entries_about(answer.reference)]
    assert {Tag.SUBMISSION_MARKED, Tag.SUBMISSION_MARK_TAKEN_BACK} <= set(tags)
    assert "Brev" not in str([entry.data for entry in entries_about(answer.reference)])
    assert find_chain_break(organisation_stream(round_.owner_id)) is None


def test_what_is_marked_or_taken_back_cannot_be_once_more(round_):
    answer = receive(round_, "Ja.")
    decision = mark_answer(answer, DecisionKind.OFF_TOPIC, reason="x", by=SYSTEM)
    with pytest.raises(AlreadyDecided):
        mark_answer(answer, DecisionKind.WITHDRAWN, reason="x", by=SYSTEM)
    take_back(decision, by=SYSTEM)
    with pytest.raises(AlreadyDecided):
        take_back(decision, by=SYSTEM)


@pytest.mark.parametrize(
    ("reason", "problem"),
    [(" ", "required"), ("x" * 501, "too_long"), ("Kari, 15108695088", "identity_number")],
)
def test_a_mark_needs_a_fit_reason(round_, reason, problem):
    answer = receive(round_, "Ja.")
    with pytest.raises(InvalidInput) as refused:
        mark_answer(answer, DecisionKind.OFF_TOPIC, reason=reason, by=SYSTEM)
    assert (refused.value.field, refused.value.reason) == ("reason", problem)
    assert answer.status is SubmissionStatus.RECEIVED


def test_a_duplicate_names_another_answer_that_stands(round_, make):
    first, second = receive(round_, "Ja."), receive(round_, "Ja.")
    elsewhere = receive(make.round(), "Ja.")
    for stands in (None, second, elsewhere):
        with pytest.raises(InvalidInput):
            mark_answer(second, DecisionKind.DUPLICATE, reason="x", by=SYSTEM, stands=stands)
    mark_answer(second, DecisionKind.DUPLICATE, reason="x", by=SYSTEM, stands=first)
    assert second.status is SubmissionStatus.DUPLICATE
    with pytest.raises(InvalidInput):
        mark_answer(first, DecisionKind.DUPLICATE, reason="x", by=SYSTEM, stands=second)


@pytest.mark.scenario(27)
def test_a_late_answer_waits_for_a_decision_that_can_be_changed(round_):
    answer = receive(round_, "Ja.")
    with pytest.raises(InvalidInput):
        mark_answer(answer, DecisionKind.LATE_EXCLUDED, reason="x", by=SYSTEM)
    answer.deadline_status = DeadlineStatus.LATE_INCLUDED
    session().flush()
    assert list_undecided_late(round_.id) == [answer]
    mark_answer(answer, DecisionKind.LATE_EXCLUDED, reason="Tre uker for sent.", by=SYSTEM)
    assert answer.deadline_status is DeadlineStatus.LATE_EXCLUDED
    assert respondents(round_.id).late_excluded == 1
    mark_answer(answer, DecisionKind.LATE_INCLUDED, reason="Posten var forsinket.", by=SYSTEM)
    assert answer.deadline_status is DeadlineStatus.LATE_INCLUDED
    assert count_undecided(round_.id) == 0
    (holds,) = current_decisions(answer.id)
    assert holds.reason == "Posten var forsinket."
    take_back(holds, by=SYSTEM)
    assert count_undecided(round_.id) == 1


@pytest.mark.scenario(28)
def test_three_answers_of_one_person_become_one_respondent_and_three_again(round_):
    person = ActorType.PRIVATE_PERSON
    answers = [receive(round_, text, name="Unni Vik", actor_type=person) for text in "abc"]
    receive(round_, "d")
    *first_two, last = answers
    assert find_same_sender(last) == first_two
    merge_answers(last, first_two, reason="Samme person.", by=SYSTEM)
    assert [one.submission for one in merged_into(last.id)] == first_two
    figures = Figures(gather_summary(round_, now=utc_now()))
    assert figures.excluded == ((SubmissionStatus.MULTIPLE, 2),)
    assert figures.count_senders() == 2
    assert respondents(round_.id).multiple == 2
    assert undo_merge(last, by=SYSTEM) == 2
    assert {one.status for one in answers} == {SubmissionStatus.RECEIVED}
    assert merged_into(last.id) == []


def test_what_was_merged_before_goes_along(round_):
    first, second, third = (receive(round_, text) for text in "abc")
    merge_answers(second, [first], reason="x", by=SYSTEM)
    merge_answers(third, [second], reason="x", by=SYSTEM)
    assert [one.submission for one in merged_into(third.id)] == [first, second]
    with pytest.raises(AlreadyDecided):
        merge_answers(second, [third], reason="x", by=SYSTEM)
    with pytest.raises(InvalidInput):
        merge_answers(third, [], reason="x", by=SYSTEM)


def test_taking_a_mark_back_does_not_bring_back_what_was_withdrawn_since(round_):
    first, second = receive(round_, "Ja."), receive(round_, "Ja.")
    decision = mark_answer(second, DecisionKind.DUPLICATE, reason="x", by=SYSTEM, stands=first)
    second.status = SubmissionStatus.WITHDRAWN
    session().flush()
    take_back(decision, by=SYSTEM)
    assert second.status is SubmissionStatus.WITHDRAWN
    assert current_decisions(second.id) == []


def test_what_was_merged_follows_when_its_answer_is_marked(round_):
    one, two, three = (receive(round_, text) for text in ("Ja.", "Jo.", "Ja."))
    merge_answers(two, [one], reason="Samme avsender.", by=SYSTEM)
    mark_answer(two, DecisionKind.DUPLICATE, reason="x", by=SYSTEM, stands=three)
    assert [decision.submission for decision in merged_into(three.id)] == [one]
    assert merged_into(two.id) == []


def test_notes_of_a_meeting_are_never_marked(round_):
    minutes = receive(round_, "Notat.")
    minutes.status = SubmissionStatus.MINUTES
    minutes.deadline_status = DeadlineStatus.LATE_INCLUDED
    session().flush()
    for kind in (DecisionKind.WITHDRAWN, DecisionKind.LATE_EXCLUDED):
        with pytest.raises(AlreadyDecided):
            mark_answer(minutes, kind, reason="x", by=SYSTEM)
    assert minutes.status is SubmissionStatus.MINUTES
    assert minutes.deadline_status is DeadlineStatus.LATE_INCLUDED
