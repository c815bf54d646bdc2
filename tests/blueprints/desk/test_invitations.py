"""The list of consultees at the desk."""

import io
from datetime import timedelta

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.notifications.errors import DeliveryFailed
from consult.domain.notifications.queries import list_messages
from consult.domain.notifications.service import deliver
from consult.domain.organisations.types import Role
from consult.domain.rounds.queries import list_invitations
from consult.domain.rounds.service import invite
from consult.domain.rounds.types import InvitationReason
from consult.kernel.clock import to_oslo, utc_now
from tests.support.queries import count_queries

LIST = "/desk/rounds/apen-dor/setup/invitations"


class RefusingTransport:
    """A mail server that knows nobody."""

    keeps_bodies = False

    def deliver(self, _mail):
        raise DeliveryFailed("550 no such mailbox", permanent=True)


@pytest.fixture
def round_(make, owner):
    return make.round(owner=owner, slug="apen-dor")


@pytest.fixture
def invited(make, round_):
    """Invites a body with an address."""

    def invited(slug, **values):
        body = make.organisation(
            slug=slug, name=slug.title(), email=f"{slug}@consult.example", language="en", **values
        )
        return invite(round_, body, reason=InvitationReason.AFFECTED, by=SYSTEM)

    return invited


def _upload(desk, content, *, name="list.csv"):
    return desk.post(
        f"{LIST}/import",
        {"file": (io.BytesIO(content), name), "reason": "affected"},
        content_type="multipart/form-data",
    )


@pytest.mark.scenario(6)
def test_a_list_is_looked_at_before_it_is_stored(desk, make, round_):
    for number in range(118):
        make.organisation(slug=f"kommune-{number}")
    make.organisation(slug="nedlagt", dissolved_on=utc_now().date())
    rows = [f"kommune-{number};statutory" for number in range(118)]
    content = "\n".join(["instans;grunn", *rows[:50], "ukjent;expert", *rows[50:], "nedlagt;"])
    page = _upload(desk, content.encode("cp1252"))
    assert page.h1 == "Check the list"
    assert "118 bodies can be added. 2 rows cannot. Nothing is stored yet." in page.words
    told = [
        [cell.text_content() for cell in row]
        for row in page.tree.xpath("//table[@id='problems']/tbody/tr")
    ]
    assert told == [
        ["52", "ukjent", "No registered organisation has this number or name."],
        ["121", "nedlagt", "The organisation has been dissolved."],
    ]
    assert not list_invitations(round_.id)
    page = desk.submit(page, action=f"{LIST}/import/confirm")
    assert "118 bodies are added." in page.words
    assert len(list_invitations(round_.id)) == 118


def test_rows_can_be_pasted(desk, make, round_):
    make.organisation(slug="havnes")
    page = desk.submit(desk.get(f"{LIST}/import"), {"rows": "havnes,expert,post@havnes.example"})
    desk.submit(page, action=f"{LIST}/import/confirm")
    (invitation,) = list_invitations(round_.id)
    assert (invitation.reason, invitation.email) == ("expert", "post@havnes.example")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04\x00"])
def test_what_is_no_list_is_said(desk, round_, content):
    page = desk.post(
        f"{LIST}/import",
        {"file": (io.BytesIO(content), "list.csv"), "reason": "affected"},
        content_type="multipart/form-data",
        status=422,
    )
    assert "no rows in it that we can read" in page.words


def test_one_body_is_found_and_added(desk, make, round_):
    make.organisation(slug="havnes", name="Havnes kommune")
    make.organisation(slug="gamle-havnes", name="Gamle Havnes", dissolved_on=utc_now().date())
    page = desk.submit(desk.get(f"{LIST}/add"), {"q": "havnes"})
    assert "2 organisations found" in page.words
    assert not page.tree.xpath("//form[contains(@action, 'gamle-havnes')]")
    page = desk.submit(page, {"reason": "expert"}, action=f"{LIST}/add/havnes")
    assert "Havnes kommune is on the list." in page.words
    assert "On the list" in page.words
    page = desk.post(f"{LIST}/add/havnes", {"reason": "expert"})
    assert "is on the list already" in page.words


