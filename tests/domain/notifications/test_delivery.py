"""Mail goes from the outbox to a real SMTP server, and nothing that was accepted is lost."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.notifications.messages import send_sign_in_link
from consult.domain.notifications.models import OutboxMessage
from consult.domain.notifications.news import DigestItem, send_digest
from consult.domain.notifications.queries import due_message_ids, list_failed
from consult.domain.notifications.service import deliver, send_again
from consult.domain.notifications.stopping import find_link, stop_mail
from consult.domain.notifications.transport import InboxTransport, SmtpTransport
from consult.domain.notifications.types import RETRY_AFTER, Choice, Recipient
from consult.kernel.clock import utc_now
from consult.kernel.files import FileStore


class Inbox:
    """What an SMTP server does with a mail; refuses recipients at ``full.example``."""

    farewell = "221 Bye"

    def __init__(self) -> None:
        self.mails = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802 -- aiosmtpd's name
        if address.endswith("@full.example"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    async def handle_QUIT(self, _server, _session, _envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        return self.farewell


@pytest.fixture
def server() -> Iterator[Controller]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Inbox(), hostname="127.0.0.1", port=port)
    controller.start()
    yield controller
    controller.stop()


def _transport(server: Controller) -> SmtpTransport:
    return SmtpTransport(f"smtp://127.0.0.1:{server.port}", "Høring <post@consult.example>")


def _enqueue(email: str = "kari@consult.example", locale: str = "en") -> OutboxMessage:
    send_sign_in_link(
        Recipient(email=email, name="Kari Čáppa", locale=locale),
        link="https://consult.example/sign-in/link/abc",
        minutes=30,
    )
    return session().query(OutboxMessage).order_by(OutboxMessage.id.desc()).first()


def test_a_mail_arrives_as_text_and_html(app, server, tmp_path):
    message = _enqueue()
    files = FileStore(tmp_path)
    assert deliver(message.id, transport=_transport(server), files=files, now=utc_now())
    assert message.sent_at is not None
    (mail,) = server.handler.mails
    assert mail["Subject"] == "Your link to sign in"
    assert "Kari Čáppa" in mail["To"]
    assert mail["Message-ID"] == f"<{message.public_id}@consult.example>"
    text = mail.get_body(("plain",)).get_content()
    assert "https://consult.example/sign-in/link/abc" in text
    assert "Kari Čáppa" in mail.get_body(("html",)).get_content()
    assert not deliver(message.id, transport=_transport(server), files=files, now=utc_now())
    assert len(server.handler.mails) == 1


def test_a_server_that_is_away_is_tried_again_later_and_given_up_at_last(app, tmp_path):
    message = _enqueue()
    away = SmtpTransport("smtp://127.0.0.1:9", "post@consult.example")
    now = utc_now()
    for wait in RETRY_AFTER:
        deliver(message.id, transport=away, files=FileStore(tmp_path), now=now)
        assert message.failed_at is None
        assert message.send_after == now + wait
        assert not due_message_ids(now)
        now += wait + timedelta(seconds=1)
        assert list(due_message_ids(now)) == [message.id]
    deliver(message.id, transport=away, files=FileStore(tmp_path), now=now)
    assert list_failed() == [message]
    send_again(message, by=SYSTEM.reference, now=now)
    assert list(due_message_ids(now)) == [message.id]


def test_a_refused_recipient_is_given_up_at_once(app, server, tmp_path):
    message = _enqueue("kari@full.example")
    deliver(message.id, transport=_transport(server), files=FileStore(tmp_path), now=utc_now())
    assert message.failed_at is not None
    assert "550" in message.last_error


def test_a_domain_beyond_ascii_is_written_as_servers_know_it(app, server, tmp_path):
    message = _enqueue("post@blåbær.example")
    sender = "Høring <post@høring.example>"
    transport = SmtpTransport(f"smtp://127.0.0.1:{server.port}", sender)
    deliver(message.id, transport=transport, files=FileStore(tmp_path), now=utc_now())
    (mail,) = server.handler.mails
    assert mail["To"].addresses[0].addr_spec == "post@xn--blbr-roah.example"
    assert mail["From"].addresses[0].addr_spec == "post@xn--hring-vua.example"
    assert mail["Message-ID"] == f"<{message.public_id}@xn--hring-vua.example>"


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("blåbær@consult.example", "Kari"),
        (f"post@{'å' * 70}.example", "Kari"),
        ("a@consult.example", "Kari\nBcc: all"),
    ],
    ids=["letters before the @", "a domain too long", "a line break in the name"],
)
def test_a_mail_that_cannot_be_written_is_given_up_at_once(app, server, tmp_path, email, name):
    message = _enqueue(email)
    message.to_name = name
    deliver(message.id, transport=_transport(server), files=FileStore(tmp_path), now=utc_now())
    assert (message.attempts, message.sent_at) == (1, None)
    assert list_failed() == [message]
    assert "Error" in message.last_error


def test_a_mail_whose_attachment_is_gone_is_given_up_at_once(app, server, tmp_path):
    message = _enqueue()
    message.attachments = [
        {"filename": "a.pdf", "media_type": "application/pdf", "digest": "0" * 64}
    ]
    deliver(message.id, transport=_transport(server), files=FileStore(tmp_path), now=utc_now())
    assert list_failed() == [message]
    assert message.last_error.startswith("attachment missing")


def test_what_was_accepted_is_sent_however_the_server_takes_leave(app, server, tmp_path):
    server.handler.farewell = "421 too busy"
    message = _enqueue()
    deliver(message.id, transport=_transport(server), files=FileStore(tmp_path), now=utc_now())
    assert len(server.handler.mails) == 1
    assert (message.sent_at is not None, message.last_error) == (True, None)


def test_a_refusal_is_not_hidden_by_how_the_server_takes_leave(app, server, tmp_path):
    server.handler.farewell = "421 too busy"
    message = _enqueue("kari@full.example")
    deliver(message.id, transport=_transport(server), files=FileStore(tmp_path), now=utc_now())
    assert list_failed() == [message]


def test_what_a_sent_mail_said_is_kept_only_for_the_inbox_page(app, server, tmp_path):
    for transport, is_kept in ((_transport(server), False), (InboxTransport(), True)):
        message = _enqueue()
        deliver(message.id, transport=transport, files=FileStore(tmp_path), now=utc_now())
        assert message.sent_at is not None
        assert ("/sign-in/link/" in message.body_text) is is_kept
        assert ("/sign-in/link/" in message.body_html) is is_kept


def test_what_an_unsent_mail_says_is_kept_for_the_next_try(app, tmp_path):
    message = _enqueue()
    away = SmtpTransport("smtp://127.0.0.1:9", "post@consult.example")
    deliver(message.id, transport=away, files=FileStore(tmp_path), now=utc_now())
    assert "/sign-in/link/" in message.body_text


def test_markup_in_names_is_escaped(app):
    send_sign_in_link(
        Recipient(email="a@consult.example", name="<b>Kari</b>", locale="en"), link="x", minutes=1
    )
    message = session().query(OutboxMessage).one()
    assert "<b>Kari</b>" in message.body_text
    assert "&lt;b&gt;Kari" in message.body_html


def test_a_receipt_is_made_when_its_mail_leaves_and_not_for_the_inbox_page(app, server, tmp_path):
    asked = []

    def make_receipt(answer: str) -> bytes:
        asked.append(answer)
        return b"%PDF-1.7"

    for transport in (InboxTransport(), _transport(server)):
        message = _enqueue()
        message.attachments = [
            {"filename": "R-1.pdf", "media_type": "application/pdf", "receipt_of": "abc"}
        ]
        deliver(
            message.id, transport=transport, files=FileStore(tmp_path), now=utc_now(),
            make_receipt=make_receipt,
        )  # fmt: skip
        assert message.sent_at is not None
    assert asked == ["abc"]
    (mail,) = server.handler.mails
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("R-1.pdf", b"%PDF-1.7")
    assert mail.get_body(("plain",)) is not None


def test_mail_that_can_be_declined_says_how_in_its_headers_and_at_its_end(app, server, tmp_path):
    to = Recipient(email="kari@consult.example", name="Kari", locale="en")
    choice = Choice("round:abc", "https://consult.example")
    message = send_digest(to, [DigestItem("Rom", "nb", ("It opened.",), "")], choice)
    deliver(message.id, transport=_transport(server), files=FileStore(tmp_path), now=utc_now())
    (mail,) = server.handler.mails
    link = mail["List-Unsubscribe"].strip(" <>")
    assert link.startswith("https://consult.example/mail/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind in ("plain", "html"):
        assert link in mail.get_body((kind,)).get_content()
    stop_mail(find_link(link.rsplit("/", 1)[1]), now=utc_now())
    assert send_digest(to, [], choice) is None
    assert send_digest(to, [], replace(choice, is_sent_anyway=True)) is not None
