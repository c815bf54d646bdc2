"""A machine's translation beside an answer: said to be one, in its own language, and not kept."""

import pytest

from consult.db import session
from consult.domain.organisations.types import Role
from consult.domain.submissions.models import AnswerTranslation
from consult.kernel import apertium
from tests.support.coded import receive

WORDS = "Eg meiner at kommunen må få meir tid.\n\nXyzzyord er bra."


@pytest.fixture
def answer(client, make):
    round_ = make.round(slug="tid")
    client.sign_in(make.member(round_.owner, Role.READER))
    return receive(round_, WORDS, language="nn")


def address(answer, query="") -> str:
    return f"/desk/rounds/tid/answers/{answer.number}{query}"


def test_an_answer_in_nynorsk_is_read_beside_bokmal(client, answer):
    page = client.get(address(answer))
    page = client.get(page.find(".//a[.='Read a machine translation']").get("href"))
    assert "Machine translation by Apertium, only for reading, never quoted." in page.words
    cells = page.tree.xpath("//table[@id='machine']/tbody/tr/td/span")
    assert [(one.get("lang"), one.text) for one in cells[:2]] == [
        ("nn", "Eg meiner at kommunen må få meir tid."),
        ("nb", "Jeg mener at kommunen må få mer tid."),
    ]
    assert cells[3].text.startswith("Xyzzyord")
    assert session().query(AnswerTranslation).count() == 0
    assert "Svenska" in client.get(address(answer, "/machine?from=sv&to=nb")).words
    client.get(address(answer, "/machine?from=nn&to=se"), status=404)


def test_without_the_program_no_page_speaks_of_it(client, answer, monkeypatch):
    monkeypatch.setattr(apertium.shutil, "which", lambda _name: None)
    apertium.installed_pairs.cache_clear()
    try:
        assert "machine" not in client.get(address(answer)).words.lower()
        client.get(address(answer, "/machine"), status=404)
    finally:
        apertium.installed_pairs.cache_clear()


def test_what_fails_is_said_and_the_original_stays(client, answer, monkeypatch):
    monkeypatch.setattr(apertium, "_SECONDS", 0.001)
    assert "did not work this time" in client.get(address(answer, "/machine")).words
    monkeypatch.setattr(apertium, "MOST_CHARACTERS", 3)
    assert "too long to be translated" in client.get(address(answer, "/machine")).words
