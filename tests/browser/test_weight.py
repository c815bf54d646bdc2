"""What answering weighs on a slow phone (100 kB the first time, 15 kB from then on)."""

import pytest
from playwright.sync_api import Page, Response


def _weigh(page: Page, path: str) -> int:
    """Bytes over the wire for a page with all that belongs to it."""
    seen: list[Response] = []

    def note(response: Response) -> None:
        seen.append(response)

    page.on("response", note)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", note)
    sizes = [response.request.sizes() for response in seen]
    return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)


@pytest.mark.once
def test_a_slow_phone_can_answer(live_server, browser_page):
    slug = live_server.arrange(lambda make: make.round().slug)
    assert _weigh(browser_page, f"/answer/{slug}") < 100_000
    browser_page.click("main button[type=submit]")
    browser_page.click("main button[type=submit]")
    tasks = browser_page.url
    question = f"{tasks}/questions/q1"
    assert _weigh(browser_page, question) < 15_000
    assert _fetched_behind(browser_page, tasks) == [tasks], "what is kept is not fetched again"


def _fetched_behind(page: Page, path: str) -> list[str]:
    """What the service worker fetches from the network for one more page, itself included."""
    for _attempt in range(100):
        if page.evaluate("path => caches.match(path).then(Boolean)", f"{path}/publication"):
            break
        page.wait_for_timeout(50)
    fetched: list[str] = []
    page.context.on(
        "request", lambda asked: fetched.append(asked.url) if asked.service_worker else None
    )
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return [url for url in fetched if "/answer/" in url]
