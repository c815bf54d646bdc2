"""Answering in a real browser, on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.queries import get_draft, get_submission, list_draft_answers
from tests.support.browser import NARROW, check_accessibility, check_width
from tests.support.factories import in_languages


def _arrange(make) -> str:
    """A round with a question of every kind and a paper; its short name."""
    round_ = make.round(questions=1)
    section = make.section(round_, key="1", title=in_languages("Why the doors"))
    proposal = make.proposal(round_, key="4.1", section=section)
    make.question(round_, kind=QuestionKind.STANCE, proposal=proposal, section=section)
    labels = ("Morning", "Noon", "Night")
    options = [{"key": label.lower(), "labels": in_languages(label)} for label in labels]
    make.question(round_, kind=QuestionKind.SINGLE, option_data=options)
    make.question(round_, kind=QuestionKind.MULTIPLE, option_data=options)
    scale = {"minimum": 1, "maximum": 5, "low": in_languages("Low"), "high": in_languages("High")}
    make.question(round_, kind=QuestionKind.SCALE, scale_data=scale)
    return round_.slug


class Keyboard:
    """Somebody who has no mouse: Tab to what is named, then a key."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, selector: str) -> None:
        """Press Tab until the element has the focus; a trap or a gap in the order fails."""
        for _press in range(60):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
                outline = self.page.evaluate(_FOCUS_IS_SEEN)
                assert outline, f"the focus on {selector} cannot be seen"
                return
        raise AssertionError(f"{selector} cannot be reached by Tab on {self.page.url}")

    def press(self, selector: str) -> None:
        """Reach a link or button and activate it."""
        self.reach(selector)
        before = self.page.url
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.page.wait_for_load_state("load")
        assert self.page.url != before or "check" in before

    def choose(self, selector: str, *, steps: int = 0) -> None:
        """Reach a group of choices and choose with the arrow keys and space."""
        self.reach(selector)
        for _step in range(steps):
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")

    def type(self, selector: str, text: str) -> None:
        """Reach a field and write in it."""
        self.reach(selector)
        self.page.keyboard.type(text)


_FOCUS_IS_SEEN = """() => {
  const seen = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
      || style.boxShadow !== "none";
  };
  const active = document.activeElement;
  return seen(active) || seen(active.closest("label, li, .choice") ?? active);
}"""


