"""More time, for one body and for all: what each of them sees, from the desk to the report."""

from datetime import timedelta

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.documents.queries.gathering import gather_summary
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from consult.domain.rounds.service import extend_deadline, invite
from consult.domain.rounds.types import InvitationReason, RoundStatus
from consult.domain.submissions.service.amending import start_amendment
from consult.kernel.clock import end_of_day, to_oslo, utc_now
from tests.domain.documents.building.small_round import summary_of
from tests.support.coded import receive

FORMAT = "%-d %B %Y"


@pytest.mark.scenario(50)
def test_one_body_gets_more_time_and_the_others_do_not(client, new_client, make):
    round_ = make.round(slug="apne-dorer", status=RoundStatus.OPEN)
    bodies = [make.organisation(slug=slug, name=slug.title()) for slug in ("havnes", "vikan")]
    people = [make.member(body, Role.COORDINATOR) for body in bodies]
    granted, _other = (
        invite(round_, body, reason=InvitationReason.AFFECTED, by=SYSTEM) for body in bodies
    )
    granted.email, granted.sent_at = "post@havnes.example", utc_now()
    session().flush()
    later = to_oslo(round_.closes_at + timedelta(days=14)).date()
    client.sign_in(make.member(round_.owner, Role.COORDINATOR))
    path = f"/desk/rounds/apne-dorer/setup/invitations/{granted.public_id}"
    client.post(f"{path}/deadline", {"deadline": later.isoformat(), "why": "Styret møtes da."})
    (mail,) = [one for one in list_messages() if one.kind == "own_deadline"]
    assert mail.to_email == "post@havnes.example"
    listed = client.get("/desk/rounds/apne-dorer/setup/invitations").words
    assert f"{later:{FORMAT}}" in listed
    own = new_client().sign_in(people[0]).get("/workspace/havnes/cases/apne-dorer").words
    others = new_client().sign_in(people[1]).get("/workspace/vikan/cases/apne-dorer").words
    assert f"{later:{FORMAT}}" in own
    assert f"{later:{FORMAT}}" not in others
    public = new_client().get("/rounds/apne-dorer").words
    assert "Extensions can be granted on request." in public
    assert f"{later:{FORMAT}}" not in public


@pytest.mark.scenario(51)
def test_more_time_for_all_lets_early_answers_be_changed_and_stands_in_the_report(make):
    round_ = make.round()
    early = receive(round_, "Tidlig svar.")
    before = round_.closes_at
    after = end_of_day(to_oslo(before + timedelta(days=21)).date())
    extend_deadline(round_, after, reason="Mange ba om det.", by=SYSTEM, at=utc_now())
    draft = start_amendment(early, by=SYSTEM, now=before + timedelta(days=1))
    assert draft.amends_id == early.id
    report = str(summary_of(gather_summary(round_, now=utc_now()), "en"))
    assert f"{to_oslo(before):{FORMAT}}" in report
    assert f"{to_oslo(after):{FORMAT}}" in report
    assert "Mange ba om det." in report