def test_sending_and_reminding(desk, invited, make, round_):
    invited("havnes")
    invite(round_, make.organisation(), reason=InvitationReason.EXPERT, by=SYSTEM)
    page = desk.get(LIST)
    assert "Send 1 invitation" in page.words
    page = desk.submit(page, action=f"{LIST}/send")
    assert "1 mail is sent." in page.words
    assert "1 body has no e-mail address" in page.words
    (mail,) = list_messages()
    assert "http://localhost:8000/rounds/apen-dor" in mail.body_text
    page = desk.submit(page, action=f"{LIST}/remind")
    assert "(reminder)" in page.words
    assert list_messages()[0].subject.startswith("Reminder:")


@pytest.mark.scenario(8)
def test_a_mail_that_bounced_is_no_missing_answer(app, desk, invited, round_):
    invitation = invited("havnes")
    desk.submit(desk.get(LIST), action=f"{LIST}/send")
    (mail,) = list_messages()
    mail.sent_at = None
    deliver(mail.id, transport=RefusingTransport(), files=app.extensions["files"], now=utc_now())
    page = desk.get(LIST)
    assert "Not delivered" in page.words
    assert "Remind" not in page.words
    page = desk.get(f"{LIST}/{invitation.public_id}")
    assert "550 no such mailbox" in page.words
    page = desk.submit(
        page, {"email": "ny@havnes.example"}, action=f"{LIST}/{invitation.public_id}"
    )
    page = desk.post(f"{LIST}/{invitation.public_id}/send")
    assert "1 mail is sent." in page.words
    assert list_messages()[0].to_email == "ny@havnes.example"
    assert "Not delivered" not in page.words


@pytest.mark.scenario(50)
def test_one_body_gets_its_own_deadline(desk, invited, round_):
    invitation = invited("havnes")
    path = f"{LIST}/{invitation.public_id}"
    day = to_oslo(round_.closes_at + timedelta(days=9)).date()
    page = desk.submit(
        desk.get(path), {"deadline": day.isoformat()}, action=f"{path}/deadline", status=422
    )
    assert "Write why it gets more time." in page.words
    page = desk.submit(page, {"why": "The council meets later."}, action=f"{path}/deadline")
    session().refresh(invitation)
    assert to_oslo(invitation.deadline_at).date() == day
    assert invitation.deadline_reason == "The council meets later."
    page = desk.submit(
        desk.get(path), {"deadline": "2020-01-01"}, action=f"{path}/deadline", status=422
    )
    assert "must be later than everybody's" in page.words


def test_who_was_asked_stays_on_the_list(desk, invited, round_):
    first, second = invited("havnes"), invited("solbygda")
    page = desk.submit(
        desk.get(f"{LIST}/{first.public_id}"), action=f"{LIST}/{first.public_id}/remove"
    )
    assert "Havnes is off the list." in page.words
    desk.post(f"{LIST}/send")
    assert "Take off the list" not in desk.get(f"{LIST}/{second.public_id}").words
    page = desk.post(f"{LIST}/{second.public_id}/remove")
    assert "stays on the list" in page.words


def test_the_list_can_be_narrowed_to_a_state(desk, invited, make, round_):
    invited("havnes")
    invite(
        round_, make.organisation(name="Uten adresse"), reason=InvitationReason.EXPERT, by=SYSTEM
    )
    page = desk.get(f"{LIST}?status=no_address")
    assert "Uten adresse" in page.words
    assert not page.tree.xpath("//table//a[contains(., 'Havnes')]")


def test_the_list_costs_the_same_for_one_and_for_three(desk, invited, round_):
    invited("a")
    desk.get(LIST)
    with count_queries() as one:
        desk.get(LIST)
    for slug in ("b", "c"):
        invited(slug)
    with count_queries() as three:
        desk.get(LIST)
    assert three.number == one.number


def test_another_rounds_invitation_is_not_found(desk, new_client, make, invited):
    invitation = invited("havnes")
    other = make.organisation()
    make.round(owner=other, slug="annen")
    browser = new_client().sign_in(make.member(other, Role.COORDINATOR))
    browser.get(f"/desk/rounds/annen/setup/invitations/{invitation.public_id}", status=404)
    browser.post(f"{LIST}/{invitation.public_id}/send", status=404)
    assert not list_messages()
