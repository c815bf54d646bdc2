"""The harness itself: a page is served, scripts run or do not, and faults are found."""

import pytest

from tests.support.browser import NARROW, check_accessibility


@pytest.mark.once
def test_a_page_is_served_and_checked(live_server, browser_page):
    browser_page.goto("/sign-in")
    assert browser_page.locator("h1").inner_text() == "Sign in"
    check_accessibility(browser_page)


@pytest.mark.once
def test_without_scripts(live_server, browser_pages):
    page = browser_pages.open(javascript=False, viewport=NARROW, locale="nn-NO")
    page.goto("/sign-in")
    assert page.locator("html").get_attribute("lang") == "nn"


@pytest.mark.once
def test_faults_are_found(live_server, browser_pages):
    page = browser_pages.open()
    page.goto("/sign-in")
    page.evaluate("console.error('Oh no')")
    page.evaluate("document.querySelector('label').remove()")
    with pytest.raises(AssertionError, match="label"):
        check_accessibility(page)
    with pytest.raises(AssertionError, match="Oh no"):
        browser_pages.close()
    browser_pages.problems.clear()
