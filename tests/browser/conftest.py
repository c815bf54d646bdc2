"""Browser journeys: a live server with a database of its own and a real Chromium.

    def test_something(live_server, browser_page):
        slug = live_server.arrange(lambda make: make.round().slug)
        browser_page.goto(f"/answer/{slug}")
        check_accessibility(browser_page)

Every test here is marked ``browser`` and may use sockets of this machine.
"""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import BrowserPages
from tests.support.line import Line
from tests.support.live import LiveServer, serve

BACKEND = os.environ.get("CONSULT_TEST_DB", "sqlite")


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.browser)
    item.add_marker(pytest.mark.enable_socket)


@pytest.fixture(scope="session")
def _running_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with serve(tmp_path_factory.mktemp("live"), BACKEND) as server:
        yield server


@pytest.fixture
def live_server(_running_server: LiveServer) -> LiveServer:
    """The application on a port of this machine, with empty tables."""
    _running_server.reset()
    return _running_server


@pytest.fixture
def browser_pages(live_server: LiveServer, running_browser: Browser) -> Iterator[BrowserPages]:
    """Opens pages: other sizes, several people, no scripts."""
    pages = BrowserPages(running_browser, live_server.base_url)
    yield pages
    pages.close()


@pytest.fixture
def browser_page(browser_pages: BrowserPages) -> Page:
    """A page on a phone."""
    return browser_pages.open()


@pytest.fixture
def line(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Line:
    """Cut and mended by the test."""
    return Line(live_server, monkeypatch)
