"""Signing, step by step: mails, capacities, and what a changed text breaks."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from consult.db import session
from consult.domain.audit.queries import entries_about
from consult.domain.composing.errors import NotSignable, TextIsSealed
from consult.domain.composing.queries import get_part
from consult.domain.composing.sealing import (
    dated_sign_offs,
    last_seen,
    latest_plan,
    seal_state,
    signatories,
)
from consult.domain.composing.service.signing import (
    break_seal,
    guard_seal,
    hand_on,
    remind,
    return_text,
    stop_sign_off,
)
from consult.domain.composing.standing import SignState
from consult.domain.composing.types import PlannedStep
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.models import Membership
from consult.domain.organisations.service import end_membership, start_membership
from consult.domain.organisations.types import Role
from consult.domain.submissions.types import Signer
from consult.jobs.clock import tell_people
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from tests.support.letters import body_of
from tests.support.signing import BASE_URL, Chain

pytestmark = pytest.mark.at("2026-10-01T10:00+02:00")


def mails() -> list[tuple[str, str]]:
    """Kind and recipient of every mail, oldest first."""
    return [(one.kind, one.to_name) for one in reversed(list_messages())]


def role_of(person, role: Role) -> Membership:
    query = select(Membership).where(Membership.person_id == person.id, Membership.role == role)
    return session().scalars(query).one()


def deputy_for(chain: Chain, person, **values):
    stand_in = chain.make.person(name="Vara Lie")
    start_membership(
        chain.body,
        person_id=stand_in.id,
        role=Role.DEPUTY,
        deputises_for=role_of(person, Role.SIGNATORY),
        by=chain.actor(chain.hege),
        **values,
    )
    return stand_in


@pytest.mark.scenario(30)
def test_names_titles_and_order_are_frozen_when_they_sign(make):
    chain = Chain(make).start()
    assert mails() == [("sign_turn", "Kari Nes")]
    assert signatories(chain.letter) == ()
    chain.sign(chain.kari)
    chain.sign(chain.ola)
    done = chain.sign(chain.ola, decided_on=date(2026, 9, 30), case_number="34/26")
    assert done.state is SignState.COMPLETE
    chain.kari.name = "Kari Berg"
    assert signatories(chain.letter) == (
        Signer("Kari Nes", "seksjonsleder"),
        Signer("Ola Vik", "forbundsleder"),
        Signer(
            "Ola Vik",
            "forbundsleder, for Forbundsstyret, meeting of 30 September 2026, case 34/26",
        ),
    )
    asked = [("sign_turn", name) for name in ("Kari Nes", "Ola Vik", "Ola Vik")]
    assert mails() == [*asked, ("sign_complete", "Hege Dal")]
    events = [one.data["event"] for one in entries_about(chain.sign_off.reference)]
    assert events == ["signed", "signed", "signed", "started"]


@pytest.mark.scenario(31)
def test_a_deputy_in_force_signs_for_the_absent_one(make):
    chain = Chain(make)
    stand_in = deputy_for(chain, chain.kari, ends_at=utc_now() + timedelta(days=7))
    chain.start([PlannedStep("Seksjonen", chain.kari.id, "seksjonsleder")])
    assert mails() == [("sign_turn", "Kari Nes"), ("sign_turn", "Vara Lie")]
    chain.sign(stand_in)
    assert signatories(chain.letter) == (
        Signer("Vara Lie", "for Kari Nes, seksjonsleder", signed_for="Kari Nes"),
    )


def test_a_deputy_out_of_period_or_of_somebody_else_cannot_sign(make):
    chain = Chain(make)
    stand_in = deputy_for(chain, chain.ola)
    late = deputy_for(chain, chain.kari, starts_at=utc_now() + timedelta(days=1))
    chain.start()
    for person in (stand_in, late):
        with pytest.raises(NotSignable):
            chain.sign(person)
    with time_machine.travel(datetime.fromisoformat("2026-10-03T10:00+02:00"), tick=False):
        chain.sign(late)


def test_only_whoever_s_turn_it_is_can_sign(make):
    chain = Chain(make).start()
    other = make.member(make.organisation(), Role.SIGNATORY)
    for person in (chain.ola, chain.hege, other):
        with pytest.raises(NotSignable):
            chain.sign(person)


def test_a_role_that_has_ended_signs_nothing_and_its_deputy_neither(make):
    chain = Chain(make)
    stand_in = deputy_for(chain, chain.kari)
    chain.start()
    role = role_of(chain.kari, Role.SIGNATORY)
    end_membership(role, by=chain.actor(chain.hege), at=utc_now())
    for person in (chain.kari, stand_in):
        with pytest.raises(NotSignable):
            chain.sign(person)


def test_nobody_signs_another_text_than_the_one_they_saw(make):
    chain = Chain(make).start()
    with pytest.raises(NotSignable):
        chain.sign(chain.kari, digest="0" * 64)
    get_part(chain.letter, "general").body = body_of("Vi er imot.")
    with pytest.raises(NotSignable):
        chain.sign(chain.kari, digest=chain.sign_off.version.digest)


@pytest.mark.parametrize(
    ("day", "reason"), [(None, "required"), (date(2026, 10, 2), "future")], ids=["none", "future"]
)
def test_a_body_decides_in_a_meeting_that_has_been(make, day, reason):
    chain = Chain(make)
    chain.start([PlannedStep("Styret", chain.kari.id, is_body=True)])
    with pytest.raises(InvalidInput) as refused:
        chain.sign(chain.kari, decided_on=day)
    assert (refused.value.field, refused.value.reason) == ("decided_on", reason)


def test_a_return_goes_to_the_writer_and_to_those_who_had_signed(make):
    chain = Chain(make).start()
    chain.sign(chain.kari)
    by = chain.actor(chain.ola)
    with pytest.raises(InvalidInput):
        return_text(chain.letter, reason=" ", base_url=BASE_URL, by=by)
    return_text(chain.letter, reason="Tallene mangler.", base_url=BASE_URL, by=by)
    assert chain.standing.state is SignState.RETURNED
    assert mails()[2:] == [("sign_returned", "Hege Dal"), ("sign_returned", "Kari Nes")]
    assert not any("Tallene" in one.body_text for one in list_messages())
    with pytest.raises(NotSignable):
        chain.sign(chain.ola)


def test_a_step_is_handed_on_to_another_signatory_with_a_reason(make):
    chain = Chain(make).start()
    per = make.member(chain.body, Role.SIGNATORY, name="Per Moe")
    values = {"title": "nestleder", "base_url": BASE_URL, "by": chain.actor(chain.kari)}
    for wrong in (chain.kari.id, chain.hege.id):
        with pytest.raises(InvalidInput):
            hand_on(chain.letter, to_person_id=wrong, reason="Inhabil.", **values)
    hand_on(chain.letter, to_person_id=per.id, reason="Inhabil.", **values)
    assert mails()[-1] == ("sign_turn", "Per Moe")
    assert "The reason stands on the page." in list_messages()[0].body_text
    with pytest.raises(NotSignable):
        chain.sign(chain.kari)
    chain.sign(per)
    assert chain.standing.signatures[0].event.title == "nestleder"


def test_a_later_edit_breaks_the_seal_and_those_who_signed_are_told(make):
    chain = Chain(make).start()
    chain.sign(chain.kari)
    assert (seal_state(chain.letter).is_running, seal_state(chain.letter).signed) == (True, 1)
    with pytest.raises(TextIsSealed):
        guard_seal(chain.letter, is_confirmed=False)
    guard_seal(chain.letter, is_confirmed=True)
    change = {"part": "Åpningstider", "base_url": BASE_URL, "by": chain.actor(chain.hege)}
    assert break_seal(chain.letter, **change) == 0
    assert chain.standing.holds
    get_part(chain.letter, "general").body = body_of("Vi er imot.")
    assert break_seal(chain.letter, **change) == 1
    assert break_seal(chain.letter, **change) == 0
    assert (chain.standing.state, chain.standing.ending.reason) == (
        SignState.BROKEN,
        "Åpningstider",
    )
    assert mails()[2:] == [("seal_broken", name) for name in ("Kari Nes", "Ola Vik", "Hege Dal")]
    guard_seal(chain.letter, is_confirmed=False)


def test_an_edit_after_the_last_signature_breaks_the_seal_too(make):
    chain = Chain(make)
    chain.start([PlannedStep("Leder", chain.kari.id, "leder")])
    chain.sign(chain.kari)
    assert seal_state(chain.letter).is_complete
    chain.letter.recipient = "Et annet departement"
    by = chain.actor(chain.hege)
    assert break_seal(chain.letter, part="Mottaker", base_url=BASE_URL, by=by) == 1
    assert signatories(chain.letter) == ()


def test_it_starts_over_and_knows_what_each_saw_last(make):
    chain = Chain(make).start()
    with pytest.raises(NotSignable):
        chain.start()
    chain.sign(chain.kari)
    get_part(chain.letter, "general").body = body_of("Vi er imot.")
    chain.start()
    assert chain.standing.state is SignState.RUNNING
    seen = last_seen(chain.letter.id, by=chain.kari.reference, before=chain.sign_off)
    assert seen.number == 1
    assert last_seen(chain.letter.id, by=chain.ola.reference, before=chain.sign_off) is None
    chain.letter.recipient = "Et annet departement"
    assert chain.standing.state is SignState.BROKEN


def test_the_text_of_an_ended_sign_off_never_comes_back_to_life(make):
    chain = Chain(make).start()
    chain.sign(chain.kari)
    part = get_part(chain.letter, "general")
    first, part.body = part.body, body_of("Vi er imot.")
    chain.start()
    stop_sign_off(chain.letter, reason="Vent.", base_url=BASE_URL, by=chain.actor(chain.hege))
    part.body = first
    assert chain.standing.state is SignState.STOPPED
    chain.start()
    assert chain.standing.signatures == ()


@pytest.mark.parametrize("case", ["outsider", "blank"])
def test_a_plan_asks_signatories_of_the_organisation_for_a_text_that_says_something(make, case):
    chain = Chain(make)
    person = chain.kari
    if case == "outsider":
        person = make.member(make.organisation(), Role.SIGNATORY)
    else:
        for part in chain.letter.parts:
            part.body = body_of()
    with pytest.raises(InvalidInput):
        chain.start([PlannedStep("Leder", person.id)])


def test_the_latest_plan_is_offered_as_last_time_and_never_another_organisations(make):
    chain = Chain(make).start()
    assert [one.label for one in latest_plan(chain.body.id)] == [
        "Seksjonen",
        "Forbundsleder",
        "Forbundsstyret",
    ]
    assert latest_plan(make.organisation().id) == ()


def test_reminders_come_once_on_the_eve_and_once_overdue(make):
    chain = Chain(make)
    stand_in = deputy_for(chain, chain.kari)
    steps = [PlannedStep("Seksjonen", chain.kari.id, due_on=date(2026, 10, 6))]
    chain.start(steps)
    sign_off = chain.sign_off.id
    reminded = []
    for day in range(2, 10):
        moment = datetime.fromisoformat(f"2026-10-{day:02}T10:00+02:00")
        with time_machine.travel(moment, tick=False):
            due = [one for one in dated_sign_offs(moment.date()) if one == sign_off]
            told = [remind(one, base_url=BASE_URL, now=moment) for one in due * 2]
            reminded += [day] * sum(told)
    assert reminded == [5, 7]
    names = ["Kari Nes", stand_in.name, "Hege Dal"]
    assert mails()[2:] == [("sign_reminder", name) for name in names * 2]


def test_the_clock_reminds_by_day_only(make):
    chain = Chain(make)
    chain.start([PlannedStep("Seksjonen", chain.kari.id, due_on=date(2026, 10, 6))])
    told = []
    for moment in ("2026-10-05T06:00+02:00", "2026-10-05T09:00+02:00"):
        with time_machine.travel(datetime.fromisoformat(moment), tick=False):
            tell_people()
            told.append(len(mails()) - 1)
    assert told == [0, 2]


def test_nobody_is_reminded_of_what_is_over(make):
    chain = Chain(make)
    chain.start([PlannedStep("Seksjonen", chain.kari.id, due_on=date(2026, 10, 6))])
    stop_sign_off(chain.letter, reason="Vent.", base_url=BASE_URL, by=chain.actor(chain.hege))
    moment = datetime.fromisoformat("2026-10-07T10:00+02:00")
    assert not remind(chain.sign_off.id, base_url=BASE_URL, now=moment)


def test_whoever_has_left_the_organisation_is_told_nothing(make):
    chain = Chain(make).start()
    chain.sign(chain.kari)
    for person in (chain.kari, chain.hege):
        make.end_roles(person, after=timedelta(0))
    session().expire_all()
    next_one = make.member(chain.body, Role.COORDINATOR, name="Ny Leder")
    get_part(chain.letter, "general").body = body_of("Vi er imot.")
    break_seal(chain.letter, part="Svar", base_url=BASE_URL, by=chain.actor(next_one))
    assert mails()[2:] == [("seal_broken", "Ola Vik"), ("seal_broken", "Ny Leder")]
