"""Rounds as REFI-QDA projects for other programs (scenario 83)."""

import io
from zipfile import ZipFile

import pytest
from lxml import etree

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.qdpx import NAMESPACE
from consult.domain.coding.queries.themes import find_theme
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.dividing import add_passage
from consult.domain.coding.service.project_file import export_project
from consult.domain.coding.service.splitting import split_theme
from consult.domain.coding.types import Colour, ThemeContent
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.reviewing import clear_answer
from consult.domain.submissions.types import Publication
from tests.support.coded import passages_of, receive, theme

TEXT = "Å søke hjelp på Čáhppesjohka tar tid.\n\nDøra må være åpen – også lørdag."


@pytest.fixture
def round_(make):
    """A round with a cleared answer whose first paragraph and a part of the second are coded."""
    round_ = make.round()
    parent = theme(round_, "Tid", definition="Ventetid & <kø>.")
    first, second = passages_of(receive(round_, TEXT, name="Solvik kommune"))
    apply_theme(first, parent, by=SYSTEM)
    start = second.start + second.quote.index("åpen")
    part = add_passage(second.version, start=start, end=start + len("åpen"), by=SYSTEM)
    apply_theme(part, theme(round_, "Dør", parent=parent), by=SYSTEM)
    _clear(round_, 1)
    return round_


def _clear(round_, number):
    clear_answer(get_review(round_.slug, number), by=SYSTEM)
    session().flush()


def _open(content):
    archive = ZipFile(io.BytesIO(content))
    return archive, etree.fromstring(archive.read("project.qde"))


def _all(project, name):
    return list(project.iter(f"{{{NAMESPACE}}}{name}"))


@pytest.mark.scenario(83)
def test_codes_cases_and_selections_stand_where_they_should(round_):
    archive, project = _open(export_project(round_))
    assert [one.get("name") for one in _all(project, "Code")] == ["Tid", "Dør"]
    assert _all(project, "Code")[1].getparent().get("name") == "Tid"
    (source,) = _all(project, "TextSource")
    path = source.get("plainTextPath").replace("internal://", "Sources/")
    text = archive.read(path).decode()
    assert text == TEXT
    codes = {one.get("guid"): one.get("name") for one in _all(project, "Code")}
    found = [
        (
            text[int(one.get("startPosition")) : int(one.get("endPosition"))],
            [codes[ref.get("targetGUID")] for ref in one.iter(f"{{{NAMESPACE}}}CodeRef")],
        )
        for one in _all(project, "PlainTextSelection")
    ]
    assert found == [("Å søke hjelp på Čáhppesjohka tar tid.", ["Tid"]), ("åpen", ["Dør"])]
    (case,) = _all(project, "Case")
    assert case.get("name") == "1 Solvik kommune"
    assert case.find(f"{{{NAMESPACE}}}SourceRef").get("targetGUID") == source.get("guid")
    names = {one.get("guid"): one.get("name") for one in _all(project, "Variable")}
    values = {
        names[one[0].get("targetGUID")]: one[1].text for one in _all(project, "VariableValue")
    }
    assert values["Type avsender"] == "Kommune"
    users = {one.get("guid") for one in _all(project, "User")}
    assert {one.get("creatingUser") for one in _all(project, "Coding")} <= users
    guids = [one.get("guid") for one in project.iter() if one.get("guid")]
    assert len(guids) == len(set(guids))
    assert export_project(round_) == export_project(round_)


@pytest.mark.scenario(83)
def test_only_what_may_be_handed_out_leaves(round_):
    receive(round_, "Ikke på nettet.", name="Aud", publication=Publication.NOT_ON_WEB)
    receive(round_, "Uten navn.", name="Hemmelig", publication=Publication.WITHOUT_NAME)
    receive(round_, "Ikke sett på ennå.", name="Nye")
    _clear(round_, 2)
    _clear(round_, 3)
    archive, project = _open(export_project(round_))
    texts = [archive.read(name).decode() for name in archive.namelist()]
    assert [one.get("name") for one in _all(project, "Case")] == [
        "1 Solvik kommune",
        "3 Organisasjon uten navn",
    ]
    for secret in ("Ikke på nettet", "Hemmelig", "Ikke sett på", "Aud"):
        assert not any(secret in text for text in texts)


def test_what_waits_after_a_split_keeps_the_old_theme(round_):
    old = find_theme(round_.id, "tid")
    parts = [ThemeContent("Ventetid", Colour.BLUE), ThemeContent("Åpningstid", Colour.RED)]
    split_theme(old, parts, why="To ting.", by=SYSTEM)
    _archive, project = _open(export_project(round_))
    codes = {one.get("guid"): one.get("name") for one in _all(project, "Code")}
    assert sorted(codes.values()) == ["Dør", "Tid", "Ventetid", "Åpningstid"]
    found = [codes[one.get("targetGUID")] for one in _all(project, "CodeRef")]
    assert sorted(found) == ["Dør", "Tid"]


def test_a_part_that_joins_two_paragraphs_is_one_selection(make):
    round_ = make.round()
    first, second = passages_of(receive(round_, TEXT, name="Solvik kommune"))
    part = add_passage(first.version, start=first.start + 2, end=second.start + 4, by=SYSTEM)
    apply_theme(part, theme(round_, "Tid"), by=SYSTEM)
    _clear(round_, 1)
    (one,) = _all(_open(export_project(round_))[1], "PlainTextSelection")
    place = slice(int(one.get("startPosition")), int(one.get("endPosition")))
    assert TEXT[place] == part.quote
