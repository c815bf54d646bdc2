"""The pages about the site, and the choice of language."""

import pytest

PAGES = ["/accessibility", "/privacy", "/source", "/contact"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_every_page_stands_in_every_language_and_says_where_to_write(
    client, settings, path, locale
):
    client.headers = {"Accept-Language": locale}
    page = client.get(path)
    assert page.tree.get("lang") == locale
    assert page.has_link(f"mailto:{settings.contact_email}")
    assert len(page.tree.xpath(".//main//h2")) >= 3


def test_the_statement_claims_no_audit(client):
    words = client.get("/accessibility").words
    assert "WCAG 2.2 at level AA" in words
    assert "No independent audit has been made" in words


def test_privacy_tells_that_anyone_may_ask_to_see_an_answer(client):
    assert "Anyone may ask to see it" in client.get("/privacy").words


def test_only_one_cookie_is_set(client):
    response = client.raw("/language/nn?next=/privacy")
    cookies = response.headers.getlist("Set-Cookie")
    assert [cookie.split("=")[0] for cookie in cookies] == ["session"]
    assert client.get("/privacy").tree.get("lang") == "nn"


def test_a_language_is_remembered_over_the_browsers(client):
    assert client.get("/language/nn?next=/contact").url == "/contact"
    client.headers = {"Accept-Language": "en"}
    assert client.get("/").tree.get("lang") == "nn"
    assert client.get("/language/en?next=//evil.example/").url == "/"
