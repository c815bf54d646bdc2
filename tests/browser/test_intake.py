"""Checking an imported document in a real browser, by keys and without scripts."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from consult.domain.accounts.service import set_password
from consult.domain.accounts.types import SYSTEM
from consult.domain.organisations.types import Role
from tests.domain.intake.letters import as_docx
from tests.domain.intake.samples import LETTER_WITH_HEAD, PROPOSALS
from tests.support.browser import DESKTOP, NARROW, check_accessibility

PASSWORD = "en lang setning for prøving"


@dataclass(frozen=True)
class Desk:
    slug: str
    email: str


@pytest.fixture
def desk(live_server) -> Desk:
    def arrange(make) -> Desk:
        round_ = make.round(questions=1)
        for target in PROPOSALS:
            make.proposal(round_, key=target.number, title={"nb": target.title}, text={})
        person = make.member(round_.owner, Role.CASE_OFFICER)
        set_password(person, PASSWORD, by=SYSTEM)
        return Desk(round_.slug, person.email)

    return live_server.arrange(arrange)


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "svar.docx"
    path.write_bytes(as_docx(LETTER_WITH_HEAD))
    return path


def open_import(page: Page, desk: Desk, letter) -> None:
    page.goto("/sign-in/password")
    page.get_by_label("E-mail").fill(desk.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"/desk/rounds/{desk.slug}/intake")
    page.get_by_label("Document", exact=True).set_input_files(letter)
    page.get_by_role("button", name="Read the document").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check the document")


def current(page: Page):
    return page.locator("[data-passage][aria-current=true]")


def test_single_keys_move_choose_and_correct(browser_pages, desk, letter):
    page = browser_pages.open(viewport=DESKTOP)
    open_import(page, desk, letter)
    for _ in range(3):
        page.keyboard.press("j")
    page.keyboard.press("k")
    expect(current(page)).to_have_id("block-2")
    page.keyboard.press("e")
    expect(current(page).locator("details")).to_have_attribute("open", "")
    assert page.locator(".import-block details[open]").count() == 1
    page.keyboard.press("t")
    expect(page.locator("#target-1")).to_be_focused()
    page.keyboard.press("T")  # in the list: an answer that begins with T, and not a command
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page.locator("#flashes")).to_contain_text("Your corrections are saved.")
    expect(page.locator("#target-1")).to_have_value("@general")


@pytest.mark.parametrize("viewport", [DESKTOP, NARROW], ids=["desktop", "narrow"])
@pytest.mark.once
def test_the_pages_of_an_import_are_accessible(browser_pages, desk, letter, viewport):
    page = browser_pages.open(viewport=viewport)
    open_import(page, desk, letter)
    page.locator(".import-block summary").first.click()
    check_accessibility(page)
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Say who and when")
    check_accessibility(page)
    page.get_by_role("button", name="Register the answer").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    check_accessibility(page)
    page.get_by_label("Kind of sender").select_option("municipality")
    page.get_by_label("Date of the letter").fill("")
    page.get_by_label("The letter has no date").check()
    page.get_by_role("button", name="Register the answer").click()
    expect(page).to_have_url(re.compile(r"/answers/1$"))
    check_accessibility(page)
    page.goto(f"/desk/rounds/{desk.slug}/answers")
    check_accessibility(page)
    page.goto(f"/desk/rounds/{desk.slug}/intake/by-hand")
    check_accessibility(page)


def test_the_journey_needs_no_scripts(browser_pages, desk, letter):
    page = browser_pages.open(viewport=DESKTOP, javascript=False)
    open_import(page, desk, letter)
    page.locator("#target-0").select_option("@general")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Kind of sender").select_option("municipality")
    page.get_by_label("Date of the letter").fill("")
    page.get_by_label("The letter has no date").check()
    page.get_by_role("button", name="Register the answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Answer 1: Granli kommune")
