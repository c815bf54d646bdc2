"""``consult snapshot`` and ``consult document build --snapshot``."""

import json

import pytest
from click.testing import CliRunner, Result

from consult.cli import main
from consult.db import transaction
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.service.coding import apply_theme
from consult.domain.rounds.queries import get_round
from tests.support.coded import passages_of, receive, theme
from tests.support.factories import Factory

WORDS = "Døra må være åpen hver dag, også når det er lite folk på kontoret."


def _fill() -> None:
    make = Factory()
    round_ = make.round(slug="open-doors", owner=make.organisation(language="en"))
    apply_theme(passages_of(receive(round_, WORDS))[0], theme(round_, "Hours"), by=SYSTEM)


@pytest.fixture
def app(install):
    return install(_fill)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def told(*words: str) -> dict:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 1
    [line] = result.stderr.strip().splitlines()
    return line


def add_answer(app) -> None:
    with app.app_context(), transaction():
        receive(get_round("open-doors"), "Og en til.", name="Sen kommune")


@pytest.mark.scenario(80)
def test_data_are_frozen_listed_compared_and_built_from(app, tmp_path):
    here = ("--round", "open-doors")
    assert "No data of open-doors have been frozen." in refused("snapshot", "diff", *here)
    taken = told("snapshot", "take", *here, "--name", "First")
    assert (taken["analysed"], taken["codings"], len(taken["sha256"])) == (1, 1, 64)
    assert "Nothing has changed since 'First' was frozen." in refused("snapshot", "take", *here)
    build = ("document", "build", *here, "--format", "html", "--out", str(tmp_path))
    before = told(*build)
    assert before["snapshot"] == {"name": "First", "sha256": taken["sha256"]}

    add_answer(app)
    assert "Say why again" in refused("snapshot", "take", *here)
    changes = told("snapshot", "diff", *here, "First")
    assert (changes["number"], changes["may_be_printed"]) == (1, True)
    assert changes["changes"][0]["kind"] == "arrived"
    assert "Came later" in run("snapshot", "diff", *here).output
    assert told(*build, "--snapshot", "First")["files"] == before["files"]

    now = told(*build)["snapshot"]
    assert now["name"] == "Data 2"
    listed = told("snapshot", "list", *here)["snapshots"]
    assert [one["name"] for one in listed] == ["Data 2", "First"]
    assert listed[0]["reason"]
    assert told("snapshot", "diff", *here, "First", "--against", "Data 2")["number"] == 1
    for command in (("snapshot", "diff", *here, "Third"), (*build, "--snapshot", "Third")):
        assert "has no snapshot 'Third'" in refused(*command)
