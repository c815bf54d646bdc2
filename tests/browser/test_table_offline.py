"""A table host in a basement: notes stay on the phone until the server has them."""

from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from consult.domain.accounts.types import SYSTEM
from consult.domain.meetings.queries import get_group
from consult.domain.meetings.service.planning import issue_link, revoke_link
from consult.kernel.clock import utc_now
from tests.support.browser import check_accessibility
from tests.support.line import ENTRIES, wait_for
from tests.support.meetings import meeting_of

KEPT = "[data-kept-note]"
STATE = "[data-note-state]"


def _open_table(page: Page, live_server) -> str:
    """A group's page on its host's phone, kept there; the path of the page."""

    def arrange(make):
        group = meeting_of(make.round()).groups[0]
        return issue_link(group, by=SYSTEM)

    page.goto(f"/answer/table-link/{live_server.arrange(arrange)}")
    page.click("main button[type=submit]")
    path = page.url[len(live_server.base_url) :]
    wait_for(page, "path => caches.match(path).then(Boolean)", path)
    return path


def _write(page: Page, text: str) -> str:
    """Write a note; the local time that the phone gave it."""
    page.fill("#body", text)
    page.click("text=Save the note")
    expect(page.locator("#body")).to_have_value("")
    expect(page.locator(KEPT).last).to_contain_text(text)
    return page.locator(f"{KEPT} time").last.get_attribute("datetime") or ""


def _stored(live_server, path: str) -> list[tuple[str, datetime]]:
    public_id = path.rsplit("/", 1)[-1]
    return live_server.look(
        lambda: [(note.body, note.written_at) for note in get_group(public_id).notes]
    )


@pytest.mark.scenario(60)
def test_notes_written_in_a_basement_arrive_once_in_order(live_server, browser_page, line):
    page, context = browser_page, browser_page.context
    path = _open_table(page, live_server)
    line.cut(page)
    written = [(text, _write(page, text)) for text in ("Åpne dører", "Uten timebok")]
    expect(page.locator(STATE)).to_have_text("Saved on this phone – not with us yet")
    check_accessibility(page)
    page.fill("#body", "Heis til")
    page.check("input[value=verbatim]")
    wait_for(page, f"async () => await ({ENTRIES})() === 3")
    page.close()

    page = context.new_page()
    page.goto(path)
    expect(page.locator(STATE)).to_have_text(
        "Here is what you had begun to write. It is not saved yet."
    )
    expect(page.locator("#body")).to_have_value("Heis til")
    expect(page.locator("input[value=verbatim]")).to_be_checked()
    written.append(("Heis til ombygging", _write(page, "Heis til ombygging")))
    shown = page.locator(f"{KEPT} .table-note__body")
    expect(shown).to_have_text([text for text, _ in written])
    expect(page.get_by_text("Nothing is noted yet")).to_be_hidden()
    assert _stored(live_server, path) == []

    line.mend(page)
    expect(page.locator(STATE)).to_have_text("Saved with us")
    expect(page.locator(".table-note__body")).to_have_text([text for text, _ in written])
    expect(page.locator(KEPT)).to_have_count(0)
    page.reload()
    expect(page.locator(".table-note__body")).to_have_text([text for text, _ in written])
    assert page.evaluate(ENTRIES) == 0
    assert _stored(live_server, path) == [
        (text, datetime.fromisoformat(when)) for text, when in written
    ]


@pytest.mark.once
def test_a_dead_link_loses_no_note(live_server, browser_page, line):
    page = browser_page
    path = _open_table(page, live_server)
    public_id = path.rsplit("/", 1)[-1]
    line.cut(page)
    _write(page, "Bare her")
    line.restore()
    live_server.arrange(lambda _: revoke_link(get_group(public_id), by=SYSTEM, at=utc_now()))
    line.mend(page)
    expect(page.locator(KEPT)).to_contain_text("the link may have been replaced")
    page.goto(path)
    expect(page.locator(KEPT)).to_contain_text("Bare her")
    check_accessibility(page)
    page.goto("/answer/device")
    expect(page.locator("[data-kept-texts]")).to_contain_text("Bare her")

    link = live_server.arrange(lambda _: issue_link(get_group(public_id), by=SYSTEM))
    page.goto(f"/answer/table-link/{link}")
    page.click("main button[type=submit]")
    expect(page.locator(STATE)).to_have_text("Saved with us")
    assert [body for body, _ in _stored(live_server, path)] == ["Bare her"]
