"""The desk's frozen data: taking them, what changed since, and what stands beside a document."""

import hashlib

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.service.coding import apply_theme
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.reviewing import redact_words
from consult.domain.disclosure.types import LegalBasis
from consult.domain.documents.queries.finding import list_documents
from consult.domain.documents.service.building import request_document
from consult.domain.documents.service.freezing import take_snapshot
from consult.domain.documents.snapshots import list_snapshots
from consult.domain.documents.types import DocumentKind
from consult.domain.organisations.types import Role
from consult.domain.submissions.service.deciding import mark_answer
from consult.domain.submissions.service.revising import receive_version
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    DecisionKind,
    Respondent,
    SubmissionContent,
)
from consult.jobs import documents as job
from consult.kernel.clock import utc_now
from tests.support.coded import passages_of, receive, theme
from tests.support.queries import count_queries

WORDS = "Kontoret må ha åpent hver dag, også når det er få som kommer innom for å spørre om noe."


class Desk:
    """A round with two answers on one theme, and its owner's people."""

    def __init__(self, make, client) -> None:
        self.round = make.round(questions=1, owner=make.organisation(language="en"))
        opening = theme(self.round, "Opening hours")
        self.union, self.council = (self._receive(name, opening) for name in ("Union", "Solvik"))
        officer = make.member(self.round.owner, Role.CASE_OFFICER, name="Jonas Bergelid")
        self.reader = make.member(self.round.owner, Role.READER)
        self.client = client.sign_in(officer)
        self.path = f"/desk/rounds/{self.round.slug}/snapshots"
        self.new = f"{self.path}/new"
        session().commit()

    def _receive(self, name: str, opening):
        submission = receive(self.round, WORDS, name=name)
        apply_theme(passages_of(submission)[0], opening, by=SYSTEM)
        return submission

    def freeze(self, **values: str):
        """Freeze through the form; the page that follows, and the newest snapshot."""
        page = self.client.submit(self.client.get(self.new), values, action=self.new)
        session().expire_all()
        return page, list_snapshots(self.round.id)[0]

    def summary(self):
        """A built summary of the newest snapshot, and the path of its page."""
        snapshot = take_snapshot(self.round, by=SYSTEM, now=utc_now())
        document = request_document(
            self.round, DocumentKind.SUMMARY, locale="en", by=SYSTEM, snapshot=snapshot
        )
        session().commit()
        job.build_document(document.public_id, 1)
        return f"/desk/rounds/{self.round.slug}/documents/{document.public_id}"

    def correct(self, submission, text: str) -> None:
        content = SubmissionContent(
            respondent=Respondent(submission.name, submission.actor_type),
            channel=Channel.FORM, language="nb", publication=submission.publication,
            answers=(AnswerContent(question_id=self.round.questions[0].id, text=text),),
        )  # fmt: skip
        receive_version(submission, content, by=SYSTEM, received_at=utc_now())
        session().commit()


@pytest.fixture
def desk(make, client, monkeypatch) -> Desk:
    monkeypatch.setattr(job, "render_pdf", lambda *_, **__: b"%PDF-1.7 of a test")
    return Desk(make, client)


def test_data_are_frozen_seen_and_checked_against_their_hash(desk):
    empty = desk.client.get(desk.path)
    assert "Nothing has been frozen" in empty.words
    form = desk.client.get(desk.new)
    assert "Answers analysed2" in form.words
    assert "Why the figures shall rest" not in form.words  # nothing was frozen before
    page, snapshot = desk.freeze(name="Final data")
    assert "The data are frozen as “Final data”." in page.words
    assert snapshot.digest in page.words
    assert "Nothing." in page.words
    data = desk.client.raw(f"{desk.path}/{snapshot.public_id}/data.json").data
    assert hashlib.sha256(data).hexdigest() == snapshot.digest
    listed = desk.client.get(desk.path)
    assert "Jonas Bergelid" in listed.words
    assert snapshot.digest[:12] in listed.words


def test_freezing_again_is_a_decision_with_a_reason(desk):
    desk.freeze()
    assert "Nothing has changed" in desk.client.get(desk.new).words
    mark_answer(desk.union, DecisionKind.OFF_TOPIC, reason="Om noe annet.", by=SYSTEM)
    session().commit()
    page = desk.client.get(desk.new)
    assert "No longer counts1" in page.words
    refused = desk.client.submit(page, {"reason": ""}, action=desk.new, status=422)
    assert "Say why the figures shall rest on these data." in refused.words
    page, snapshot = desk.freeze(reason="One answer was about something else.", locale="nn")
    assert snapshot.reason == "One answer was about something else."
    assert "The summary is being built" in page.words
    [document] = list_documents(desk.round.id)
    assert (document.snapshot_id, document.locale) == (snapshot.id, "nn")
    again = {"name": "x", "reason": "y", "locale": "none", "csrf_token": desk.client.csrf_token()}
    assert "Nothing has changed since" in desk.client.post(desk.new, again).words


