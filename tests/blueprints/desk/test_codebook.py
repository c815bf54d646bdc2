"""The codebook's pages."""

from io import BytesIO

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.queries.themes import list_themes
from consult.domain.coding.service.coding import apply_theme
from consult.domain.organisations.types import Role
from tests.support.coded import passages_of, receive, theme


@pytest.fixture
def round_(make):
    return make.round()


@pytest.fixture
def desk(client, make, round_):
    return client.sign_in(make.member(round_.owner, Role.CASE_OFFICER))


def url(round_, rest: str = "codebook") -> str:
    return f"/desk/rounds/{round_.slug}/{rest}"


def test_a_codebook_is_built(desk, round_):
    page = desk.get(url(round_))
    assert "There are no themes yet" in page.words
    page = desk.submit(desk.get(url(round_, "codebook/new")), {"name": " "}, status=422)
    assert "Write a name" in page.words
    page = desk.submit(page, {"name": "Tilgjengelighet", "definition": "Om folk når fram."})
    assert "Tilgjengelighet is in the codebook." in page.words
    new = desk.get(url(round_, "codebook/new?parent=tilgjengelighet"))
    assert new.form().fields["parent"] == "tilgjengelighet"
    desk.submit(new, {"name": "Åpningstid", "exclude": "Reisevei", "colour": "teal"})
    (_first, second) = list_themes(round_.id)
    assert (second.key, second.depth, second.colour.value) == ("apningstid", 2, "teal")
    page = desk.get(url(round_))
    assert "Exclude: Reisevei" in page.words


def test_a_theme_is_changed_moved_and_removed(desk, round_):
    a = theme(round_, "A")
    theme(round_, "B")
    theme(round_, "C", parent=a)
    page = desk.get(url(round_, "themes/c/change"))
    assert page.h1 == "Change the theme C"
    assert page.form().fields["parent"] == "a"
    desk.submit(page, {"name": "Ny C", "parent": "b"})
    assert [row.full_name for row in list_themes(round_.id)] == ["A", "B", "B › Ny C"]
    page = desk.submit(desk.get(url(round_)), action=url(round_, "themes/b/up"))
    assert [row.name for row in list_themes(round_.id)] == ["B", "Ny C", "A"]
    page = desk.submit(
        desk.get(url(round_, "themes/a/change")), action=url(round_, "themes/a/remove")
    )
    assert "A is out of the codebook." in page.words
    page = desk.post(url(round_, "themes/b/remove"))
    assert "B is in use and stays." in page.words
    assert [row.name for row in list_themes(round_.id)] == ["B", "Ny C"]


def test_what_would_be_no_tree_is_refused_at_its_field(desk, round_):
    a = theme(round_, "A")
    b = theme(round_, "B", parent=a)
    theme(round_, "C", parent=b)
    theme(round_, "D", parent=theme(round_, "E"))
    page = desk.submit(desk.get(url(round_, "themes/e/change")), {"parent": "b"}, status=422)
    assert "more than three levels" in page.words
    page = desk.submit(desk.get(url(round_, "themes/a/change")), {"parent": "b"}, status=422)
    assert "cannot stand under itself" in page.words


def test_the_file_can_be_had(desk, round_):
    theme(round_, "Tid", definition="Ro")
    response = desk.raw(url(round_, "codebook.toml"))
    assert response.headers["Content-Disposition"].endswith(f"codebook-{round_.slug}.toml")
    assert 'name = "Tid"\ndefinition = "Ro"' in response.text
    assert desk.raw(url(round_, "codebook.csv")).text.startswith("\ufeffkey,parent,name")
    response = desk.raw(url(round_, "codebook.qdc"))
    assert response.mimetype == "application/xml"
    assert "<Description>Ro</Description>" in response.text


def upload(desk, round_, name: str, text: str, *, status: int = 200):
    file = (BytesIO(text.encode()), name)
    return desk.post(url(round_, "codebook/import"), {"file": file}, status=status)


