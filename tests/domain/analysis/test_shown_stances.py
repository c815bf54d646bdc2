"""Where answers stand on a proposal, as it may be told outside the desk."""

import pytest

from consult.domain.analysis.shown_stances import ShownStances, show_stances
from consult.domain.analysis.small_groups import Count
from consult.domain.analysis.types import CampaignStances, ProposalStances
from consult.domain.submissions.types import Stance


def shown(campaign: CampaignStances) -> ShownStances:
    return show_stances(ProposalStances("id", "4.1", {}, groups=(), campaigns=(campaign,)), 5)


@pytest.mark.scenario(68)
def test_a_campaign_is_told_with_its_own_numbers():
    stances = ((Stance.SUPPORT, 60), (Stance.OPPOSE, 7))
    persons = {Stance.SUPPORT: 58, Stance.OPPOSE: 7, None: 9}
    found = shown(CampaignStances(1, 80, stances, persons))
    [told] = found.campaigns
    assert found.values == (Stance.SUPPORT, Stance.OPPOSE)
    assert told.stances == (Count(60), Count(7))
    assert (told.not_mentioned, told.received) == (Count(13), 80)
    assert not found.has_hidden


@pytest.mark.scenario(81)
def test_few_persons_in_a_campaign_are_hidden_and_its_bodies_are_not():
    stances = ((Stance.SUPPORT, 60), (Stance.OPPOSE, 3))
    persons = {Stance.SUPPORT: 58, Stance.OPPOSE: 2, None: 9}
    found = shown(CampaignStances(1, 80, stances, persons))
    [told] = found.campaigns
    known = dict(zip(found.values, told.stances, strict=True))
    assert known[Stance.SUPPORT] == Count(60)
    assert known[Stance.OPPOSE] == Count(1, is_hidden=True)
    assert told.not_mentioned == Count(8, is_hidden=True)  # else the hidden ones could be computed
    assert found.has_hidden
