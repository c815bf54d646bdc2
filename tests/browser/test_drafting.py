"""The drafting table by keys alone, and two who write in the same part at once."""

import pytest
from playwright.sync_api import Page, expect

from consult.domain.accounts.service import set_password
from consult.domain.accounts.types import SYSTEM
from consult.domain.composing.queries import get_composition, get_part
from consult.domain.composing.service.saving import content_of, list_revision_marks
from consult.domain.composing.types import SaveKind
from consult.domain.organisations.queries import get_organisation
from consult.domain.organisations.types import Role
from consult.kernel.text.rich.showing import to_plain
from tests.support.browser import DESKTOP, NARROW, check_accessibility
from tests.support.drafted import hear, start_drafting

PASSWORD = "en lang setning her"
SAVE_NOW = """document.querySelector("[data-rich-json]")
    .dispatchEvent(new Event("change", {bubbles: true}))"""
PATH = "/workspace/forbundet/cases/rom/draft"


@pytest.fixture
def table(live_server):
    """A draft with two writers and the passages of two branches."""

    def arrange(make):
        made = start_drafting(make)
        amir = make.member(made.union, Role.DRAFTER, email="amir@consult.example")
        set_password(made.drafter, PASSWORD, by=SYSTEM)
        set_password(amir, PASSWORD, by=SYSTEM)
        hear(made, "Bussen går til tre.\n\nDrop-in virker.\n\nFlere folk.")
        hear(made, "Én felles minstetid.", name="Lag Solvik")

    live_server.arrange(arrange)
    return live_server


def sign_in(page: Page, email: str = "hege@consult.example") -> None:
    page.goto("/sign-in/password")
    page.get_by_label("E-mail").fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def open_table(page: Page, query: str = "?part=q-q1") -> None:
    page.goto(PATH + query)
    page.wait_for_selector(".rich-surface[data-key=t]")


def _part():
    return get_part(get_composition(get_organisation("forbundet").id, "rom"), "q-q1")


def text_of(live_server) -> str:
    return live_server.look(lambda: to_plain(content_of(_part()).body))


def current(page: Page):
    return page.locator("[data-passage][aria-current] .passage__text")


@pytest.mark.once
def test_the_table_by_keys_alone(table, browser_pages):
    page = browser_pages.open(viewport=DESKTOP)
    sign_in(page)
    open_table(page)
    page.evaluate("window.sameDocument = true")
    editor, told = page.locator(".rich-surface"), page.locator("[data-announcements]")
    keys = page.keyboard

    keys.press("t")
    keys.type("Vi er enige.")
    keys.press("Escape")
    keys.press("i")
    expect(told).to_have_text("The quote from Lag Havnes stands in the text.")
    expect(editor.locator("blockquote")).to_contain_text("Bussen går til tre.")
    expect(page.locator("#draft-points")).to_have_text("1 of 4 points used")
    expect(page.locator("#evidence")).to_contain_text("Lag Havnes")

    keys.press("j")
    expect(current(page)).to_have_text("Drop-in virker.")
    keys.press("r")
    expect(editor).to_contain_text("(Lag Havnes)")
    keys.press("j")
    keys.press("m")
    expect(told).to_have_text("It is noted that the text rests on what Lag Havnes says.")
    expect(page.locator("#draft-points")).to_have_text("3 of 4 points used")

    keys.press("j")
    expect(current(page)).to_have_text("Én felles minstetid.")
    keys.press("x")
    expect(page.locator("#reason")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#reason-error")).to_be_visible()
    keys.type("Gjelder bare Solvik.")
    keys.press("Enter")
    expect(page.locator("[data-passage][aria-current]")).to_contain_text("Gjelder bare Solvik.")
    expect(page.locator("[data-passage][aria-current]")).to_be_focused()

    keys.press("/")
    keys.type("bussen")
    keys.press("Enter")
    expect(page.locator("[data-passage]")).to_have_count(1)
    keys.press("Escape")
    keys.press("?")
    expect(page.get_by_text("words selected in it")).to_be_visible()
    assert page.evaluate("window.sameDocument")
    check_accessibility(page)
    assert "Vi er enige." in text_of(table)
    assert "> Bussen" not in text_of(table)


@pytest.mark.once
def test_on_a_phone_one_of_the_three_at_a_time(table, browser_pages):
    page = browser_pages.open(viewport=NARROW)
    sign_in(page)
    open_table(page)
    expect(page.locator(".rich-surface")).to_be_visible()
    expect(page.locator("#draft-sources")).to_be_hidden()
    check_accessibility(page)
    page.get_by_role("link", name="From the branches").click()
    expect(page.locator("#draft-sources")).to_be_visible()
    expect(page.locator(".rich-surface")).to_be_hidden()
    check_accessibility(page)
    page.get_by_role("button", name="Refer to Lag Solvik").click()
    expect(page.locator("[data-passage]").nth(3)).to_contain_text("Referred to:")
    page.get_by_role("link", name="Our text").click()
    expect(page.locator(".rich-surface")).to_contain_text("(Lag Solvik)")
    page.get_by_role("link", name="What is asked").click()
    check_accessibility(page)


@pytest.mark.once
@pytest.mark.scenario(29)
def test_two_who_type_in_the_same_part_lose_no_word(table, browser_pages):
    hege, amir = browser_pages.open(viewport=DESKTOP), browser_pages.open(viewport=DESKTOP)
    sign_in(hege)
    sign_in(amir, "amir@consult.example")
    open_table(hege)
    open_table(amir)
    mine = [f"hege{number}" for number in range(16)]
    theirs = [f"amir{number}" for number in range(16)]
    for page in (hege, amir):
        page.locator(".rich-surface").click()
    for number, (own, other) in enumerate(zip(mine, theirs, strict=True)):
        hege.keyboard.type(f"{own} ")
        amir.keyboard.type(f"{other} ")
        if number % 4 == 3:  # both are saved while the other goes on writing
            amir.keyboard.press("Enter")
            for page in (hege, amir):
                page.evaluate(SAVE_NOW)
    for page in (hege, amir, hege):
        page.locator(".rich-surface").blur()
        page.wait_for_timeout(600)
    words = text_of(table).split()
    shown = [hege.locator(".rich-surface").inner_text(), amir.locator(".rich-surface").inner_text()]
    assert [word for word in mine + theirs if words.count(word) != 1] == [], shown
    kinds = table.look(lambda: [one.kind for one in list_revision_marks(_part().id)])
    assert SaveKind.MERGED in kinds
