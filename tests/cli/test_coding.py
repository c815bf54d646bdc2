"""The commands for codebooks, codings and the matrix, on an installation of their own."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import consult
from consult import create_app
from consult.cli import main
from consult.config import Settings
from consult.db import db, session, transaction
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.queries.double import passage_of_sample
from consult.domain.coding.queries.themes import list_themes
from consult.domain.coding.service.double import code_blind, draw_sample
from consult.domain.rounds.queries import get_round
from tests.support.coded import TWO_PARAGRAPHS, receive
from tests.support.factories import Factory

THEMES = Path(consult.__file__).parent / "demo" / "codebooks" / "rom-for-lokale-kontor.toml"


@pytest.fixture
def installation(tmp_path, lend_app):
    """An app over a database of its own with one coded-to-be answer, which the commands use too."""
    app = create_app(Settings(instance=tmp_path, queue="immediate", testing=True))
    lend_app(app)
    with app.app_context():
        db.create_all()
        with transaction():
            receive(Factory().round(slug="rom"), TWO_PARAGRAPHS)
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def run(installation, tmp_path):
    """Runs a command line as a shell would."""

    def invoke(*words: str) -> Result:
        session().rollback()
        environment = {
            **{name: None for name in os.environ if name.startswith("CONSULT_")},
            "INSTANCE": str(tmp_path),
            "CONSULT_QUEUE": "immediate",
        }
        return CliRunner().invoke(main, list(words), env=environment)

    return invoke


def codings_file(folder: Path, *rows: str) -> str:
    path = folder / "codings.csv"
    path.write_text("\n".join(("submission,start,end,theme", *rows)), encoding="utf-8")
    return str(path)


def test_codebook_and_codings_in_and_out(run, tmp_path):
    result = run("codebook", "import", "--round", "rom", str(THEMES), "--json")
    assert json.loads(result.output) == {"added": 23, "changed": 0, "unchanged": 0}
    out = tmp_path / "themes.toml"
    assert run("codebook", "export", "--round", "rom", "--out", str(out)).exit_code == 0
    again = run("codebook", "import", "--round", "rom", str(out))
    for_others = tmp_path / "themes.qdc"
    assert run("codebook", "export", "--round", "rom", "--out", str(for_others)).exit_code == 0
    known = run("codebook", "import", "--round", "rom", str(for_others))
    assert known.output.startswith("0 themes added")
    table = run("codebook", "export", "--round", "rom", "--format", "csv")
    assert table.output.startswith("key,parent,name,")
    assert "must end with" in run("codebook", "import", "--round", "rom", "README.md").output
    assert again.output == "0 themes added, 0 changed, 23 as they were.\n"
    assert len(list_themes(get_round("rom").id)) == 23

    file = codings_file(tmp_path, "1,0,18,tilgjengelighet", "1,20,43,tid-til-oppfolging")
    result = run("coding", "import", "--round", "rom", file, "--json")
    assert json.loads(result.output) == {"added": 2, "present": 0, "passages": 1}
    text = run("coding", "export", "--round", "rom").output
    assert "Veilederne trenger tid.,tid-til-oppfolging,system," in text
    exported = json.loads(run("coding", "export", "--round", "rom", "--json").output)
    assert exported["number"] == 2
    assert exported["codings"][0]["quote"] == "Døra må være åpen."
    copy = tmp_path / "copy.csv"
    copy.write_text(text, encoding="utf-8")
    result = run("coding", "import", "--round", "rom", str(copy))
    assert result.output.startswith("0 codings added, 2 were there already;")

    assert run("coding", "agreement", "--round", "rom").output == "No sample has been drawn.\n"
    with transaction():
        sample = draw_sample(get_round("rom"), share=100, coder="person:second", by=SYSTEM)
        code_blind(passage_of_sample(sample.id, 1), [], by=SYSTEM)
    shown = json.loads(run("coding", "agreement", "--round", "rom", "--json").output)["samples"]
    assert shown[0]["themes"]["tilgjengelighet"]["first"] == 1
    words = run("coding", "agreement", "--round", "rom").output
    assert words.endswith("1 of 2 passages coded twice; all themes: alpha 0.000, kappa 0.000\n")


def test_problems_are_told_and_nothing_is_kept(run, tmp_path):
    run("codebook", "import", "--round", "rom", str(THEMES))
    file = codings_file(tmp_path, "1,0,18,tilgjengelighet", "7,0,18,tull")
    result = run("coding", "import", "--round", "rom", file)
    assert result.exit_code == 1
    assert "row 3: there is no answer number '7' in this round" in result.output
    assert result.stderr.endswith("\nError: The file has 1 problem. Nothing was changed.\n")
    assert json.loads(run("coding", "export", "--round", "rom", "--json").output)["number"] == 0
    broken = tmp_path / "broken.toml"
    broken.write_bytes(b"\xff\xfe")
    assert "is not UTF-8" in run("codebook", "import", "--round", "rom", str(broken)).output
    assert "There is no round 'x'." in run("coding", "export", "--round", "x").output


def test_matrix(run, tmp_path):
    run("codebook", "import", "--round", "rom", str(THEMES))
    file = codings_file(tmp_path, "1,0,18,digitalt", "1,20,67,tilgjengelighet")
    run("coding", "import", "--round", "rom", file)
    result = run("matrix", "--round", "rom", "--unit", "passages", "--json")
    found = json.loads(result.output)
    assert (found["unit"], found["units"], found["coded"]) == ("passages", 2, 2)
    rows = {row["theme"]: row["cells"] for row in found["rows"]}
    assert rows["tilgjengelighet"] == {"municipality": 2}
    assert rows["digitalt"] == {"municipality": 1}
    text = run("matrix", "--round", "rom", "--csv", "--by", "group").output
    assert text.splitlines()[0] == "Theme (number of answers),Municipalities and counties,Total"
    assert "Received" in run("matrix", "--round", "rom").output
