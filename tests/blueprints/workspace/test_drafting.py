"""The drafting table: what is asked, what the branches say, what we write."""

import pytest

from consult.domain.composing.service.saving import content_of, save_part
from consult.domain.composing.types import PointState
from consult.domain.organisations.types import Role
from consult.kernel.text.rich.markdown import to_markdown
from tests.support.coded import passages_of
from tests.support.drafted import hear, start_drafting, written
from tests.support.queries import count_queries


@pytest.fixture
def made(make):
    return start_drafting(make)


@pytest.fixture
def desk(client, made):
    return client.sign_in(made.drafter)


def text_of(part):
    return to_markdown(content_of(part).body)


def save_path(made, key="q-q1"):
    return f"{made.path}/parts/{key}"


def test_the_three_stand_side_by_side(desk, made):
    hear(made, "Bussen går til tre.", "Ja.")
    page = desk.get(f"{made.path}?part=q-q1")
    assert page.h1 == "Draft"
    assert "Question 1?" in page.words
    assert "Bussen går til tre." in page.words
    assert "Lag Havnes" in page.words
    assert "0 of 2 points used" in page.words
    assert page.find("//textarea[@id='text']") is not None
