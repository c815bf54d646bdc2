"""Where a sign-off stands, from its steps and what happened."""

from datetime import UTC, date, datetime, timedelta

import pytest

from consult.domain.composing.standing import (
    Event,
    Reminder,
    SignState,
    Step,
    check_plan,
    find_standing,
    reminder_due,
)
from consult.domain.composing.types import PlannedStep, SignEventKind
from consult.kernel.errors import InvalidInput

KARI, OLA, BOARD = (
    Step(1, "Seksjonen", 11, "Kari", "seksjonsleder", due_on=date(2026, 10, 5)),
    Step(2, "Forbundsleder", 12, "Ola", "forbundsleder"),
    Step(3, "Forbundsstyret", 13, "Mona", is_body=True),
)
STEPS = (KARI, OLA, BOARD)
START = datetime(2026, 10, 1, 10, tzinfo=UTC)


def at(day: int) -> datetime:
    return START + timedelta(days=day)


def happened(kind: SignEventKind, day: int, step: Step | None = None, **values) -> Event:
    defaults = {"by": "person:x", "digest": "a", "step_id": step.id if step else None}
    return Event(kind=kind, at=at(day), **defaults | values)


def signed(step: Step, day: int, **values) -> Event:
    return happened(SignEventKind.SIGNED, day, step, **values)


def standing(*events: Event, current: str = "a"):
    start = happened(SignEventKind.STARTED, 0)
    return find_standing(STEPS, [start, *events], sealed="a", current=current)


def test_it_begins_with_the_first_step():
    now = standing()
    assert (now.state, now.turn.step, now.turn.since) == (SignState.RUNNING, KARI, START)
    assert now.ahead == (OLA, BOARD)
    assert now.holds
    assert now.signed_at is None


def test_each_signature_brings_the_next_step():
    now = standing(signed(KARI, 1))
    assert (now.turn.step, now.turn.since, now.ahead) == (OLA, at(1), (BOARD,))
    assert [one.step for one in now.signatures] == [KARI]


def test_it_is_complete_when_all_have_signed():
    now = standing(signed(KARI, 1), signed(OLA, 2), signed(BOARD, 3))
    assert (now.state, now.turn, now.signed_at) == (SignState.COMPLETE, None, at(3))
    assert now.holds


@pytest.mark.parametrize(
    "stray",
    [signed(OLA, 1), signed(KARI, 1, digest="b"), happened(SignEventKind.REMINDED, 1, KARI)],
    ids=["out of turn", "of another text", "no signature"],
)
def test_what_is_no_signature_of_this_step_and_text_changes_nothing(stray):
    now = standing(stray)
    assert now.turn.step is KARI
    assert now.signatures == ()


def test_a_second_signature_of_a_step_does_not_count_for_the_next():
    first, second = signed(KARI, 1, name="Kari"), signed(KARI, 2, name="Vara")
    now = standing(first, second)
    assert (now.turn.step, now.turn.since) == (OLA, at(1))
    assert now.signatures[0].event is first


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (SignEventKind.RETURNED, SignState.RETURNED),
        (SignEventKind.SEAL_BROKEN, SignState.BROKEN),
        (SignEventKind.STOPPED, SignState.STOPPED),
    ],
)
@pytest.mark.parametrize("before", [1, 3], ids=["half-way", "complete"])
def test_what_ends_it_takes_every_signature_and_nothing_counts_after(kind, state, before):
    given = [signed(step, day) for day, step in enumerate(STEPS, start=1)]
    end = happened(kind, 4)
    now = standing(*given[:before], end, *given[before:])
    assert (now.state, now.ending, now.turn, now.signatures) == (state, end, None, ())
    assert len(now.fallen) == before
    assert not now.holds


def test_a_text_that_was_changed_past_every_question_holds_no_signature_either():
    now = standing(signed(KARI, 1), current="b")
    assert (now.state, now.ending, now.turn) == (SignState.BROKEN, None, None)
    assert (now.signatures, len(now.fallen)) == ((), 1)


def test_a_step_that_is_handed_on_waits_for_the_other_with_their_title():
    hand = happened(SignEventKind.DELEGATED, 1, KARI, to_id=14, to_name="Per", title="nestleder")
    now = standing(hand)
    assert (now.turn.person_id, now.turn.name, now.turn.title) == (14, "Per", "nestleder")
    assert now.turn.since == at(1)
    after = standing(hand, signed(KARI, 2))
    assert after.turn.person_id == OLA.person_id


def test_whoever_was_asked_or_reminded_is_known_by_day():
    now = standing(happened(SignEventKind.REMINDED, 3, KARI))
    assert now.turn.reminded_on == (date(2026, 10, 1), date(2026, 10, 4))
    assert standing(
        happened(SignEventKind.REMINDED, 3, KARI), signed(KARI, 4)
    ).turn.reminded_on == (date(2026, 10, 5),)


@pytest.mark.parametrize(
    ("reminded", "today", "due"),
    [
        ([1], 3, None),
        ([1], 4, Reminder.DUE),
        ([1], 5, Reminder.DUE),
        ([1, 4], 5, None),
        ([4], 4, None),
        ([1, 4], 6, Reminder.OVERDUE),
        ([1], 9, Reminder.OVERDUE),
        ([5], 6, Reminder.OVERDUE),
        ([6], 7, None),
        ([1, 6], 30, None),
    ],
)
def test_reminders_on_the_eve_and_once_it_is_over(reminded, today, due):
    days = [date(2026, 10, day) for day in reminded]
    found = reminder_due(date(2026, 10, 5), reminded_on=days, today=date(2026, 10, today))
    assert found is due


def test_without_a_date_nobody_is_reminded():
    assert reminder_due(None, reminded_on=[], today=date(2026, 10, 5)) is None


TODAY = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("steps", "field", "reason"),
    [
        ([], "steps", "required"),
        ([PlannedStep("Seksjonen", 1, on_letter=False)], "steps", "nobody_on_letter"),
        ([PlannedStep(" ", 1)], "label", "required"),
        ([PlannedStep("Seksjonen", 1, due_on=date(2026, 9, 30))], "due_on", "past"),
        (
            [
                PlannedStep("Seksjonen", 1, due_on=date(2026, 10, 9)),
                PlannedStep("Jurist", 2),
                PlannedStep("Leder", 3, due_on=date(2026, 10, 8)),
            ],
            "due_on",
            "order",
        ),
    ],
)
def test_plans_that_do_not_hold_together(steps, field, reason):
    with pytest.raises(InvalidInput) as refused:
        check_plan(steps, today=TODAY)
    assert (refused.value.field, refused.value.reason) == (field, reason)


def test_dates_may_be_today_equal_or_missing():
    check_plan(
        [
            PlannedStep("Seksjonen", 1, due_on=TODAY),
            PlannedStep("Jurist", 2, on_letter=False),
            PlannedStep("Leder", 3, due_on=TODAY),
        ],
        today=TODAY,
    )
