"""Files that show how far a measure has come, and the way to the chapter that proposes it."""

from datetime import timedelta
from io import BytesIO

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.followup.queries import list_measures
from consult.domain.followup.service.measures import take_up_report
from consult.domain.followup.service.responding import publish_follow_up
from consult.domain.organisations.types import Role
from consult.domain.rounds.types import RoundStatus, RoundType
from consult.kernel.clock import to_oslo, utc_now
from tests.support.followed import sign_report
from tests.support.page_client import PageClient

PLACE = "/desk/rounds/rom/follow-up/1"
PUBLIC = "/rounds/rom/follow-up/1"


@pytest.fixture
def round_(make):
    return make.round(type=RoundType.HEARING, slug="rom")


@pytest.fixture
def desk(make, client, round_):
    signed = sign_report(make, round_, "Hold døra åpen.")
    round_.closes_at = utc_now() - timedelta(days=30)
    round_.status = RoundStatus.REPORTED
    take_up_report(signed.report, by=SYSTEM, at=utc_now())
    publish_follow_up(round_, by=SYSTEM, at=utc_now())
    return client.sign_in(make.member(round_.owner, Role.COORDINATOR))


def _add(desk, content=b"Vedtak 12/26.", name="vedtak.txt", *, status=200, **values):
    sent = {"file": (BytesIO(content), name)} | values
    return desk.post(f"{PLACE}/evidence", sent, status=status)


def test_a_file_is_evidence_and_public_only_when_the_owner_says_so(desk, app, round_):
    assert "Nothing is told of this measure yet" in desk.get(f"{PLACE}/evidence").words
    _add(desk, status=422)
    told = {"status": "done", "on": to_oslo(utc_now()).date().isoformat(), "language": "nb"}
    desk.post(f"{PLACE}/status", told)
    desk.post(f"{PLACE}/evidence", {}, status=422)
    _add(desk, b"MZ not for us", "x.exe", status=422)
    _add(desk)
    (kept,) = list_measures(round_.id)[0].events[-1].files
    assert "vedtak.txt" in desk.get(PLACE).words
    assert desk.raw(f"{PLACE}/evidence/{kept.public_id}").data == b"Vedtak 12/26."
    everybody = PageClient(app)
    assert "vedtak.txt" not in everybody.get(PUBLIC).words
    assert "Sign in" in everybody.get(f"{PUBLIC}/files/{kept.public_id}").words
    desk.post(f"{PLACE}/evidence/{kept.public_id}/show", {})
    assert everybody.get(PUBLIC).has_link(f"{PUBLIC}/files/{kept.public_id}")
    assert everybody.raw(f"{PUBLIC}/files/{kept.public_id}").data == b"Vedtak 12/26."
    assert "/reports/report/editions/1/part-" in everybody.get(PUBLIC).text
    desk.post(f"{PLACE}/evidence/{kept.public_id}/remove", {})
    assert "Sign in" in everybody.get(f"{PUBLIC}/files/{kept.public_id}").words
    assert "vedtak.txt" not in desk.get(PLACE).words
