"""The command that registers a table of answers."""

import json

import pytest
from click.testing import CliRunner

from consult.cli import main
from tests.support.factories import Factory

GOOD = "Navn;Type;q1;Notat\nKari;private_person;Ja.;x\nPer;private_person;Nei.;\n"


def _fill():
    Factory().round(slug="bibliotek", questions=1)


@pytest.fixture
def run(install, tmp_path):
    install(_fill)
    file = tmp_path / "svar.csv"

    def run(content, *options, code=0):
        file.write_text(content)
        arguments = ["submission", "import-table", "--round", "bibliotek", *options, str(file)]
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == code, result.output
        return result.output

    return run


def test_a_table_is_checked_registered_and_told_of(run):
    assert "2 rows are in order. Nothing was registered." in run(GOOD, "--check")
    output = run(GOOD)
    assert "Registered: 2 answers, numbers 1–2." in output
    assert "left out: column «Notat»" in output
    refused = run(GOOD, code=1)
    assert "registered already, as numbers 1–2. Give --again for that." in refused
    data = json.loads(run(GOOD, "--again", "--json"))
    assert (data["registered"], data["first_number"], data["left_out"]) == (2, 3, ["Notat"])
    bad = GOOD + "Liv;ukjent;Ja.;\n;;;\n"
    output = run(bad, code=1)
    assert "row 4, Type: This is no kind of sender. Use a word of the template. «ukjent»" in output
    assert "Nothing was registered." in output
    data = json.loads(run(bad, "--json", code=1))
    assert (data["registered"], data["problems"][0]["fault"]) == (0, "unknown_kind")
    assert "There are no rows below the headings" in run("Navn;Type\n", code=1)
    assert (
        "There is no round"
        in CliRunner().invoke(main, ["submission", "import-table", "--round", "x", __file__]).output
    )
