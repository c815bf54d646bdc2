"""Writing a report on one's own round: the rooms of a response, other words and sources."""

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.service.codebook import is_written_on
from consult.domain.coding.service.coding import apply_theme
from consult.domain.composing.queries import find_composition, list_parts
from consult.domain.composing.types import BlockKind, CompositionKind, PartKind
from consult.domain.documents.service.freezing import snapshot_of_now
from consult.domain.organisations.types import Role
from consult.kernel.clock import utc_now
from tests.support.coded import TWO_PARAGRAPHS, passages_of, receive, theme

REPORT = "/workspace/utvalget/reports/runde/report"


@pytest.fixture
def round_(make):
    made = make.round(slug="runde", owner=make.organisation(slug="utvalget", name="Utvalget"))
    hours = theme(made, "Åpningstider")
    passage = passages_of(receive(made, TWO_PARAGRAPHS))[0]
    apply_theme(passage, hours, by=SYSTEM)
    return made


@pytest.fixture
def writer(client, make, round_):
    return client.sign_in(make.member(round_.owner, Role.COORDINATOR))


def parts_of(round_):
    composition = find_composition(round_.owner_id, round_.id, CompositionKind.REPORT)
    return list_parts(composition.id)


def test_a_report_is_begun_written_arranged_and_looked_at(writer, round_):
    snapshot_of_now(round_, reason="", by=SYSTEM, now=utc_now())
    page = writer.get(f"/desk/rounds/{round_.slug}/documents")
    assert page.has_link(f"{REPORT}/draft")
    page = writer.submit(writer.get(f"{REPORT}/draft"), action=f"{REPORT}/draft/begin")
    chapter = next(part for part in parts_of(round_) if part.theme_id)
    page = writer.get(f"{REPORT}/draft?part={chapter.key}")
    assert "1 point" in page.words
    assert "Veilederne trenger tid." not in page.words  # it has no theme
    values = dict(page.find("//form[@id='part-form']").form_values())
    take = page.find("//button[@name='take'][starts-with(@value, 'quoted:')]")
    page = writer.post(take.get("formaction"), values | {"take": take.get("value")})
    assert "«Døra" not in page.words  # the marks are set when it is printed
    values = dict(page.find("//form[@id='part-form']").form_values())
    wanted = {"new_role": "block:matrix", "new_heading": "Alle tema", "new_depth": "2"}
    writer.post(f"{REPORT}/draft/parts", values | wanted)
    added = next(part for part in parts_of(round_) if part.block is BlockKind.MATRIX)
    assert (added.depth, added.kind, added.position) == (2, PartKind.BLOCK, chapter.position + 1)
    values["part"], values["revision"] = added.key, "1"
    writer.post(f"{REPORT}/draft/parts/{added.key}/out", {"part": added.key})
    session().expire_all()
    assert added.depth == 1
    page = writer.get(f"{REPORT}/preview")
    assert "Døra må være åpen." in page.words
    assert "Solvik kommune" in page.words
    assert page.tree.xpath(f"//*[@id='part-{added.key}']")
    assert page.has_link(f"{REPORT}/preview.docx")
    for format_ in ("docx", "pptx"):
        assert writer.raw(f"{REPORT}/preview.{format_}").data.startswith(b"PK")


def test_a_theme_that_a_report_is_about_is_kept(writer, round_):
    writer.submit(writer.get(f"{REPORT}/draft"), action=f"{REPORT}/draft/begin")
    hours = next(part.theme for part in parts_of(round_) if part.theme_id)
    assert is_written_on(hours)
    assert not is_written_on(theme(round_, "Nytt"))


def test_without_frozen_data_there_are_no_figures(writer, round_):
    writer.submit(writer.get(f"{REPORT}/draft"), action=f"{REPORT}/draft/begin")
    assert writer.get(f"{REPORT}/preview").has_link(f"/desk/rounds/{round_.slug}/snapshots")


@pytest.mark.parametrize("room", ["draft/comments", "draft/versions", "draft/word", "sign-off"])
def test_a_report_has_the_rooms_of_a_response(writer, round_, room):
    assert writer.get(f"{REPORT}/{room}").has_link(f"{REPORT}/draft")
    writer.submit(writer.get(f"{REPORT}/draft"), action=f"{REPORT}/draft/begin")
    page = writer.get(f"{REPORT}/{room}")
    assert page.has_link(f"{REPORT}/draft/versions")
    assert not page.has_link("/workspace/utvalget/cases/")


@pytest.mark.parametrize("kind", ["report", "summary", "chapter", "factual"])
def test_nobody_writes_a_report_on_the_round_of_another(client, make, round_, kind):
    other = make.organisation(slug="andre")
    browser = client.sign_in(make.member(other, Role.COORDINATOR))
    for owner in ("andre", "utvalget"):
        for room in ("draft", "preview", "draft/versions", "sign-off"):
            browser.get(f"/workspace/{owner}/reports/runde/{kind}/{room}", status=404)
        browser.post(f"/workspace/{owner}/reports/runde/{kind}/draft/begin", status=404)
    assert find_composition(other.id, round_.id, CompositionKind(kind)) is None
