"""The desk's documents page: asking, watching, reading, and who may not."""

import pytest
from flask import current_app

from consult.db import session
from consult.domain.documents.queries.finding import list_documents
from consult.domain.documents.types import BuildStatus
from consult.domain.organisations.types import Role
from consult.domain.submissions.types import Publication
from consult.jobs import documents as job
from consult.kernel.clock import to_oslo
from tests.support.coded import receive
from tests.support.queries import count_queries


class Desk:
    """A round with an answer, and its owner's people."""

    def __init__(self, make, client) -> None:
        self.round = make.round()
        receive(self.round, "Døra må være åpen hver dag, også når det er lite folk.", name="Solvik")
        self.officer = make.member(self.round.owner, Role.CASE_OFFICER, name="Jonas Bergelid")
        self.reader = make.member(self.round.owner, Role.READER)
        self.stranger = make.member(make.organisation(), Role.COORDINATOR)
        self.client = client.sign_in(self.officer)
        self.path = f"/desk/rounds/{self.round.slug}/documents"
        session().commit()

    def documents(self):
        session().expire_all()
        return list_documents(self.round.id)

    def request(self, locale: str = "nb"):
        page = self.client.submit(self.client.get(self.path), {"locale": locale}, action=self.path)
        return page, self.documents()[0]


@pytest.fixture
def desk(make, client) -> Desk:
    return Desk(make, client)


@pytest.fixture
def quick_paper(monkeypatch):
    """Documents are built as always, but their PDF is not laid out."""
    monkeypatch.setattr(job, "render_pdf", lambda *_, **__: b"%PDF-1.7 of a test")


@pytest.fixture
def no_worker(app, monkeypatch):
    monkeypatch.setitem(current_app.extensions["jobs"].tasks, "build_document", lambda *_: None)


def test_a_summary_is_asked_for_read_and_downloaded(desk):
    page, document = desk.request("nn")
    assert "Ready" in page.words
    assert "Jonas Bergelid" in page.find(".//article").text_content()
    assert page.find(".//code").text == document.files[1].digest
    reading = desk.client.get(f"{desk.path}/{document.public_id}")
    assert "Draft" in reading.words
    assert "Døra må være åpen" not in reading.words  # no theme yet, so nothing is quoted
    assert reading.find(".//div[@class='doc']").get("lang") == "nn"
    response = desk.client.raw(f"{desk.path}/{document.public_id}/pdf")
    assert response.data.startswith(b"%PDF-")
    assert response.mimetype == "application/pdf"
    name = f"{desk.round.slug}-summary-nn-{to_oslo(document.finished_at):%Y-%m-%d}.pdf"
    assert name in response.headers["Content-Disposition"]
    assert reading.has_link(f"{desk.path}/{document.public_id}/docx")
    word = desk.client.raw(f"{desk.path}/{document.public_id}/docx")
    assert word.data.startswith(b"PK")
    assert word.mimetype.endswith("wordprocessingml.document")
    assert name.replace(".pdf", ".docx") in word.headers["Content-Disposition"]
    slides = desk.client.raw(f"{desk.path}/{document.public_id}/pptx")
    assert slides.mimetype.endswith("presentationml.presentation")


def test_an_empty_page_says_what_will_stand_there(desk):
    page = desk.client.get(desk.path)
    assert "No documents yet" in page.words
    assert page.find(".//input[@name='locale'][@checked]").get("value") == "en"


def test_a_language_must_be_chosen(desk):
    token = desk.client.csrf_token()
    page = desk.client.post(desk.path, {"locale": "", "csrf_token": token}, status=422)
    assert "Choose a language." in page.words
    assert not desk.documents()


@pytest.mark.usefixtures("no_worker")
def test_a_document_in_the_making_looks_again_by_itself(desk):
    page, document = desk.request()
    state = f"{desk.path}/{document.public_id}/state"
    card = page.find(f".//article[@id='document-{document.public_id}']")
    assert (card.get("hx-get"), card.get("hx-trigger")) == (state, "every 2s")
    assert "In the queue" in page.words
    assert page.has_link(desk.path)  # the same without scripts
    document.status, document.progress = BuildStatus.BUILDING, 42
    session().commit()
    fragment = desk.client.raw(state).text
    assert 'value="42"' in fragment
    assert "hx-get" in fragment
    document.status = BuildStatus.FAILED
    session().commit()
    fragment = desk.client.raw(state).text
    assert "hx-get" not in fragment
    assert "Start again" in fragment


@pytest.mark.usefixtures("no_worker")
def test_what_is_not_ready_cannot_be_read(desk):
    _page, document = desk.request()
    for path in ("", "/pdf", "/docx"):
        desk.client.get(f"{desk.path}/{document.public_id}{path}", status=404)


@pytest.mark.usefixtures("quick_paper")
def test_a_failed_document_is_started_again(desk, monkeypatch):
    jobs = current_app.extensions["jobs"]
    with monkeypatch.context() as patch:
        patch.setitem(jobs.tasks, "build_document", lambda *_: None)
        _page, document = desk.request()
    document.status = BuildStatus.FAILED
    session().commit()
    page = desk.client.get(desk.path)
    page = desk.client.submit(page, action=f"{desk.path}/{document.public_id}/restart")
    assert "Ready" in page.words
    again = f"{desk.path}/{document.public_id}/restart"
    assert "This was changed in the meantime" in desk.client.post(again, status=409).words


@pytest.mark.usefixtures("quick_paper")
def test_readers_read_but_do_not_ask(desk, new_client):
    _page, document = desk.request()
    reader = new_client().sign_in(desk.reader)
    page = reader.get(desk.path)
    assert "Build a summary" not in page.words
    reader.get(f"{desk.path}/{document.public_id}")
    reader.post(desk.path, {"locale": "nb"}, status=404)
    reader.post(f"{desk.path}/{document.public_id}/restart", status=404)
    assert len(desk.documents()) == 1


@pytest.mark.usefixtures("quick_paper")
def test_others_are_told_nothing(desk, new_client, make):
    _page, document = desk.request()
    stranger = new_client().sign_in(desk.stranger)
    paths = ("", f"/{document.public_id}", f"/{document.public_id}/pdf",
             f"/{document.public_id}/state")  # fmt: skip
    for path in paths:
        stranger.get(desk.path + path, status=404)
    stranger.post(desk.path, {"locale": "nb"}, status=404)
    for path in paths:
        response = new_client().raw(desk.path + path)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/sign-in")


@pytest.mark.usefixtures("quick_paper")
def test_a_document_belongs_to_its_round(desk, make):
    _page, document = desk.request()
    other = make.round(owner=desk.round.owner)
    session().commit()
    desk.client.get(f"/desk/rounds/{other.slug}/documents/{document.public_id}", status=404)


@pytest.mark.usefixtures("quick_paper")
def test_secret_names_stay_out_of_the_reading_page(desk):
    receive(desk.round, "En hemmelighet.", name="Hemmelig AS", publication=Publication.NOT_ON_WEB)
    session().commit()
    _page, document = desk.request()
    assert "Hemmelig AS" not in desk.client.get(f"{desk.path}/{document.public_id}").text


@pytest.mark.usefixtures("quick_paper")
def test_the_list_takes_the_same_number_of_queries(desk):
    desk.request()
    with count_queries() as one:
        desk.client.get(desk.path)
    desk.request()
    desk.request("en")
    with count_queries() as three:
        desk.client.get(desk.path)
    assert three.number == one.number
