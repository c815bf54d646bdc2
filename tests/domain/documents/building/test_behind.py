"""Several senders behind one answer, on behalf of others, and joining another's, in a summary."""

from dataclasses import replace

import pytest

from consult.domain.documents.building.data import InvitedFacts, JoiningFacts, StanceFacts
from consult.domain.documents.building.figures import Figures
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.parties import BodyBehind, Capacity
from consult.domain.submissions.types import Publication, Stance
from tests.domain.documents.building.small_round import answer, passage, small_round, summary_of
from tests.domain.documents.building.test_summary import section


def body(number: int, name: str, capacity: Capacity = Capacity.CO_SENDER, **values) -> BodyBehind:
    values.setdefault("is_confirmed", True)
    return BodyBehind(number, name, ActorType.UNION, capacity, **values)


def figures_of(*answers, stances=(), **values) -> Figures:
    return Figures(replace(small_round(), answers=answers, stances=stances, passages=(), **values))


@pytest.mark.scenario(36)
def test_a_joint_answer_is_one_answer_of_each_body_that_has_confirmed():
    joint = answer(
        1, "Union A", behind=(body(2, "Union B"), body(3, "Union C", is_confirmed=False))
    )
    figures = figures_of(
        joint,
        stances=(StanceFacts(1, "4.1", Stance.SUPPORT),),
        invited=(InvitedFacts(2, ActorType.UNION), InvitedFacts(3, ActorType.UNION)),
    )
    found = figures.proposal("4.1")
    assert [one.answer.name for one in found.supporting] == ["Union A", "Union B"]
    assert (len(figures.analysed), figures.count_senders(), found.silent) == (1, 2, 0)
    assert figures.invited_answered == 1
    listed = str(section(summary_of(figures.data, "en"), "all-senders"))
    assert "Union A" in listed
    assert "together with Union B; together with Union C (not confirmed)" in listed
    assert "together with Union A; not confirmed and not counted" in listed


def test_all_behind_a_joint_answer_that_takes_no_stance_are_told_of_as_writing():
    joint = answer(1, "Union A", behind=(body(2, "Union B"),))
    passages = (passage(1, "It is a long way there.", proposal="4.1"),)
    data = replace(small_round(), answers=(joint,), stances=(), passages=passages)
    found = Figures(data).proposal("4.1")
    assert (found.unjudged, found.silent) == (2, 0)


@pytest.mark.scenario(37)
def test_a_body_that_also_answers_itself_counts_once_by_its_own_word():
    joint = answer(1, "Union A", behind=(body(2, "Union B"),))
    stances = (StanceFacts(1, "4.1", Stance.SUPPORT), StanceFacts(2, "4.1", Stance.OPPOSE))
    figures = figures_of(joint, answer(2, "Union B"), stances=stances)
    found = figures.proposal("4.1")
    assert [one.answer.name for one in found.with_value(Stance.OPPOSE)] == ["Union B"]
    assert [one.answer.name for one in found.supporting] == ["Union A"]
    assert figures.count_senders() == 2


def test_an_answer_on_behalf_of_another_counts_for_that_one():
    sent = answer(1, "Lawyers", behind=(body(2, "Club", Capacity.ON_BEHALF_OF),))
    figures = figures_of(sent, stances=(StanceFacts(1, "4.1", Stance.SUPPORT),))
    assert [one.answer.name for one in figures.proposal("4.1").supporting] == ["Club"]
    listed = str(section(summary_of(figures.data, "en"), "all-senders"))
    assert "sent on its behalf by Lawyers" in listed
    denied = replace(sent, behind=(body(2, "Club", Capacity.ON_BEHALF_OF, is_confirmed=False),))
    figures = figures_of(denied, stances=(StanceFacts(1, "4.1", Stance.SUPPORT),))
    assert [one.answer.name for one in figures.proposal("4.1").supporting] == ["Lawyers"]
    listed = str(section(summary_of(figures.data, "en"), "all-senders"))
    assert "on behalf of Club, which says it is not its own" in listed


@pytest.mark.scenario(38)
def test_what_is_taken_from_a_joined_answer_is_told_as_that():
    source = answer(1, "The Association")
    joining = [
        answer(n, joins=JoiningFacts("The Association", 1, has_reservations=n == 3)) for n in (2, 3)
    ]
    stances = (
        StanceFacts(1, "4.1", Stance.SUPPORT),
        StanceFacts(2, "4.1", Stance.SUPPORT, derived_from=1),
        StanceFacts(3, "4.1", Stance.SUPPORT, derived_from=1),
        StanceFacts(3, "4.1", Stance.SUPPORT_PARTLY, is_coded=True),
    )
    figures = figures_of(source, *joining, stances=stances)
    assert len(figures.proposal("4.1").supporting) == 2
    assert figures.commenting == 2
    summary = summary_of(figures.data, "en")
    told = str(section(summary, "proposal-4-1"))
    assert "Municipality 2 takes a stance here by joining The Association." in told
    listed = str(section(summary, "all-senders"))
    assert "joins The Association, with a reservation" in listed
    assert "2 senders join it" in listed
    assert "Joins another’s answer" in str(section(summary, "senders-kinds"))


def test_a_source_without_name_is_not_named():
    source = answer(1, "Secret Union", publication=Publication.WITHOUT_NAME)
    joining = answer(2, joins=JoiningFacts("Secret Union", 1))
    stances = (StanceFacts(2, "4.1", Stance.SUPPORT, derived_from=1),)
    summary = summary_of(figures_of(source, joining, stances=stances).data, "en")
    assert "Secret Union" not in str(summary)
    assert "by joining answer 1" in str(summary)
