"""Mails become answers to be checked: once, with all that came along, and counted by nobody."""

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.intake.details import AnswerDetails
from consult.domain.intake.errors import MailDecided
from consult.domain.intake.mail_queries import count_mails, count_waiting, list_mails
from consult.domain.intake.models import ImportDraft, IncomingMail
from consult.domain.intake.service.importing import details_of, discard_import
from consult.domain.intake.service.incoming_mail import (
    read_attachment,
    read_text,
    set_aside,
    take_in_mail,
    take_up,
)
from consult.domain.intake.service.registering import confirm_import
from consult.domain.intake.types import MailProblem, MailState
from consult.domain.notifications.models import OutboxMessage
from consult.domain.notifications.queries import list_messages
from consult.domain.notifications.service import enqueue
from consult.domain.notifications.types import Recipient
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.counting import count_received
from consult.domain.submissions.types import AttachmentKind, Channel
from consult.kernel.clock import utc_now
from consult.kernel.files import FileStore
from tests.domain.intake.letters import as_docx
from tests.domain.intake.mails import TEXT, bounce, mail
from tests.domain.intake.samples import LETTER_WITH_HEAD

LIMIT = 5_000_000
DOCX = as_docx(LETTER_WITH_HEAD)
LETTER = ("svar.docx", "application/octet-stream", DOCX)

pytestmark = pytest.mark.at("2026-11-20T10:00:00+01:00")


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path / "files")


@pytest.fixture
def round_(make):
    return make.round()


@pytest.fixture
def take_in(round_, files):
    def take_in(content, **values) -> IncomingMail:
        means = {"by": SYSTEM, "files": files, "limit_bytes": LIMIT, **values}
        return take_in_mail(round_, content, **means).mail

    return take_in


def test_the_words_are_read_and_placed_and_count_for_nothing_yet(take_in, round_, files):
    content = mail(files=(LETTER, ("kart.png", "image/png", b"\x89PNG\r\n\x1a\n")))
    taken = take_in(content)
    details = details_of(taken.draft)
    assert (details.sender, details.channel) == ("Øyvind Åsen", Channel.EMAIL)
    assert details.contact_email == "oyvind@solvik.example"
    assert details.received_at == taken.received_at
    assert files.read(taken.digest) == content
    assert [files.read(file.digest) for file in taken.files] == [DOCX, b"\x89PNG\r\n\x1a\n"]
    assert count_received(round_.id).total == 0
    assert list_messages() == []
    assert count_waiting(round_.id) == 1


def test_the_same_mail_is_taken_in_once(take_in, round_):
    first = take_in(mail())
    assert take_in(mail(Received="by another way")) is first
    assert count_mails(round_.id, MailState.TO_CHECK) == 1
    assert [one.tag for one in entries_about(first.reference)] == ["incoming_mail:taken_in"]


def confirmed(draft: ImportDraft, files, **values):
    details = details_of(draft)
    wanted = AnswerDetails(
        **{name: getattr(details, name) for name in details.__slots__}
        | {"actor_type": ActorType.PRIVATE_PERSON, **values}
    )
    return confirm_import(draft, wanted, by=SYSTEM, files=files, base_url="https://x.example")


def test_a_checked_mail_becomes_an_answer_with_everything_that_came_and_a_receipt(
    take_in, round_, files
):
    taken = take_in(mail(files=(LETTER,)))
    answer = confirmed(taken.draft, files)
    assert taken.state is MailState.REGISTERED
    assert answer.channel is Channel.EMAIL
    assert answer.received_at == taken.received_at
    kinds = {file.filename: file.kind for file in answer.current_version.attachments}
    assert kinds == {
        "Svar på høringen om åpne kontorer.eml": AttachmentKind.ORIGINAL,
        "svar.docx": AttachmentKind.ATTACHMENT,
    }
    (receipt,) = list_messages()
    assert receipt.to_email == "oyvind@solvik.example"
    assert "Noen må svare i telefonen." in receipt.body_text
    assert "https://x.example/answer/link/" in receipt.body_text
    assert count_waiting(round_.id) == 0
    with pytest.raises(MailDecided):
        set_aside(taken, reason="x", by=SYSTEM)


def test_a_file_can_be_the_answer_instead(take_in, files, round_):
    taken = take_in(mail("Vedlagt følger svaret.", files=(LETTER,)))
    draft = read_attachment(taken, taken.files[0], by=SYSTEM, files=files, limit_bytes=LIMIT)
    assert session().query(ImportDraft).all() == [draft]
    assert details_of(draft).contact_email == "oyvind@solvik.example"
    answer = confirmed(draft, files)
    original, whole = answer.current_version.attachments
    assert (original.filename, original.kind) == ("svar.docx", AttachmentKind.ORIGINAL)
    assert whole.media_type == "message/rfc822"


