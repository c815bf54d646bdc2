"""Campaigns in the summary: described by themselves, in no majority, counted as the round says."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from consult.domain.analysis.small_groups import Count
from consult.domain.coding.clusters import CampaignPolicy
from consult.domain.documents.building.data import (
    CampaignFacts,
    PolicyFacts,
    StanceFacts,
    SummaryData,
)
from consult.domain.documents.building.figures import Figures
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.mandates import Mandate
from consult.domain.submissions.types import Publication, Stance
from tests.domain.documents.building.small_round import answer, passage, small_round, summary_of

LETTERS = 40


def letter(number: int, **values):
    return answer(
        number,
        f"Person {number}",
        actor_type=ActorType.PRIVATE_PERSON,
        organisation_id=None,
        publication=Publication.WITHOUT_NAME,
        campaign=1,
        **values,
    )


def with_campaign(**values) -> SummaryData:
    """Six bodies, three of them for proposal 1, and forty letters against it; one adds words."""
    bodies = [answer(number) for number in range(1, 7)]
    letters = [letter(100 + at) for at in range(LETTERS)]
    common = {"counted_as": 100, "is_common": True, "proposal": "4.1"}
    said = [
        passage(100 + at, "Close no doors.", "access", is_copy=at > 0, **common)
        for at in range(LETTERS)
    ]
    own = passage(101, "Mine sticks.", "access", id=9001, counted_as=9001, position=1)
    values = {
        "answers": (*bodies, *letters),
        "passages": (passage(1, "Keep the door open.", "access"), *said, own),
        "stances": (
            *(StanceFacts(number, "4.1", Stance.SUPPORT) for number in (1, 2, 3, 4)),
            *(StanceFacts(number, "4.1", Stance.OPPOSE) for number in (5, 6)),
            StanceFacts(100, "4.1", Stance.OPPOSE, is_coded=True),
            StanceFacts(101, "4.1", Stance.SUPPORT),
        ),
        "campaigns": (CampaignFacts(1, "The door club", "No door shall close.", {"Vestland": 12}),),
    } | values
    return replace(small_round(), **values)


@pytest.mark.scenario(68)
def test_a_campaign_is_never_part_of_a_majority():
    figures = Figures(with_campaign())
    found = figures.proposal("4.1")
    assert {one.answer.number for one in found.addressing} == {1, 2, 3, 4, 5, 6}
    assert (found.unjudged, found.silent) == (0, 0)
    [campaign] = found.campaigns
    assert campaign.stances == ((Stance.SUPPORT, Count(1)), (Stance.OPPOSE, Count(LETTERS - 1)))
    words = str(summary_of(with_campaign(), "en"))
    assert "A majority of the 6 who address the proposal support it (4)." in words
    assert (
        "Campaign 1 is in none of these numbers. Its answers: Supports 1 · Does not support 39."
        in words
    )


def test_the_common_text_counts_as_one_sender_or_as_each():
    as_one = Figures(with_campaign())
    each = Figures(with_campaign(campaign_policy=CampaignPolicy.EACH))
    on_door = as_one.tally(as_one.passages_on("access"))
    assert (on_door.passages, on_door.senders, on_door.campaigns) == (3, 2, 1)
    assert on_door.letters == LETTERS
    assert as_one.count_senders() == 6 + 1 + 1  # bodies, the campaign, who added words
    assert each.count_senders() == 6 + LETTERS
    tally = each.tally(each.passages_on("access"))
    assert (tally.senders, tally.counted) == (2, 1 + LETTERS)
    assert as_one.commenting == each.commenting == 7


@pytest.mark.scenario(68)
def test_the_chapter_tells_who_what_and_how_many():
    words = str(summary_of(with_campaign(), "en"))
    for told in (
        "The door club",
        "No door shall close.",
        "Vestland 12",
        "Close no doors.",
        "40 of the answers belong to campaigns.",
        "one answer of a campaign" if LETTERS == 1 else "40 answers of campaigns",
    ):
        assert told in words
    assert "Campaigns" not in str(summary_of(with_campaign(campaigns=(), answers=()), "en"))
    hidden = [replace(one, publication=Publication.NOT_ON_WEB) for one in with_campaign().answers]
    assert "Close no doors." not in str(summary_of(with_campaign(answers=tuple(hidden)), "en"))


def test_the_chapter_tells_signatures_and_members_where_they_are_known():
    assert "Signatures" not in str(summary_of(with_campaign(), "en"))
    made = with_campaign()
    told = Mandate(members=800)
    bodies = [replace(answer(200 + at), organisation_id=77, mandate=told) for at in range(2)]
    letters = tuple(replace(one, campaign=1) for one in bodies)
    campaign = replace(made.campaigns[0], signatures=1_250)
    page = summary_of(replace(made, answers=(*made.answers, *letters), campaigns=(campaign,)), "en")
    words = str(page)
    assert "Signatures under the answers" in words
    assert "1,250" in words
    assert "Members whom organisations say they represent" in words
    assert "1,600" not in words  # one body that wrote twice


@pytest.mark.scenario(67)
def test_a_change_of_the_counting_is_printed_with_its_reason():
    chosen, approved = datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 4, tzinfo=UTC)
    change = PolicyFacts(CampaignPolicy.EACH, chosen, "The committee asks for it.", approved)
    words = str(summary_of(with_campaign(policy_choices=(change,)), "en"))
    assert "The committee asks for it." in words
    assert "2 November 2026" in words
    assert "approved by another person on 4 November 2026" in words


def test_a_theme_that_only_a_campaign_takes_up_is_nobodys_majority():
    data = with_campaign()
    common = tuple(one for one in data.passages if one.is_common)
    words = str(summary_of(replace(data, passages=common), "en"))
    assert "is taken up by 40 answers of campaigns, and by nobody else." in words
    assert "One passage is about this. It comes from 40 answers of campaigns." in words


def protected(letters: int, *, adding: int = 0, outside: int = 0) -> SummaryData:
    """The same with small groups protected, and only so many letters, own words and others."""
    data = with_campaign()
    numbers = range(100, 100 + letters)
    others = [
        replace(letter(200 + at), campaign=None, name=f"Other {200 + at}") for at in range(outside)
    ]
    own = [
        passage(100 + at, f"Mine sticks {at}.", "access", id=9100 + at, counted_as=9100 + at)
        for at in range(adding)
    ]
    said = [passage(one.number, f"Ours sticks {one.number}.", "access") for one in others]
    return replace(
        data,
        round=replace(data.round, small_groups=5),
        answers=(
            *(one for one in data.answers if one.campaign is None or one.number in numbers),
            *others,
        ),
        passages=(
            *(one for one in data.passages if one.id != 9001 and one.answer in {1, *numbers}),
            *own,
            *said,
        ),
        stances=tuple(one for one in data.stances if one.answer != 101),
    )


@pytest.mark.scenario(81)
def test_a_campaign_is_a_small_group_where_few_persons_are_behind_it():
    many = str(summary_of(protected(25), "en"))
    assert "They come from one organisation and 25 answers of campaigns" in many
    assert "Close no doors." in many
    assert "Its answers: Does not support 25." in many
    few = summary_of(protected(3, outside=9), "en")
    assert Figures(protected(3, outside=9)).hides_persons("access")
    assert "answers of campaigns" not in str(few)
    assert "Close no doors." not in str(few)
    assert "No door shall close." not in str(few)
    assert "What it says is hidden" in str(few)
    assert "Its answers: hidden." in str(few)


@pytest.mark.scenario(81)
def test_few_persons_are_not_told_by_taking_a_campaign_away():
    for data in (protected(25, adding=2), protected(25, outside=2)):
        figures = Figures(data)
        assert figures.hides_persons("access")
        tally = figures.tally(figures.passages_on("access"))
        assert (tally.organisations, tally.persons, tally.letters) == (1, 0, 25)
        words = str(summary_of(data, "en"))
        assert "Close no doors." in words
        assert "sticks" not in words
    assert not Figures(protected(25, adding=6)).hides_persons("access")


def test_the_stances_of_few_in_a_campaign_are_hidden():
    data = protected(25)
    differing = StanceFacts(101, "4.1", Stance.SUPPORT)
    [found] = Figures(replace(data, stances=(*data.stances, differing))).proposal("4.1").campaigns
    assert found.hides_persons
    assert found.stances == ()
    assert Figures(data).proposal("4.1").campaigns[0].stances == ((Stance.OPPOSE, Count(25)),)
