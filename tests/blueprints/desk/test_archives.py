"""Taking in a ZIP of documents at the desk; the worker reads its files."""

import io

import pytest
from flask import current_app

from consult.domain.organisations.types import Role
from consult.jobs import archives as job
from tests.support.zipped import zip_of

ARCHIVES = "/desk/rounds/bibliotek/intake/archives"
TEXT = "Vi mener at kontoret skal være åpent.".encode()

pytestmark = pytest.mark.at("2026-11-20T10:00:00+01:00")


@pytest.fixture
def officer(make, client):
    round_ = make.round(questions=1, slug="bibliotek")
    client.sign_in(make.member(round_.owner, Role.CASE_OFFICER))


@pytest.fixture
def worker(monkeypatch):
    """Nothing is read until the test says so."""
    monkeypatch.setattr(current_app.extensions["jobs"], "tasks", {"read_archives": lambda: None})


def upload(client, content, *, status=200):
    data = {"file": (io.BytesIO(content), "svar.zip")}
    return client.post(ARCHIVES, data, status=status, content_type="multipart/form-data")


def test_files_are_read_by_the_worker_and_checked_one_by_one(client, officer, worker):
    assert client.get("/desk/rounds/bibliotek/intake").has_link(ARCHIVES)
    names = [f"{number}.txt" for number in range(12)]
    page = upload(client, zip_of({**dict.fromkeys(names, TEXT), "svar.csv": b"a;b\n1;2\n"}))
    assert "13 files wait to be read" in page.words
    job.read_archives()
    assert "3 files wait to be read" in client.get(page.url).words
    job.read_archives()
    page = client.get(page.url)
    assert "12 files are taken in. 1 file is not." in page.words
    assert "Take it in under “Answers from a table”." in page.words
    assert "To be checked" in page.words
    cells = client.get(ARCHIVES).tree.xpath(".//table[@id='archives']//td")
    assert [cell.text_content() for cell in cells[:3]] == ["12", "1", "0"]


def test_a_file_that_breaks_the_reader_holds_up_no_other(app, monkeypatch):
    read, given_up = [], []

    def broken(entry_id, **_options):
        read.append(entry_id)
        if entry_id == 1:
            raise ZeroDivisionError

    monkeypatch.setattr(job, "waiting_entry_ids", lambda _limit: [1, 2])
    monkeypatch.setattr(job, "read_entry", broken)
    monkeypatch.setattr(job, "give_up_entry", given_up.append)
    job.read_archives()
    assert (read, given_up) == ([1, 2], [1])


def test_what_is_no_zip_is_refused(client, officer):
    page = upload(client, b"Ikke en ZIP", status=422)
    assert "The file is no ZIP. Pack the documents in a .zip file." in page.words
    client.submit(page, status=422)
