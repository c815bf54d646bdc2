"""Where mails with answers are found: a maildir folder, or an inbox over IMAP (RFC 3501)."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 30
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_HEAD_BYTES = 64 * 1024


class MailboxProblem(Exception):
    """The mailbox cannot be reached or opened; the message says why and holds no secret."""


@dataclass(frozen=True, slots=True)
class FoundMail:
    """A mail in a mailbox.

    Attributes:
        key: What the mailbox calls it.
        content: The mail as it came, or only its head when it is larger than was asked for.
        size: Bytes of the whole mail.
    """

    key: str
    content: bytes
    size: int


class Mailbox(Protocol):
    """Some place that mails arrive at."""

    def unread(self, *, limit_bytes: int) -> Iterator[FoundMail]:
        """Every mail that is not marked as read; of larger ones than the limit only the head."""
        ...

    def mark_read(self, key: str) -> None:
        """Mark a mail as read; it stays where it is."""
        ...


@contextmanager
def open_mailbox(url: str) -> Iterator[Mailbox]:
    """The mailbox that the setting ``CONSULT_INTAKE_MAILBOX`` names.

    Raises ``MailboxProblem`` when it cannot be reached, also later on the way.
    """
    parts = urlsplit(url)
    if parts.scheme == "maildir":
        yield MaildirFolder(Path(unquote(parts.path)))
        return
    try:
        server = _connect(parts.scheme, parts.hostname or "localhost", parts.port)
        try:
            server.login(unquote(parts.username or ""), unquote(parts.password or ""))
            _select(server, unquote(parts.path.strip("/")) or "INBOX")
            yield ImapInbox(server)
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                server.logout()
    except (imaplib.IMAP4.error, OSError) as problem:
        raise MailboxProblem(f"{type(problem).__name__}: {problem}") from problem


class MaildirFolder:
    """A maildir folder: ``new`` and ``cur``, the flags at the end of a name (cr.yp.to/proto)."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "new").is_dir():
            raise MailboxProblem(f"{folder} is no maildir: it has no folder «new»")
        self._folder = folder

    def unread(self, *, limit_bytes: int) -> Iterator[FoundMail]:
        """Every mail without the flag ``S``, in the order of their names."""
        mails = self.mails(limit_bytes=limit_bytes)
        return (found for found in mails if "S" not in _flags(found.key))

    def mails(self, *, limit_bytes: int) -> Iterator[FoundMail]:
        """Every mail, read or not, in the order of their names."""
        for path in sorted(self._paths(), key=lambda path: path.name):
            size = path.stat().st_size
            with path.open("rb") as file:
                content = file.read(_HEAD_BYTES if size > limit_bytes else -1)
            yield FoundMail(path.name, content, size)

    def mark_read(self, key: str) -> None:
        """Give a mail the flag ``S`` and put it among those that are not new."""
        for path in self._paths():
            if path.name == key:
                flags = "".join(sorted({*_flags(key), "S"}))
                target = self._folder / "cur" / f"{key.partition(':')[0]}:2,{flags}"
                target.parent.mkdir(exist_ok=True)
                path.rename(target)

    def _paths(self) -> list[Path]:
        folders = [self._folder / name for name in ("new", "cur")]
        return [path for folder in folders if folder.is_dir() for path in folder.iterdir()]


def _flags(name: str) -> str:
    return name.partition(":2,")[2]


class ImapInbox:
    """A folder of an IMAP server; what has the flag *seen* has been read."""

    def __init__(self, server: imaplib.IMAP4) -> None:
        self._server = server

    def unread(self, *, limit_bytes: int) -> Iterator[FoundMail]:
        """Every mail that is not marked as read, in the order they arrived."""
        for uid in self._ask("SEARCH", "UNSEEN").split():
            key = uid.decode("ascii")
            found = _SIZE.search(self._ask("FETCH", key, "(RFC822.SIZE)"))
            size = int(found[1]) if found else 0
            part = "BODY.PEEK[HEADER]" if size > limit_bytes else "BODY.PEEK[]"
            content = self._ask("FETCH", key, f"({part})")
            yield FoundMail(key, content, max(size, len(content)))

    def mark_read(self, key: str) -> None:
        """Give a mail the flag *seen*."""
        self._ask("STORE", key, "+FLAGS.SILENT", "(\\Seen)")

    def _ask(self, command: str, *arguments: str) -> bytes:
        """What the server answers: a literal if it sends one, else its line."""
        status, data = self._server.uid(command, *arguments)
        if status != "OK":
            raise imaplib.IMAP4.error(f"{command} was answered with {status}")
        for item in data:
            if isinstance(item, tuple):
                return bytes(item[1])
        first = data[0] if data else None
        return first if isinstance(first, bytes) else b""


def _connect(scheme: str, host: str, port: int | None) -> imaplib.IMAP4:
    if scheme == "imaps":
        return imaplib.IMAP4_SSL(
            host, port or 993, ssl_context=ssl.create_default_context(), timeout=TIMEOUT_SECONDS
        )
    return imaplib.IMAP4(host, port or 143, timeout=TIMEOUT_SECONDS)


def _select(server: imaplib.IMAP4, folder: str) -> None:
    quoted = folder.replace("\\", "\\\\").replace('"', '\\"')
    status, _data = server.select(f'"{quoted}"')
    if status != "OK":
        raise imaplib.IMAP4.error(f"there is no folder {folder}")
