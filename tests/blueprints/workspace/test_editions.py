"""Editions of a report: built from a signed text, published at one moment, and kept honest."""

from pathlib import Path

import pytest
from flask import current_app

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.service.coding import apply_theme
from consult.domain.composing.queries import list_parts
from consult.domain.composing.service.beginning import begin_report
from consult.domain.composing.service.resting import rest_on
from consult.domain.composing.service.saving import save_part
from consult.domain.composing.types import CompositionKind, EvidenceUse, PartContent
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.reviewing import redact_words
from consult.domain.disclosure.types import LegalBasis
from consult.domain.documents.service.freezing import snapshot_of_now
from consult.domain.organisations.types import Role
from consult.domain.reports.editions import list_editions, uses_in
from consult.domain.submissions.types import Publication
from consult.jobs import documents as job
from consult.kernel.clock import utc_now
from consult.kernel.text.rich.markdown import from_markdown
from tests.support.coded import passages_of, receive, theme
from tests.support.pdf_text import text_of
from tests.support.published import approve, publish_now

REPORT = "/workspace/utvalget/reports/runde/report"
PUBLIC = "/rounds/runde/reports/report"
SECRET = "Kontoret i Bergfaret har ingen vaktmester"
WORDS = f"{SECRET} mer, og lampene er gamle."


@pytest.fixture
def written(make):
    """A report that quotes an answer and tells of another, approved."""
    round_ = make.round(slug="runde", owner=make.organisation(slug="utvalget", name="Utvalget"))
    hours = theme(round_, "Åpningstider")
    quoted = receive(round_, WORDS)
    told = receive(round_, "Døra må være åpen hver dag.", name="Havnes vel")
    for answer in (quoted, told):
        apply_theme(passages_of(answer)[0], hours, by=SYSTEM)
    taken = snapshot_of_now(round_, reason="", by=SYSTEM, now=utc_now())
    report = begin_report(round_, CompositionKind.REPORT, snapshot=taken, by=SYSTEM)
    chapter = next(part for part in list_parts(report.id) if part.theme_id)
    marks = [
        rest_on(chapter, passages_of(answer)[0], use, by=SYSTEM).public_id
        for answer, use in ((quoted, EvidenceUse.QUOTED), (told, EvidenceUse.REFERRED))
    ]
    text = (
        f"[Døra bør stå åpen]{{e:{marks[1]}}}, sier et vel.\n\n> [{WORDS}]{{e:{marks[0]}}}\n\n"
        f"Slik sier **{SECRET[:20]}**{SECRET[20:]}."
    )
    content = PartContent(heading=chapter.heading, body=from_markdown(text))
    save_part(chapter, content, revision=chapter.revision, by=SYSTEM)
    approve(make, report)
    session().commit()
    return report, quoted, told


@pytest.fixture
def quick_paper(monkeypatch):
    """Documents are built as always, but their PDF is not laid out."""
    monkeypatch.setattr(job, "render_pdf", lambda *_, **__: b"%PDF-1.7 of a test")


def test_a_signed_text_is_built_looked_at_and_published(client, make, written):
    report, *_answers = written
    client.sign_in(make.member(report.organisation, Role.COORDINATOR, name="Hege Nes"))
    assert client.get(PUBLIC, status=404)
    client.submit(client.get(f"{REPORT}/editions"), action=f"{REPORT}/editions")
    assert client.get(PUBLIC, status=404)  # prepared is not published
    page = client.get(f"{REPORT}/editions")
    client.submit(page, action=f"{REPORT}/editions/1/publish")
    page = client.get(PUBLIC)
    assert "Edition 1" in page.words
    assert SECRET in page.words
    (edition,) = list_editions(report.id)
    assert edition.version.digest[:16] in page.words
    pdf = client.raw(f"{PUBLIC}/editions/1/files/pdf").data
    assert edition.version.digest[:16] in text_of(pdf)
    assert client.get("/rounds/runde").has_link(PUBLIC)
    assert "is published, edition 1" in client.get("/rounds/runde/news").words
    session().expire_all()
    again = job._compose(edition.document.public_id, now=utc_now())
    assert job.render_pdf(again, assets=_assets()) == pdf
    client.submit(client.get(f"{REPORT}/editions/1/errata"), {"errata": "Tallet er 3."})
    assert "Tallet er 3." in client.get(PUBLIC).words


