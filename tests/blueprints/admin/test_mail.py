"""Mail that failed, and sending it again."""

import pytest

from consult.db import session, transaction
from consult.domain.audit.queries import entries_about
from consult.domain.notifications.errors import DeliveryFailed
from consult.domain.notifications.messages import send_sign_in_link
from consult.domain.notifications.queries import list_messages
from consult.domain.notifications.service import deliver
from consult.domain.notifications.types import Recipient
from consult.kernel.clock import utc_now
from tests.support.queries import count_queries


class _Refusing:
    """A mail server that knows nobody."""

    keeps_bodies = False

    def deliver(self, _mail) -> None:
        raise DeliveryFailed("recipient refused (550)", permanent=True)


@pytest.fixture
def failed(app):
    """Makes mails that the server refused for good."""

    def make(number: int = 1) -> None:
        for index in range(number):
            to = Recipient(email=f"to{index}@consult.example", name="Til", locale="nb")
            send_sign_in_link(to, link="https://consult.example/sign-in/link/secret", minutes=30)
            deliver(
                list_messages()[0].id,
                transport=_Refusing(),
                files=app.extensions["files"],
                now=utc_now(),
            )
        session().info.pop("on_commit", None)

    return make


def test_nothing_has_failed(admin):
    assert "No mail has failed" in admin.get("/admin/mail").words


def test_a_failed_mail_stands_with_its_reason_and_without_its_text(admin, failed):
    failed()
    page = admin.get("/admin/mail")
    assert "to0@consult.example Sign-in link" in page.words
    assert "Given up after 1 try: recipient refused (550)" in page.words
    assert "secret" not in page.text
    assert "1 mail could not be delivered." in admin.get("/admin/").words


def test_a_failed_mail_is_sent_again(admin, failed):
    failed()
    (message,) = list_messages()
    action = f"/admin/mail/{message.public_id}/send-again"
    page = admin.submit(admin.get("/admin/mail"), action=action)
    assert "The mail to to0@consult.example is on its way again." in page.words
    session().refresh(message)
    assert message.failed_at is None
    assert message.sent_at is not None, "the queue of tests delivers at once"
    assert "Sent" in admin.get("/admin/mail?state=sent").words
    assert [entry.tag for entry in entries_about(message.reference)] == ["mail:sent_again"]


def test_a_mail_that_was_sent_is_not_sent_twice(admin, failed):
    failed()
    (message,) = list_messages()
    for _ in range(2):
        admin.post(f"/admin/mail/{message.public_id}/send-again")
    session().refresh(message)
    assert message.attempts == 1
    assert len(entries_about(message.reference)) == 1


def test_all_failed_mails_are_sent_again_at_once(admin, failed):
    failed(3)
    page = admin.submit(admin.get("/admin/mail"), action="/admin/mail/send-again")
    assert "3 mails are on their way again." in page.words
    assert "No mail has failed" in page.words


def test_waiting_mail_has_its_own_list(admin):
    with transaction():
        to = Recipient(email="vent@consult.example", name="Vent", locale="nb")
        send_sign_in_link(to, link="https://consult.example/x", minutes=30)
        session().info.pop("on_commit", None)
    assert "vent@consult.example" in admin.get("/admin/mail?state=waiting").words
    assert "No mail has failed" in admin.get("/admin/mail?state=nonsense").words


def test_as_many_queries_for_three_rows_as_for_one(admin, failed):
    counts = []
    for _ in range(2):
        failed(1)
        session().expire_all()
        with count_queries() as count:
            admin.get("/admin/mail")
        counts.append(count.number)
        failed(2)
    assert counts[0] == counts[1]
