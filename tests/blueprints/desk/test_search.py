"""The desk's search: in a round, in all of the owner's rounds, for one respondent."""

from urllib.parse import quote

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.service.coding import apply_theme
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.types import RoundType
from consult.domain.submissions.types import Channel
from tests.support.coded import passages_of, receive, theme
from tests.support.queries import queries_of


@pytest.fixture
def round_(make, owner):
    return make.round(owner=owner, questions=1)


def url(round_, **asked: str) -> str:
    values = "&".join(f"{name}={quote(value)}" for name, value in asked.items())
    return f"/desk/rounds/{round_.slug}/search?{values}"


def marks(page) -> list[str]:
    return [mark.text for mark in page.tree.xpath("//blockquote//mark")]


def test_hits_stand_in_their_context(desk, round_):
    tid = theme(round_, "Tid")
    submission = receive(round_, "Brukarane treng tid.\n\nDøra må være åpen.", name="Dalen kommune")
    passage = passages_of(submission)[0]
    apply_theme(passage, tid, by=SYSTEM)
    receive(round_, "Brukere og atter brukere.", name="Forbundet", actor_type=ActorType.UNION)
    page = desk.get(url(round_))
    assert "How to search" in page.words
    page = desk.submit(page, {"q": "bruker"})
    assert "2 passages from 2 answers." in page.words
    assert marks(page) == ["Brukere", "brukere", "Brukarane"]
    assert "Dalen kommune · Municipality · No. 1" in page.words
    assert page.has_link(f"/desk/rounds/{round_.slug}/coding?passage={passage.public_id}")
    assert page.has_link(f"/desk/rounds/{round_.slug}/themes/tid")
    page = desk.get(url(round_, q="bruker", group="working_life"))
    assert "1 passage from 1 answer." in page.words
    page = desk.get(url(round_, q="bruker", theme="tid", view="answers"))
    assert page.has_link(f"/desk/rounds/{round_.slug}/answers/1")
    assert "Forbundet" not in page.words


def test_what_finds_nothing_says_what_to_do(desk, round_):
    receive(round_, "Døra må være åpen.")
    assert "Nothing was found" in desk.get(url(round_, q="snø")).words
    assert "Write at least one word" in desk.get(url(round_, q="-snø")).words
    odd = desk.get(url(round_, q='"*) OR', stance="x", theme="x", page="99", view="x", sort="x"))
    assert "Nothing was found" in odd.words or "How to search" in odd.words


def test_one_respondent_in_all_rounds_of_the_owner(desk, make, owner, round_):
    other = make.round(owner=owner, questions=1, type=RoundType.INTERNAL_HEARING)
    body = make.organisation(name="Fjordvik kommune")
    receive(round_, "Vi vil ha tolk.", name="Fjordvik kommune", organisation_id=body.id)
    receive(other, "Tolk må til.", name="Gamle Fjordvik", organisation_id=body.id)
    receive(round_, "Tolk er dyrt.", name="Kari Nes", actor_type=ActorType.PRIVATE_PERSON)
    foreign = make.round(questions=1)
    receive(foreign, "Tolk hos andre.", name="Fjordvik kommune", organisation_id=body.id)
    page = desk.get("/desk/search?from=fjordvik&view=answers")
    assert "2 passages from 2 answers." in page.words
    assert "hos andre" not in page.words
    page = desk.get(f"/desk/search?body={body.public_id}&q=tolk&round={round_.slug}")
    assert "Only from Fjordvik kommune." in page.words
    assert "1 passage from 1 answer." in page.words
    assert "1 passage from 1 answer." in desk.get("/desk/search?from=kari+nes").words
    assert "1 passage from 1 answer." in desk.get(f"/desk/search?q=dyrt&round={foreign.slug}").words


def test_a_long_list_takes_no_more_queries(desk, round_):
    def add() -> None:
        receive(round_, "Vi vil ha tolk.", channel=Channel.EMAIL)

    add()
    for view in ("passages", "answers"):
        before, after = queries_of(desk, url(round_, q="tolk", view=view), add=add)
        assert before == after


def test_a_drafter_of_the_owner_has_no_desk_to_search_from(client, make, round_):
    receive(round_, "Vi vil ha tolk.")
    client.sign_in(make.member(round_.owner, Role.DRAFTER))
    client.get("/desk/search?q=tolk", status=404)
