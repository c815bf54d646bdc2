"""A real Chromium: how it is started, what is checked of every page, and how a page is opened."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 640}  # 1280 pixels at 400 % zoom (WCAG 1.4.10)

_WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# What Chromium and htmx log of an error status or a lost network: the test looks at what is shown.
_EXPECTED = re.compile(
    r"^Failed to load resource: (the server responded with a status of 4|net::)"
    r"|^htmx: htmx:error: Failed to fetch"
    r"|^An unknown error occurred when fetching the script"
)


# No graphics card, no calls home, nothing beside the page.
_FLAGS = [
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip


def chromium_path() -> str:
    """Where Chromium is. Fails loudly: a browser test that does not run proves nothing."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise RuntimeError("no Chromium found: install Debian's package chromium")
    return path


@contextmanager
def launched_browser() -> Iterator[Browser]:
    """Chromium without a window, for as long as the block runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class BrowserPages:
    """Opens pages, each in a browser of its own, and collects what goes wrong in them."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self._browser = browser
        self._base_url = base_url
        self._contexts: list[BrowserContext] = []
        self.problems: list[str] = []

    def open(
        self, *, viewport: dict[str, int] | None = None, javascript: bool = True, locale: str = "en"
    ) -> Page:
        """A page with cookies of its own; ``page.goto("/path")`` is relative to the server."""
        context = self._browser.new_context(
            base_url=self._base_url,
            viewport=viewport or PHONE,
            java_script_enabled=javascript,
            locale=locale,
        )
        context.set_default_timeout(10_000)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        return page

    def close(self) -> None:
        """Close every page; an error in the console of any of them fails the test."""
        for context in self._contexts:
            context.close()
        assert not self.problems, f"errors in the browser: {self.problems}"

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not _EXPECTED.match(message.text):
            self.problems.append(f"{message.type}: {message.text} ({message.location.get('url')})")


def axe_violations(page: Page, rules: list[str]) -> list[dict[str, Any]]:
    """What axe objects to; that it describes nothing else makes it twice as quick."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    violations: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return violations


def check_accessibility(page: Page) -> None:
    """No violation of WCAG 2.2 A and AA that axe can find, and nothing wider than the window."""
    found = axe_violations(page, _WCAG)
    told = [
        f"{item['id']}: {item['help']}: {[node['html'][:160] for node in item['nodes'][:3]]}"
        for item in found
    ]
    assert not told, f"{page.url}:\n" + "\n".join(told)
    check_width(page)


def check_width(page: Page) -> None:
    """Nothing needs scrolling sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{page.url}: {wide} pixels too wide"
