"""The codebook's history, merging, splitting and sorting, as one works through it."""

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.queries.revisions import waiting_themes
from consult.domain.coding.queries.themes import list_themes
from consult.domain.coding.service.coding import apply_theme, remove_theme
from consult.domain.organisations.types import Role
from tests.support.coded import passages_of, receive, theme

FOUR = "Åpne dører.\n\nVeilederne trenger tid.\n\nOpplæringen er for kort.\n\nTa oss på alvor."


@pytest.fixture
def round_(make):
    return make.round(questions=1)


@pytest.fixture
def passages(round_):
    return passages_of(receive(round_, FOUR))


@pytest.fixture
def desk(client, make, round_):
    return client.sign_in(make.member(round_.owner, Role.CASE_OFFICER, name="Siri Sak"))


def url(round_, rest: str = "codebook") -> str:
    return f"/desk/rounds/{round_.slug}/{rest}"


def link(page, part: str) -> str:
    """The first address on a page that has a part in it."""
    return page.tree.xpath(f"//a[contains(@href, '{part}')]")[0].get("href")


def test_merged_seen_in_the_history_and_taken_back(desk, round_, passages):
    skill, training = theme(round_, "Kompetanse"), theme(round_, "Opplæring")
    apply_theme(passages[0], training, by=SYSTEM)
    apply_theme(passages[1], training, by=SYSTEM)
    apply_theme(passages[1], skill, by=SYSTEM)
    page = desk.get(url(round_, "themes/opplaering/merge"))
    assert "2 passages have this theme." in page.words
    page = desk.submit(page, {"target": "", "why": ""}, status=422)
    assert "Choose a theme." in page.words
    assert "Write why." in page.words
    page = desk.submit(page, {"target": "kompetanse", "why": "Brukt om det samme"})
    assert "Opplæring is merged into Kompetanse." in page.words
    assert desk.get(url(round_, "themes/opplaering")).h1 == "Kompetanse"
    desk.get(url(round_, "themes/opplaering/change"), status=404)
    remove_theme(passages[0], skill, by=SYSTEM)
    page = desk.get(url(round_, "codebook/history"))
    assert "Opplæring was merged into Kompetanse. 2 passages went over." in page.words
    assert "Brukt om det samme Siri Sak" in page.words.replace("Why: ", "")
    page = desk.get(link(page, "/undo"))
    page = desk.submit(page, {"why": "Likevel ikke"})
    assert "1 passage is as it was." in page.words
    assert "1 passage had the theme taken off since, and stays without it." in page.words
    assert {row.name: row.codings for row in list_themes(round_.id)} == {
        "Kompetanse": 1, "Opplæring": 1,
    }  # fmt: skip
    page = desk.get(url(round_, "codebook/history"))
    assert "Taken back in version 3" in page.words
    page = desk.get(link(page, "/versions/"))
    assert page.h1 == "Version 3 of the codebook"


def test_split_and_sorted_without_scripts(desk, round_, passages):
    skill = theme(round_, "Kompetanse")
    for passage in passages[:3]:
        apply_theme(passage, skill, by=SYSTEM)
    page = desk.get(url(round_, "themes/kompetanse/split"))
    page = desk.submit(page, {"name_1": "Samtalen", "why": "To ting"}, status=422)
    assert "Write a name" in page.words
    page = desk.submit(page, {"name_2": "Faget"})
    assert page.h1 == "Sort what had Kompetanse"
    assert "Passage 1 of 3 that wait." in page.words
    sort = url(round_, "themes/kompetanse/sort")
    one, two, three = (passage.public_id for passage in passages[:3])
    page = desk.post(sort, {"passage": one, "themes": "samtalen"})
    assert "Sorted under Samtalen. Saved." in page.words
    page = desk.post(sort, {"passage": one, "themes": "faget"})
    assert "Somebody has sorted this passage already." in page.words
    page = desk.post(f"{sort}/undo")
    assert "Undone: the passage waits again." in page.words
    page = desk.get(url(round_))
    assert "3 passages wait to be sorted and count here until then." in page.words
    page = desk.get(url(round_, "themes/kompetanse"))
    assert "Split, being sorted" in page.words
    assert not page.has_link(url(round_, "themes/kompetanse/change"))
    assert "Kompetanse" not in [
        option.text for option in desk.get(url(round_, "codebook/new")).tree.iter("option")
    ]
    page = desk.post(url(round_, f"passages/{passages[3].public_id}/themes"), {"theme": skill.key})
    assert "Kompetanse was split. Choose one of the new themes." in page.words
    page = desk.get(f"{url(round_, 'coding')}?passage={one}")
    assert page.has_link(f"{sort}?passage={one}")
    desk.post(sort, {"passage": one, "themes": "samtalen faget"})
    desk.post(sort, {"passage": two, "themes": ["faget", "samtalen"]})
    page = desk.post(sort, {"passage": three, "themes": ""})
    assert "Every passage of Kompetanse is sorted." in page.words
    assert waiting_themes(round_.id) == ()
    assert (
        "Kompetanse was split into Samtalen and Faget."
        in desk.get(url(round_, "themes/kompetanse")).words
    )


def test_a_theme_in_use_moves_with_a_reason(desk, round_, passages):
    a, _b = theme(round_, "A"), theme(round_, "B")
    apply_theme(passages[0], a, by=SYSTEM)
    page = desk.get(url(round_, "themes/a/change"))
    page = desk.submit(page, {"parent": "b", "name": "Aa"}, status=422)
    assert "Write why the theme moves." in page.words
    assert "Aa" not in desk.get(url(round_)).words
    assert "Aa under B" in desk.submit(page, {"why": "Hører under B"}).words
    page = desk.get(url(round_, "codebook/history"))
    assert "A was put under B." in page.words


def test_readers_see_the_history_and_change_nothing(new_client, make, round_, passages):
    a, _b = theme(round_, "A"), theme(round_, "B")
    apply_theme(passages[0], a, by=SYSTEM)
    client = new_client()
    client.sign_in(make.member(round_.owner, Role.READER))
    assert "This is the first version" in client.get(url(round_, "codebook/history")).words
    for rest in ("themes/a/merge", "themes/a/split", "themes/a/sort"):
        client.post(url(round_, rest), {"why": "X"}, status=404)
