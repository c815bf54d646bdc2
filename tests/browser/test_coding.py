"""Coding by keyboard alone: as fast as with the mouse, announced, and the same without scripts."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.models import Person
from consult.domain.accounts.service import set_password
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.models import Passage
from consult.domain.coding.queries.themes import find_theme, list_themes
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.splitting import split_theme
from consult.domain.coding.types import Colour, ThemeContent
from consult.domain.organisations.types import Role
from consult.domain.rounds.queries import get_round, list_proposals
from consult.domain.submissions.types import AnswerContent
from tests.support.browser import DESKTOP, NARROW, check_accessibility
from tests.support.coded import receive, theme

PASSWORD = "en lang setning her"


@pytest.fixture
def live_round(live_server):
    """A round with two answers, three themes and a proposal; its short name."""

    def arrange(make):
        round_ = make.round()
        proposal = make.proposal(round_)
        officer: Person = make.member(round_.owner, Role.CASE_OFFICER, email="kari@consult.example")
        set_password(officer, PASSWORD, by=SYSTEM)
        access = theme(round_, "Tilgjengelighet")
        theme(round_, "Språk og kultur", parent=access)
        theme(round_, "Tid til oppfølging")
        receive(round_, "Døra må være åpen.\n\nÉn setning. Og én til.", name="Solvik kommune")
        receive(
            round_,
            name="Havnes kommune",
            answers=(AnswerContent(proposal_id=proposal.id, text="Vi støtter dette."),),
        )
        return round_.slug

    return live_server.arrange(arrange)


def sign_in(page: Page) -> None:
    page.goto("/sign-in/password")
    page.get_by_label("E-mail").fill("kari@consult.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")


def open_coding(page: Page, slug: str, *, scripts: bool = True) -> None:
    sign_in(page)
    page.goto(f"/desk/rounds/{slug}/coding")
    if scripts:  # until then the links are plain links
        page.wait_for_selector("[data-work] a[data-htmx-powered]", state="attached")


def current(page: Page):
    return page.locator("[data-passage][aria-current] > .passage__text")


def applied(page: Page):
    return page.locator("ul[id^=applied-] .tag")


def press(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.scenario(76)
def test_everything_by_keyboard(live_server, live_round, browser_pages):
    page = browser_pages.open(viewport=DESKTOP)
    open_coding(page, live_round)
    announced = page.locator("[data-announcements]")
    flash = page.locator("#flashes")
    page.evaluate("window.sameDocument = true")
    expect(current(page)).to_have_text("Døra må være åpen.")

    press(page, "1")
    expect(applied(page)).to_have_text(["Tilgjengelighet"])
    expect(flash).to_contain_text("Tilgjengelighet is on the passage. Saved.")
    expect(page.locator("#work-status")).to_contain_text("1 of 3 passages coded")

    press(page, "/")
    press(page, "kultur")
    expect(announced).to_have_text("1 theme")
    page.keyboard.press("Enter")
    expect(applied(page)).to_have_text(["Tilgjengelighet", "Språk og kultur"])
    press(page, "u")
    expect(applied(page)).to_have_text(["Tilgjengelighet"])

    press(page, "j")
    expect(current(page)).to_have_text("Én setning. Og én til.")
    expect(announced).to_have_text("Passage 2 of 2. Én setning. Og én til.")
    expect(page.locator("[data-passage][aria-current]")).to_be_focused()

    press(page, "x")
    expect(page.get_by_label("From sentence")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(current(page)).to_have_text("Og én til.")

    press(page, "m")
    expect(page.get_by_label("Note on this passage")).to_be_focused()
    press(page, "Fint")
    page.keyboard.press("Escape")
    expect(flash).to_contain_text("The note is saved.")

    press(page, "k")
    expect(current(page)).to_have_text("Én setning. Og én til.")
    press(page, "ns")
    expect(current(page)).to_have_text("Vi støtter dette.")
    expect(page.get_by_label("Stance", exact=True)).to_be_focused()
    press(page, "Supports")
    page.keyboard.press("Enter")
    expect(flash).to_contain_text("The stance on proposal 4.1 is saved.")

    page.keyboard.press("Escape")
    press(page, "?")
    expect(page.get_by_text("undo my last step, also from an earlier day")).to_be_visible()
    assert page.evaluate("window.sameDocument"), "the page was loaded anew"
    page.go_back()
    expect(current(page)).to_have_text("Én setning. Og én til.")
    page.wait_for_load_state("networkidle")


@pytest.mark.once
def test_keys_pressed_in_a_hurry_act_in_order_on_what_one_has_reached(
    live_server, live_round, browser_pages
):
    page = browser_pages.open(viewport=DESKTOP)
    open_coding(page, live_round)
    press(page, "jj2")
    expect(current(page)).to_have_text("Vi støtter dette.")
    expect(applied(page)).to_have_text(["Språk og kultur"])
    press(page, "k/tid")
    page.keyboard.press("Enter")
    expect(applied(page)).to_have_text(["Tid til oppfølging"])
    expect(current(page)).to_have_text("Én setning. Og én til.")

    def used() -> dict[str, int]:
        return {row.key: row.codings for row in list_themes(get_round(live_round).id)}

    assert live_server.look(used) == {
        "tilgjengelighet": 0,
        "sprak-og-kultur": 1,
        "tid-til-oppfolging": 1,
    }


@pytest.mark.once
def test_one_passage_is_current_before_the_server_has_answered(
    live_server, live_round, browser_pages
):
    def arrange(_make) -> None:
        round_ = get_round(live_round)
        [proposal] = list_proposals(round_.id)
        to_it = AnswerContent(proposal_id=proposal.id, text="Vi er imot.")
        receive(round_, "Først det generelle.", name="Fjell kommune", answers=(to_it,))

    live_server.arrange(arrange)
    page = browser_pages.open(viewport=DESKTOP)
    open_coding(page, live_round)
    page.goto(f"/desk/rounds/{live_round}/coding/answers/3")
    page.wait_for_selector("[data-work] a[data-htmx-powered]", state="attached")
    expect(current(page)).to_have_text("Først det generelle.")
    page.route("**/coding?passage=*", lambda _route: None)  # it never answers
    page.get_by_role("link", name="Vi er imot.").click()
    expect(current(page)).to_have_text("Vi er imot.")


def test_somebody_who_was_signed_out_sees_the_sign_in_page(live_server, live_round, browser_pages):
    page = browser_pages.open(viewport=DESKTOP)
    open_coding(page, live_round)
    page.context.clear_cookies()
    press(page, "j")
    expect(page.locator("h1")).to_have_text("Sign in")


@pytest.mark.once
def test_what_could_not_be_saved_is_said(live_server, live_round, browser_pages):
    page = browser_pages.open(viewport=DESKTOP)
    open_coding(page, live_round)
    page.route("**/themes", lambda route: route.fulfill(status=503, body="<h1>Busy</h1>"))
    press(page, "1")
    expect(page.locator("#flashes")).to_have_text("Not saved – no contact. Try again.")
    expect(page.locator("[data-announcements]")).to_have_text("Not saved – no contact. Try again.")
    expect(applied(page)).to_have_count(0)
    page.unroute("**/themes")
    press(page, "1")
    expect(applied(page)).to_have_text(["Tilgjengelighet"])
    browser_pages.problems.clear()  # Chromium's own line about the 503


def test_without_scripts(live_server, live_round, browser_pages):
    page = browser_pages.open(viewport=DESKTOP, javascript=False)
    open_coding(page, live_round, scripts=False)
    page.get_by_label("Find a theme").select_option("tid-til-oppfolging")
    page.get_by_role("button", name="Apply").click()
    expect(applied(page)).to_have_text(["Tid til oppfølging"])
    page.get_by_role("button", name="Take off Tid til oppfølging").click()
    expect(applied(page)).to_have_count(0)
    page.get_by_role("link", name="Next", exact=True).click()
    expect(current(page)).to_have_text("Én setning. Og én til.")


@pytest.mark.parametrize("viewport", [DESKTOP, NARROW], ids=["desktop", "narrow"])
@pytest.mark.once
def test_the_pages_are_accessible(live_server, live_round, browser_pages, viewport):
    page = browser_pages.open(viewport=viewport)
    open_coding(page, live_round)
    check_accessibility(page)
    press(page, "1")
    expect(applied(page)).to_have_count(1)
    press(page, "jx")
    expect(page.get_by_label("From sentence")).to_be_focused()
    page.get_by_role("button", name="Make it a passage").click()
    check_accessibility(page)
    for path in (
        "codebook",
        "codebook/new",
        "themes/tilgjengelighet",
        "themes/tilgjengelighet/change",
        "matrix",
        "matrix?by=group&unit=passages",
        "passages",
        "proposals",
        "proposals/4.1",
    ):
        page.goto(f"/desk/rounds/{live_round}/{path}")
        check_accessibility(page)


@pytest.mark.once
def test_what_was_split_is_sorted_by_keys_alone(browser_pages, live_server, live_round):
    def split(_make):
        round_ = get_round(live_round)
        old = find_theme(round_.id, "tilgjengelighet")
        for passage in session().scalars(select(Passage).where(Passage.round_id == round_.id)):
            apply_theme(passage, old, by=SYSTEM)
        parts = [ThemeContent(name, Colour.RED) for name in ("Dører", "Ord")]
        split_theme(old, parts, why="To ting", by=SYSTEM)

    live_server.arrange(split)
    page = browser_pages.open(viewport=DESKTOP)
    sign_in(page)
    page.goto(f"/desk/rounds/{live_round}/themes/tilgjengelighet/sort")
    check_accessibility(page)
    page.keyboard.press("1")
    expect(page.get_by_text("Sorted under Dører. Saved.")).to_be_visible()
    expect(page.get_by_text("Passage 1 of 2 that wait.")).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_text("Passage 2 of 2 that wait.")).to_be_visible()
    page.keyboard.press("b")
    expect(page.get_by_text("Sorted under Dører, Ord. Saved.")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("Passage 2 of 2 that wait.")).to_be_visible()
    page.keyboard.press("0")
    expect(page.get_by_text("is taken off the passage. Saved.")).to_be_visible()
    page.keyboard.press("2")
    expect(page.get_by_text("Every passage of Tilgjengelighet is sorted.")).to_be_visible()
