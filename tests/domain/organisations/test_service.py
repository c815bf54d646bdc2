"""Changing organisations, and giving and ending roles."""

from datetime import date, timedelta

import pytest
import time_machine

from consult.domain.accounts.errors import EmailTaken
from consult.domain.accounts.queries import find_person_by_email
from consult.domain.accounts.service import deactivate_person
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about, find_chain_break
from consult.domain.audit.types import SYSTEM_STREAM, organisation_stream
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.errors import OrganisationNumberTaken, WouldFormCircle
from consult.domain.organisations.queries import (
    count_active_roles,
    count_members,
    find_by_any_name,
    grants_of,
    search_organisations,
)
from consult.domain.organisations.service import (
    add_member,
    change_organisation,
    end_membership,
    start_membership,
)
from consult.domain.organisations.types import ActorType, Role
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput

TEN = "2026-10-19T10:00:00+02:00"


def _change(organisation, **values) -> None:
    registered = {
        "name": organisation.name,
        "actor_type": organisation.actor_type,
        "organisation_number": organisation.organisation_number,
        "parent": organisation.parent,
        "language": organisation.language,
        "county": organisation.county,
        "email": organisation.email,
        "dissolved_on": organisation.dissolved_on,
    }
    change_organisation(organisation, **registered | values, by=SYSTEM)


def test_a_change_is_logged_with_before_and_after_of_what_changed(make):
    body = make.organisation(name="Solvik", county="Nordhav")
    _change(body, name="Solvik kommune", dissolved_on=date(2026, 12, 31))
    (entry,) = entries_about(body.reference)
    assert entry.data == {
        "before": {"name": "Solvik", "dissolved_on": None},
        "after": {"name": "Solvik kommune", "dissolved_on": "2026-12-31"},
    }
    assert find_chain_break(organisation_stream(body.id)) is None


def test_saving_without_a_change_logs_nothing(make):
    body = make.organisation()
    _change(body)
    assert not entries_about(body.reference)


def test_a_refused_change_changes_nothing(make):
    make.organisation(organisation_number="123778847")
    body = make.organisation(name="Solvik")
    with pytest.raises(OrganisationNumberTaken):
        _change(body, name="Havnes", organisation_number="123778847")
    with pytest.raises(InvalidInput):
        _change(body, name="Havnes", organisation_number="123778848")
    assert body.name == "Solvik"


def test_nothing_stands_above_itself(make):
    union = make.organisation(actor_type=ActorType.UNION)
    branch = make.organisation(parent=union)
    club = make.organisation(parent=branch)
    for below in (union, branch, club):
        with pytest.raises(WouldFormCircle):
            _change(union, parent=below)


@pytest.mark.parametrize("text", ["østdal", "ØSTDAL", "dal fylkes", "310 42", "310427462"])
def test_a_body_is_found_by_a_part_of_its_name_or_number(make, text):
    make.organisation(name="Havnes kommune")
    body = make.organisation(name="Østdal fylkeskommune", organisation_number="310427462")
    assert list(search_organisations(text)) == [body]


@pytest.mark.parametrize("text", ["østdal FYLKESKOMMUNE ", "310 427 462", "ostdal"])
def test_a_body_is_found_by_exact_name_number_or_short_name(make, text):
    body = make.organisation(
        name="Østdal fylkeskommune", organisation_number="310427462", slug="ostdal"
    )
    assert find_by_any_name(text) == body
    assert find_by_any_name("Østdal") is None


@pytest.mark.at(TEN)
def test_a_new_person_is_registered_and_told_where_to_sign_in(make):
    council = make.organisation(name="Brukarutvalet i Ulvestrand", language="nn")
    add_member(
        council,
        email=" Unni@Consult.example ",
        name="Unni Nes",
        role=Role.DRAFTER,
        base_url="https://consult.example",
        by=SYSTEM,
    )
    person = find_person_by_email("unni@consult.example")
    assert (person.name, person.locale) == ("Unni Nes", "nn")
    (mail,) = list_messages()
    assert (mail.to_email, mail.locale) == ("unni@consult.example", "nn")
    assert "https://consult.example/sign-in" in mail.body_text
    assert "Brukarutvalet i Ulvestrand" in mail.subject
    assert {grant.role for grant in grants_of(person.id, now=utc_now())} == {"drafter"}


