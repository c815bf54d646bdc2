"""The paper card by card with scripts on: saved as one chooses and writes."""

import pytest
from playwright.sync_api import expect

from consult.domain.rounds.types import QuestionKind
from tests.support.browser import check_accessibility
from tests.support.factories import Factory


def _round(make: Factory) -> str:
    round_ = make.round(questions=0)
    section = make.section(round_)
    proposal = make.proposal(round_, section=section)
    make.question(round_, kind=QuestionKind.STANCE, proposal=proposal)
    make.question(round_)
    return round_.slug


@pytest.mark.once
def test_a_card_saves_by_itself_and_leads_on(live_server, browser_page):
    page, slug = browser_page, live_server.arrange(_round)
    page.goto(f"/rounds/{slug}/cards?after=s-1")
    check_accessibility(page)
    page.get_by_role("link", name="Say what you think").click()
    page.locator("main button[type=submit]").click()
    page.locator("main button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("4.1 Proposal 1 (en)")
    page.get_by_label("Support", exact=True).check()
    expect(page.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved")
    check_accessibility(page)
    page.locator("button[value=next]").click()
    expect(page.locator("h1")).to_have_text("Question 2? (en)")
    page.locator("#text").fill("Ja.")
    page.locator("button[value=next]").click()
    expect(page.locator("h1")).to_have_text("You have read the whole paper")
    check_accessibility(page)
    page.get_by_role("link", name="See all questions").click()
    expect(page.locator("main")).to_contain_text("2 of 2 questions answered")


@pytest.mark.once
def test_a_comment_on_a_card_is_kept_without_contact_and_saved_once(live_server, browser_pages):
    slug = live_server.arrange(_round)
    page = browser_pages.open()
    page.goto(f"/answer/{slug}")
    page.locator("main button[type=submit]").click()
    page.locator("main button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("Your answer")
    page.evaluate("navigator.serviceWorker.ready")
    tasks = page.url
    page.goto(f"{tasks}/cards?at=s-1")
    page.wait_for_function("navigator.serviceWorker.controller")
    page.context.set_offline(True)
    page.locator("#text").fill("Døra må stå åpen.")
    page.locator("button[value=next]").click()
    page.wait_for_url(tasks)
    expect(page.locator("[data-kept-notice]")).to_contain_text("Comment on the paper")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("main")).to_contain_text("Your comments on the paper")
    page.goto(f"{tasks}/cards?at=s-1")
    expect(page.locator(".own-comment")).to_have_count(1)
    page.locator("button[value=next]").click()
    expect(page.locator("h1")).not_to_have_text("Section 1 (en)")