def _assets():
    return Path(str(current_app.static_folder)) / "build"


@pytest.mark.scenario(93)
def test_words_taken_out_later_are_nowhere(client, make, written, quick_paper):
    report, quoted, _told = written
    client.sign_in(make.member(report.organisation, Role.COORDINATOR))
    client.submit(client.get(f"{REPORT}/editions"), action=f"{REPORT}/editions")
    client.submit(client.get(f"{REPORT}/editions"), action=f"{REPORT}/editions/1/publish")
    assert client.raw(f"{PUBLIC}/editions/1/files/pdf").status_code == 200
    review = get_review("runde", quoted.number)
    redact_words(review, SECRET, LegalBasis.PERSONAL_DATA, by=SYSTEM)
    session().flush()
    for path in (PUBLIC, f"{PUBLIC}/editions/1", f"{PUBLIC}/editions/1/whole"):
        page = client.get(path)
        assert "Bergfaret" not in page.text, path
        assert "[taken out]" in page.words or "[tatt ut]" in page.words
    client.get(f"{PUBLIC}/editions/1/files/pdf", status=404)
    client.get(f"{REPORT}/editions/1/files/pdf", status=404)
    assert "Bergfaret" not in client.get("/rounds/runde/news").text
    room = client.get(f"{REPORT}/editions")
    assert f"answer {quoted.number}" in room.words
    assert "may no longer be printed" in room.words


def test_a_sender_sees_where_the_report_uses_the_words(written):
    report, _quoted, told = written
    edition = publish_now(report)
    other = receive(report.round, "Noe helt annet.", name="Ås")
    (place,) = uses_in(edition, told.id)
    assert place.text == "Åpningstider"
    assert uses_in(edition, other.id) == ()


def test_who_asks_for_less_is_not_named_or_quoted_any_more(client, written):
    report, quoted, told = written
    publish_now(report)
    told.publication = Publication.WITHOUT_NAME
    session().flush()
    page = client.get(PUBLIC)
    assert "Havnes vel" not in page.text
    assert "Bergfaret" in page.text
    quoted.publication = Publication.NOT_ON_WEB
    session().flush()
    assert "Bergfaret" not in client.get(PUBLIC).text


@pytest.mark.scenario(34)
def test_a_correction_after_the_data_were_frozen_is_told_in_a_note(client, written):
    report, quoted, _told = written
    publish_now(report)
    quoted.current_version_number = 2
    session().flush()
    page = client.get(PUBLIC)
    assert "korrigert etter frosset datagrunnlag" in page.words or (
        "corrected after the data were frozen" in page.words
    )


def test_a_newer_edition_replaces_the_one_before(client, make, written):
    report, *_answers = written
    publish_now(report)
    part = list_parts(report.id)[0]
    content = PartContent(heading=part.heading, body=from_markdown("Nytt."))
    save_part(part, content, revision=part.revision, by=SYSTEM)
    client.sign_in(make.member(report.organisation, Role.COORDINATOR))
    client.post(f"{REPORT}/editions")
    assert len(list_editions(report.id)) == 1  # not signed
    approve(make, report)
    publish_now(report)
    session().commit()
    assert "There is a newer edition" in client.get(f"{PUBLIC}/editions/1").words
    assert "replaces edition 1" in client.get(PUBLIC).words
    path = f"{REPORT}/editions/2/withdraw"
    client.submit(client.get(path), {"reason": "Feil i tallene."}, action=path)
    page = client.get(f"{PUBLIC}/editions/2")
    assert "Feil i tallene." in page.words
    assert SECRET not in page.words