def test_a_file_is_read_whole_or_not_at_all(desk, round_):
    page = upload(desk, round_, "bok.csv", "name,colour\nTid,red\nRom,cyan\n", status=422)
    assert "row 3: colour must be one of" in page.words
    assert "Nothing was kept" in page.words
    page = upload(desk, round_, "bok.docx", "x", status=422)
    assert "must end with .qdc, .csv or .toml" in page.words
    page = desk.post(url(round_, "codebook/import"), {}, status=422)
    assert "Choose a file." in page.words
    page = upload(desk, round_, "Bok.CSV", "name,colour\nTid,red\nRom,blue\n")
    assert "2 themes added." in page.words


def test_one_can_begin_with_a_codebook_that_is_written(desk, round_):
    page = desk.get(url(round_))
    assert page.has_link(url(round_, "codebook/start"))
    page = desk.get(url(round_, "codebook/start"))
    assert page.form().fields["language"] == "nb"
    page = desk.submit(page, {"starter": "working-life", "language": "nn"})
    assert "11 themes added." in page.words
    assert "Medråderett" in page.words
    assert "The codebook has themes already." in desk.get(url(round_, "codebook/start")).words


def test_examples_are_written_marked_and_taken_away(desk, round_):
    (passage,) = passages_of(receive(round_, "Vi ventet i tre uker."))
    apply_theme(passage, theme(round_, "Tid"), by=SYSTEM)
    add = url(round_, "themes/tid/examples")
    page = desk.get(url(round_, "themes/tid/change"))
    page = desk.submit(page, {"line": ""}, action=add, status=422)
    page = desk.submit(page, {"line": "Kari 15108695088"}, status=422)
    assert "There is a national identity number" in page.words
    page = desk.submit(page, {"line": "Køen er lang."})
    assert "The example is kept." in page.words
    star = url(round_, f"passages/{passage.public_id}/themes/tid/example")
    coding = f"{url(round_, 'coding')}?passage={passage.public_id}"
    page = desk.submit(desk.get(coding), action=star)
    assert "The passage is an example of Tid." in page.words
    assert "Examples: «Køen er lang.» · «Vi ventet i tre uker.»" in desk.get(url(round_)).words
    page = desk.get(url(round_, "themes/tid/change"))
    remove = page.tree.xpath("//form[contains(@action, '/examples/')]/@action")[0]
    desk.submit(page, action=remove)
    desk.submit(desk.get(coding), action=star)
    assert "Examples:" not in desk.get(url(round_)).words


@pytest.mark.parametrize("who", ["reader", "other", "visitor"])
def test_who_may_not_change_it(make, new_client, round_, who):
    theme(round_, "Tid")
    client = new_client()
    if who == "reader":
        client.sign_in(make.member(round_.owner, Role.READER))
        page = client.get(url(round_))
        assert not page.has_link(url(round_, "codebook/new"))
        assert not [form for form in page.tree.forms if "/themes/" in form.get("action")]
    if who == "other":
        client.sign_in(make.member(make.organisation(), Role.COORDINATOR))
        client.get(url(round_), status=404)
    for rest in ("codebook/new", "themes/tid/change", "themes/tid/up", "themes/tid/remove"):
        client.post(url(round_, rest), {"name": "X"}, status=404)
    assert [row.name for row in list_themes(round_.id)] == ["Tid"]


def test_a_theme_of_another_round_is_not_found(desk, make, round_):
    theme(make.round(), "Fremmed")
    desk.get(url(round_, "themes/fremmed/change"), status=404)
    desk.get(url(round_, "themes/fremmed"), status=404)
    (passage,) = passages_of(receive(round_, "Åpne dører."))
    apply_theme(passage, theme(round_, "Egen"), by=SYSTEM)
    assert desk.get(url(round_, "themes/egen")).h1 == "Egen"
