"""How far the work with a round has come, whose move it is, and when branches should answer."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.domain.composing.types import SignEventKind
from consult.domain.responses.rules import (
    Progress,
    internal_deadline,
    is_later_than_above,
    is_sign_off_complete,
    is_sign_off_running,
    move_of,
    step_of,
)
from consult.domain.responses.types import CaseStatus, CaseStep, Move
from consult.kernel.clock import to_oslo

NOW = datetime(2026, 9, 1, 10, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(days=5), NOW - timedelta(days=5)
TAKEN = CaseStatus.TAKEN


@pytest.mark.parametrize(
    ("progress", "step"),
    [
        (Progress(), CaseStep.NEW),
        (Progress(TAKEN), CaseStep.SCREENED),
        (Progress(TAKEN, hears_until=LATER), CaseStep.SCREENED),
        (Progress(TAKEN, hears_until=EARLIER), CaseStep.HEARD),
        (Progress(TAKEN, hears_until=LATER, is_written=True), CaseStep.DRAFTED),
        (Progress(TAKEN, is_written=True, is_signed=True), CaseStep.SIGNED),
        (Progress(is_sent=True), CaseStep.SENT),
    ],
)
def test_the_step_is_the_furthest_thing_done(progress, step):
    assert step_of(progress, now=NOW) is step


@pytest.mark.parametrize(
    ("progress", "has_responsible", "closes_at", "move"),
    [
        (Progress(), False, LATER, Move.COORDINATOR),
        (Progress(), False, EARLIER, Move.NOBODY),
        (Progress(TAKEN), True, LATER, Move.PERSON),
        (Progress(TAKEN), True, EARLIER, Move.PERSON),
        (Progress(TAKEN), False, LATER, Move.COORDINATOR),
        (Progress(TAKEN, hears_until=LATER), True, LATER, Move.BRANCHES),
        (Progress(TAKEN, hears_until=EARLIER), True, LATER, Move.PERSON),
        (Progress(TAKEN, hears_until=LATER, is_signing=True), True, LATER, Move.SIGNERS),
        (Progress(TAKEN, hears_until=LATER, is_signed=True), True, LATER, Move.SENDER),
        (Progress(CaseStatus.HANDED_ON), False, LATER, Move.BELOW),
        (Progress(CaseStatus.DECLINED), False, LATER, Move.NOBODY),
        (Progress(TAKEN, is_sent=True), True, LATER, Move.OWNER),
    ],
)
def test_whose_move_it_is(progress, has_responsible, closes_at, move):
    given = {"has_responsible": has_responsible, "closes_at": closes_at, "now": NOW}
    assert move_of(progress, **given) is move


def test_a_sign_off_needs_every_signature_after_what_undid_them():
    signed, broken = SignEventKind.SIGNED, SignEventKind.SEAL_BROKEN
    assert is_sign_off_complete(2, [SignEventKind.STARTED, signed, signed])
    assert not is_sign_off_complete(2, [signed])
    assert not is_sign_off_complete(2, [signed, broken, signed])
    assert not is_sign_off_complete(0, [])
    assert is_sign_off_running(2, [SignEventKind.STARTED, signed])
    assert not is_sign_off_running(1, [SignEventKind.STARTED, signed])
    assert not is_sign_off_running(2, [SignEventKind.STARTED, broken])


@pytest.mark.scenario(56)
def test_branches_answer_two_weeks_before_the_deadline_above():
    above = datetime(2026, 10, 31, 22, 59, 59, tzinfo=UTC)
    proposed = internal_deadline(above, now=NOW)
    assert to_oslo(proposed).isoformat() == "2026-10-17T23:59:59+02:00"
    assert not is_later_than_above(proposed, above)
    assert is_later_than_above(above + timedelta(seconds=1), above)


def test_with_little_time_left_half_of_it_is_the_branches():
    above = NOW + timedelta(days=8)
    assert to_oslo(internal_deadline(above, now=NOW)).date().isoformat() == "2026-09-05"
