"""The commands that search, on an installation of their own."""

import json

from click.testing import CliRunner
from sqlalchemy import delete

from consult.cli import main
from consult.db import session
from consult.domain.analysis.models import SearchEntry
from tests.support.coded import receive
from tests.support.factories import Factory


def fill() -> None:
    """A round with two answers, nothing of which can be found yet."""
    round_ = Factory().round(slug="rom", questions=1)
    receive(round_, "Brukarane treng meir tid.", name="Dalen kommune")
    receive(round_, "Brukerne vil ha tolk.", name="Forbundet")
    session().execute(delete(SearchEntry))


def test_searching_from_the_command_line(install):
    install(fill)
    run = lambda *words: CliRunner().invoke(main, ["search", *words])  # noqa: E731
    assert json.loads(run("bruker", "--round", "rom", "--json").output)["passages"] == 0
    done = json.loads(run("reindex", "--json").output)
    assert done == {"added": 2, "removed": 0, "entries": 2}
    assert run("reindex").output == "0 passages added, 0 taken out; 2 can be found.\n"
    assert json.loads(run("reindex", "--everything", "--json").output)["added"] == 2
    text = run("bruker", "--round", "rom").output
    assert text.startswith("2 passages in 2 answers and the notes of 0 meetings.\n")
    assert "    2  Forbundet: Brukerne vil ha tolk.\n" in text
    found = json.loads(run("find", '"mer tid"', "--round", "rom", "--json").output)
    assert [hit["sender"] for hit in found["hits"]] == ["Dalen kommune"]
    found = json.loads(run("--round", "rom", "--from", "forb", "tolk", "--json").output)
    assert found["answers"] == 1
    assert "no word that shall be there" in run("find", "--round", "rom", "--", "-tid").output
    assert "There is no round 'nei'" in run("tid", "--round", "nei").output
