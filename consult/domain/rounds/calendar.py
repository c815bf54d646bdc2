"""The deadline as a calendar file, which calendars keep up to date by its number.

The only module that knows the library. Source: RFC 5545.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event, Timezone

from consult.kernel.clock import OSLO, to_oslo

ALARM_BEFORE = timedelta(days=3)
"""How long before the deadline the calendar speaks up."""

_HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class DeadlineEvent:
    """What a calendar shows of a deadline, in the reader's language.

    Attributes:
        uid: Names the event for good: a calendar changes what it has instead of adding another.
        sequence: How often the deadline has been moved; a higher one takes the place of a lower.
        changed_at: When it was moved last, or when the round was made.
        closes_at: The deadline.
        is_cancelled: The round has been given up, and the event with it.
    """

    uid: str
    sequence: int
    changed_at: datetime
    closes_at: datetime
    title: str
    description: str
    link: str
    language: str
    alarm: str
    is_cancelled: bool = False


def calendar_file(event: DeadlineEvent) -> bytes:
    """The event as an ``.ics`` file, with Norway's time zone and an alarm."""
    calendar = Calendar()
    calendar.add("prodid", "-//consult//deadline//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if event.is_cancelled else "PUBLISH")
    end = to_oslo(event.closes_at)
    calendar.add_component(
        Timezone.from_tzinfo(
            OSLO, first_date=(end - timedelta(days=366)).date(), last_date=end.date()
        )
    )
    entry = Event()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.changed_at)
    entry.add("last-modified", event.changed_at)
    entry.add("dtstart", end - _HALF_HOUR)
    entry.add("dtend", end)
    entry.add("summary", event.title, parameters={"LANGUAGE": event.language})
    entry.add("description", event.description, parameters={"LANGUAGE": event.language})
    entry.add("url", event.link)
    entry.add("transp", "TRANSPARENT")
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    if not event.is_cancelled:
        entry.add_component(_alarm(event))
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _alarm(event: DeadlineEvent) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -ALARM_BEFORE)
    alarm.add("description", event.alarm)
    return alarm
