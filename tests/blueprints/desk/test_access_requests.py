"""Packages for access requests: asked for, made by the worker, fetched, and stale ones kept in."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.audit.types import Tag
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.filing import hold_file, publish_file
from consult.domain.disclosure.service.refusing import refuse_publication
from consult.domain.disclosure.service.reviewing import clear_answer, redact_words
from consult.domain.disclosure.types import LegalBasis, RefusalReason
from consult.domain.documents.models import AccessPackage
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.types import Publication, StoredFile
from consult.jobs.packages import make_package
from tests.support.coded import receive
from tests.support.pdf_text import text_of

SECRET = "Kvikksølvnes"


@pytest.fixture
def round_(make, owner):
    return make.round(owner=owner)


@pytest.fixture
def answers(round_, app):
    """One of each kind: redacted with files, without name, not on the web, refused, waiting."""
    files = app.extensions["files"]
    sent = (
        StoredFile(f"{SECRET}.txt", "text/plain", files.save(b"Uttalelse."), 10),
        StoredFile("lonn.txt", "text/plain", files.save(b"Lonn 1"), 6),
        StoredFile("tavle.png", "image/png", files.save(b"\x89PNG\r\n\x1a\n"), 8),
    )
    receive(round_, f"Spør {SECRET} om det.", name="Solvik kommune", files=sent)
    person = {"actor_type": ActorType.PRIVATE_PERSON}
    receive(round_, "Enig.", name="Kari Nes", publication=Publication.WITHOUT_NAME, **person)
    receive(round_, "Uenig.", name="Per Nes", publication=Publication.NOT_ON_WEB, **person)
    receive(round_, "Hat.", name="Ola Nes", **person)
    receive(round_, "Venter.", name="Siv Nes", **person)
    review = get_review(round_.slug, 1)
    redact_words(review, SECRET, LegalBasis.CONFIDENTIALITY, by=SYSTEM)
    redact_words(review, "om det", LegalBasis.NOT_ON_WEB, by=SYSTEM)
    publish_file(review, review.version.attachments[0], by=SYSTEM, files=files)
    hold_file(review, review.version.attachments[1], LegalBasis.PAY, by=SYSTEM)
    for number in (1, 2, 3):
        clear_answer(get_review(round_.slug, number), by=SYSTEM)
    refuse_publication(
        get_review(round_.slug, 4), RefusalReason.HATEFUL, "", by=SYSTEM, contact="x@y.example"
    )
    session().commit()


def made(desk, round_, **fields):
    """The package that the worker makes of what the form asks for, and its page."""
    path = f"/desk/rounds/{round_.slug}/access"
    desk.submit(desk.get(path), {"locale": "en", **fields}, action=path)
    package = session().query(AccessPackage).order_by(AccessPackage.id.desc()).first()
    if package.digest is None:
        make_package(package.public_id, package.attempt)
    session().refresh(package)
    return package, desk.get(path)


def fetched(desk, page) -> ZipFile:
    [action] = page.tree.xpath(".//form[contains(@action, '/file')]/@action")[:1]
    response = desk.raw(action, method="POST", data=dict(page.form(action).form_values()))
    assert response.mimetype == "application/zip"
    return ZipFile(BytesIO(response.data))


@pytest.mark.scenario(92)
def test_everything_that_may_be_read_and_a_list_of_what_may_not(desk, round_, answers):
    package, page = made(desk, round_)
    assert "1 answer has not been looked through" in page.words
    assert "3 of 5 answers." in page.words
    archive = fetched(desk, page)
    assert set(archive.namelist()) == {
        "0001.pdf", "0001/1-file-1.txt", "0002.pdf", "0003.pdf",
        "answers.csv", "withheld.csv", "withheld.pdf",
    }  # fmt: skip
    text = text_of(archive.read("0001.pdf"))
    assert "Spør [taken out: Duty of confidentiality" in " ".join(text.split())
    rows = [line.split(",", 5) for line in archive.read("withheld.csv").decode().splitlines()]
    withheld = archive.read("withheld.csv").decode()
    assert len(rows) == 8
    assert 'Words in the text,Question 1? (en),"Duty of confidentiality' in withheld
    assert "The basis holds for the web only" in withheld
    assert "2,Private person,The sender's name,,The sender's wish" in withheld
    assert "A file,2,Pay of a person" in withheld
    assert "A file that nobody has decided on,3" in withheld
    assert "4,Ola Nes,The whole answer,,It holds hateful" in withheld
    assert "5,Siv Nes,The whole answer: it has not been looked through yet" in withheld
    assert "Per Nes" in text_of(archive.read("0003.pdf"))
    assert "Kari" not in text_of(archive.read("0002.pdf"))
    tags = [entry.tag for entry in entries_about(package.reference)]
    assert set(tags) == {Tag.ACCESS_REQUESTED, Tag.ACCESS_GIVEN}


@pytest.mark.scenario(20)
def test_names_and_filter_are_a_decision_of_whoever_asks(desk, round_, answers):
    _package, page = made(desk, round_, sender="kari", named="2")
    assert "1 name given against the sender's wish" in page.words
    assert "2 Kari Nes" in page.words
    archive = fetched(desk, page)
    assert "0001.pdf" not in archive.namelist()
    assert "Kari Nes" in text_of(archive.read("0002.pdf"))
    assert "Nothing is withheld" in text_of(archive.read("withheld.pdf"))


def test_a_package_is_not_handed_out_when_less_may_be_given(desk, round_, answers):
    package, page = made(desk, round_)
    [action] = page.tree.xpath(".//form[contains(@action, '/file')]/@action")
    fields = dict(page.form(action).form_values())
    redact_words(get_review(round_.slug, 3), "Uenig", LegalBasis.PERSONAL_DATA, by=SYSTEM)
    session().commit()
    assert desk.raw(action, method="POST", data=fields).status_code == 303
    page = desk.get(f"/desk/rounds/{round_.slug}/access")
    assert "It still stands in this package" in page.words
    assert package.reference.startswith("access:")
