"""A large scanned document over a bad line: it goes on after a reload, and its pages are shown."""

import os
from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import expect

from consult.domain.accounts.service import set_password
from consult.domain.accounts.types import SYSTEM
from consult.domain.organisations.types import Role
from tests.support.browser import DESKTOP, NARROW, check_accessibility
from tests.support.scanned import add_picture_page, page_picture

PASSWORD = "en lang setning for prøving"


@pytest.fixture
def scan(tmp_path):
    """Three megabytes in two pages; behind each picture stands noise that nobody looks at."""
    document, out = pikepdf.new(), BytesIO()
    for words in ("Kommunen støtter forslaget.", "Fristen bør være åtte uker."):
        add_picture_page(document, page_picture(words) + os.urandom(1_500_000), scale=2)
    document.save(out)
    path = tmp_path / "skannet.pdf"
    path.write_bytes(out.getvalue())
    return path


@pytest.mark.scenario(48)
def test_an_upload_survives_a_lost_line_and_a_reload(live_server, browser_pages, scan, monkeypatch):
    monkeypatch.setattr("consult.jobs.scans.can_read", lambda: False)

    def arrange(make):
        round_ = make.round(questions=1)
        person = make.member(round_.owner, Role.CASE_OFFICER)
        set_password(person, PASSWORD, by=SYSTEM)
        return round_.slug, person.email

    slug, email = live_server.arrange(arrange)
    page = browser_pages.open(viewport=DESKTOP)
    page.goto("/sign-in/password")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"/desk/rounds/{slug}/intake")
    choose = page.get_by_label("Document", exact=True)
    page.route("**/uploads/*offset=2*", lambda route: route.abort())
    choose.set_input_files(scan)
    page.get_by_role("button", name="Read the document").click()
    expect(page.get_by_text("No contact. The file is sent on from")).to_be_visible()
    page.unroute("**/uploads/*offset=2*")
    page.reload()
    expect(page.get_by_text("Choose the same file again to go on from there.")).to_be_visible()
    sent = []
    page.on(
        "request", lambda request: sent.append(request.url) if "offset=" in request.url else None
    )
    choose.set_input_files(scan)
    page.get_by_role("button", name="Read the document").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check the document")
    assert len(sent) == 1
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Sender", exact=True).fill("Sørvik kommune")
    page.get_by_label("Kind of sender").select_option("municipality")
    page.get_by_label("The letter has no date").check()
    page.get_by_role("button", name="Register the answer").click()
    page.get_by_role("link", name="Scanned: 0 of 2 pages read").click()
    page.set_viewport_size(NARROW)
    check_accessibility(page)
    page.get_by_role("link", name="Page 1 of 2").click()
    expect(page.get_by_role("img", name="Page 1 of 2, not read yet")).to_be_visible()
    check_accessibility(page)
    page.set_viewport_size(DESKTOP)
    page.get_by_role("link", name="Code this page").click()
    expect(page.get_by_role("img", name="Page 1 of 2, not read yet")).to_be_visible()
    check_accessibility(page)