def test_changes_lead_to_where_they_can_be_seen(desk):
    _page, snapshot = desk.freeze()
    desk.correct(desk.union, "Kontoret kan stenge om fredagen.")
    theme(desk.round, "Staff")
    session().commit()
    page = desk.client.get(f"{desk.path}/{snapshot.public_id}")
    assert "2 changes" in page.words
    assert page.has_link(f"/desk/rounds/{desk.round.slug}/answers/{desk.union.number}")
    assert page.has_link(f"/desk/rounds/{desk.round.slug}/codebook")
    assert "Version 1 → 2" in page.words


@pytest.mark.scenario(34)
@pytest.mark.scenario(35)
def test_what_came_later_is_said_beside_the_document_which_stays_as_it_is(desk):
    path = desk.summary()
    before = desk.client.get(path)
    assert "Nothing has changed since." in before.words
    desk.correct(desk.union, "Kontoret kan stenge om fredagen.")
    mark_answer(desk.council, DecisionKind.WITHDRAWN, reason="Ba om det.", by=SYSTEM)
    session().commit()
    page = desk.client.get(path)
    assert "2 changes since the data were frozen" in page.words
    assert "Union: corrected after the data were frozen." in page.words
    assert "Solvik: withdrawn after the data were frozen." in page.words
    notes = page.find(".//div[@class='ds-alert notice']")
    links = [one.get("href") for one in notes.findall(".//a")]
    [first, *_] = [link for link in links if link.startswith("#")]
    assert page.find(f".//*[@id='{first[1:]}']") is not None
    assert page.find(".//div[@class='doc']").text_content() == (
        before.find(".//div[@class='doc']").text_content()
    )


def test_the_form_offers_what_was_frozen_and_leads_to_freezing_anew(desk):
    documents = f"/desk/rounds/{desk.round.slug}/documents"
    assert "The data are frozen first" in desk.client.get(documents).words
    _page, snapshot = desk.freeze()
    page = desk.client.get(documents)
    assert page.find(".//input[@name='snapshot'][@checked]").get("value") == snapshot.public_id
    led = desk.client.submit(page, {"snapshot": "now", "locale": "nn"}, action=documents)
    assert "Freeze the data" in led.words
    assert not list_documents(desk.round.id)
    built = desk.client.submit(page, {"locale": "nn"}, action=documents)
    assert "frozen" in built.words
    token = desk.client.csrf_token()
    unknown = {"snapshot": "2345", "locale": "nn", "csrf_token": token}
    desk.client.post(documents, unknown, status=404)


def test_data_that_may_no_longer_be_printed_are_not_built_from(desk):
    path = desk.summary()
    redact_words(
        get_review(desk.round.slug, desk.union.number), "åpent",
        LegalBasis.CONFIDENTIALITY, by=SYSTEM,
    )  # fmt: skip
    session().commit()
    assert "Do not hand this document on." in desk.client.get(path).words
    [snapshot] = list_snapshots(desk.round.id)
    page = desk.client.get(f"{desk.path}/{snapshot.public_id}")
    assert "Nothing may be printed from these data any more" in page.words
    documents = f"/desk/rounds/{desk.round.slug}/documents"
    page = desk.client.submit(desk.client.get(documents), action=documents, status=422)
    assert "Nothing may be printed from these data any more" in page.words


def test_readers_see_but_do_not_freeze(desk, new_client):
    _page, snapshot = desk.freeze()
    reader = new_client().sign_in(desk.reader)
    assert "Freeze the data" not in reader.get(desk.path).words
    reader.get(f"{desk.path}/{snapshot.public_id}")
    reader.get(desk.new, status=404)


def test_the_list_takes_the_same_number_of_queries(desk):
    desk.freeze()
    with count_queries() as one:
        desk.client.get(desk.path)
    for number in range(2):
        theme(desk.round, f"Theme {number}")
        take_snapshot(desk.round, reason="Så", by=SYSTEM, now=utc_now())
    session().commit()
    with count_queries() as three:
        desk.client.get(desk.path)
    assert three.number == one.number
