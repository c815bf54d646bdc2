"""The frozen data of a report: what they are, what newer ones change, taking them up."""

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.composing.queries import find_composition
from consult.domain.composing.types import CompositionKind
from consult.domain.documents.service.freezing import snapshot_of_now
from consult.domain.organisations.types import Role
from consult.domain.submissions.types import Publication
from consult.kernel.clock import utc_now
from tests.support.coded import TWO_PARAGRAPHS, receive

REPORT = "/workspace/utvalget/reports/runde/report"


@pytest.fixture
def round_(make):
    made = make.round(slug="runde", owner=make.organisation(slug="utvalget", name="Utvalget"))
    receive(made, TWO_PARAGRAPHS)
    return made


def freeze(round_, reason=""):
    return snapshot_of_now(round_, reason=reason, by=SYSTEM, now=utc_now())


def report_of(round_):
    session().expire_all()
    return find_composition(round_.owner_id, round_.id, CompositionKind.REPORT)


@pytest.mark.scenario(80)
def test_late_answers_are_shown_before_they_count(client, make, round_):
    writer = client.sign_in(make.member(round_.owner, Role.COORDINATOR))
    first = freeze(round_)
    writer.submit(writer.get(f"{REPORT}/draft"), action=f"{REPORT}/draft/begin")
    before = writer.get(f"{REPORT}/preview").words
    receive(round_, TWO_PARAGRAPHS, name="Nordbygda helselag")
    assert writer.get(f"{REPORT}/preview").words == before
    assert "Nordbygda helselag" in writer.get(f"{REPORT}/data").words
    second = freeze(round_, "A late answer counts.")
    assert report_of(round_).snapshot_id == first.id
    page = writer.get(f"{REPORT}/data")
    assert "Nordbygda helselag" in page.words
    writer.submit(page, action=f"{REPORT}/data")
    assert report_of(round_).snapshot_id == second.id
    writer.post(f"{REPORT}/data", {"snapshot": first.public_id})
    assert report_of(round_).snapshot_id == second.id  # never back to older ones
    assert "Nordbygda helselag" not in writer.get(f"{REPORT}/data").words


def test_who_does_not_work_at_the_desk_sees_numbers_and_no_names(client, make, round_):
    coordinator = make.member(round_.owner, Role.COORDINATOR)
    freeze(round_)
    writer = client.sign_in(coordinator)
    writer.submit(writer.get(f"{REPORT}/draft"), action=f"{REPORT}/draft/begin")
    receive(round_, TWO_PARAGRAPHS, name="Nordbygda", publication=Publication.WITHOUT_NAME)
    reader = client.sign_in(make.member(round_.owner, Role.SIGNATORY))
    page = reader.get(f"{REPORT}/data")
    assert "Nordbygda" not in page.words
    assert page.tree.xpath("//*[@id='since']/following-sibling::dl")
    assert not page.tree.xpath(f"//form[@action='{REPORT}/data']")


def test_words_taken_back_by_their_sender_are_not_taken_up(client, make, round_):
    writer = client.sign_in(make.member(round_.owner, Role.COORDINATOR))
    writer.submit(writer.get(f"{REPORT}/draft"), action=f"{REPORT}/draft/begin")
    assert writer.get(f"{REPORT}/data").has_link("/desk/rounds/runde/snapshots/new")
    answer = receive(round_, TWO_PARAGRAPHS, name="Solvik")
    taken = freeze(round_)
    answer.publication = Publication.NOT_ON_WEB
    session().flush()
    assert not writer.get(f"{REPORT}/data").tree.xpath(f"//form[@action='{REPORT}/data']")
    writer.post(f"{REPORT}/data", {"snapshot": taken.public_id})
    assert report_of(round_).snapshot is None
