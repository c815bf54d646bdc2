"""Rules of the work on answers: pure functions of values."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from consult.domain.handling.types import HOLD_LASTS, Outcome, Reminder, Waits

BLOCKING = (Waits.TO_CHECK, Waits.LATE)
"""What must be settled before an answer is handled, in any round."""

BLOCKING_WHERE_PUBLISHED = (*BLOCKING, Waits.REVIEW)
"""The same in a round whose answers can be published."""


def is_held(held_at: datetime | None, *, now: datetime) -> bool:
    """Whether a hold still counts; one that is forgotten lapses by itself."""
    return held_at is not None and now - held_at < HOLD_LASTS


def held_since(now: datetime) -> datetime:
    """Holds from before this moment have lapsed."""
    return now - HOLD_LASTS


def blocks_handling(waits: Collection[Waits], *, publishes: bool) -> frozenset[Waits]:
    """What stands in the way of calling an answer handled.

    Looking through for others' eyes does, unless the round never publishes answers. That it may
    have come twice is a question, and saying that it is handled answers it.
    """
    blocking = BLOCKING_WHERE_PUBLISHED if publishes else BLOCKING
    return frozenset(waits).intersection(blocking)


def reminder_due(due_on: date | None, sent: Reminder | None, *, today: date) -> Reminder | None:
    """Which reminder of a deadline should go out today: once the day before, once when it is over.

    A deadline that was already over when the mail could first go gives one mail, not two.
    """
    if due_on is None:
        return None
    if today > due_on:
        return None if sent is Reminder.OVERDUE else Reminder.OVERDUE
    if today >= due_on - timedelta(days=1):
        return None if sent is not None else Reminder.SOON
    return None


def tally(outcomes: Mapping[int, Outcome]) -> dict[Outcome, list[int]]:
    """The numbers of the answers by what became of them, in order; what is done comes first."""
    found: dict[Outcome, list[int]] = {}
    for outcome in Outcome:
        numbers = sorted(number for number, one in outcomes.items() if one is outcome)
        if numbers:
            found[outcome] = numbers
    return found


def in_ranges(numbers: Collection[int]) -> str:
    """Numbers as people write them: ``1–3, 7``."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(
        str(part[0])
        if len(part) == 1
        else f"{part[0]}, {part[1]}"
        if len(part) == 2
        else f"{part[0]}–{part[-1]}"
        for part in parts
    )
