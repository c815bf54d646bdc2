"""Roles from–to, deputies, the last coordinator, and asking for a role."""

from datetime import timedelta

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.errors import (
    AlreadyDecided,
    LastCoordinator,
    NobodyToAsk,
    TooManyRequests,
)
from consult.domain.organisations.queries import (
    deputies_for,
    grants_of,
    list_memberships,
    open_requests_to,
    requests_of,
)
from consult.domain.organisations.rules import do_periods_overlap
from consult.domain.organisations.service import (
    add_member,
    approve_request,
    ask_for_access,
    decline_request,
    end_membership,
    prolong_membership,
    start_membership,
)
from consult.domain.organisations.service.asking import MOST_OPEN_REQUESTS
from consult.domain.organisations.types import RequestOutcome, Role
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput

pytestmark = pytest.mark.at("2026-10-19T10:00:00+02:00")
HOUR = timedelta(hours=1)


def _give(body, person, role=Role.DRAFTER, **values):
    return start_membership(body, person_id=person.id, role=role, by=SYSTEM, **values)


def test_times_from_to_overlap_only_where_they_share_a_moment():
    now = utc_now()
    assert do_periods_overlap((now, None), (now + HOUR, None))
    assert not do_periods_overlap((now, now + HOUR), (now + HOUR, None))
    assert not do_periods_overlap((now + HOUR, None), (now, now + HOUR))


def test_a_role_gives_nothing_before_it_begins_or_after_it_ends(make):
    body, person, now = make.organisation(), make.person(), utc_now()
    _give(body, person, starts_at=now + HOUR, ends_at=now + 2 * HOUR)
    held = [bool(grants_of(person.id, now=now + hours * HOUR)) for hours in (0, 1, 2)]
    assert held == [False, True, False]
    with pytest.raises(InvalidInput):
        _give(body, person, starts_at=now, ends_at=now)


def test_the_same_role_can_be_given_again_for_another_time(make):
    body, person, now = make.organisation(), make.person(), utc_now()
    first = _give(body, person, ends_at=now + HOUR)
    assert _give(body, person) is first
    assert _give(body, person, starts_at=now + HOUR) is not first


def test_a_deputy_stands_in_for_one_signatory_or_for_any(make):
    body, now = make.organisation(), utc_now()
    kari, ola = (_give(body, make.person(), Role.SIGNATORY) for _number in range(2))
    for_kari = _give(body, make.person(), Role.DEPUTY, deputises_for=kari)
    for_any = _give(body, make.person(), Role.DEPUTY)
    assert set(deputies_for(kari, now=now)) == {for_kari, for_any}
    assert deputies_for(ola, now=now) == [for_any]
    assert deputies_for(for_any, now=now) == []
    end_membership(kari, at=now + HOUR, by=SYSTEM)
    assert deputies_for(kari, now=now + HOUR) == []


def test_nobody_stands_in_where_it_makes_no_sense(make):
    body, person = make.organisation(), make.person()
    signatory = _give(body, person, Role.SIGNATORY)
    reader = _give(body, make.person(), Role.READER)
    elsewhere = _give(make.organisation(), make.person(), Role.SIGNATORY)
    for who, role, wrong in (
        (make.person(), Role.DEPUTY, reader),
        (make.person(), Role.DEPUTY, elsewhere),
        (make.person(), Role.READER, signatory),
        (person, Role.DEPUTY, signatory),
    ):
        with pytest.raises(InvalidInput):
            _give(body, who, role, deputises_for=wrong)


def test_the_last_coordinator_ends_only_knowingly(make):
    body, now = make.organisation(), utc_now()
    first = _give(body, make.person(), Role.COORDINATOR)
    second = _give(body, make.person(), Role.COORDINATOR)
    end_membership(second, at=now + HOUR, by=SYSTEM, even_last=False)
    with pytest.raises(LastCoordinator):
        end_membership(first, at=now, by=SYSTEM, even_last=False)
    prolong_membership(second, by=SYSTEM)
    end_membership(first, at=now, by=SYSTEM, even_last=False)
    assert first.ends_at == now
    prolong_membership(first, by=SYSTEM)
    assert first.ends_at == now


def test_a_role_that_has_not_begun_is_called_off(make):
    body, person, now = make.organisation(), make.person(), utc_now()
    ahead = _give(body, person, starts_at=now + HOUR)
    end_membership(ahead, at=now, by=SYSTEM)
    assert not grants_of(person.id, now=now + 2 * HOUR)


def _ask(make, body, person, message=""):
    return ask_for_access(body, message=message, base_url="http://x", by=make.actor(person))


@pytest.mark.scenario(45)
def test_asking_is_mailed_and_listed_and_answered_once(make):
    body = make.organisation(name="Solvik", slug="solvik")
    make.member(body, Role.COORDINATOR, email="leder@solvik.example")
    kari = make.person(name="Kari Nes")
    request = _ask(make, body, kari, "Jeg er ny på post 3.")
    assert _ask(make, body, kari) is request
    assert open_requests_to(body.id) == [request]
    (mail,) = list_messages()
    assert mail.to_email == "leder@solvik.example"
    assert "Jeg er ny på post 3." in mail.body_text
    assert "http://x/workspace/solvik/members" in mail.body_text
    approve_request(request, role=Role.DRAFTER, base_url="http://x", by=SYSTEM)
    assert {grant.role for grant in grants_of(kari.id, now=utc_now())} == {"drafter"}
    assert not open_requests_to(body.id)
    with pytest.raises(AlreadyDecided):
        decline_request(request, reason="", by=SYSTEM)


def test_declining_is_mailed_with_its_reason_and_gives_nothing(make):
    body = make.organisation(name="Solvik")
    make.member(body, Role.COORDINATOR)
    kari = make.person()
    decline_request(_ask(make, body, kari), reason="Vi kjenner deg ikke.", by=SYSTEM)
    assert "Vi kjenner deg ikke." in list_messages()[0].body_text
    assert not grants_of(kari.id, now=utc_now())
    assert requests_of(kari.id)[0].outcome is RequestOutcome.DECLINED


def test_whom_one_cannot_ask(make):
    kari = make.person()
    with pytest.raises(NobodyToAsk):
        _ask(make, make.organisation(), kari)
    for number in range(MOST_OPEN_REQUESTS + 1):
        body = make.organisation()
        make.member(body, Role.COORDINATOR)
        if number < MOST_OPEN_REQUESTS:
            _ask(make, body, kari)
    with pytest.raises(TooManyRequests):
        _ask(make, body, kari)
    member = make.member(body, Role.READER)
    with pytest.raises(InvalidInput):
        _ask(make, body, member)


def test_a_member_can_be_added_for_a_time(make):
    body, now = make.organisation(), utc_now()
    add_member(
        body, email="ola@solvik.example", name="Ola Nes", role=Role.SIGNATORY,
        base_url="http://x", by=SYSTEM, starts_at=now + HOUR, ends_at=now + 2 * HOUR,
    )  # fmt: skip
    (membership,) = list_memberships(body.id)
    assert (membership.starts_at, membership.ends_at) == (now + HOUR, now + 2 * HOUR)
