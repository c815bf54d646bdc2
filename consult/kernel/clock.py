"""Time: stored in UTC, shown and reasoned about in Europe/Oslo."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def utc_now() -> datetime:
    """The present moment in UTC; the only place in the code that asks the machine's clock."""
    return datetime.now(UTC)


def to_oslo(moment: datetime) -> datetime:
    """The same moment as wall-clock time in Norway."""
    return moment.astimezone(OSLO)


def end_of_day(day: date) -> datetime:
    """23:59:59 in Norway on a date, in UTC: what a deadline given as a date means.

    Source: domain guide §1.4 ("deadline means 23:59:59 local on the date unless a time is given").
    """
    return datetime.combine(day, time(23, 59, 59), tzinfo=OSLO).astimezone(UTC)


def start_of_day(day: date) -> datetime:
    """00:00:00 in Norway on a date, in UTC."""
    return datetime.combine(day, time(0, 0, 0), tzinfo=OSLO).astimezone(UTC)
