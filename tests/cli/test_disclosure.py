"""``consult disclosure export``."""

import json
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from consult.cli import main
from consult.domain.accounts.types import SYSTEM
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.reviewing import clear_answer, redact_words
from consult.domain.disclosure.types import LegalBasis
from consult.domain.organisations.types import ActorType
from tests.support.coded import receive
from tests.support.factories import Factory


def _fill() -> None:
    make = Factory()
    round_ = make.round(slug="open-doors", owner=make.organisation(language="en"))
    receive(round_, "Spør Kvikksølvnes.")
    receive(round_, "Enig.", actor_type=ActorType.PRIVATE_PERSON, name="Kari Nes")
    review = get_review("open-doors", 1)
    redact_words(review, "Kvikksølvnes", LegalBasis.NOT_ON_WEB, by=SYSTEM)
    clear_answer(review, by=SYSTEM)


@pytest.mark.scenario(92)
def test_answers_are_written_to_a_file_with_the_list(install, tmp_path):
    install(_fill)
    out = tmp_path / "innsyn.zip"
    command = ["disclosure", "export", "--round", "open-doors", "--out", str(out)]
    result = CliRunner().invoke(main, [*command, "--group", "local", "--json"])
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["answers"], told["given"], told["to_be_decided"]) == (1, 1, 1)
    assert {"0001.pdf", "svar.csv"} <= set(ZipFile(out).namelist())
    wrong = CliRunner().invoke(main, [*command, "--group", "friends"])
    assert wrong.exit_code == 1
    assert "Unknown group" in wrong.stderr
    nowhere = [*command[:-1], str(tmp_path / "no" / "where.zip")]
    assert "Cannot write" in CliRunner().invoke(main, nowhere).stderr
