"""Nobody downloads a file before it is scanned; a virus keeps nobody from answering."""

from io import BytesIO

import pytest
from flask import current_app

from consult.domain.files.queries import screening_state, verdict_of
from consult.domain.files.types import QUARANTINE, Verdict
from consult.domain.organisations.types import Role
from consult.domain.submissions.queries import get_submission
from consult.jobs.screening import screen_waiting_files
from consult.kernel.clamd import Clamd
from consult.kernel.files import FileStore
from tests.support.clamd import EICAR, running_clamd


@pytest.fixture
def scanner(app, monkeypatch, tmp_path):
    """Turns a scanner on or off; what is kept goes to a folder of this test."""
    monkeypatch.setitem(app.extensions, "files", FileStore(tmp_path / "files"))

    def use(address: str | None) -> None:
        found = Clamd(address, timeout=2) if address else None
        monkeypatch.setitem(app.extensions, "scanner", found)

    return use


def _add(answering, content: bytes, name: str, *, status: int = 200):
    return answering.client.post(
        answering.path("/files"),
        {"file": (BytesIO(content), name), "place": ""},
        status=status,
        content_type="multipart/form-data",
    )


@pytest.mark.scenario(48)
def test_a_virus_is_refused_and_the_answer_is_sent(answering, make, scanner):
    with running_clamd() as address:
        scanner(address)
        answering.begin(make.round())
        answering.write("Vi støtter forslaget.")
        page = _add(answering, EICAR, "vedlegg.txt", status=422)
        assert "The virus scanner found something in the file" in page.words
        assert screening_state().infected == 1
        _add(answering, b"Tall", "tall.txt")
        answering.publish()
        receipt = answering.send()
        sent = get_submission(receipt.url.rsplit("/", 1)[-1])
        [file] = sent.current_version.attachments
        assert file.filename == "tall.txt"
        assert verdict_of(file.digest) is Verdict.CLEAN
        assert answering.client.raw(f"{receipt.url}/files/{file.public_id}").status_code == 200


@pytest.mark.scenario(48)
def test_a_scanner_that_is_away_holds_files_until_it_is_back(answering, make, scanner, new_client):
    round_ = make.round()
    with running_clamd() as address:
        gone = address
    scanner(gone)
    answering.begin(round_)
    _add(answering, EICAR, "vond.txt")
    _add(answering, b"Tall", "tall.txt")
    answering.publish()
    receipt = answering.send()
    bad, good = get_submission(receipt.url.rsplit("/", 1)[-1]).current_version.attachments
    held = answering.client.raw(f"{receipt.url}/files/{good.public_id}")
    assert held.status_code == 409
    assert "being checked for viruses" in held.text
    admin = new_client().sign_in(make.person(is_admin=True))
    assert "2 files wait for the scanner" in admin.get("/admin/").words
    screen_waiting_files()
    assert screening_state().waiting == 2
    with running_clamd() as address:
        scanner(address)
        screen_waiting_files()
        assert answering.client.raw(f"{receipt.url}/files/{good.public_id}").data == b"Tall"
        refused = answering.client.raw(f"{receipt.url}/files/{bad.public_id}")
        assert refused.status_code == 409
        assert "There is a virus in this file" in refused.text
    store = current_app.extensions["files"]
    assert not store.has(bad.digest)
    assert store.part(QUARANTINE).has(bad.digest)
    desk = new_client().sign_in(make.member(round_.owner, Role.CASE_OFFICER))
    page = desk.get(f"/desk/rounds/{round_.slug}/answer-tasks")
    assert "1 file with a virus" in page.words
    page = desk.get(f"/desk/rounds/{round_.slug}/answers/1")
    assert "Holds a virus, kept apart" in page.words


def test_what_came_in_by_another_door_is_found(answering, make, scanner):
    answering.begin(make.round())
    _add(answering, b"Tall", "tall.txt")
    with running_clamd() as address:
        scanner(address)
        page = answering.client.get(answering.path("/files"))
        here = page.find(".//a[contains(@href, '/files/')]").get("href")
        assert answering.client.raw(here).status_code == 409
        screen_waiting_files()
        assert answering.client.raw(here).data == b"Tall"


def test_a_virus_found_before_sending_keeps_nobody_from_sending(answering, make, scanner):
    answering.begin(make.round())
    answering.write("Vi er enige.")
    _add(answering, EICAR, "vond.txt")
    with running_clamd() as address:
        scanner(address)
        screen_waiting_files()
        answering.publish()
        assert "We have received your answer" in answering.send().words


def test_without_a_scanner_the_administrator_is_told(make, new_client):
    admin = new_client().sign_in(make.person(is_admin=True))
    assert "Files are not scanned for viruses" in admin.get("/admin/").words