def test_a_mail_without_words_is_read_by_its_only_document(take_in):
    taken = take_in(mail("", files=(LETTER,)))
    assert taken.draft.filename == "svar.docx"


def test_a_mail_whose_import_was_given_up_can_be_read_again(take_in, files):
    taken = take_in(mail())
    discard_import(taken.draft, by=SYSTEM, files=files)
    session().refresh(taken)
    assert (taken.draft, taken.state) == (None, MailState.TO_CHECK)
    draft = read_text(taken, by=SYSTEM, files=files, limit_bytes=LIMIT)
    assert taken.draft is draft


def test_set_aside_and_taken_up_again(take_in, round_):
    taken = take_in(mail())
    set_aside(taken, reason="Reklame.", by=SYSTEM)
    assert list_mails(round_.id, MailState.SET_ASIDE) == [taken]
    with pytest.raises(MailDecided):
        set_aside(taken, reason="x", by=SYSTEM)
    take_up(taken, by=SYSTEM)
    with pytest.raises(MailDecided):
        take_up(taken, by=SYSTEM)
    assert count_mails(round_.id, MailState.TO_CHECK) == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (mail("-----BEGIN PGP MESSAGE-----\nx"), MailProblem.ENCRYPTED),
        (mail(Auto_Submitted="auto-replied"), MailProblem.AUTOMATIC),
        (mail(""), MailProblem.EMPTY),
        (b"\x00\xff", MailProblem.BROKEN),
        (mail("", files=(("svar.docx", "application/x", b"PK\x03\x04"),)), MailProblem.UNREADABLE),
    ],
)
def test_what_cannot_be_read_is_listed_with_its_reason_and_kept(take_in, files, content, problem):
    taken = take_in(content)
    assert (taken.problem, taken.draft, taken.state) == (problem, None, MailState.TO_CHECK)
    assert files.read(taken.digest) == content


def test_of_a_mail_that_is_too_large_only_its_head_is_kept(take_in, files):
    taken = take_in(mail()[:300], size=LIMIT + 1)
    assert (taken.problem, taken.digest) == (MailProblem.OVERSIZED, None)
    assert taken.sender_email == "oyvind@solvik.example"
    assert not files.root.exists()


def test_an_identity_number_is_kept_nowhere(take_in, files):
    number = "15108695088"
    secret = ("svar.txt", "text/plain", f"Jeg er {number}.".encode())
    taken = take_in(mail(f"{TEXT}\n{number}\n", subject=f"Svar fra {number}", files=(secret,)))
    assert (taken.problem, taken.digest) == (MailProblem.IDENTITY_NUMBER, None)
    assert taken.files[0].problem is MailProblem.IDENTITY_NUMBER
    assert taken.subject == "Svar fra […]"
    stored = [path.read_bytes() for path in files.root.rglob("*") if path.is_file()]
    assert stored
    assert not [content for content in stored if number.encode() in content]
    assert number not in str(taken.draft.recognised)
    with pytest.raises(MailDecided):
        read_attachment(taken, taken.files[0], by=SYSTEM, files=files, limit_bytes=LIMIT)
    answer = confirmed(taken.draft, files)
    assert [file.media_type for file in answer.current_version.attachments] == ["text/plain"]


def test_nor_in_a_forwarded_mail(take_in, files):
    inner = mail("Jeg er 15108695088.", message_id="<inner@x.example>", cte="base64")
    taken = take_in(mail("Se vedlegg.", files=(("videre.eml", "message/rfc822", inner),)))
    assert [file.problem for file in taken.files] == [MailProblem.IDENTITY_NUMBER]
    assert taken.digest is None
    kept = [path.read_bytes() for path in files.root.rglob("*") if path.is_file()]
    assert kept == [b"Se vedlegg."]


@pytest.mark.scenario(8)
def test_a_mail_of_ours_that_came_back_is_noted_as_not_delivered(take_in, round_):
    sent: OutboxMessage = enqueue(
        "sign_in_link",
        Recipient(email="ingen@solvik.example", name="Ingen", locale="nb"),
        link="x",
        minutes=1,
    )
    sent.sent_at = utc_now()
    session().flush()
    report = take_in(bounce(sent.public_id))
    assert sent.failed_at is not None
    assert report.state is MailState.SET_ASIDE
    assert take_in(bounce("unknown").replace(b"<report@", b"<other@")).state is MailState.TO_CHECK
