"""Reading mails: whatever comes, nothing is raised and nothing is made up."""

from datetime import UTC, datetime

import pytest

from consult.domain.intake.reading_mail import read_mail, recipients_of
from consult.domain.intake.types import MailProblem
from tests.domain.intake.mails import TEXT, bounce, mail


def test_a_plain_mail_with_a_file():
    read = read_mail(mail(files=(("../svar.pdf", "application/pdf", b"%PDF-1.7"),)))
    assert read.problem is None
    assert (read.sender_name, read.sender_email) == ("Øyvind Åsen", "oyvind@solvik.example")
    assert read.subject == "Svar på høringen om åpne kontorer"
    assert read.message_id == "a1@solvik.example"
    assert read.sent_at == datetime(2026, 11, 19, 20, 4, tzinfo=UTC)
    assert read.text == TEXT.strip()
    (file,) = read.files
    assert (file.filename, file.content) == ("svar.pdf", b"%PDF-1.7")


def test_html_alone_is_read_as_text():
    html = (
        "<html><head><title>x</title><style>p{}</style></head><body><p>Hei,<br>vi støtter &amp; "
        "håper.</p><ul><li>Åpne dører</li><li>Kortere\n ventetid</li></ul></body></html>"
    )
    assert read_mail(mail(None, html=html)).text == (
        "Hei,\nvi støtter & håper.\n\n- Åpne dører\n- Kortere ventetid"
    )


def test_a_forwarded_mail_is_a_file():
    inner = mail(message_id="<inner@solvik.example>")
    content = (
        b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=q\r\n"
        b"\r\n--q\r\nContent-Type: text/plain\r\n\r\nSe under.\r\n"
        b"--q\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--q--\r\n"
    )
    (file,) = read_mail(content).files
    assert file.media_type == "message/rfc822"
    assert b"inner@solvik.example" in file.content


def test_without_a_name_the_content_names_the_mail():
    first, again = (read_mail(mail(message_id="")).message_id for _ in range(2))
    assert first == again
    assert read_mail(mail("Noe annet.", message_id="")).message_id != first


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (mail("", files=()), MailProblem.EMPTY),
        (mail("-----BEGIN PGP MESSAGE-----\nx"), MailProblem.ENCRYPTED),
        (
            mail(files=(("smime.p7m", "application/pkcs7-mime", b"x"),)),
            MailProblem.ENCRYPTED,
        ),
        (mail(Auto_Submitted="auto-replied (vacation)"), MailProblem.AUTOMATIC),
        (bounce("abc"), MailProblem.AUTOMATIC),
        (b"", MailProblem.BROKEN),
        (b"\xff\xfe\x00 no mail at all", MailProblem.BROKEN),
    ],
)
def test_what_cannot_be_an_answer_by_itself_has_a_reason(content, problem):
    assert read_mail(content).problem is problem


def test_letters_survive_whatever_the_mail_says_of_them():
    content = (
        b"From: =?utf-8?q?=C4=90uro?= <duro@x.example>\r\nSubject: =?x-nonsense?q?abc?=\r\n"
        b"Content-Type: text/plain; charset=x-unknown\r\n\r\nBl\xc3\xa5b\xc3\xa6r\r\n"
    )
    read = read_mail(content)
    assert read.sender_name == "Đuro"
    assert read.text == "Blåbær"
    assert read_mail(content.replace("Blåbær".encode(), "Blåbær".encode("cp1252"))).text == "Blåbær"


@pytest.mark.scenario(8)
def test_a_report_names_the_mail_that_came_back():
    assert "k2m3" in read_mail(bounce("k2m3")).bounced
    assert read_mail(bounce("k2m3").replace(b"failed", b"delayed")).bounced == ()


def test_who_it_is_for():
    content = mail(to="A <innspill+Rom-For-Lokale-Kontor@x.example>, b@x.example")
    assert recipients_of(content) == ("innspill+rom-for-lokale-kontor@x.example", "b@x.example")
