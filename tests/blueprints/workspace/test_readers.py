"""A reader outside reads a draft by a link, comments on it, and sees nothing else."""

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.composing.queries import list_parts
from consult.domain.composing.readers import list_readers
from consult.domain.composing.service.beginning import begin_report
from consult.domain.composing.service.discussing import open_thread
from consult.domain.composing.types import CompositionKind
from consult.domain.documents.service.freezing import take_snapshot
from consult.domain.organisations.types import Role
from consult.domain.submissions.types import Publication
from consult.kernel.clock import utc_now
from consult.kernel.text.rich.codec import to_tree
from consult.kernel.text.rich.markdown import from_markdown
from tests.support.coded import receive
from tests.support.page_client import PageClient

REPORT = "/workspace/utvalget/reports/runde/report"


@pytest.fixture
def report(make):
    round_ = make.round(slug="runde", owner=make.organisation(slug="utvalget", name="Utvalget"))
    receive(round_, "Ingen må vite dette.", publication=Publication.NOT_ON_WEB)
    snapshot = take_snapshot(round_, by=SYSTEM, now=utc_now())
    made = begin_report(round_, CompositionKind.REPORT, snapshot=snapshot, by=SYSTEM)
    _write(made, "Døra må være åpen.")
    open_thread(list_parts(made.id)[0], "Bare for oss.", base_url="http://x", by=SYSTEM)
    return made


@pytest.fixture
def coordinator(client, make, report):
    return client.sign_in(make.member(report.organisation, Role.COORDINATOR))


def _write(report, text):
    list_parts(report.id)[0].body = to_tree(from_markdown(text))
    session().flush()


def test_a_reader_outside_comments_until_the_link_is_ended(coordinator, app, report):
    page = coordinator.submit(
        coordinator.get(f"{REPORT}/readers"), {"name": "Ada Vik"}, action=f"{REPORT}/readers"
    )
    address = page.find("//input[@readonly]").get("value")
    reader = PageClient(app)
    shown = reader.get("/draft-link" + address.partition("/draft-link")[2])
    here = shown.find("//form[.//textarea]").get("action")
    assert "Døra må være åpen." in shown.words
    assert "Bare for oss." not in shown.words
    part = list_parts(report.id)[0].key
    reader.post(here, {"part": part, "text": " "}, status=422)
    reader.post(here, {"part": "none", "text": "Hei"}, status=422)
    reader.post(here, {"part": part, "text": "For hvem?"})
    assert "For hvem?" in reader.get(here).words
    assert "Ada Vik, by link" in coordinator.get(f"{REPORT}/draft/comments").words
    (link,) = list_readers(report.id)
    coordinator.post(f"{REPORT}/readers/{link.public_id}/end", {})
    reader.get(here, status=404)
    reader.post(here, {"part": part, "text": "Enda en"}, status=404)
    coordinator.post(f"{REPORT}/readers", {"name": "B", "ends_on": "2001-01-01"}, status=422)
    coordinator.post(f"{REPORT}/readers", {"name": "B", "ends_on": "2999-01-01"}, status=422)


def test_a_draft_with_words_that_may_not_be_printed_is_not_shown(coordinator, app, report):
    page = coordinator.submit(
        coordinator.get(f"{REPORT}/readers"), {"name": "Ada Vik"}, action=f"{REPORT}/readers"
    )
    address = page.find("//input[@readonly]").get("value")
    _write(report, "En sier «Ingen må vite dette.» om døra.")
    shown = PageClient(app).get("/draft-link" + address.partition("/draft-link")[2])
    assert "The draft cannot be shown now" in shown.words
    assert "om døra" not in shown.words
