"""The list of consultees."""

from datetime import timedelta

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.notifications.queries import list_messages
from consult.domain.rounds.errors import AlreadyInvited, InvitationSent, RoundNotOpen
from consult.domain.rounds.invitation_lists import NotAList, decode_list, read_invitation_list
from consult.domain.rounds.queries import list_invitations
from consult.domain.rounds.service import (
    add_invitations,
    invite,
    remind_silent,
    remove_invitation,
    send_invitation,
    send_invitations,
    set_own_deadline,
)
from consult.domain.rounds.types import InvitationReason, RoundStatus, RowProblemCode
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput

LINK = "https://consult.example/rounds/apen-dor"
WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def _numbers(count):
    """Valid synthetic organisation numbers."""
    found = []
    stem = 31_100_000
    while len(found) < count:
        stem += 1
        control = -sum(int(d) * w for d, w in zip(str(stem), WEIGHTS, strict=True)) % 11
        if control != 10:
            found.append(f"{stem}{control}")
    return found


def _read(round_, text, *, default_reason=InvitationReason.AFFECTED):
    return read_invitation_list(round_, text, default_reason=default_reason)


@pytest.mark.scenario(6)
def test_118_of_120_rows_are_accepted_and_two_told_with_their_row(make):
    round_ = make.round()
    numbers = _numbers(120)
    for index, number in enumerate(numbers):
        dissolved_on = utc_now().date() if index == 80 else None
        if index != 40:
            make.organisation(organisation_number=number, dissolved_on=dissolved_on)
    rows = [f"{number};affected;" for number in numbers]
    text = "organisasjonsnummer;grunn;e-post\r\n" + "\r\n".join(rows)
    found = _read(round_, text)
    assert len(found.accepted) == 118
    assert [(item.row, item.value, item.code) for item in found.problems] == [
        (42, numbers[40], RowProblemCode.UNKNOWN),
        (82, numbers[80], RowProblemCode.DISSOLVED),
    ]
    assert not list_invitations(round_.id)
    assert add_invitations(round_, found.accepted, by=SYSTEM) == 118
    assert len(list_invitations(round_.id)) == 118
    assert entries_about(round_.reference)[0].data == {"number": 118}


def test_bodies_are_named_by_number_short_name_or_name(make):
    round_ = make.round()
    number = _numbers(1)[0]
    first = make.organisation(organisation_number=number)
    second = make.organisation(slug="brukerutvalget")
    third = make.organisation(name="Ærlig Øy Ålesund")
    spaced = f"{number[:3]} {number[3:6]}\u00a0{number[6:]}"
    text = f"{spaced},expert,\nbrukerutvalget,Must be heard by law,a@b.example\nÆRLIG ØY ÅLESUND,,"
    found = _read(round_, text)
    assert [row.organisation_id for row in found.accepted] == [first.id, second.id, third.id]
    assert [row.reason for row in found.accepted] == ["expert", "statutory", "affected"]
    assert found.accepted[1].email == "a@b.example"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("311000011;affected;", RowProblemCode.BAD_NUMBER),
        ("Ukjent;affected;", RowProblemCode.UNKNOWN),
        ("Felles navn;affected;", RowProblemCode.AMBIGUOUS),
        ("solvik;because;", RowProblemCode.BAD_REASON),
        ("solvik;affected;solvik", RowProblemCode.BAD_EMAIL),
        (";affected;", RowProblemCode.EMPTY),
        ("invitert;affected;", RowProblemCode.INVITED_ALREADY),
    ],
)
def test_why_a_row_is_not_accepted(make, row, code):
    round_ = make.round()
    make.organisation(slug="solvik")
    make.organisation(name="Felles navn")
    make.organisation(name="Felles navn")
    invite(round_, make.organisation(slug="invitert"), reason=InvitationReason.EXPERT, by=SYSTEM)
    found = _read(round_, f"organisation;reason;email\n{row}\n")
    assert not found.accepted
    assert [(item.row, item.code) for item in found.problems] == [(2, code)]


