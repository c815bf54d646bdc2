"""When people are written to."""

from datetime import datetime, timedelta

import pytest

from consult.domain.following.rules import calendar_days_left, due_reminder, is_digest_due
from consult.domain.notifications.rules import address_digest, is_daytime, site_of, stop_headers
from consult.kernel.clock import OSLO

CLOSES = datetime(2026, 10, 31, 23, 59, 59, tzinfo=OSLO)


def _at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 10, day, hour, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("now", "sent", "due"),
    [
        (_at(27), (), None),
        (_at(28), (), 3),
        (_at(28), (3,), None),
        (_at(29), (3,), None),
        (_at(29), (), 3),
        (_at(30), (3,), 1),
        (_at(30), (), 1),
        (_at(30), (1,), None),
        (_at(30), (3, 1), None),
        (_at(31, 20), (), 1),
        (CLOSES + timedelta(seconds=2), (), None),
    ],
)
def test_a_reminder_is_due_three_days_and_one_day_before_and_never_twice(now, sent, due):
    written = _at(1)
    assert due_reminder(closes_at=CLOSES, written_at=written, sent=sent, now=now) == due


def test_somebody_who_writes_now_needs_no_reminder():
    now = _at(30, 19)
    written = now - timedelta(hours=2)
    assert due_reminder(closes_at=CLOSES, written_at=written, sent=(), now=now) is None


def test_days_are_counted_by_the_calendar_in_norway():
    late_evening = datetime(2026, 10, 30, 23, 30, tzinfo=OSLO)
    assert calendar_days_left(CLOSES, now=late_evening) == 1
    assert calendar_days_left(CLOSES, now=late_evening + timedelta(hours=1)) == 0


def test_there_is_one_digest_a_day():
    assert is_digest_due(None, now=_at(3))
    assert not is_digest_due(_at(3, 8), now=_at(3, 19))
    assert is_digest_due(_at(3, 23), now=_at(4, 8))


@pytest.mark.parametrize(("hour", "is_day"), [(7, False), (8, True), (19, True), (20, False)])
def test_nobody_is_written_to_at_night(hour, is_day):
    assert is_daytime(_at(3, hour)) is is_day
    assert is_daytime(datetime(2026, 7, 1, hour, tzinfo=OSLO)) is is_day


def test_declining_takes_one_click_in_the_mail_program():
    assert stop_headers("https://x.example/mail/abc") == {
        "List-Unsubscribe": "<https://x.example/mail/abc>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert site_of("https://x.example:8443/rounds/a") == "https://x.example:8443"
    assert address_digest(" Kari@X.example ") == address_digest("kari@x.example")
