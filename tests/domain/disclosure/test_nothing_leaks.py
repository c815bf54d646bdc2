"""A secret that was taken out is looked for in everything that leaves the owner's team."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as WordFile

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.analysis.queries.exporting import words_to_hand_out
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.exchange import write_codings
from consult.domain.composing.frozen import read_text
from consult.domain.composing.lettering import Rest, make_document
from consult.domain.composing.service.resting import rest_on
from consult.domain.composing.types import EvidenceUse
from consult.domain.disclosure.errors import FileStillHolds
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.filing import publish_file, replace_file
from consult.domain.disclosure.service.refusing import refuse_publication
from consult.domain.disclosure.service.reviewing import clear_answer, redact_words, take_back
from consult.domain.disclosure.service.telling import tell_of_redactions
from consult.domain.disclosure.types import LegalBasis, RefusalReason
from consult.domain.documents.building.statement import build_statement
from consult.domain.documents.render import render_pdf
from consult.domain.documents.render.html import render_html
from consult.domain.documents.service.building import compose_summary
from consult.domain.documents.service.freezing import take_snapshot
from consult.domain.documents.snapshots import frozen_bytes
from consult.domain.documents.word.writing import write_docx
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import ActorType
from consult.domain.responses.statements import Frame, minority_of_branch, statement_of_branch
from consult.domain.rounds.types import AnswerPublishing
from consult.domain.submissions.listing import AnswerFilter
from consult.domain.submissions.types import AnswerContent, Publication, StoredFile, Voice
from consult.jobs.packages import write_package
from consult.kernel.clock import utc_now
from tests.support.coded import passages_of, receive, theme
from tests.support.drafted import hear, start_drafting
from tests.support.secrets import reveals

SECRET = "Kvikksølvnes"
LONG = (
    f"Vi er enige i at døra skal være åpen. Spør {SECRET} på kontoret om hvorfor den ikke er det."
)


def word_file(*, hidden: bool) -> bytes:
    """A Word file with the secret in its properties, or with none."""
    word = WordFile()
    word.add_paragraph("Uttalelse om døra.")
    word.core_properties.subject = SECRET if hidden else ""
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def painted_over(words: bytes, comment: bytes = b"") -> bytes:
    """A PDF in which words lie under a black box, where they can still be copied."""
    page = b"BT /F 12 Tf 20 50 Td (%s) Tj ET 0 g 20 45 200 20 re f" % words
    note = b"/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(%s)>>]" % comment
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R"
            b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica"
            b"/Encoding/WinAnsiEncoding>>>>>>%s>>" % note
        ),
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
    ]
    body = b"%PDF-1.4\n"
    for number, part in enumerate(parts, 1):
        body += b"%d 0 obj%s endobj\n" % (number, part)
    return body + b"trailer<</Root 1 0 R>>"


@pytest.fixture
def round_(make, app):
    """A round with one answer, the secret in its words, files and names, taken out and cleared."""
    round_ = make.round(answer_publishing=AnswerPublishing.WHEN_RELEASED)
    files = app.extensions["files"]
    contents = {
        "vedlegg.docx": word_file(hidden=True),
        f"brev_fra_{SECRET}.pdf": painted_over(b"Enig"),
    }
    sent = tuple(
        StoredFile(name, "application/pdf", files.save(content), len(content))
        for name, content in contents.items()
    )
    answers = (
        AnswerContent(text=LONG, source_heading=f"Om {SECRET}"),
        AnswerContent(text="Uenig.", voice=Voice.MINORITY, voice_label=f"{SECRET} sin fløy"),
    )
    receive(round_, LONG, name="Solvik kommune", answers=answers, files=sent)
    review = get_review(round_.slug, 1)
    redact_words(review, SECRET, LegalBasis.CONFIDENTIALITY, by=SYSTEM)
    for finding in review.findings:
        finding.decision = finding.decision or "released"
    clean = word_file(hidden=False)
    edition = StoredFile(f"{SECRET}.docx", "application/pdf", files.save(clean), len(clean))
    replace_file(review, review.version.attachments[0], edition, by=SYSTEM, files=files)
    publish_file(review, review.version.attachments[1], by=SYSTEM, files=files)
    clear_answer(review, by=SYSTEM)
    session().commit()
    return round_


def test_words_handed_out_tell_nothing(round_):
    passages = passages_of(get_review(round_.slug, 1).version.submission)
    assert any(SECRET in one.quote for one in passages)
    words = words_to_hand_out(round_.id, [one.id for one in passages])
    assert not reveals(" ".join(words.values()), SECRET)


@pytest.mark.scenario(93)
def test_pages_tell_nothing(client, round_):
    assert reveals(LONG, SECRET)
    base = f"/rounds/{round_.slug}"
    question = round_.questions[0].key
    page = client.get(f"{base}/answers/1")
    assert "taken out" in page.words
    addresses = page.tree.xpath(".//main//a[contains(@href, '/files/')]/@href")
    assert len(addresses) == 2
    for address in addresses:
        response = client.raw(address)
        assert not reveals(response.data, SECRET)
        assert not reveals(str(response.headers), SECRET)
    for address in (
        f"{base}/answers/1",
        f"{base}/answers",
        f"{base}/answers?question={question}",
        f"{base}/answers/1/support",
        f"{base}/news",
        base,
    ):
        assert not reveals(client.get(address).text, SECRET)
    found = client.get(f"{base}/answers?q={SECRET}")
    assert not found.tree.xpath(".//main//article")
    assert "Solvik kommune" in client.get(f"{base}/answers?q=på kontoret").words


@pytest.mark.once
@pytest.mark.scenario(93)
def test_files_tell_nothing(app, round_):
    assets = Path(app.static_folder) / "build"
    [passage, *_rest] = passages_of(get_review(round_.slug, 1).submission)
    apply_theme(passage, theme(round_, "Åpne dører"), by=SYSTEM)
    made = BytesIO()
    write_package(made, round_.slug, AnswerFilter(), locale="nb")
    assert not reveals(made.getvalue(), SECRET)
    snapshot = take_snapshot(round_, by=SYSTEM, now=utc_now())
    tree = compose_summary(snapshot, locale="nb")
    for content in (
        frozen_bytes(snapshot),
        str(render_html(tree)),
        render_pdf(tree, assets=assets),
        write_codings(round_),
    ):
        assert not reveals(content, SECRET)
    assert "Åpne dører" in frozen_bytes(snapshot).decode()


@pytest.mark.scenario(93)
def test_mails_tell_nothing(round_):
    review = get_review(round_.slug, 1)
    review.submission.contact_email = "post@solvik.example"
    assert tell_of_redactions(review, contact="a@b.c")
    assert not tell_of_redactions(review, contact="a@b.c")
    take_back(review, by=SYSTEM)
    refuse_publication(review, RefusalReason.PRIVACY, "Se avsnitt 1.", by=SYSTEM, contact="a@b.c")
    mails = list_messages()
    assert len(mails) == 2
    assert "Taushetsplikt" in mails[-1].body_text
    for mail in mails:
        assert not reveals(f"{mail.subject}{mail.body_text}{mail.body_html}", SECRET)


def test_what_goes_on_to_others_tells_nothing(make, app):
    drafted = start_drafting(make)
    heard = hear(drafted, LONG)
    redact_words(get_review(drafted.hearing.slug, 1), SECRET, LegalBasis.CONFIDENTIALITY, by=SYSTEM)
    part = next(iter(drafted.parts.values()))
    evidence = rest_on(part, passages_of(heard)[0], EvidenceUse.QUOTED, by=SYSTEM)
    assert evidence.quote.startswith("Vi er enige")
    assert not reveals(evidence.quote, SECRET)
    frame = Frame("nb", Publication.WITH_NAME)
    along = [*statement_of_branch(heard, (), frame).answers, *minority_of_branch(heard)]
    assert all("[tatt ut" in one.text or "taken out" in one.text for one in along)
    assert not any(reveals(one.text, SECRET) for one in along)
    statement = render_pdf(build_statement(heard), assets=Path(app.static_folder) / "build")
    assert not reveals(statement, SECRET)
    word = make_document(
        read_text(drafted.composition),
        identifier="x",
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
        today=datetime(2026, 1, 1, tzinfo=UTC).date(),
        rests={part.key: [Rest(heard.name, evidence.quote)]},
    )
    assert reveals(write_docx(word), heard.name)
    assert not reveals(write_docx(word), SECRET)


@pytest.mark.scenario(93)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notat.docx", word_file(hidden=True)),
        ("sladdet.pdf", painted_over(b"Spor Kvikks\\370lvnes")),
        ("notat.pdf", painted_over(b"Enig", comment=b"Kvikks\\370lvnes")),
        ("brutt.pdf", painted_over(b"Kvikk-) Tj 0 -14 Td (s\\370lvnes")),
        ("notat.txt", LONG.encode()),
    ],
    ids=["properties", "painted over", "comment", "broken", "text"],
)
def test_a_file_in_which_the_secret_still_stands_is_refused(make, app, name, content):
    round_ = make.round()
    files = app.extensions["files"]
    sent = StoredFile("vedlegg.pdf", "application/pdf", files.save(content), len(content))
    receive(round_, LONG, files=(sent,), actor_type=ActorType.PRIVATE_PERSON)
    review = get_review(round_.slug, 1)
    redact_words(review, SECRET, LegalBasis.CONFIDENTIALITY, by=SYSTEM)
    edition = StoredFile(name, "application/pdf", sent.digest, sent.size)
    with pytest.raises(FileStillHolds):
        replace_file(review, review.version.attachments[0], edition, by=SYSTEM, files=files)
    assert not review.published_files
