"""A scanned answer: registered as it is, coded at once, read later, corrected by a person."""

from io import BytesIO

import pytest
from sqlalchemy import select

from consult.db import session
from consult.domain.coding.models import Passage
from consult.domain.coding.types import PassageKind
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from consult.domain.scans.rules import words_for_page
from consult.domain.scans.tesseract import can_read
from consult.domain.scans.types import PageState
from consult.domain.submissions.listing import get_answer
from consult.jobs import scans as jobs
from consult.jobs.scans import read_scans
from consult.kernel.files import FileStore
from tests.support.coded import theme
from tests.support.scanned import scanned_pdf

WORDS = "Kommunen støtter forslaget.\nFristen bør være åtte uker."


@pytest.fixture
def round_(make):
    return make.round(slug="skannet", questions=1)


@pytest.fixture
def officer(client, make, round_, app, monkeypatch, tmp_path):
    monkeypatch.setitem(app.extensions, "files", FileStore(tmp_path / "files"))
    return client.sign_in(make.member(round_.owner, Role.CASE_OFFICER))


def _register(client, content: bytes):
    """Import a document as it is."""
    page = client.post(
        "/desk/rounds/skannet/intake",
        {"file": (BytesIO(content), "brev.pdf"), "sender": "Sørvik kommune"},
        content_type="multipart/form-data",
    )
    assert "A scanned document" in page.words
    page = client.submit(page, {"next": "1"}, action=page.url)
    return client.submit(
        page, {"kind": "municipality", "is_undated": "y", "contact_email": "post@sorvik.example"}
    )


def _instead(state: PageState, number: int) -> str:
    """What stands for one of two pages, in the language of the answer."""
    return words_for_page(state, "", number=number, total=2, locale="nb")


@pytest.mark.scenario(48)
def test_pages_are_coded_before_and_after_they_are_read(client, officer, round_, monkeypatch):
    monkeypatch.setattr(jobs, "can_read", lambda: False)
    monkeypatch.setattr("consult.blueprints.desk.views.scans.can_read", lambda: False)
    answer = _register(client, scanned_pdf([WORDS, ""]))
    assert "The answer is registered as number 1." in answer.words
    assert "2 pages" in answer.words
    assert "Scanned: 0 of 2 pages read" in answer.words
    access = theme(round_, "Frist")

    coding = client.get("/desk/rounds/skannet/coding/answers/1")
    assert _instead(PageState.WAITING, 1) in coding.words
    picture = coding.find(".//img[contains(@src, '/picture')]")
    assert picture.get("alt") == "Page 1 of 2, not read yet"
    drawn = client.raw(picture.get("src"))
    assert (drawn.mimetype, drawn.data[:2]) == ("image/jpeg", b"\xff\xd8")
    first, second = session().scalars(select(Passage).order_by(Passage.position))
    assert {first.kind, second.kind} == {PassageKind.PAGE}
    client.post(f"/desk/rounds/skannet/passages/{first.public_id}/themes", {"theme": access.key})
    pages = client.get(answer.find(".//a[contains(., 'Scanned: ')]").get("href"))
    assert "No text recognition is installed on this machine" in pages.words

    monkeypatch.setattr(jobs, "can_read", can_read)
    if not can_read():  # then a person reads
        return
    read_scans()
    session().expire_all()
    assert "Fristen bør være åtte uker." in first.quote
    assert [coding.theme.key for coding in first.codings] == ["frist"]
    assert second.quote == _instead(PageState.EMPTY, 2)
    page = client.get(f"/desk/rounds/skannet/coding?passage={first.public_id}")
    assert "Read by a machine" in page.words
    assert "Frist" in page.words


@pytest.mark.scenario(48)
def test_a_person_corrects_what_a_machine_read(client, officer, round_, monkeypatch):
    monkeypatch.setattr(jobs, "can_read", lambda: False)
    answer = _register(client, scanned_pdf(["Fristen"], scale=1))
    here = answer.find(".//a[contains(., 'Scanned: ')]").get("href")
    page = client.get(f"{here}/1")
    page = client.submit(page, {"text": "Fristen er for kort. Vi ber om åtte uker."})
    assert "Corrected by a person" in page.words
    passage = session().scalars(select(Passage)).one()
    assert passage.quote == "Fristen er for kort. Vi ber om åtte uker."
    found = client.get(f"{here}?words=åtte+uker")
    assert "1 page has these words." in found.words
    assert "0 pages have these words." in client.get(f"{here}?words=bibliotek").words

    coding = f"/desk/rounds/skannet/passages/{passage.public_id}"
    part = client.post(f"{coding}/parts", {"first": "2", "last": "2"})
    assert "The part is a passage of its own now." in part.words
    page = client.submit(
        client.get(f"{here}/1"), {"text": "Fristen er altfor kort. Vi ber om åtte uker."}
    )
    chosen = session().scalars(select(Passage).where(Passage.kind == PassageKind.CHOSEN)).one()
    session().refresh(passage)
    assert passage.quote[chosen.start - passage.start :] == chosen.quote == "Vi ber om åtte uker."

    stale = client.get(f"{here}/1")
    client.submit(stale, {"text": "Fristen er altfor kort! Vi ber om åtte uker."})
    client.submit(stale, {"text": "Noe annet."}, status=409)
    number = client.submit(client.get(f"{here}/1"), {"text": "Født 01819012365"}, status=422)
    assert "national identity number" in number.words


@pytest.mark.scenario(48)
def test_the_sender_is_asked_for_a_summary(client, officer, round_, monkeypatch):
    monkeypatch.setattr(jobs, "can_read", lambda: False)
    answer = _register(client, scanned_pdf(["Fristen"], scale=1))
    pages = client.get(answer.find(".//a[contains(., 'Scanned: ')]").get("href"))
    ask = client.get(pages.find(".//a[contains(@href, '/ask')]").get("href"))
    page = client.submit(ask, {"question": "summary"})
    assert "The sender is asked by mail." in page.words
    [mail] = [one for one in list_messages(limit=5) if one.kind == "file_question"]
    assert "brev.pdf" in mail.body_text
    assert get_answer("skannet", 1).reference == mail.about
