"""Reading a mail as it came (RFC 5322 and MIME): sender, text, files, and what is wrong with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import PurePath

from consult.domain.intake.types import MailProblem
from consult.kernel.ids import content_digest
from consult.kernel.text.plain import canonical

_MESSAGE_ID = re.compile(r"<([^<>\s]{1,250})>")
_PGP = "-----BEGIN PGP MESSAGE-----"
_ENCRYPTED_TYPES = frozenset({"multipart/encrypted", "application/pkcs7-mime"})
_MOST_FILES = 50
_BLOCKS = frozenset(
    {"p", "div", "br", "tr", "table", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_UNSEEN = frozenset({"style", "script", "head", "title"})


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that came with a mail."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ReadMail:
    """What a mail says.

    Attributes:
        message_id: Its own name, without brackets; one made of its content where it has none.
        recipients: Every address it was sent to.
        sent_at: When it says it was sent.
        problem: Why it cannot be taken in by itself, if it cannot.
        bounced: The local parts of the message ids of our mails that it says were not delivered.
        searched: Everything in it that is text, for finding what must not be kept.
    """

    message_id: str
    sender_name: str
    sender_email: str
    recipients: tuple[str, ...]
    subject: str
    sent_at: datetime | None
    text: str = ""
    files: tuple[MailFile, ...] = ()
    problem: MailProblem | None = None
    bounced: tuple[str, ...] = ()
    searched: str = ""


def read_mail(content: bytes) -> ReadMail:
    """What a mail says. Nothing is raised: a mail that cannot be read has a ``problem``."""
    try:
        return _read(message_from_bytes(content, policy=default))
    except Exception:  # noqa: BLE001 -- the standard library raises nearly anything on broken mail
        return _broken(content)


def _read(message: Message) -> ReadMail:
    head = replace(read_head(message, content=message.as_bytes()), searched=_everything(message))
    if not message.keys():
        return replace(head, problem=MailProblem.BROKEN)
    if message.get_content_type() == "multipart/report":
        return replace(head, problem=MailProblem.AUTOMATIC, bounced=tuple(_bounced(message)))
    if any(part.get_content_type() in _ENCRYPTED_TYPES for part in message.walk()):
        return replace(head, problem=MailProblem.ENCRYPTED)
    text, files = _text(message), tuple(_files(message))
    read = replace(head, text=text, files=files)
    if str(message.get("Auto-Submitted", "no")).split(";")[0].strip().lower() != "no":
        return replace(read, problem=MailProblem.AUTOMATIC)
    if _PGP in text:
        return replace(read, problem=MailProblem.ENCRYPTED)
    return read if text.strip() or files else replace(read, problem=MailProblem.EMPTY)


def _everything(message: Message) -> str:
    """The head and every part that is text, as it is and without its markup."""
    texts = [f"{name}: {value}" for name, value in message.items()]
    for part in message.walk():
        if part.get_content_maintype() == "text":
            text = _content(part)
            texts.append(_plain(text) if part.get_content_subtype() == "html" else text)
    return "\n".join(texts)


def read_head(message: Message, *, content: bytes) -> ReadMail:
    """Who sent a mail to whom, when and about what, without looking into it."""
    name, address = parseaddr(str(message.get("From", "")))
    found = _MESSAGE_ID.search(str(message.get("Message-ID", "")))
    fields = [
        str(value) for key in ("To", "Cc", "Delivered-To") for value in message.get_all(key, [])
    ]
    return ReadMail(
        message_id=found[1] if found else f"{content_digest(content)}@consult",
        sender_name=_line(name)[:200],
        sender_email=_line(address)[:254] if "@" in address else "",
        recipients=tuple(one.lower() for _name, one in getaddresses(fields) if "@" in one),
        subject=_line(str(message.get("Subject", "")))[:400],
        sent_at=_moment(str(message.get("Date", ""))),
    )


def recipients_of(content: bytes) -> tuple[str, ...]:
    """Every address that a mail was sent to; none when its head cannot be read."""
    try:
        return read_head(message_from_bytes(content, policy=default), content=content).recipients
    except Exception:  # noqa: BLE001 -- as in read_mail
        return ()


def _broken(content: bytes) -> ReadMail:
    """As much of a broken mail's head as can be made out."""
    message = message_from_bytes(content)  # the older policy never refuses a header
    found = _MESSAGE_ID.search(str(message.get("Message-ID", "")))
    name, address = parseaddr(_decoded(str(message.get("From", ""))))
    return ReadMail(
        message_id=found[1] if found else f"{content_digest(content)}@consult",
        sender_name=_line(name)[:200],
        sender_email=_line(address)[:254] if "@" in address else "",
        recipients=(),
        subject=_line(_decoded(str(message.get("Subject", ""))))[:400],
        sent_at=None,
        problem=MailProblem.BROKEN,
        searched=content.decode("latin-1"),
    )


def _decoded(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError):
        return value


def _line(text: str) -> str:
    return " ".join(canonical(text).split())


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _text(message: Message) -> str:
    """The words of the mail: the plain text, else the HTML without its markup."""
    if not isinstance(message, EmailMessage):
        return ""
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    text = _content(body)
    return _plain(text) if body.get_content_subtype() == "html" else canonical(text)


def _content(part: Message) -> str:
    """The text of a part, whatever its sender says of its letters."""
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else str(part.get_payload()).encode()
    charset = part.get_content_charset() or "utf-8"
    for name in (charset, "utf-8"):
        try:
            return content.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("cp1252", "replace")


def _files(message: Message) -> Iterator[MailFile]:
    if not isinstance(message, EmailMessage):
        return
    for number, part in enumerate(message.iter_attachments(), start=1):
        if number > _MOST_FILES:
            return
        media_type = part.get_content_type()
        raw = part.get_payload(decode=True)
        if media_type == "message/rfc822":
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            raw = first.as_bytes() if isinstance(first, Message) else b""
        content = raw if isinstance(raw, bytes) else b""
        name = _line(part.get_filename() or "") or f"{number}{_ending(media_type)}"
        if content:
            yield MailFile(PurePath(name.replace("\\", "/")).name[-255:], media_type[:120], content)


def _ending(media_type: str) -> str:
    return {"message/rfc822": ".eml", "application/pdf": ".pdf", "text/plain": ".txt"}.get(
        media_type, ""
    )


def _bounced(report: Message) -> Iterator[str]:
    """Which of our mails a report (RFC 3464) says were not delivered for good."""
    parts = list(report.walk())
    failed = any(
        part.get_content_type() == "message/delivery-status"
        and "action: failed" in part.as_string().lower()
        for part in parts
    )
    if not failed:
        return
    for part in parts:
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}:
            for found in _MESSAGE_ID.finditer(part.as_string()):
                yield found[1].partition("@")[0]


class _Words(HTMLParser):
    """Collects the words of an HTML mail: blocks on lines of their own, bullets with a hyphen."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 -- their signature
        self._unseen += tag in _UNSEEN
        if tag == "li":
            self.parts.append("\n- ")
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _BLOCKS and tag != "br":
            self.parts.append("\n\n" if tag in {"p", "table", "ul", "ol"} else "\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(re.sub(r"\s+", " ", data))


def _plain(markup: str) -> str:
    words = _Words()
    words.feed(markup)
    words.close()
    lines = [line.strip() for line in "".join(words.parts).split("\n")]
    return canonical(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)))