def test_a_known_person_keeps_name_and_gets_the_role_once(make):
    body = make.organisation()
    person = make.person(email="kari@consult.example", name="Kari Nes")
    values = {"email": "kari@consult.example", "base_url": "http://localhost", "by": SYSTEM}
    add_member(body, name="Someone Else", role=Role.READER, **values)
    assert person.name == "Kari Nes"
    with pytest.raises(InvalidInput) as refused:
        add_member(body, name="", role=Role.READER, **values)
    assert (refused.value.field, refused.value.reason) == ("role", "held")
    assert len(list_messages()) == 1


def test_an_unknown_address_needs_a_name_and_a_deactivated_one_is_refused(make):
    body, gone = make.organisation(), make.person(email="gone@consult.example")
    deactivate_person(gone, by=SYSTEM, now=utc_now())
    values = {"name": "", "role": Role.READER, "base_url": "http://localhost", "by": SYSTEM}
    with pytest.raises(InvalidInput):
        add_member(body, email="new@consult.example", **values)
    with pytest.raises(EmailTaken):
        add_member(body, email="gone@consult.example", **values)
    assert not list_messages()


@pytest.mark.scenario(46)
@pytest.mark.at(TEN)
def test_a_role_is_over_at_the_moment_it_ends(make):
    body, person = make.organisation(), make.person()
    membership = start_membership(body, person_id=person.id, role=Role.READER, by=SYSTEM)
    ends_at = utc_now() + timedelta(hours=2)
    end_membership(membership, by=SYSTEM, at=ends_at)
    assert grants_of(person.id, now=ends_at - timedelta(seconds=1))
    assert not grants_of(person.id, now=ends_at)
    end_membership(membership, by=SYSTEM, at=ends_at + timedelta(days=1))
    assert membership.ends_at == ends_at + timedelta(days=1)
    with time_machine.travel(membership.ends_at + timedelta(minutes=5), tick=False):
        end_membership(membership, by=SYSTEM, at=utc_now())
    assert membership.ends_at == ends_at + timedelta(days=1)
    assert [entry.tag for entry in entries_about(membership.reference)] == [
        "membership:ended",
        "membership:ended",
        "membership:started",
    ]


@pytest.mark.at(TEN)
def test_a_role_cannot_end_before_now(make):
    body, person = make.organisation(), make.person()
    membership = start_membership(body, person_id=person.id, role=Role.READER, by=SYSTEM)
    with pytest.raises(InvalidInput) as refused:
        end_membership(membership, by=SYSTEM, at=utc_now() - timedelta(hours=1))
    assert refused.value.field == "ends_at"
    assert membership.ends_at is None


def test_only_roles_in_force_are_counted(make):
    body = make.organisation()
    person = make.member(body, Role.READER)
    make.member(body, Role.DRAFTER)
    start_membership(body, person_id=person.id, role=Role.DRAFTER, by=SYSTEM)
    gone = make.person()
    over = start_membership(body, person_id=gone.id, role=Role.READER, by=SYSTEM)
    end_membership(over, by=SYSTEM, at=utc_now())
    assert count_members([body.id], now=utc_now()) == {body.id: 2}
    assert count_active_roles([person.id, gone.id], now=utc_now()) == {person.id: 2}


def test_the_log_of_accounts_holds_when_somebody_is_added(make):
    add_member(
        make.organisation(),
        email="ny@consult.example",
        name="Ny",
        role=Role.READER,
        base_url="http://localhost",
        by=SYSTEM,
    )
    assert find_chain_break(SYSTEM_STREAM) is None
