"""The mailbox is emptied into the queue of its rounds: a real maildir, and a small IMAP server."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from consult.config import ConfigurationError, read_settings
from consult.domain.intake.mail_queries import list_mails
from consult.domain.intake.mailboxes import MailboxProblem, open_mailbox
from consult.domain.intake.types import MailProblem, MailState
from consult.jobs.intake import fetch_mail
from consult.kernel.files import FileStore
from tests.domain.intake.mails import mail


@pytest.fixture
def use(app, monkeypatch, tmp_path):
    """Points the settings at a mailbox; what is kept goes to a folder of this test."""
    monkeypatch.setitem(app.extensions, "files", FileStore(tmp_path / "files"))

    def use(url: str, *, round_: str = "", upload_limit_mb: int = 1) -> None:
        settings = replace(
            app.config["SETTINGS"],
            intake_mailbox=url,
            intake_round=round_,
            upload_limit_mb=upload_limit_mb,
        )
        monkeypatch.setitem(app.config, "SETTINGS", settings)

    return use


@pytest.fixture
def maildir(tmp_path) -> Path:
    for name in ("new", "cur", "tmp"):
        (tmp_path / "mails" / name).mkdir(parents=True)
    return tmp_path / "mails"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_maildir_is_read_once_and_left_whole(use, make, maildir):
    first, second = make.round(slug="apne-dorer"), make.round(slug="andre-ting")
    (maildir / "new" / "1.a").write_bytes(mail(to="innspill+andre-ting@consult.example"))
    (maildir / "new" / "2.b").write_bytes(mail(message_id="<b@x.example>"))
    (maildir / "cur" / "3.c:2,RS").write_bytes(mail(message_id="<c@x.example>"))
    use(f"maildir://{maildir}", round_="apne-dorer")
    for _again in range(2):
        fetch_mail()
        assert [one.message_id for one in list_mails(first.id, MailState.TO_CHECK)] == [
            "b@x.example"
        ]
        assert len(list_mails(second.id, MailState.TO_CHECK)) == 1
        assert names(maildir / "new") == []
        assert names(maildir / "cur") == ["1.a:2,S", "2.b:2,S", "3.c:2,RS"]


def test_a_mail_for_no_round_stays_unread(use, make, maildir, caplog):
    make.round()
    (maildir / "new" / "1.a").write_bytes(mail(to="innspill+finnes-ikke@consult.example"))
    use(f"maildir://{maildir}")
    fetch_mail()
    assert names(maildir / "new") == ["1.a"]
    assert "1 unread mails are for no round" in caplog.text


def test_of_a_large_mail_only_the_head_is_read(use, make, maildir):
    round_ = make.round()
    (maildir / "new" / "1.a").write_bytes(mail("x" * 70 + "\n" + ("y" * 70 + "\n") * 20_000))
    use(f"maildir://{maildir}", round_=round_.slug)
    fetch_mail()
    (taken,) = list_mails(round_.id, MailState.TO_CHECK)
    assert taken.problem is MailProblem.OVERSIZED
    assert taken.size > 1_000_000


def test_a_mailbox_that_is_not_there_is_logged_and_nothing_else(use, make, tmp_path, caplog):
    use(f"maildir://{tmp_path}/nowhere", round_=make.round().slug)
    fetch_mail()
    assert "the mailbox could not be read" in caplog.text


@pytest.mark.parametrize("url", ["pop3://x", "imap://post.example/INBOX", "maildir:relative"])
def test_a_mailbox_that_cannot_be_is_refused_at_the_start(url):
    with pytest.raises(ConfigurationError, match="INTAKE_MAILBOX"):
        read_settings({"CONSULT_INTAKE_MAILBOX": url})


class ImapServer(socketserver.ThreadingTCPServer):
    """As much of an IMAP server (RFC 3501) as one who reads mail and marks it needs."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mails: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), ImapSession)
        self.mails, self.seen = mails, set[str]()


class ImapSession(socketserver.StreamRequestHandler):
    server: ImapServer

    def handle(self) -> None:
        self._say("* OK ready")
        for line in self.rfile:
            tag, command, rest = (line.decode().strip() + "  ").split(" ", 2)
            if command.upper() == "UID":
                command, rest = (rest + " ").split(" ", 1)
            self._answer(tag, command.upper(), rest.strip())

    def _answer(self, tag: str, command: str, rest: str) -> None:
        if command == "LOGIN" and rest != 'leser "et passord"':
            self._say(f"{tag} NO not you")
            return
        match command:
            case "CAPABILITY":
                self._say("* CAPABILITY IMAP4rev1")
            case "SELECT":
                self._say(f"* {len(self.server.mails)} EXISTS")
            case "SEARCH":
                self._say("* SEARCH " + " ".join(sorted(set(self.server.mails) - self.server.seen)))
            case "FETCH":
                self._fetch(*rest.split(" ", 1))
            case "STORE":
                self.server.seen.add(rest.split(" ")[0])
        self._say(f"{tag} OK done")

    def _fetch(self, uid: str, wanted: str) -> None:
        content = self.server.mails[uid]
        if "RFC822.SIZE" in wanted:
            self._say(f"* 1 FETCH (UID {uid} RFC822.SIZE {len(content)})")
            return
        if "HEADER" in wanted:
            content = re.split(rb"\r\n\r\n", content)[0] + b"\r\n\r\n"
        self._say(f"* 1 FETCH (UID {uid} BODY[] {{{len(content)}}}")
        self.wfile.write(content)
        self._say(")")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def imap(mails: dict[str, bytes]) -> Iterator[tuple[ImapServer, str]]:
    """A server with some mails, and the address of its inbox."""
    with ImapServer(mails) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server, f"127.0.0.1:{server.server_address[1]}/INBOX"
        finally:
            server.shutdown()
            thread.join()


def test_an_imap_inbox_is_read_once_and_left_whole(use, make):
    round_ = make.round()
    large = mail(message_id="<large@x.example>") + b"y" * 1_100_000
    with imap({"7": mail(), "9": large}) as (server, address):
        use(f"imap://leser:et%20passord@{address}", round_=round_.slug)
        fetch_mail()
        fetch_mail()
        assert server.seen == {"7", "9"}
    taken = list_mails(round_.id, MailState.TO_CHECK)
    assert [(one.message_id, one.problem) for one in taken] == [
        ("a1@solvik.example", None),
        ("large@x.example", MailProblem.OVERSIZED),
    ]
    assert taken[0].draft is not None


def test_an_imap_server_that_refuses_says_so_without_the_password():
    with imap({}) as (_server, address), pytest.raises(MailboxProblem) as refused:  # noqa: SIM117
        with open_mailbox(f"imap://leser:hemmelig@{address}"):
            pass
    assert "hemmelig" not in str(refused.value)
