"""Rules of the work on answers."""

from datetime import date, timedelta

import pytest

from consult.domain.handling.rules import (
    blocks_handling,
    in_ranges,
    is_held,
    reminder_due,
    tally,
)
from consult.domain.handling.types import (
    HOLD_LASTS,
    Due,
    Outcome,
    Pile,
    QueueFilter,
    QueueOrder,
    Reminder,
    Waits,
    filter_from,
)
from consult.domain.organisations.types import ActorGroup
from consult.domain.submissions.types import Channel
from consult.kernel.clock import utc_now

FRIDAY = date(2026, 11, 27)


def test_a_hold_lapses_by_itself():
    now = utc_now()
    assert is_held(now, now=now)
    assert is_held(now - HOLD_LASTS + timedelta(seconds=1), now=now)
    assert not is_held(now - HOLD_LASTS, now=now)
    assert not is_held(None, now=now)


@pytest.mark.parametrize(
    ("today", "sent", "expected"),
    [
        (FRIDAY - timedelta(days=2), None, None),
        (FRIDAY - timedelta(days=1), None, Reminder.SOON),
        (FRIDAY, None, Reminder.SOON),
        (FRIDAY, Reminder.SOON, None),
        (FRIDAY + timedelta(days=1), Reminder.SOON, Reminder.OVERDUE),
        (FRIDAY + timedelta(days=1), None, Reminder.OVERDUE),
        (FRIDAY + timedelta(days=30), Reminder.OVERDUE, None),
    ],
)
def test_one_reminder_before_and_one_after(today, sent, expected):
    assert reminder_due(FRIDAY, sent, today=today) is expected


def test_no_deadline_no_reminder():
    assert reminder_due(None, None, today=FRIDAY) is None


def test_what_stands_in_the_way_of_handled():
    every = frozenset(Waits)
    assert blocks_handling(every, publishes=True) == every - {Waits.TWICE}
    assert blocks_handling(every, publishes=False) == {Waits.TO_CHECK, Waits.LATE}
    assert not blocks_handling({Waits.TWICE}, publishes=True)


def test_outcomes_are_counted_once_each_and_what_is_done_comes_first():
    outcomes = {3: Outcome.HELD, 1: Outcome.DONE, 9: Outcome.DONE, 4: Outcome.SAME}
    assert list(tally(outcomes).items()) == [
        (Outcome.DONE, [1, 9]), (Outcome.SAME, [4]), (Outcome.HELD, [3]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([], ""), ([4], "4"), ([2, 1], "1, 2"), ([1, 2, 3, 7, 9, 10], "1–3, 7, 9, 10")],
)
def test_numbers_as_people_write_them(numbers, text):
    assert in_ranges(numbers) == text


def test_a_filter_comes_back_from_its_address():
    wanted = QueueFilter(
        pile=Pile.LATE, q="Solvik", group=ActorGroup.LOCAL, channel=Channel.PAPER,
        assignee="me", due=Due.WEEK, unread=True, order=QueueOrder.DUE,
    )  # fmt: skip
    assert filter_from(wanted.values()) == wanted
    assert wanted.narrows


def test_a_filter_leaves_out_what_it_cannot_mean():
    assert filter_from({"pile": "x", "group": "", "due": "never", "unread": "yes"}) == QueueFilter()
    assert QueueFilter().values() == {}
    assert not QueueFilter(pile=Pile.NEW, order=QueueOrder.NEWEST).narrows