def test_a_body_twice_in_the_file_is_accepted_once(make):
    round_ = make.round()
    make.organisation(slug="solvik", name="Solvik kommune")
    found = _read(round_, "solvik\n\nsolvik kommune\n")
    assert [row.row for row in found.accepted] == [1]
    assert [(item.row, item.code) for item in found.problems] == [(3, RowProblemCode.REPEATED)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(make, encoding, delimiter):
    round_ = make.round()
    make.organisation(name="Båtsfjord råd, avdeling sør")
    line = delimiter.join(["Navn", "Grunn", "E-post"]) + "\r\n"
    line += delimiter.join(['"Båtsfjord råd, avdeling sør"', "affected", "post@sor.example"])
    found = _read(round_, decode_list(line.encode(encoding)))
    assert [row.email for row in found.accepted] == ["post@sor.example"]


@pytest.mark.parametrize("content", [b"", b"  \n", b"PK\x03\x04\x00\x00"])
def test_what_is_no_list(content):
    with pytest.raises(NotAList):
        decode_list(content)


def test_nobody_is_invited_twice(make):
    round_, body = make.round(), make.organisation()
    invite(round_, body, reason=InvitationReason.AFFECTED, by=SYSTEM)
    with pytest.raises(AlreadyInvited):
        invite(round_, body, reason=InvitationReason.EXPERT, by=SYSTEM)


def test_invitations_go_to_those_not_asked_yet_in_their_language(make):
    round_ = make.round()
    english = make.organisation(language="en", email="post@english.example")
    nynorsk = make.organisation(language="nn", email="post@nynorsk.example")
    silent = make.organisation(language="nb")
    for body in (english, nynorsk, silent):
        invite(round_, body, reason=InvitationReason.AFFECTED, by=SYSTEM)
    result = send_invitations(round_, answered=(), link=LINK, by=SYSTEM, at=utc_now())
    assert (result.sent, result.without_address) == (2, 1)
    mails = {mail.to_email: mail for mail in list_messages()}
    assert mails["post@english.example"].subject == f"We ask for your answer: {round_.title['en']}"
    assert round_.title["nn"] in mails["post@nynorsk.example"].body_text
    assert LINK in mails["post@english.example"].body_text
    again = send_invitations(round_, answered=(), link=LINK, by=SYSTEM, at=utc_now())
    assert (again.sent, again.without_address) == (0, 1)
    assert len(list_messages()) == 2


@pytest.mark.parametrize("status", [RoundStatus.PLANNED, RoundStatus.CLOSED])
def test_no_invitation_before_the_announcement_or_after_the_deadline(make, status):
    round_ = make.round(status=status)
    with pytest.raises(RoundNotOpen):
        send_invitations(round_, answered=(), link=LINK, by=SYSTEM, at=utc_now())


def test_reminders_go_to_the_silent_only(make):
    round_ = make.round()
    for name in ("a", "b", "c"):
        body = make.organisation(slug=name, email=f"{name}@consult.example", language="en")
        invitation = invite(round_, body, reason=InvitationReason.AFFECTED, by=SYSTEM)
        if name != "c":
            send_invitation(invitation, link=LINK, by=SYSTEM, at=utc_now())
    answered = [item.organisation_id for item in list_invitations(round_.id)][:1]
    result = remind_silent(round_, answered=answered, link=LINK, by=SYSTEM, at=utc_now())
    assert result.sent == 1
    latest = list_messages()[0]
    assert latest.to_email == "b@consult.example"
    assert latest.subject.startswith("Reminder:")


def test_one_body_gets_a_later_deadline_with_a_reason(make):
    round_ = make.round()
    body = make.organisation(email="post@consult.example", language="en")
    invitation = invite(round_, body, reason=InvitationReason.AFFECTED, by=SYSTEM)
    later = round_.closes_at + timedelta(days=7)
    with pytest.raises(InvalidInput):
        set_own_deadline(invitation, later, reason=" ", by=SYSTEM, at=utc_now())
    with pytest.raises(InvalidInput):
        set_own_deadline(invitation, round_.closes_at, reason="Møte", by=SYSTEM, at=utc_now())
    set_own_deadline(invitation, later, reason="Kommunestyret møtes.", by=SYSTEM, at=utc_now())
    assert (invitation.deadline_at, invitation.deadline_reason) == (later, "Kommunestyret møtes.")
    set_own_deadline(invitation, None, reason="", by=SYSTEM, at=utc_now())
    assert invitation.deadline_at is None
    assert invitation.deadline_reason is None


def test_a_body_that_was_asked_stays_on_the_list(make):
    round_ = make.round()
    body = make.organisation(email="post@consult.example")
    invitation = invite(round_, body, reason=InvitationReason.AFFECTED, by=SYSTEM)
    send_invitation(invitation, link=LINK, by=SYSTEM, at=utc_now())
    with pytest.raises(InvitationSent):
        remove_invitation(invitation, by=SYSTEM)
    other = invite(round_, make.organisation(), reason=InvitationReason.AFFECTED, by=SYSTEM)
    remove_invitation(other, by=SYSTEM)
    assert len(list_invitations(round_.id)) == 1
