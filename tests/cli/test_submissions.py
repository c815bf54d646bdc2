"""The submission commands, over a database of their own."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from consult.cli import main
from consult.db import session, transaction
from consult.domain.coding.models import Passage
from consult.domain.intake.models import ImportDraft
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.queries import get_round
from consult.domain.rounds.types import RoundStatus
from consult.domain.submissions.models import Submission
from consult.domain.submissions.types import AnswerContent, Voice
from tests.domain.intake.letters import as_docx
from tests.domain.intake.samples import LETTER_WITH_HEAD, PROPOSALS
from tests.support.coded import receive
from tests.support.factories import Factory
from tests.support.sources import (
    FO_FORMS,
    FO_PEOPLE,
    NTL_FORMS,
    NTL_PEOPLE,
    digests,
    four_questions,
    source,
    thirteen_proposals,
)


class Person:
    def __init__(self, data):
        self.name, self.title = data["name"], data["title"]


@pytest.fixture
def run(install):
    """Runs a command line; the database holds the rounds that the letters answer."""
    app = install(_make_rounds)

    def run(*arguments, code=0):
        result = CliRunner().invoke(main, ["submission", *map(str, arguments)])
        assert result.exit_code == code, result.output
        return result.output

    run.app = app
    return run


def _make_rounds() -> None:
    make = Factory()
    four_questions(make)
    thirteen_proposals(make)
    libraries = make.round(questions=1, slug="bibliotek")
    for target in PROPOSALS:
        make.proposal(libraries, key=target.number, title={"nb": target.title}, text={})
    make.organisation(name="Granli kommune", slug="granli", actor_type=ActorType.MUNICIPALITY)


@pytest.fixture
def letter(tmp_path) -> Path:
    path = tmp_path / "svar.docx"
    path.write_bytes(as_docx(LETTER_WITH_HEAD))
    return path


def load(output: str) -> dict:
    return json.loads(output)


@pytest.mark.parametrize("form", FO_FORMS)
def test_the_first_real_answer(run, form):
    path = source(f"fo-innspill.{form}")
    common = ("--round", "fire-sporsmal")
    arguments = ("import", *common, "--organisation", "Et forbund", "--kind", "union", path)
    data = load(run(*arguments, "--json"))
    at_questions = [answer for answer in data["answers"] if answer["question"]]
    assert {answer["question"] for answer in at_questions} == {"q1", "q2", "q3", "q4"}
    assert sum(answer["passages"] for answer in at_questions) >= 45
    assert digests(map(Person, data["signatories"])) == FO_PEOPLE
    assert data["document_date"] is None
    assert data["missing"] == ["date"]
    assert load(run("show", *common, data["number"], "--json"))["answers"] == data["answers"]
    report = run(*arguments)
    assert "date: missing — give --date" in report
    assert "question 4: " in report
    assert "the same file is registered already as number 1" in report
    with run.app.app_context():
        stored = session().scalar(select(func.count(Passage.id)))
    assert stored == 2 * data["passages"]


@pytest.mark.parametrize("form", NTL_FORMS)
def test_the_second_real_answer(run, form):
    path = source(f"ntl-horingssvar.{form}")
    arguments = ("--round", "tretten-forslag", "--organisation", "Et annet forbund")
    data = load(run("import", *arguments, "--kind", "union", path, "--json"))
    at_proposals = {one["proposal"]: one for one in data["answers"] if one["proposal"]}
    assert set(at_proposals) == {str(number) for number in range(1, 14)}
    assert all(one["text"] and one["source_heading"] for one in at_proposals.values())
    assert data["not_answered_directly"] == []
    assert digests(map(Person, data["signatories"])) == NTL_PEOPLE
    assert data["document_date"] is None


def test_import_reports_what_it_found(run, letter):
    output = run("import", "--round", "bibliotek", "--organisation", "granli", letter)
    assert "Registered as number 1: Granli kommune (municipality)" in output
    assert "signatory: Tuva Lien, ordfører" in output
    assert "question 1: Question 1? (not answered directly)" in output
    assert "date: 2026-10-12" in output


def test_given_values_go_before_found_ones(run, letter):
    options = ("--round", "bibliotek", "--organisation", "Granli kommune", "--kind", "county")
    dates = ("--date", "2026-09-01", "--received", "2026-09-03T14:30", "--language", "nn")
    data = load(run("import", *options, *dates, letter, "--json"))
    assert data["document_date"] == "2026-09-01"
    assert data["received_at"] == "2026-09-03T12:30:00+00:00"
    assert data["language"] == "nn"
    assert data["kind"] == "county"
    assert data["their_ref"] == "2026/1234-5"


def test_list_and_show(run, letter):
    assert "No answers yet." in run("list", "--round", "bibliotek")
    options = ("--round", "bibliotek", "--organisation", "granli", "--received", "2026-10-20")
    run("import", *options, letter)
    assert "Granli kommune" in run("list", "--round", "bibliotek")
    (row,) = load(run("list", "--round", "bibliotek", "--json"))["submissions"]
    assert row["number"] == 1
    assert row["passages"] > 5
    assert row["passages_coded"] == 0
    shown = load(run("show", "--round", "bibliotek", 1, "--json"))
    assert shown["sender"] == "Granli kommune"
    assert shown["files"][0]["filename"] == "svar.docx"
    assert "Meldingen må kunne sendes" in run("show", "--round", "bibliotek", 1)


MISTAKES = [
    (("--round", "ukjent"), "There is no round 'ukjent'."),
    (("--kind", "king"), "Unknown kind 'king'."),
    (("--organisation", "Ny forening"), "A new sender needs a kind"),
    (("--organisation", " "), "Give the sender"),
    (("--date", "i går"), "--date 'i går' is no date."),
    (("--received", "2999-01-01"), "--received is a day to come."),
    (("--date", "2026-10-19", "--received", "2026-10-18"), "--date is after the day"),
    (("--language", "xx"), "Unknown language 'xx'."),
]


def test_a_mistake_is_one_line_and_changes_nothing(run, letter, tmp_path):
    defaults = ("--round", "bibliotek", "--organisation", "granli")
    for options, line in MISTAKES:
        output = run("import", *defaults, *options, letter, code=1)
        assert line in output
        assert len(output.strip().splitlines()) == 1, output
    _assert_nothing_was_kept(run, tmp_path)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (None, "Cannot read"),
        (b"", "holds no text"),
        (b"PK\x03\x04" + bytes(100), "The file is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "of a kind that we cannot read"),
    ],
)
def test_a_bad_file_is_one_line_and_changes_nothing(run, tmp_path, content, line):
    path = tmp_path / "feil.docx"
    if content is not None:
        path.write_bytes(content)
    output = run("import", "--round", "bibliotek", "--organisation", "granli", path, code=1)
    assert line in output
    assert len(output.strip().splitlines()) == 1
    _assert_nothing_was_kept(run, tmp_path)


def test_a_round_that_is_not_shown_yet_takes_nothing(run, letter, tmp_path):
    with run.app.app_context(), transaction():
        get_round("bibliotek").status = RoundStatus.PLANNED
    told = run("import", "--round", "bibliotek", "--organisation", "granli", letter, code=1)
    assert told.startswith("Error: The consultation is being prepared. Announce it first")
    _assert_nothing_was_kept(run, tmp_path)


def test_unknown_round_and_number(run):
    assert "There is no round" in run("list", "--round", "ukjent", code=1)
    assert "There is no round" in run("show", "--round", "ukjent", 1, code=1)
    for number in (7, 10**20):
        told = run("show", "--round", "bibliotek", number, code=1)
        assert told.startswith(f"Error: Round bibliotek has no answer number {number}.")


def _assert_nothing_was_kept(run, tmp_path) -> None:
    with run.app.app_context():
        assert session().scalar(select(func.count(Submission.id))) == 0
        assert session().scalar(select(func.count(ImportDraft.id))) == 0
    kept = (tmp_path / "instance" / "files").rglob("*")
    assert not [path for path in kept if path.is_file()]


def test_an_identity_number_is_one_line_and_changes_nothing(run, tmp_path):
    path = tmp_path / "svar.txt"
    path.write_text("Vi støtter dette.\n\nJeg er 151086 95088.\n", encoding="utf-8")
    command = ("import", "--round", "bibliotek", "--organisation", "Granli kommune", path)
    output = run(*command, code=1)
    assert len(output.splitlines()) == 1
    assert "a national identity number (11 digits) in the file" in output
    assert "--redact" in output
    assert "95088" not in output
    with run.app.app_context():
        assert session().scalar(select(func.count(Submission.id))) == 0
        assert session().scalar(select(func.count(ImportDraft.id))) == 0
    kind = ("--kind", "municipality", "--redact", "--json")
    data = json.loads(run(*command[:-1], *kind, path))
    assert data["answers"][0]["text"].endswith("Jeg er […].")
    assert [file["filename"] for file in data["files"]] == ["svar.txt"]


def test_comments_and_remarks_say_what_they_are(run):
    with run.app.app_context(), transaction():
        round_ = get_round("bibliotek")
        section = Factory().section(round_)
        parts = (
            AnswerContent(section_id=section.id, quote="hver dag", text="Det er for ofte."),
            AnswerContent(text="Vi er uenige.", voice=Voice.MINORITY, voice_label="To medlemmer"),
        )
        receive(round_, "Ja.", answers=parts)
    data = load(run("show", "--round", "bibliotek", 1, "--json"))
    assert [one["section"] for one in data["answers"]] == [None, "1", None]
    assert data["answers"][1]["quote"] == "hver dag"
    assert data["answers"][2]["voice_label"] == "To medlemmer"
    assert data["passages_by_place"]["section:1"] == 1
    text = run("show", "--round", "bibliotek", 1)
    assert "section 1 «hver dag»" in text
    assert "the round as a whole (To medlemmer)" in text
