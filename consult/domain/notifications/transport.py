"""Ways for a mail to leave: a mail server, or the local inbox page of a trial installation.

The only module that knows SMTP.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate, parseaddr
from typing import ClassVar
from urllib.parse import unquote, urlsplit

from consult.domain.notifications.errors import DeliveryFailed
from consult.domain.notifications.service import Transport
from consult.domain.notifications.types import Mail

TIMEOUT_SECONDS = 20


def compose(mail: Mail, *, sender: str) -> EmailMessage:
    """The mail as a MIME message: plain text first, HTML beside it, attachments after."""
    message = EmailMessage(policy=SMTP)
    sender_name, sender_email = parseaddr(sender)
    sender_email = _ascii_domain(sender_email)
    message["From"] = formataddr((sender_name, sender_email))
    message["To"] = formataddr((mail.to.name, _ascii_domain(mail.to.email)))
    message["Subject"] = mail.subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{mail.message_id}@{sender_email.rpartition('@')[2]}>"
    message["Content-Language"] = mail.to.locale
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.body_text)
    message.add_alternative(mail.body_html, subtype="html")
    for filename, media_type, content in mail.files:
        main, _, sub = media_type.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=filename)
    return message


def _ascii_domain(address: str) -> str:
    """The address with its domain as mail servers know it: ``blåbær.no`` as ``xn--blbr-roah.no``.

    Raises:
        UnicodeError: There is no such domain.
    """
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{domain.encode('idna').decode('ascii')}"


@dataclass(frozen=True, slots=True)
class SmtpTransport:
    """Delivers to a mail server given as ``smtp://``, ``smtp+starttls://`` or ``smtps://``."""

    keeps_bodies: ClassVar[bool] = False

    url: str
    sender: str

    def deliver(self, mail: Mail) -> None:
        """Hand the mail to the server, or raise :class:`DeliveryFailed`."""
        message = self._compose(mail)
        try:
            with self._connected() as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refusal:
            code = min(code for code, _ in refusal.recipients.values())
            raise DeliveryFailed(f"recipient refused ({code})", permanent=code >= 500) from refusal
        except (smtplib.SMTPException, OSError) as problem:
            raise DeliveryFailed(f"{type(problem).__name__}: {problem}") from problem

    def _compose(self, mail: Mail) -> EmailMessage:
        try:
            message = compose(mail, sender=self.sender)
            message.as_bytes()  # some headers show only now that they cannot be written
        except Exception as problem:
            # Nothing but the mail itself decides about this: the next try would fail the same way.
            raise DeliveryFailed(
                f"{type(problem).__name__}: {problem}", permanent=True
            ) from problem
        return message

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """A server that is ready for mail; how it takes our leaving is of no account.

        ``smtplib``'s own context raises when QUIT is answered with anything but 221, though the
        mail was accepted: it would be sent twice.
        """
        parts = urlsplit(self.url)
        server = self._connect(parts.scheme, parts.hostname or "localhost", parts.port or 25)
        try:
            if parts.scheme == "smtp+starttls":
                server.starttls(context=ssl.create_default_context())
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            yield server
        finally:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _connect(self, scheme: str, host: str, port: int) -> smtplib.SMTP:
        if scheme == "smtps":
            return smtplib.SMTP_SSL(
                host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
            )
        return smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)


@dataclass(frozen=True, slots=True)
class InboxTransport:
    """Delivers nowhere: the mail stays in the outbox table, where the inbox page shows it."""

    keeps_bodies: ClassVar[bool] = True

    delivered: list[Mail] = field(default_factory=list)

    def deliver(self, mail: Mail) -> None:
        """Count the mail as delivered."""
        self.delivered.append(mail)


def transport_for(mail_url: str, *, sender: str) -> Transport:
    """The transport that the setting ``CONSULT_MAIL_URL`` asks for."""
    return InboxTransport() if mail_url == "inbox" else SmtpTransport(mail_url, sender)
