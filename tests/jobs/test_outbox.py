"""Sending what is due: one mail's trouble is not the next one's."""

from datetime import timedelta
from pathlib import Path

import pytest

from consult.db import session
from consult.domain.notifications.models import OutboxMessage
from consult.domain.notifications.service import enqueue
from consult.domain.notifications.types import RETRY_AFTER, MailAttachment, Recipient
from consult.jobs.outbox import send_due_mail
from consult.kernel.clock import utc_now
from consult.kernel.files import FileStore

DIGEST = "a" * 64


@pytest.fixture
def unreadable(app, monkeypatch, tmp_path) -> MailAttachment:
    """An attachment that is there and cannot be read: a folder stands where its file was."""
    monkeypatch.setitem(app.extensions, "files", FileStore(Path(tmp_path)))
    (tmp_path / DIGEST[:2] / DIGEST).mkdir(parents=True)
    return MailAttachment("a.pdf", "application/pdf", DIGEST)


def _enqueue(*attachments: MailAttachment) -> OutboxMessage:
    to = Recipient(email="kari@consult.example", name="Kari", locale="en")
    return enqueue("sign_in_link", to, attachments=attachments, link="x", minutes=30)


@pytest.mark.at("2026-03-02T10:00:00+01:00")
def test_an_error_nobody_foresaw_counts_as_a_try_and_holds_up_no_other_mail(unreadable, caplog):
    broken, sound = _enqueue(unreadable), _enqueue()
    session().info.pop("on_commit")
    session().commit()
    send_due_mail()
    assert sound.sent_at is not None
    assert (broken.attempts, broken.sent_at, broken.failed_at) == (1, None, None)
    assert broken.last_error == "IsADirectoryError"
    assert broken.send_after == utc_now() + RETRY_AFTER[0]
    assert f"mail {broken.id} failed" in caplog.text


def test_an_error_nobody_foresaw_leads_to_giving_up_at_last(unreadable):
    broken = _enqueue(unreadable)
    session().info.pop("on_commit")
    for _ in range(len(RETRY_AFTER) + 1):
        assert broken.failed_at is None
        broken.send_after = utc_now() - timedelta(seconds=1)
        session().commit()
        send_due_mail()
    assert broken.failed_at is not None
