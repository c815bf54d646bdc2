"""A round from being prepared to being closed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about, find_chain_break
from consult.domain.audit.types import organisation_stream
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.errors import RoundFrozen, RoundIncomplete
from consult.domain.rounds.findings import FindingCode
from consult.domain.rounds.queries import get_round
from consult.domain.rounds.rules import closing_moment
from consult.domain.rounds.service import (
    announce,
    cancel,
    change_dates,
    change_status,
    close_now,
    create_round,
    extend_deadline,
    move_by_clock,
)
from consult.domain.rounds.types import (
    RoundSpec,
    RoundStatus,
    RoundType,
)
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, TransitionError

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def planned(make):
    """A hearing of a ministry, five weeks long, ready but for that."""
    return make.round(
        owner=make.organisation(actor_type=ActorType.MINISTRY),
        type=RoundType.HEARING,
        status=RoundStatus.PLANNED,
        opens_at=NOW + timedelta(days=1),
        closes_at=closing_moment(date(2026, 10, 7)),
    )


@pytest.mark.scenario(1)
def test_a_hearing_of_five_weeks_is_announced_only_with_a_reason(planned):
    with pytest.raises(RoundIncomplete) as caught:
        announce(planned, by=SYSTEM, at=NOW)
    assert [gap.code for gap in caught.value.missing] == [FindingCode.REASON_MISSING]
    assert planned.status is RoundStatus.PLANNED
    change_dates(
        planned,
        opens_at=planned.opens_at,
        closes_at=planned.closes_at,
        short_deadline_reason=" Fristen følger av direktivet. ",
        by=SYSTEM,
    )
    announce(planned, by=SYSTEM, at=NOW)
    assert planned.status is RoundStatus.ANNOUNCED
    assert planned.short_deadline_reason == "Fristen følger av direktivet."
    entry = entries_about(planned.reference)[0]
    assert entry.data == {
        "before": "planned",
        "after": "announced",
        "warnings": ["nobody_invited", "under_minimum"],
    }
    assert find_chain_break(organisation_stream(planned.owner_id)) is None


def test_what_should_be_open_by_now_opens_at_once(make):
    round_ = make.round(status=RoundStatus.PLANNED)
    announce(round_, by=SYSTEM, at=utc_now())
    assert round_.status is RoundStatus.OPEN


def test_dates_stand_fast_once_announced(make):
    round_ = make.round()
    with pytest.raises(RoundFrozen):
        change_dates(
            round_,
            opens_at=round_.opens_at,
            closes_at=round_.closes_at,
            short_deadline_reason=None,
            by=SYSTEM,
        )


def test_an_extension_keeps_both_dates_and_the_reason(make):
    round_ = make.round()
    before, after = round_.closes_at, round_.closes_at + timedelta(days=14)
    extend_deadline(round_, after, reason=" Ferie. ", by=SYSTEM, at=utc_now())
    (change,) = round_.deadline_changes
    assert (change.old_closes_at, change.new_closes_at, change.reason) == (before, after, "Ferie.")
    assert round_.closes_at == after
    assert entries_about(round_.reference)[0].tag == "round:deadline_changed"


@pytest.mark.parametrize("stored", [RoundStatus.OPEN, RoundStatus.CLOSED])
def test_a_closed_round_opens_again_when_extended(make, stored):
    now = utc_now()
    round_ = make.round(status=stored, closes_at=now - timedelta(hours=1))
    extend_deadline(round_, now + timedelta(days=7), reason="Feil i skjemaet.", by=SYSTEM, at=now)
    assert round_.status is RoundStatus.OPEN
    move_by_clock(now=now)
    assert round_.status is RoundStatus.OPEN


@pytest.mark.parametrize(
    ("days", "reason", "refused"),
    [(-1, "Ferie", "not_later"), (0, "Ferie", "not_later"), (7, "  ", "required")],
)
def test_a_deadline_only_ever_moves_ahead_and_with_a_reason(make, days, reason, refused):
    round_ = make.round()
    with pytest.raises(InvalidInput) as caught:
        extend_deadline(
            round_,
            round_.closes_at + timedelta(days=days),
            reason=reason,
            by=SYSTEM,
            at=utc_now(),
        )
    assert caught.value.reason == refused


@pytest.mark.parametrize("status", [RoundStatus.PLANNED, RoundStatus.ANALYSIS])
def test_no_extension_before_announcing_or_during_the_analysis(make, status):
    round_ = make.round(status=status)
    with pytest.raises(RoundFrozen):
        extend_deadline(
            round_, utc_now() + timedelta(days=90), reason="Ferie", by=SYSTEM, at=utc_now()
        )


def test_closing_early_moves_the_deadline_with_a_reason(make):
    round_ = make.round()
    now = utc_now()
    with pytest.raises(InvalidInput):
        close_now(round_, reason=" ", by=SYSTEM, at=now)
    close_now(round_, reason="Saken er trukket tilbake.", by=SYSTEM, at=now)
    assert round_.status is RoundStatus.CLOSED
    assert round_.closes_at == now
    assert round_.deadline_changes[0].reason == "Saken er trukket tilbake."
    with pytest.raises(TransitionError):
        close_now(round_, reason="En gang til.", by=SYSTEM, at=now)


def test_cancelling_needs_a_reason_and_is_final(make):
    round_ = make.round(status=RoundStatus.PLANNED)
    with pytest.raises(InvalidInput):
        cancel(round_, reason="", by=SYSTEM, at=utc_now())
    cancel(round_, reason="Ikke lenger aktuelt.", by=SYSTEM, at=utc_now())
    assert (round_.status, round_.cancel_reason) == ("cancelled", "Ikke lenger aktuelt.")
    with pytest.raises(TransitionError):
        announce(round_, by=SYSTEM, at=utc_now())


def test_the_clock_opens_and_closes(make):
    now = utc_now()
    announced = make.round(status=RoundStatus.ANNOUNCED, closes_at=now - timedelta(days=1))
    still_open = make.round()
    assert move_by_clock(now=now) == 2
    assert announced.status is RoundStatus.CLOSED
    assert still_open.status is RoundStatus.OPEN
    assert move_by_clock(now=now) == 0


def test_steps_outside_the_table_are_refused(make):
    with pytest.raises(TransitionError):
        change_status(make.round(), RoundStatus.REPORTED, by=SYSTEM, at=utc_now())


def test_short_names_come_from_the_title_and_are_told_apart(make):
    spec = RoundSpec(
        type=RoundType.INPUT_ROUND,
        languages=("nb",),
        title={"nb": "Åpen dør på Ås"},
        opens_at=NOW,
        closes_at=NOW + timedelta(days=30),
    )
    owner = make.organisation()
    slugs = [create_round(spec, owner=owner, by=SYSTEM).slug for _ in range(2)]
    assert slugs == ["apen-dor-pa-as", "apen-dor-pa-as-2"]
    assert get_round("apen-dor-pa-as").status is RoundStatus.PLANNED
