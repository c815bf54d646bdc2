"""Mails by invented people, as they come."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

TEXT = (
    "Til arbeidsgruppen\n\nSpørsmål 1\n\nVi mener at kontoret skal være åpent hver dag.\n\n"
    "- Noen må svare i telefonen.\n"
)


def mail(
    text: str | None = TEXT,
    *,
    message_id: str = "<a1@solvik.example>",
    cte: str | None = None,
    html: str | None = None,
    files: tuple[tuple[str, str, bytes], ...] = (),
    **headers: str,
) -> bytes:
    """A mail with text, perhaps HTML beside it, and files (name, media type, content)."""
    message = EmailMessage(policy=SMTP)
    message["From"] = headers.pop("sender", "Øyvind Åsen <oyvind@solvik.example>")
    message["To"] = headers.pop("to", "innspill@consult.example")
    message["Subject"] = headers.pop("subject", "Svar på høringen om åpne kontorer")
    message["Date"] = headers.pop("date", "Thu, 19 Nov 2026 21:04:00 +0100")
    if message_id:
        message["Message-ID"] = message_id
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if text is not None:
        message.set_content(text, cte=cte)
    if html is not None and text is not None:
        message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    for filename, media_type, content in files:
        if media_type == "message/rfc822":
            message.add_attachment(message_from_bytes(content, policy=SMTP), filename=filename)
            continue
        main, _, sub = media_type.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=filename)
    return message.as_bytes()


def bounce(our_message_id: str) -> bytes:
    """A report that one of our mails did not arrive (RFC 3464)."""
    return (
        "From: MAILER-DAEMON@solvik.example\r\nTo: no-reply@consult.example\r\n"
        "Message-ID: <report@solvik.example>\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nNobody of that name.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; solvik.example\r\n\r\n"
        "Final-Recipient: rfc822; ingen@solvik.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: <{our_message_id}@consult.example>\r\nSubject: Invitation\r\n\r\n--b--\r\n"
    ).encode()
