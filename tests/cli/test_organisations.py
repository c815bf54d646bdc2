"""The commands for organisations and people, on an installation of their own."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import consult
from consult import create_app
from consult.cli import main
from consult.config import Settings
from consult.db import db
from consult.domain.accounts.errors import SignInRefused
from consult.domain.accounts.queries import find_person_by_email
from consult.domain.accounts.service import sign_in_with_password
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.queries import count_organisations, roles_of
from consult.kernel.clock import utc_now
from tests.support.databases import database_url

DEMO = Path(consult.__file__).parent / "demo" / "organisations.toml"


@pytest.fixture
def installation(tmp_path, lend_app):
    """An app over an empty database in a folder of its own, which the commands use too."""
    url = database_url("sqlite", tmp_path)
    app = create_app(Settings(instance=tmp_path, database_url=url, queue="immediate", testing=True))
    lend_app(app)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def run(installation, tmp_path):
    """Runs a command line as a shell would."""

    def invoke(*words: str, stdin: str | None = None) -> Result:
        environment = {
            **{name: None for name in os.environ if name.startswith("CONSULT_")},
            "INSTANCE": str(tmp_path),
            "CONSULT_QUEUE": "immediate",
        }
        return CliRunner().invoke(main, list(words), input=stdin, env=environment)

    return invoke


def test_a_file_is_imported_and_listed(run):
    result = run("organisation", "import", str(DEMO))
    assert result.exit_code == 0, result.output
    assert result.output.endswith(" registered, 0 known before.\n")
    again = json.loads(run("organisation", "import", str(DEMO), "--json").output)
    assert again["registered"] == []
    assert len(again["known"]) == count_organisations()
    listed = json.loads(run("organisation", "list", "--search", "SOLVIK KOMM", "--json").output)
    assert [one["slug"] for one in listed["organisations"]] == ["solvik-kommune"]


def test_a_tree_is_exported_for_the_next_installation(run, tmp_path):
    run("organisation", "import", str(DEMO))
    out = tmp_path / "tree.csv"
    result = run("organisation", "export", "--under", "hovedsammenslutningen", "--out", str(out))
    assert result.exit_code == 0, result.output
    lines = out.read_text().splitlines()
    assert lines[1].startswith("hovedsammenslutningen,")
    assert f"{len(lines) - 1} organisations written" in result.output
    everything = json.loads(run("organisation", "export", "--json").output)
    assert everything["number"] == count_organisations()
    assert run("organisation", "export", "--under", "finnes-ikke").exit_code == 1
    assert "solvik-kommune" in run("organisation", "list").output


def test_a_bad_file_changes_nothing_and_says_why_in_one_line(run, tmp_path):
    file = tmp_path / "liste.csv"
    file.write_text("name,actor_type\nSolvik,municipality\nHavnes,brygge\n")
    result = run("organisation", "import", str(file))
    assert result.exit_code == 1
    assert "row 3: unknown actor_type 'brygge'" in result.stderr
    assert result.stderr.endswith("Error: liste.csv has 1 problem. Nothing was changed.\n")
    assert result.stdout == ""
    assert count_organisations() == 0


def test_very_many_problems_are_cut(run, tmp_path):
    file = tmp_path / "liste.csv"
    file.write_text("name,actor_type\n" + "X,brygge\n" * 30)
    result = run("organisation", "import", str(file))
    assert "… and 10 more" in result.stderr
    assert "30 problems" in result.stderr


def test_the_first_administrator_is_added_with_a_password(run):
    words = ("person", "add", "Ada@consult.example", "--name", "Ada Nes", "--admin")
    result = run(*words, "--password-stdin", "--json", stdin="en lang setning\n")
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["admin"] is True
    person = sign_in_with_password("ada@consult.example", "en lang setning", now=utc_now())
    assert person.is_admin
    assert not list_messages()


def test_a_person_is_added_with_a_role(run):
    run("organisation", "import", str(DEMO))
    words = ("person", "add", "kari@consult.example", "--name", "Kari Nes", "--locale", "nn")
    result = run(*words, "--organisation", "solvik-kommune", "--role", "drafter")
    assert result.output == "Kari Nes is registered with kari@consult.example.\n"
    (role,) = roles_of(find_person_by_email("kari@consult.example").id)
    assert (role.organisation.slug, role.role) == ("solvik-kommune", "drafter")


@pytest.mark.parametrize(
    ("words", "stdin", "message"),
    [
        (["--organisation", "finnes-ikke", "--role", "reader"], None, "No organisation has the"),
        (["--organisation", "solvik-kommune"], None, "--organisation and --role belong together."),
        (["--role", "reader"], None, "--organisation and --role belong together."),
        (["--password-stdin"], "kort\n", "The password is too short: give at least 12 characters."),
        (["--password-stdin"], "", "The password is too short: give at least 12 characters."),
    ],
)
def test_a_person_is_added_wholly_or_not_at_all(run, words, stdin, message):
    result = run("person", "add", "kari@consult.example", "--name", "Kari", *words, stdin=stdin)
    assert result.exit_code == 1
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert find_person_by_email("kari@consult.example") is None


def test_an_address_is_registered_once(run):
    words = ("person", "add", "kari@consult.example", "--name", "Kari Nes")
    assert run(*words).exit_code == 0
    result = run(*words)
    assert result.exit_code == 1
    assert "Somebody is registered with kari@consult.example already." in result.stderr
    assert "is not an e-mail address" in run("person", "add", "kari", "--name", "Kari").stderr
    with pytest.raises(SignInRefused):
        sign_in_with_password("kari@consult.example", "", now=utc_now())


@pytest.mark.parametrize(
    "command", [["organisation", "import"], ["organisation", "list"], ["person", "add"]]
)
def test_help_gives_an_example(command):
    result = CliRunner().invoke(main, [*command, "--help"])
    assert result.exit_code == 0
    assert f"Example: consult {' '.join(command)}" in result.output
