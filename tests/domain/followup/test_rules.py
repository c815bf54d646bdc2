"""What must be said with a status, and when a response is due."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from consult.domain.followup.rules import (
    check_answered,
    check_plan,
    check_report,
    clock_of,
    count_progress,
    due_response_reminder,
    is_overdue,
)
from consult.domain.followup.types import (
    Answered,
    ClockState,
    MeasurePlan,
    MeasureStatus,
    Reply,
    ResponseReminder,
    StatusReport,
)
from consult.kernel.errors import InvalidInput

TODAY = date(2027, 3, 1)
CLOSED = datetime(2027, 1, 10, 22, 59, tzinfo=UTC)
"""The last minute of 10 January in Norway; twelve weeks after that is 4 April."""


@dataclass
class One:
    status: MeasureStatus | None = None
    reply: Reply | None = None
    ends_on: date | None = None


def refused(check, value) -> tuple[str, str]:
    with pytest.raises(InvalidInput) as error:
        check(value, today=TODAY)
    return error.value.field, error.value.reason


@pytest.mark.parametrize("status", MeasureStatus)
def test_what_is_not_all_done_says_why(status):
    needs = status in {MeasureStatus.PARTLY, MeasureStatus.NOT_DONE, MeasureStatus.OUTSIDE}
    bare = StatusReport(status, TODAY, reason="  ")
    if needs:
        assert refused(check_report, bare) == ("reason", "required")
    else:
        assert check_report(bare, today=TODAY).reason == ""
    assert check_report(StatusReport(status, TODAY, "No money."), today=TODAY).reason == "No money."


@pytest.mark.scenario(89)
@pytest.mark.parametrize("reply", Reply)
def test_what_is_turned_down_says_why(reply):
    bare = Answered(reply, TODAY)
    if reply is Reply.ACCEPTED:
        assert check_answered(bare, today=TODAY) == bare
    else:
        assert refused(check_answered, bare) == ("reason", "required")


@pytest.mark.parametrize(
    ("values", "field", "reason"),
    [
        ({"on": TODAY + timedelta(days=1)}, "on", "future"),
        ({"evidence_link": "javascript:alert(1)"}, "evidence_link", "not_a_link"),
        ({"evidence_link": "https://[x"}, "evidence_link", "not_a_link"),
        ({"evidence": "x" * 4001}, "evidence", "too_long"),
        ({"language": "xx"}, "language", "unknown"),
    ],
)
def test_a_report_that_cannot_be_kept_is_refused(values, field, reason):
    report = StatusReport(**{"status": MeasureStatus.DONE, "on": TODAY, **values})
    assert refused(check_report, report) == (field, reason)


@pytest.mark.parametrize(
    ("plan", "field", "reason"),
    [
        (MeasurePlan(owner_email="nobody"), "owner_email", "not_an_address"),
        (MeasurePlan(owner="x" * 201), "owner", "too_long"),
        (MeasurePlan(owner_locale="xx"), "owner_locale", "unknown"),
        (
            MeasurePlan(starts_on=TODAY, ends_on=TODAY - timedelta(days=1)),
            "ends_on",
            "before_start",
        ),
    ],
)
def test_a_plan_that_cannot_be_is_refused(plan, field, reason):
    with pytest.raises(InvalidInput) as error:
        check_plan(plan)
    assert (error.value.field, error.value.reason) == (field, reason)


def test_only_what_is_still_expected_is_overdue():
    past = TODAY - timedelta(days=1)
    assert is_overdue(One(ends_on=past), today=TODAY)
    assert is_overdue(One(MeasureStatus.PARTLY, ends_on=past), today=TODAY)
    assert not is_overdue(One(ends_on=TODAY), today=TODAY)
    assert not is_overdue(One(MeasureStatus.DONE, ends_on=past), today=TODAY)
    assert not is_overdue(One(reply=Reply.DECLINED, ends_on=past), today=TODAY)
    progress = count_progress([One(ends_on=past), One(reply=Reply.DECLINED)], today=TODAY)
    assert (progress.total, progress.overdue, progress.answered) == (2, 1, 1)


@pytest.mark.scenario(88)
@pytest.mark.parametrize(
    ("now", "state", "days_left", "reminder"),
    [
        (datetime(2027, 3, 20, tzinfo=UTC), ClockState.RUNNING, 15, None),
        (datetime(2027, 3, 21, tzinfo=UTC), ClockState.RUNNING, 14, ResponseReminder.SOON),
        (datetime(2027, 4, 4, 21, 59, tzinfo=UTC), ClockState.RUNNING, 0, ResponseReminder.SOON),
        (datetime(2027, 4, 4, 22, 0, tzinfo=UTC), ClockState.LATE, -1, ResponseReminder.DUE),
    ],
)
def test_a_response_is_due_in_twelve_weeks(now, state, days_left, reminder):
    clock = clock_of(CLOSED, has_responded=False, responded_at=None, now=now)
    assert (clock.state, clock.due_on, clock.days_left) == (state, date(2027, 4, 4), days_left)
    assert due_response_reminder(clock, sent=None) is reminder
    assert due_response_reminder(clock, sent=ResponseReminder.DUE) is None


def test_a_response_ends_the_clock():
    responded = CLOSED + timedelta(weeks=13)
    later = responded + timedelta(days=1)
    clock = clock_of(CLOSED, has_responded=True, responded_at=responded, now=later)
    assert (clock.state, clock.was_late) == (ClockState.RESPONDED, True)
    assert due_response_reminder(clock, sent=None) is None
    undated = clock_of(CLOSED, has_responded=True, responded_at=None, now=later)
    assert not undated.was_late
    assert clock_of(CLOSED, has_responded=False, responded_at=None, now=CLOSED) is None
