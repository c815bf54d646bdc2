"""Campaigns in the summary: described by themselves, in no majority, counted as the round says."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from consult.domain.coding.clusters import CampaignPolicy
from consult.domain.documents.building.data import (
    CampaignFacts,
    PolicyFacts,
    StanceFacts,
    SummaryData,
)
from consult.domain.documents.building.figures import Figures
from consult.domain.organisations.types import ActorType
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
    assert found.campaigns == ((1, ((Stance.SUPPORT, 1), (Stance.OPPOSE, LETTERS - 1))),)
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
