"""The desk's pages of answers that say nearly the same, and of how campaigns are counted."""

import pytest

from consult.db import session
from consult.domain.coding.clusters import CampaignPolicy
from consult.domain.coding.queries.campaign_policy import campaign_policy, list_policy_choices
from consult.domain.coding.queries.clusters import list_clusters
from consult.domain.coding.service.clustering import group_answers
from consult.domain.coding.service.stances import code_stance
from consult.domain.organisations.types import ActorType, Role
from consult.domain.submissions.types import Stance
from consult.kernel.clock import utc_now
from tests.domain.coding.test_clusters import BUS, OWN, SAFE
from tests.support.coded import passages_of, receive

DESK = "/desk/rounds/nattbuss"


@pytest.fixture
def round_(make):
    return make.round(slug="nattbuss", questions=1)


def letters(round_, number: int) -> None:
    for at in range(number):
        own = f"\n\n{OWN}" if at == 2 else ""
        text = f"{BUS}\n\n{SAFE if at != 1 else SAFE.replace('nyttår', 'påske')}{own}"
        receive(round_, text, name=f"Avsender {at}", actor_type=ActorType.PRIVATE_PERSON)
    group_answers(round_.id, now=utc_now())


@pytest.mark.scenario(65, 66)
def test_a_campaign_is_one_card_that_a_person_decides(client, make, round_):
    client.sign_in(make.member(round_.owner, Role.CASE_OFFICER))
    proposal = make.proposal(round_)
    letters(round_, 4)
    assert client.get(DESK).has_link(f"{DESK}/copies")
    page = client.get(f"{DESK}/copies")
    (card,) = list_clusters(round_.id)
    address = f"{DESK}/alike/{card.cluster.public_id}"
    assert page.has_link(address)
    assert "Same words 1: 4 answers" in page.words
    assert "Seems to be a campaign" in page.words

    page = client.get(address)
    assert "2 answers say this and nothing else. 1 has words of its own." in page.words
    assert "1 has only changed a few words." in page.words
    assert [one.text for one in page.tree.iter("mark")] == ["påske"]
    assert "Choose what they are" not in page.words
    page = client.post(f"{address}/decide", {"kind": "nonsense"}, status=422)
    page = client.post(f"{address}/decide", {"kind": "campaign"})
    assert "It is confirmed." in page.words
    assert "Campaign 1: 4 answers" in page.words
    page = client.post(f"{address}/describe", {"organiser": "Nattfolk", "demand": "Buss hver helg"})
    assert page.find(".//input[@name='organiser']").get("value") == "Nattfolk"
    assert "Choose at least one answer" in client.post(f"{address}/out", {}).words
    page = client.post(f"{address}/out", {"numbers": ["4"]})
    assert "Put it in again" in page.words
    page = client.post(f"{address}/in", {"numbers": "4"})
    assert "is in it again" in page.words
    table = client.raw(f"{DESK}/proposals/{proposal.key}.csv").get_data(as_text=True)
    assert "Campaign 1 (in no row above),hidden," in table  # fewer persons than are told of
    page = client.post(f"{address}/take-back", {})
    assert "Seems to be a campaign" in page.words
    client.post(f"{address}/decide", {"kind": "apart"})
    assert "They do not belong together" in client.get(f"{DESK}/copies").words


def waiting_change(round_, counting: str) -> str:
    (waiting,) = [one for one in list_policy_choices(round_.id) if one.is_waiting]
    return f"{counting}/{waiting.public_id}"


@pytest.mark.scenario(67)
def test_how_campaigns_are_counted_is_changed_with_somebody_elses_approval(client, make, round_):
    officer = make.member(round_.owner, Role.CASE_OFFICER)
    lead = make.member(round_.owner, Role.COORDINATOR)
    proposal, counting = make.proposal(round_), f"{DESK}/campaigns/counting"
    answer = receive(round_, BUS)
    client.sign_in(officer)
    client.post(counting, {"policy": "as_one", "reason": ""}, status=422)  # it is so already
    client.post(counting, {"policy": "each", "reason": ""})
    client.post(counting, {"policy": "as_one", "reason": ""})
    assert campaign_policy(round_.id) is CampaignPolicy.AS_ONE

    reader = make.actor(officer)
    code_stance(answer, proposal, value=Stance.SUPPORT, by=reader, passage=passages_of(answer)[0])
    page = client.post(counting, {"policy": "each", "reason": " "}, status=422)
    assert "Write why." in page.words
    page = client.post(counting, {"policy": "each", "reason": "Utvalget vil se hver enkelt."})
    assert "A change waits for approval" in page.words
    assert campaign_policy(round_.id) is CampaignPolicy.AS_ONE
    client.sign_in(lead)
    page = client.post(waiting_change(round_, counting), {"act": "approve"})
    assert "The change holds from now on" in page.words
    session().expire_all()
    assert campaign_policy(round_.id) is CampaignPolicy.EACH

    client.post(counting, {"policy": "as_one", "reason": "Likevel ikke."})
    page = client.get(counting)
    assert "Approve the change" not in page.words  # not one's own
    client.post(waiting_change(round_, counting), {"act": "approve"})
    assert campaign_policy(round_.id) is CampaignPolicy.EACH
    page = client.post(waiting_change(round_, counting), {"act": "refuse"})
    assert "The change is turned down." in page.words
    assert campaign_policy(round_.id) is CampaignPolicy.EACH
