"""Rounds from TOML files."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import consult
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.errors import FileRejected
from consult.domain.rounds.importing import import_round, read_round
from consult.domain.rounds.queries import list_questions, list_rounds, spec_of
from consult.domain.rounds.types import AnswerPublishing, MailPlace, RoundStatus

DEMO = Path(consult.__file__).parent / "demo"
ROUNDS = sorted((DEMO / "rounds").glob("*.toml"))

SMALL = """
slug = "apen-dor"
type = "hearing"
owner = "departementet"
languages = ["nb", "nn"]
contact = { name = "Sekretariatet", email = "post@consult.example" }
opens = 2026-09-01
closes = 2026-10-31

[title]
nb = "Åpen dør"
nn = "Open dør"

[introduction]
nb = "Hvorfor vi spør."
nn = "Kvifor vi spør."

[[sections]]
key = "1"
title = { nb = "Døra", nn = "Døra" }
body = { nb = "Den er åpen.", nn = "Ho er open." }

[[proposals]]
key = "1.1"
section = "1"
title = { nb = "La den stå", nn = "Lat ho stå" }
text = { nb = "Hele dagen.", nn = "Heile dagen." }

[[questions]]
key = "q1"
kind = "stance"
section = "1"
proposal = "1.1"
text = { nb = "Enig?", nn = "Samd?" }
"""


def _register_demo_bodies(make):
    bodies = tomllib.loads((DEMO / "organisations.toml").read_text())["organisations"]
    for body in bodies:
        make.organisation(
            slug=body["slug"],
            name=body["name"],
            actor_type=ActorType(body["actor_type"]),
            organisation_number=body.get("organisation_number"),
        )


@pytest.mark.parametrize("path", ROUNDS, ids=lambda path: path.stem)
def test_the_demo_rounds_import_without_problems(make, path):
    _register_demo_bodies(make)
    round_ = import_round(
        path.read_text(), by=SYSTEM, opens=date(2026, 9, 1), closes=date(2026, 10, 31)
    )
    content = tomllib.loads(path.read_text())
    spec = spec_of(round_)
    assert round_.slug == path.stem
    assert round_.status is RoundStatus.PLANNED
    for name in ("sections", "proposals", "questions", "invitations"):
        assert len(getattr(spec, name)) == len(content[name])
    assert [question.key for question in spec.questions] == [
        question["key"] for question in content["questions"]
    ]
    assert entries_about(round_.reference)[0].data["questions"] == len(content["questions"])


def test_a_date_means_the_whole_day_in_norway(make):
    make.organisation(slug="departementet")
    round_ = import_round(SMALL, by=SYSTEM)
    assert round_.opens_at == datetime(2026, 8, 31, 22, 0, tzinfo=UTC)
    assert round_.closes_at == datetime(2026, 10, 31, 22, 59, 59, tzinfo=UTC)
    question = list_questions(round_.id)[0]
    assert (question.proposal.key, question.section.key) == ("1.1", "1")


def test_everything_that_the_desk_sets_can_stand_in_the_file(make):
    make.organisation(slug="departementet")
    more = """answer_publishing = "after_deadline"
