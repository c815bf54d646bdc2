"""Scripts and styles in a real browser: autosave is honest, keys work, axe finds nothing."""

import json
from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Request, Route
from werkzeug.serving import make_server

from tests.support.browser import axe_violations
from tests.templates.test_gallery_pages import PAGES, ROOT

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def address(gallery_app: Flask) -> Iterator[str]:
    assert (ROOT / "consult" / "static" / "build" / "manifest.json").exists(), "run make assets"
    server = make_server("127.0.0.1", 0, gallery_app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/gallery"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(running_browser: Browser) -> Iterator[Page]:
    opened = running_browser.new_page(viewport={"width": 1280, "height": 800})
    yield opened
    opened.close()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_overflows(
    running_browser: Browser, address: str, width: int, scheme: str
) -> None:
    context = running_browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    for name in PAGES:
        page.goto(f"{address}/{name}")
        found = axe_violations(page, AXE_RULES)
        problems += [f"{name}: {v['id']} {v['nodes'][0]['html']}" for v in found]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            problems.append(f"{name} is wider than the screen")
    context.close()
    assert problems == []


def test_no_page_scrolls_both_ways_at_320_pixels(running_browser: Browser, address: str) -> None:
    page = running_browser.new_page(viewport={"width": 320, "height": 640})
    wide = []
    for name in PAGES:
        page.goto(f"{address}/{name}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(name)
    page.close()
    assert wide == []


def test_autosave_says_what_happened_and_keeps_the_text(page: Page, address: str) -> None:
    answers = ["saved", "lost", "saved", "conflict"]
    posted: list[str] = []

    def answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        posted.append(route.request.post_data or "")
        match answers.pop(0):
            case "lost":
                route.abort()
            case "conflict":
                route.fulfill(status=409, body="{}")
            case _:
                body = {"revision": 8, "saved_at": "2026-10-28T11:03:00+00:00"}
                route.fulfill(content_type="application/json", body=json.dumps(body))

    page.route("**/gallery/question", answer)
    page.goto(f"{address}/question")
    state = page.locator("[data-save-state]")
    page.fill("#reason", "Åpent på lørdag")
    assert state.get_attribute("data-save-state") == "saving", "what is typed is not saved yet"
    page.wait_for_selector("[data-save-state=saved] >> text=12.03")
    assert page.input_value("#revision") == "8"
    page.fill("#reason", "Uten dekning")
    page.wait_for_selector("[data-save-state=unsaved]")
    page.wait_for_selector("[data-save-state=saved]")  # tried again by itself
    page.fill("#reason", "Samtidig med en annen")
    page.wait_for_selector("[data-save-state=conflict]")
    assert state.locator("a").get_attribute("href") == "#compare"
    assert page.input_value("#reason") == "Samtidig med en annen"
    assert "revision=8" in posted[-1]


@pytest.mark.parametrize(("status", "words"), [(500, "That did not work"), (0, "No contact")])
def test_a_failed_partial_update_is_not_silent(
    page: Page, address: str, status: int, words: str
) -> None:
    page.route("**/broken", lambda route: route.fulfill(status=500) if status else route.abort())
    page.goto(f"{address}/desk")
    page.evaluate(
        """() => {
          const button = document.createElement("button");
          button.setAttribute("hx-get", "/broken");
          document.querySelector("main").append(button);
          window.htmx.process(button);
          button.click();
        }"""
    )
    page.wait_for_selector(f"#flashes >> text={words}")


def test_a_double_click_sends_once(page: Page, address: str) -> None:
    posts: list[Request] = []
    page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    page.goto(f"{address}/question")
    with page.expect_navigation():
        page.dblclick("text=Neste spørsmål")
    assert len(posts) == 1


def test_the_work_surface_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/coding")
    current = page.locator("[data-passage][aria-current]")
    page.keyboard.press("j")
    assert current.get_attribute("id") == "passage-3"
    page.wait_for_selector("#announcements >> text=Passage 3 of 4")
    page.keyboard.press("m")
    page.keyboard.type("j")
    assert current.get_attribute("id") == "passage-3", "a letter in a field is only a letter"
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("tilg drop")
    assert page.get_attribute("#theme", "aria-activedescendant") == "theme-option-2"
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.keyboard.press("Enter")
    assert "theme_id=3" in (sent.value.post_data or "")


def test_single_keys_can_be_turned_off(page: Page, address: str) -> None:
    page.goto(f"{address}/coding")
    page.keyboard.press("?")
    page.click("[data-keys-toggle]")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator("[data-passage][aria-current]").get_attribute("id") == "passage-2"
