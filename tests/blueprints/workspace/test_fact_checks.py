"""Those who are quoted in a report are asked before it is published (scenario 87)."""

from datetime import timedelta

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.composing.queries import list_parts
from consult.domain.composing.service.beginning import begin_report
from consult.domain.composing.service.recommending import ground, propose
from consult.domain.composing.service.resting import rest_on
from consult.domain.composing.types import (
    CompositionKind,
    EvidenceUse,
    RecommendationContent,
    Side,
)
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from consult.domain.reports.fact_checks import list_quoted
from consult.kernel.clock import to_oslo, utc_now
from tests.support.coded import TWO_PARAGRAPHS, passages_of, receive

ROOM = "/workspace/utvalget/reports/runde/report/fact-checks"


@pytest.fixture
def made(make):
    """A report that quotes one sender in its text and another for a proposal."""
    round_ = make.round(slug="runde", owner=make.organisation(slug="utvalget", name="Utvalget"))
    report = begin_report(round_, CompositionKind.REPORT, snapshot=None, by=SYSTEM)
    part = list_parts(report.id)[3]
    quoted = receive(round_, TWO_PARAGRAPHS, name="Solvik kommune")
    quoted.contact_email = "post@solvik.example"
    other = receive(round_, TWO_PARAGRAPHS, name="Havnes kommune")
    rest_on(part, passages_of(quoted)[0], EvidenceUse.QUOTED, by=SYSTEM)
    proposal = propose(part, RecommendationContent("Hold åpent."), by=SYSTEM)
    ground(proposal, passages_of(other)[1], Side.FOR, "", by=SYSTEM)
    return report, quoted, other


@pytest.mark.scenario(87)
def test_a_sender_objects_and_the_writers_answer(client, new_client, make, made):
    report, quoted, other = made
    writer = client.sign_in(make.member(report.organisation, Role.COORDINATOR))
    page = writer.get(ROOM)
    assert "Solvik kommune" in page.words
    assert "Havnes kommune" in page.words
    day = to_oslo(utc_now()).date() + timedelta(days=5)
    form = {"senders": [quoted.public_id, other.public_id], "due_on": day.isoformat()}
    page = writer.post(ROOM, form)
    assert "1 sender is asked." in page.words
    assert "no address: Havnes kommune" in page.words
    (mail,) = [one for one in list_messages() if one.kind == "fact_check"]
    assert mail.to_email == "post@solvik.example"
    (first, second) = list_quoted(report)
    assert (first.check.due_on, second.check) == (day, None)

    wrote = make.person()
    quoted.versions[0].created_by = wrote.reference
    quoted.registered_by = None
    session().flush()
    sender = new_client().sign_in(wrote)
    address = f"/answer/receipts/{quoted.public_id}/fact-checks/{first.check.public_id}"
    page = sender.get(f"/answer/receipts/{quoted.public_id}")
    assert page.has_link(address)
    page = sender.submit(sender.get(address), {"verdict": "objects"}, action=address, status=422)
    assert "Write what is wrong" in page.words
    answer = {"verdict": "objects", "text": "Vi sa at døra bør være åpen."}
    page = sender.submit(page, answer, action=address)
    assert "Thank you." in page.words

    page = writer.get(ROOM)
    assert "Vi sa at døra bør være åpen." in page.words
    settle = f"{ROOM}/{first.check.public_id}/settle"
    page = writer.submit(writer.get(settle), {"settlement": "kept"}, action=settle, status=422)
    assert "Say why the text stands." in page.words
    reason = {"settlement": "kept", "reason": "Ordene står slik i svaret."}
    writer.submit(page, reason, action=settle)
    page = sender.get(address)
    assert "Ordene står slik i svaret." in page.words
    assert not page.tree.xpath("//textarea")


def test_asking_needs_somebody_and_a_day_ahead(client, make, made):
    report, quoted, _other = made
    writer = client.sign_in(make.member(report.organisation, Role.COORDINATOR))
    today = to_oslo(utc_now()).date().isoformat()
    page = writer.post(ROOM, {"due_on": today}, status=422)
    assert "Tick those whom you ask." in page.words
    page = writer.post(ROOM, {"due_on": today, "senders": quoted.public_id}, status=422)
    assert "Choose a day that lies ahead." in page.words
    assert list_quoted(report)[0].check is None