[mails.receipt]
nb = "Vi leser alt i mai."
[title]"""
    round_ = import_round(SMALL.replace("[title]", more, 1), by=SYSTEM)
    assert round_.answer_publishing is AnswerPublishing.AFTER_DEADLINE
    assert round_.words_for(MailPlace.RECEIPT, "nb").text == "Vi leser alt i mai."
    assert spec_of(round_).mail_texts == {MailPlace.RECEIPT: {"nb": "Vi leser alt i mai."}}


def test_a_time_without_a_zone_is_norwegian():
    spec = read_round(SMALL, closes=datetime(2026, 10, 31, 12, 0)).spec  # noqa: DTZ001 -- as TOML gives it
    assert spec.closes_at == datetime(2026, 10, 31, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (('type = "hearing"', 'type = "hering"'), "type: 'hering' is not one of"),
        (('kind = "stance"', 'kind = "single"'), "questions[1].options: at least two"),
        (('kind = "stance"', 'kind = "scale"'), "questions[1].scale: a scale is needed"),
        (('proposal = "1.1"', 'proposal = "9"'), "questions[1].proposal: no proposal '9'"),
        (('section = "1"\ntitle', 'section = "7"\ntitle'), "proposals[1].section: no section '7'"),
        (('nn = "Samd?"', 'en = "Agreed?"'), "questions[1].text: 'en' is not among"),
        (('nn = "Samd?"', 'nny = "Samd?"'), "questions[1].text.nny: expected one of"),
        (("closes = 2026-10-31", "closes = 2026-08-31"), "closes: the deadline must be after"),
        (("closes = 2026-10-31", 'closes = "31.10.2026"'), "closes: a date is expected"),
        (("closes = 2026-10-31", ""), "closes: required"),
        (('owner = "departementet"', 'owner = "ukjent"'), "owner: no organisation 'ukjent'"),
        (('key = "q1"', 'key = "q 1"'), "questions[1].key: 'q 1'"),
        (('key = "q1"', 'key = "q1"\nmandatory = true'), "questions[1].mandatory: unknown"),
        (("[title]", "[titel]"), "titel: unknown"),
        (("[title]", '[mails.kvittering]\nnb = "Takk."\n[title]'), "mails.kvittering: unknown"),
        (
            ("[title]", '[mails.receipt]\nen = "Thanks."\n[title]'),
            "mails.receipt: 'en' is not",
        ),
        (("[title]", 'mails = "Takk"\n[title]'), "mails: tables are expected"),
        (("[title]", 'answer_publishing = "now"\n[title]'), "answer_publishing: 'now' is not one"),
        (('languages = ["nb", "nn"]', 'languages = "nb"'), "languages: a list is expected"),
    ],
)
def test_a_problem_is_told_with_its_place(make, change, problem):
    make.organisation(slug="departementet")
    with pytest.raises(FileRejected) as caught:
        import_round(SMALL.replace(*change), by=SYSTEM)
    assert any(str(found).startswith(problem) for found in caught.value.problems), caught.value


@pytest.mark.parametrize("kind", ["stanse", "singel"])
def test_a_misspelt_kind_of_question_is_one_problem(make, kind):
    make.organisation(slug="departementet")
    question = f"""[[questions]]
key = "q9"
kind = "{kind}"
text = {{ nb = "Hva?", nn = "Kva?" }}
options = [{{ key = "a", nb = "A", nn = "A" }}]
scale = {{ min = 1, max = 5, low = {{ nb = "Nei" }}, high = {{ nb = "Ja" }} }}
"""
    with pytest.raises(FileRejected) as caught:
        import_round(SMALL + question, by=SYSTEM)
    assert [problem.place for problem in caught.value.problems] == ["questions[2].kind"]


def test_all_problems_are_told_at_once_and_nothing_is_kept(make):
    source = (
        SMALL.replace('"hearing"', '"hering"')
        .replace('kind = "stance"', 'kind = "multiple"')
        .replace('key = "1"', 'key = "."')
        + '[[invitations]]\norganisation = "ukjent"\nreason = "affected"\n'
    )
    with pytest.raises(FileRejected) as caught:
        import_round(source, by=SYSTEM)
    places = {problem.place for problem in caught.value.problems}
    assert places >= {
        "type",
        "owner",
        "sections[1].key",
        "questions[1].options",
        "invitations[1].organisation",
    }
    assert not list_rounds()


def test_a_short_name_is_taken_once(make):
    make.organisation(slug="departementet")
    import_round(SMALL, by=SYSTEM)
    with pytest.raises(FileRejected, match="there is a round 'apen-dor' already"):
        import_round(SMALL, by=SYSTEM)


def test_what_is_no_toml_is_told_with_its_line(make):
    with pytest.raises(FileRejected, match=r"not valid TOML: .*line 2"):
        read_round("slug = 1\n= 2")
