"""Care for the writer with scripts on, and looking answers through by keyboard alone."""

import pytest
from playwright.sync_api import expect

from consult.domain.accounts.service import set_password
from consult.domain.accounts.types import SYSTEM
from consult.domain.disclosure.queries import get_review
from consult.domain.organisations.types import ActorType, Role
from tests.support.browser import DESKTOP, check_accessibility, check_width
from tests.support.coded import receive

PASSWORD = "en lang setning her"


@pytest.mark.scenario(17)
def test_notice_comes_on_leaving_the_field_and_the_page_stays(live_server, browser_page):
    slug = live_server.arrange(lambda make: make.round().slug)
    page = browser_page
    page.goto(f"/answer/{slug}/as?sender=person")
    page.locator("main button[type=submit]").click()
    page.goto(f"{page.url}/questions/q1")
    page.locator("#text").fill("Jeg har angst og får AAP. Det er langt å gå.")
    page.locator("#text").blur()
    expect(page.locator("#care")).to_contain_text("«Jeg har angst»")
    expect(page.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved")
    check_accessibility(page)
    check_width(page)
    page.get_by_role("button", name="Remove «får AAP»").click()
    expect(page.locator("#text")).to_have_value("Jeg har angst og […]. Det er langt å gå.")
    expect(page.locator("#care")).not_to_contain_text("AAP")
    expect(page.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved")
    page.get_by_role("button", name="Keep «Jeg har angst»").click()
    expect(page.locator("#care")).to_be_empty()
    page.locator("button[value=next]").click()
    expect(page.locator("h1")).to_have_text("Question 2? (en)")


@pytest.mark.scenario(19)
def test_an_answer_is_looked_through_by_keys(live_server, browser_pages):
    def arrange(make):
        round_ = make.round()
        officer = make.member(round_.owner, Role.CASE_OFFICER, email="kari@consult.example")
        set_password(officer, PASSWORD, by=SYSTEM)
        text = "Jeg har angst. Min saksbehandler Ola Dunk er på Myra."
        receive(round_, text, name="Kari Nes", actor_type=ActorType.PRIVATE_PERSON)
        return round_.slug

    slug = live_server.arrange(arrange)
    page = browser_pages.open(viewport=DESKTOP)
    page.goto("/sign-in/password")
    page.get_by_label("E-mail").fill("kari@consult.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")
    page.goto(f"/desk/rounds/{slug}/review/1")
    check_accessibility(page)
    for key, left in (("r", "1 to decide"), ("t", None)):
        with page.expect_navigation():
            page.keyboard.press(key)
        if left:
            expect(page.locator(".answer-status")).to_contain_text(left)
    expect(page.locator("del")).to_have_text("Ola Dunk")
    page.evaluate(_SELECT_LAST_WORD)
    expect(page.locator("#words")).to_have_value("Myra")
    expect(page.locator("#only_here")).to_be_checked()
    page.locator("#main").focus()
    _take_out_by_keys(page)
    page.locator("#main").focus()
    with page.expect_navigation():
        page.keyboard.press("c")
    expect(page.locator("main")).to_contain_text("Nothing waits")
    assert live_server.look(lambda: get_review(slug, 1).state) == "cleared"


def _take_out_by_keys(page):
    """Mark the first word with the arrow keys, and take it out there alone."""
    first = page.locator("[data-selectable]").inner_text().split()[0]
    page.keyboard.press("m")
    page.keyboard.press("Control+Home")
    for _letter in first:
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#words")).to_have_value(first)
    check_accessibility(page)
    page.keyboard.press("Enter")
    expect(page.locator("#basis")).to_be_focused()
    with page.expect_navigation():
        page.locator("#basis").locator("xpath=ancestor::form").locator("button").click()
    expect(page.locator("del").first).to_have_text(first)


_SELECT_LAST_WORD = """() => {
  const node = document.querySelector("[data-selectable]").lastChild;
  const at = node.data.indexOf("Myra");
  document.getSelection().setBaseAndExtent(node, at, node, at + 4);
}"""
