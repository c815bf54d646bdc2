"""The round commands, over a database of their own."""

import json

import pytest
from click.testing import CliRunner

from consult.cli import main
from consult.domain.organisations.types import ActorType
from tests.domain.rounds.test_importing import ROUNDS, SMALL
from tests.support.factories import Factory


@pytest.fixture
def run(install):
    """Runs a command line; the database holds the organisation that asks."""
    install(lambda: Factory().organisation(slug="departementet", actor_type=ActorType.MINISTRY))

    def run(*arguments, code=0):
        result = CliRunner().invoke(main, ["round", *map(str, arguments)])
        assert result.exit_code == code, result.output
        return result.output

    return run


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "round.toml"
    path.write_text(SMALL)
    return path


@pytest.mark.at("2026-08-15T10:00:00+02:00")
def test_import_list_and_show(run, file):
    text = run("import", file)
    assert "apen-dor: Åpen dør" in text
    assert "1 sections, 1 proposals, 1 questions, 0 invitations" in text
    assert "note: invitations: nobody is invited yet" in text
    assert "planned" in run("list")
    data = json.loads(run("show", "apen-dor", "--json"))
    assert data["closes_at"] == "2026-10-31T23:59:59+01:00"
    assert data["questions"][0]["proposal"] == "1.1"
    assert data["title"]["nn"] == "Open dør"
    assert data["received"] == 0


@pytest.mark.at("2026-08-15T10:00:00+02:00")
def test_dates_and_announcement_from_the_command_line(run, file):
    data = json.loads(
        run("import", file, "--opens", "2026-08-01", "--closes", "2026-12-01T12:00",
            "--owner", "departementet", "--announce", "--json")
    )  # fmt: skip
    assert data["status"] == "open"
    assert data["closes_at"] == "2026-12-01T12:00:00+01:00"


@pytest.mark.at("2026-08-15T10:00:00+02:00")
def test_what_is_missing_for_an_announcement_keeps_nothing(run, file):
    file.write_text(SMALL.replace(', nn = "Samd?"', ""))
    text = run("import", file, "--announce", code=1)
    assert "round.toml: question q1: the text is missing (nn). Nothing was imported." in text
    assert run("list").strip() == "No rounds yet."


def test_every_problem_of_a_file_is_told(run, file):
    file.write_text(SMALL.replace('"hearing"', '"hering"').replace('kind = "stance"', "kind = 1"))
    text = run("import", file, code=1)
    assert "type: 'hering' is not one of" in text
    assert "questions[1].kind: 1 is not one of" in text
    assert "round.toml has 2 problems. Nothing was imported." in text
    problems = run("import", file, "--json", code=1)
    assert '"problems"' in problems


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("import", "nowhere.toml"), "Cannot read nowhere.toml: No such file"),
        (("import", "FILE", "--opens", "soon"), "--opens 'soon' is no date"),
        (("import", "FILE", "--owner", "nobody"), "No organisation 'nobody' is registered."),
        (("show", "nowhere"), "There is no round 'nowhere'."),
    ],
)
def test_what_is_wrong_is_said_on_one_line(run, file, arguments, message):
    text = run(*(file if part == "FILE" else part for part in arguments), code=1)
    assert message in text
    assert "Nothing was" in text


def test_help_has_an_example(run):
    for command in ("import", "list", "show"):
        assert "Example: consult round" in run(command, "--help")


def test_the_demo_files_ask_for_their_dates(run):
    text = run("import", ROUNDS[0], code=1)
    assert "opens: required: in the file, or with the import" in text