@pytest.mark.scenario(12)
def test_a_whole_answer_by_keyboard_on_a_phone(live_server, browser_page):
    slug = live_server.arrange(_arrange)
    page, keys = browser_page, Keyboard(browser_page)
    page.goto(f"/rounds/{slug}")
    check_accessibility(page)
    keys.press(f"a[href='/answer/{slug}']")
    check_accessibility(page)
    keys.choose("input[name=sender]")
    keys.press("main button[type=submit]")
    check_accessibility(page)
    keys.type("#name", "Kari Nes")
    keys.press("main button[type=submit]")
    expect(page.locator("h1")).to_have_text("Your answer")
    check_accessibility(page)
    keys.press("a.task__link[href$='/questions/q1']")
    check_accessibility(page)
    keys.type("#text", "Åpne dører hver dag.")
    expect(page.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved")
    keys.press("button[value=next]")
    check_accessibility(page)
    keys.choose("input[name=stance]", steps=1)
    keys.press("button[value=next]")
    check_accessibility(page)
    keys.choose("input[name=choice]")
    keys.press("button[value=next]")
    check_accessibility(page)
    keys.choose("input[name=choices][value=noon]")
    keys.press("button[value=next]")
    keys.choose("input[name=scale_value]", steps=3)
    keys.press("button[value=next]")
    expect(page.locator("h1")).to_have_text("How may we publish your answer?")
    _leave_out_the_choice(page, keys)
    keys.choose("input[name=publication]", steps=1)
    keys.press("main button[type=submit]")
    expect(page.locator("h1")).to_have_text("Check your answers before you send")
    check_accessibility(page)
    for words in ("Åpne dører hver dag.", "Support partly", "Morning", "Noon", "4 on a scale"):
        expect(page.locator("main")).to_contain_text(words)
    keys.press("main form button[type=submit]")
    expect(page.locator("h1")).to_have_text("We have received your answer")
    check_accessibility(page)
    public_id = page.url.rsplit("/", 1)[-1]
    number = live_server.look(lambda: get_submission(public_id).receipt_number)
    expect(page.locator(".confirmation")).to_contain_text(number)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the receipt (PDF)").click()
    assert download.value.suggested_filename == f"{number}.pdf"


def _leave_out_the_choice(page: Page, keys: Keyboard) -> None:
    """Going on without choosing puts the focus on a summary that links to the field."""
    keys.reach("main button[type=submit]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    check_accessibility(page)
    keys.reach("[data-error-summary] a")
    page.keyboard.press("Enter")
    expect(page.locator("input[name=publication]").first).to_be_focused()
    page.keyboard.press("Shift+Tab")


def test_without_scripts_everything_can_be_done(live_server, browser_pages):
    slug = live_server.arrange(_arrange)
    page = browser_pages.open(javascript=False)
    page.goto(f"/answer/{slug}")
    page.check("#sender-council")
    page.click("main button[type=submit]")
    page.fill("#name", "Brukerutvalget i Solvik")
    page.check("input[name=council_type] >> nth=0")
    page.click("main button[type=submit]")
    page.click("a[href$='/questions/q1']")
    page.fill("#text", "Áddjá čálii đ ŋ š ŧ ž")
    page.click("button[value=next]")
    page.check("input[name=stance] >> nth=2")
    page.click("button[value=next]")
    page.click("button[value=no_comments]")
    page.click("button[value=back]")
    expect(page.locator("main")).to_contain_text("You have said «No comments» here.")
    page.click("text=See all questions")
    page.click("text=No comments on the rest")
    page.click("text=Choose")
    page.check("input[value=with_name]")
    page.click("main button[type=submit]")
    expect(page.locator("main")).to_contain_text("Áddjá čálii đ ŋ š ŧ ž")
    page.click("text=Send the answer")
    expect(page.locator("h1")).to_have_text("We have received your answer")
    assert re.search(r"/answer/link/[\w-]+", page.input_value("#copy-link"))


@pytest.mark.scenario(13)
@pytest.mark.once
def test_nothing_scrolls_sideways_at_400_per_cent(live_server, browser_pages):
    slug = live_server.arrange(_arrange)
    page = browser_pages.open(viewport=NARROW)
    page.goto(f"/answer/{slug}/as?sender=organisation")
    check_width(page)
    page.fill("#name", "Samarbeidsforumet for funksjonshemmedes interesseorganisasjoner")
    page.select_option("#actor_type", "umbrella_organisation")
    page.click("main button[type=submit]")
    base = page.url
    for rest in ("", "/questions/q1", "/questions/q2", "/questions/q5", "/publication", "/check"):
        page.goto(base + rest)
        check_width(page)
        button = page.locator("main button[type=submit]").first
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport()


@pytest.mark.scenario(12)
@pytest.mark.scenario(13)
@pytest.mark.once
def test_a_councils_pages_on_a_narrow_screen(live_server, browser_pages):
    slug = live_server.arrange(_arrange)
    page = browser_pages.open(viewport=NARROW)
    page.goto(f"/answer/{slug}/as?sender=council")
    page.fill("#name", "Rådet for personer med funksjonsnedsettelse")
    page.click("main button[type=submit]")
    base = page.url
    for rest in ("/participants", "/files", "/remarks"):
        page.goto(base + rest)
        check_accessibility(page)
    page.click("main button[type=submit]")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.click("[data-error-summary] a >> nth=0")
    expect(page.locator("#label")).to_be_focused()
    page.goto(f"{base}/confirmations")
    page.click("main button[type=submit]")
    page.goto(page.input_value("#copy-link"))
    expect(page.locator("h1")).to_have_text("Do you confirm this answer?")
    check_accessibility(page)


@pytest.mark.scenario(29)
def test_two_open_pages_never_overwrite_each_other(live_server, browser_pages):
    slug = live_server.arrange(_arrange)
    page = browser_pages.open()
    page.goto(f"/answer/{slug}/as?sender=person")
    page.click("main button[type=submit]")
    public_id = page.url.rsplit("/", 1)[-1]
    page.goto(f"{page.url}/questions/q1")
    other = page.context.new_page()
    other.goto(page.url)
    page.fill("#text", "Skrevet på telefonen")
    expect(page.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved")
    other.fill("#text", "Skrevet på maskinen")
    expect(other.locator("[data-save-state]")).to_have_attribute("data-save-state", "conflict")
    other.click("button[value=next]")
    expect(other.locator("h1")).to_have_text("There are two versions of this answer")
    check_accessibility(other)
    other.click("text=Save this text")
    expect(other.locator("main")).to_contain_text("Question 2 of")
    text = live_server.look(
        lambda: [a.text for a in list_draft_answers(get_draft(public_id).id).values()]
    )
    assert text == ["Skrevet på telefonen\n\nSkrevet på maskinen"]


@pytest.mark.scenario(15)
@pytest.mark.once
def test_a_lost_network_loses_no_text(live_server, browser_pages):
    slug = live_server.arrange(_arrange)
    page = browser_pages.open()
    page.goto(f"/answer/{slug}/as?sender=person")
    page.click("main button[type=submit]")
    page.goto(f"{page.url}/questions/q1")
    state = page.locator("[data-save-state]")
    page.context.set_offline(True)
    page.fill("#text", "Skrevet i tunnelen")
    expect(state).to_have_attribute("data-save-state", "kept")
    page.context.set_offline(False)
    expect(state).to_have_attribute("data-save-state", "saved")
    page.reload()
    expect(page.locator("#text")).to_have_value("Skrevet i tunnelen")


@pytest.mark.scenario(16)
def test_pressing_twice_sends_once(live_server, browser_pages):
    slug = live_server.arrange(_arrange)
    page = browser_pages.open()
    page.goto(f"/answer/{slug}/as?sender=person")
    page.click("main button[type=submit]")
    base = page.url
    page.click("text=No comments on any of them")
    page.goto(f"{base}/publication")
    page.check("input[value=with_name]")
    page.click("main button[type=submit]")
    page.get_by_role("button", name="Send the answer").wait_for()
    page.evaluate("document.querySelectorAll('form').forEach(f => f.removeAttribute('data-once'))")
    page.dblclick("text=Send the answer")
    expect(page.locator("h1")).to_have_text("We have received your answer")
    public_id = page.url.rsplit("/", 1)[-1]
    assert live_server.look(lambda: get_submission(public_id).round.last_number) == 1


@pytest.mark.once
def test_marked_words_are_commented_on(live_server, browser_page):
    def arrange(make):
        round_ = make.round()
        make.section(round_, body=in_languages("The door is open on weekdays."))
        return round_.slug

    slug = live_server.arrange(arrange)
    page = browser_page
    page.goto(f"/rounds/{slug}/paper")
    page.locator("[data-section] p").dblclick(position={"x": 40, "y": 10})
    page.get_by_role("link", name="Comment on what you have marked").click()
    expect(page.locator("h1")).to_have_text("Who are you answering as?")
    page.click("main button[type=submit]")
    page.fill("#name", "Kari Nes")
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_have_text("Comment on the paper")
    expect(page.locator("input[name=about]:checked")).to_have_value("marked")
    check_accessibility(page)
