"""Coding many passages at once from a list or a search, with scripts off; the history of one."""

import pytest

from consult.domain.organisations.types import Role
from tests.support.coded import TWO_PARAGRAPHS, passages_of, receive, theme


@pytest.fixture
def round_(make):
    return make.round()


@pytest.fixture
def desk(client, make, round_):
    return client.sign_in(make.member(round_.owner, Role.CASE_OFFICER, name="Kari Nes"))


def url(round_, rest: str) -> str:
    return f"/desk/rounds/{round_.slug}/{rest}"


def test_what_a_search_finds_is_coded_told_and_undone(desk, round_):
    first, second = passages_of(receive(round_, TWO_PARAGRAPHS))
    receive(round_, "Noe helt annet.")
    access = theme(round_, "Tilgjengelighet")
    page = desk.get(url(round_, "search?q=veileder"))
    (box,) = page.tree.xpath("//input[@name='n']/@value")
    assert box == second.public_id
    page = desk.get(url(round_, f"passages/code?found=search&q=veileder&n={box}"))
    assert "1 passage is chosen" in page.words
    asked = page.find("//form[.//select[@name='theme']]").get("action")
    refused = desk.post(asked, {"passages": box, "act": "on", "theme": ""}, status=422)
    assert "Choose a theme." in refused.words
    done = desk.post(asked, {"passages": box, "act": "on", "theme": access.key})
    assert "Tilgjengelighet was put on 1 passage" in done.words
    assert "Kari Nes" in done.words
    history = desk.get(url(round_, f"passages/{box}/history"))
    assert "with many at once" in history.words
    undone = desk.post(done.url + "/undo", {})
    assert "Undone for 1 of 1 passage." in undone.words
    assert "This was undone." in undone.words
    assert not second.codings
    assert not first.codings


def test_all_of_a_list_keeps_its_filter_and_others_are_left_out(desk, make, round_):
    mine = passages_of(receive(round_, TWO_PARAGRAPHS))
    other = passages_of(receive(make.round(), "Et annet sted."))[0]
    access = theme(round_, "Tilgjengelighet")
    page = desk.get(url(round_, "passages/code?all=1&group=local"))
    chosen = page.find("//input[@name='passages']").get("value")
    assert set(chosen.split(",")) == {one.public_id for one in mine}
    asked = url(round_, "passages/code?group=local")
    done = desk.post(
        asked, {"passages": f"{chosen},{other.public_id}", "act": "on", "theme": access.key}
    )
    assert "was put on 2 passages" in done.words
    assert "1 passage does not count any more and was left alone." in done.words
    again = desk.post(asked, {"passages": chosen, "act": "on", "theme": access.key})
    assert "2 passages were so already." in again.words
    assert again.url.endswith("passages?group=local")
    none = desk.get(url(round_, "passages/code?n=nowhere"))
    assert "Choose at least one passage" in none.words
    gone = desk.post(asked, {"passages": other.public_id, "act": "on", "theme": access.key})
    assert "Choose at least one passage" in gone.words
    assert not other.codings


def test_readers_choose_nothing(client, make, round_):
    receive(round_, TWO_PARAGRAPHS)
    client.sign_in(make.member(round_.owner, Role.READER))
    assert not client.get(url(round_, "passages")).tree.xpath("//input[@name='n']")
    assert not client.get(url(round_, "search?q=veileder")).tree.xpath("//input[@name='n']")
