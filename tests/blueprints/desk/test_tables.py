"""Taking in a table of answers at the desk."""

import io

import pytest
from sqlalchemy import func, select

from consult.db import session
from consult.domain.intake.models import TableImport
from consult.domain.organisations.types import Role
from consult.domain.rounds.types import RoundStatus
from consult.domain.submissions.models import Submission
from consult.kernel.office.sheets import read_rows

TABLES = "/desk/rounds/bibliotek/intake/tables"
QUEUE = "/desk/rounds/bibliotek/queue"
WHOLE = b"Navn;E-post;Svar\nKari Moe;kari@example.no;Ja.\nPer Li;;Nei.\n"

pytestmark = pytest.mark.at("2026-11-20T10:00:00+01:00")


@pytest.fixture
def round_(make):
    return make.round(questions=1, slug="bibliotek")


@pytest.fixture
def officer(make, client, round_):
    person = make.member(round_.owner, Role.CASE_OFFICER, name="Sara Lie")
    client.sign_in(person)
    return person


def upload(client, content=WHOLE, filename="svar.csv", *, status=200, **values):
    data = {"file": (io.BytesIO(content), filename), **values}
    return client.post(TABLES, data, status=status, content_type="multipart/form-data")


def test_a_corrected_file_takes_the_place_of_the_one_before(client, officer, round_):
    page = upload(client, b"Hvem;Tekst\nKari Moe;Ja.\nPer Li;\n")
    columns = {"column_0": "sender", "column_1": "general", "default_kind": "private_person"}
    page = client.submit(page, columns, action=page.url)
    assert "Row 3" in page.words
    again = client.get(page.tree.xpath("//a[text()='Choose the file again']/@href")[0])
    assert "The new file takes the place of svar.csv" in again.words
    whole = (io.BytesIO(b"Hvem;Tekst\nKari Moe;Ja.\nPer Li;Nei.\n"), "svar.csv")
    action = again.tree.xpath("//form[@enctype]/@action")[0]
    page = client.post(action, {"file": whole}, content_type="multipart/form-data")
    assert "Every row is in order" in page.words
    assert count(TableImport) == 1


def count(model) -> int:
    return session().scalar(select(func.count(model.id))) or 0


def test_from_the_file_to_the_answers(client, officer, round_):
    assert client.get("/desk/rounds/bibliotek/intake").has_link(TABLES)
    page = upload(client)
    waiting = client.get("/desk/rounds/bibliotek/intake")
    assert waiting.has_link(page.url)
    assert "svar.csv A table of answers" in waiting.words
    assert "1 table of answers is not registered yet" in client.get(QUEUE).words
    assert page.h1 == "Check the table"
    assert "2 rows. Nothing is registered yet." in page.words
    assert "2 things keep the table from being registered" in page.words
    assert "The kind of sender is missing" in page.words
    assert "No column holds an answer yet." in page.words
    assert "Svar Left out" in page.words
    columns = {"column_2": "general", "default_kind": "private_person"}
    page = client.submit(page, columns, action=page.url)
    assert "The columns are saved." in page.words
    assert "Every row is in order" in page.words
    assert count(Submission) == 0
    done = client.submit(page, {"sends_receipt": "y"}, action=f"{page.url}/register")
    assert "2 answers are registered." in done.words
    assert "They have the numbers 1 to 2." in done.words
    assert count(Submission) == 2
    answer = client.get("/desk/rounds/bibliotek/answers/2")
    assert "Row 3 of svar.csv" in answer.words
    assert client.raw(f"{page.url}/original").data == WHOLE
    assert "2 answers registered" in client.get(TABLES).words
    again = client.post(f"{page.url}/register")  # a second click
    assert "2 answers registered" in again.words
    assert count(Submission) == 2


def test_the_same_file_again_needs_a_word(client, officer, round_):
    columns = {"column_2": "general", "default_kind": "private_person"}
    for _time in range(2):
        page = upload(client)
        page = client.submit(page, columns, action=page.url)
        if "The same file is registered already, as numbers 1 to 2." in page.words:
            break
        client.submit(page, action=f"{page.url}/register")
    client.submit(page, action=f"{page.url}/register", status=422)
    client.submit(page, {"despite_same_file": "y"}, action=f"{page.url}/register")
    assert count(Submission) == 4


def test_columns_that_hold_the_same_and_a_table_given_up(client, officer, round_):
    page = upload(client)
    refused = client.submit(page, {"column_2": "sender"}, action=page.url, status=422)
    assert "Two columns hold the same." in refused.words
    gone = client.submit(page, action=f"{page.url}/discard")
    assert "The table is deleted." in gone.words
    assert count(TableImport) == 0


@pytest.mark.scenario(49)
@pytest.mark.parametrize(
    ("content", "filename", "words"),
    [
        (b"", "svar.csv", "There are no rows below the headings"),
        (b"Navn;Svar\n", "svar.csv", "There are no rows below the headings"),
        (b"PK\x03\x04 cut off", "svar.xlsx", "The file is damaged, or is not what its name says."),
        (b"%PDF-1.7\x00", "svar.pdf", "The file is no table that we can read."),
        (b"Navn;Svar\n15076500565;Ja\n", "svar.csv", "in rows: 2 (Navn). We never store those."),
        (
            b"A\n" + b"x\n" * 501,
            "svar.csv",
            "too large: 501 rows. The limit is 500 rows.",
        ),
    ],
)
def test_files_that_cannot_be_taken_in_say_why(client, officer, content, filename, words):
    status = 413 if "large" in words else 422
    page = upload(client, content, filename, status=status)
    assert words in page.words
    assert count(TableImport) == 0


def test_the_template_has_a_column_for_everything(client, officer, round_):
    for form in ("xlsx", "csv"):
        path = f"/desk/rounds/bibliotek/intake/table-template/{form}"
        (headings,) = read_rows(client.raw(path).data, filename=f"mal.{form}")
        assert headings[:3] == ["Sender", "Organisation number", "Kind of sender"]
    client.get("/desk/rounds/bibliotek/intake/table-template/ods", status=404)


def test_a_round_that_takes_no_answers_says_so(client, officer, round_):
    round_.status = RoundStatus.CANCELLED
    session().flush()
    assert "No answers can be registered now" in client.get(TABLES).words
    upload(client, status=422)
