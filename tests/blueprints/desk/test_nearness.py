"""Passages like one at the desk, with scripts off: found, shown with why, and coded the same."""

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.service.coding import apply_theme
from consult.domain.organisations.types import Role
from consult.domain.submissions.models import Submission
from consult.domain.submissions.types import SubmissionStatus
from consult.jobs.nearness import draw_nearness
from tests.support.coded import passages_of, receive, theme

BUS = "Bussen er full hver morgen, og neste avgang går en time senere."
SKYSS = "Skyssen må styrkes; kollektivtilbudet i bygda er for dårlig."
POWER = "Straumprisen må ned før neste vinter."


@pytest.fixture
def round_(make):
    return make.round(slug="skyss")


@pytest.fixture
def passages(client, make, round_):
    client.sign_in(make.member(round_.owner, Role.CASE_OFFICER, name="Kari Nes"))
    answers = [receive(round_, text, name=name) for text, name in ((BUS, "A"), (SKYSS, "B"))]
    answers.append(receive(round_, POWER, name="C"))
    return [passages_of(one)[0] for one in answers]


def test_from_a_passage_to_the_same_theme_on_one_like_it(client, round_, passages):
    first, second, _third = passages
    address = f"/desk/rounds/skyss/passages/{first.public_id}/near"
    assert "have not been compared yet" in client.get(address).words
    apply_theme(first, theme(round_, "Reise"), by=SYSTEM)
    session().commit()
    draw_nearness()
    page = client.get(f"/desk/rounds/skyss/coding?passage={first.public_id}")
    page = client.get(page.find(".//a[.='Passages like this one']").get("href"))
    assert page.tree.xpath("//ol//blockquote")[0].text_content().startswith("Skyssen")
    assert "kollektivtilbudet" in [mark.text for mark in page.tree.xpath("//mark")]
    assert BUS not in page.find("//ol").text_content()
    page = client.submit(page, {"n": second.public_id, "theme": "reise"}, action=address)
    assert "Reise was put on 1 passage" in page.words
    page = client.get(address)
    page = client.submit(page, {"n": second.public_id, "theme": "reise"}, action=address)
    assert "Reise is on those passages already." in page.words
    page = client.submit(page, {"theme": "reise"}, action=address)
    assert "Choose at least one passage" in page.words


def test_a_search_also_by_meaning(client, round_, passages):
    draw_nearness()
    words = "/desk/rounds/skyss/search?q=trikk"
    assert "Near in meaning" not in client.get(words).words
    page = client.get(f"{words}&meaning=1")
    assert "Nothing was found" in page.words
    near = page.find("//section[@aria-labelledby='near']").text_content()
    assert BUS in near
    assert POWER not in near
    near = client.get("/desk/rounds/skyss/search?q=trikk+-avgang&meaning=1").words
    assert BUS not in near
    answer = session().get(Submission, passages[0].submission_id)
    answer.status = SubmissionStatus.OFF_TOPIC
    session().commit()
    assert BUS not in client.get(f"{words}&meaning=1").words
