"""Every link that carries a secret leads at once to an address without it, and changes nothing."""

import pytest

from consult.blueprints.shared.logs import cover_secrets
from consult.domain.notifications.queries import list_messages
from consult.kernel.ids import new_token
from tests.support.queries import count_queries

LINKS = (
    "/answer/link/",
    "/answer/confirm/",
    "/answer/table-link/",
    "/draft-link/",
    "/follow/",
    "/mail/",
    "/sign-in/link/",
    "/support/",
)


def test_there_are_no_others(app):
    places = {
        rule.rule.removesuffix("<token>")
        for rule in app.url_map.iter_rules()
        if "token" in rule.arguments
    }
    assert places == set(LINKS)


@pytest.mark.parametrize("place", LINKS)
def test_following_leads_to_an_address_without_the_secret(client, place):
    token = new_token()
    for method in ("HEAD", "GET", "GET"):
        with count_queries() as counted:
            response = client.raw(place + token, method=method)
        assert counted.number == 0, "a program that looks into mails uses nothing up"
        assert response.status_code == 303
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store"
    page = response.headers["Location"]
    assert token not in page
    assert page == client.raw(place + token).headers["Location"], "one name for one secret"
    assert token not in client.raw(page).text
    assert token not in cover_secrets(f"GET {place}{token} HTTP/1.1")
    assert token[:-3] not in cover_secrets(f"GET {place}{token[:-3]} HTTP/1.1"), "cut off"


def test_two_links_of_a_kind_stand_beside_each_other(client):
    first, second = (client.raw("/mail/" + new_token()).headers["Location"] for _ in range(2))
    assert first != second


def test_the_page_of_a_link_opens_nothing_elsewhere(client, new_client, make):
    person = make.person()
    client.post("/sign-in", {"email": person.email})
    page = client.get(_link_mailed())
    assert page.h1 == "Sign in"
    other = new_client()
    other.submit(other.get(page.url))
    assert other.raw("/welcome").status_code == 302
    client.submit(page)
    assert client.get("/").words.count(person.name)


def _link_mailed() -> str:
    body = list_messages()[0].body_text
    return "/sign-in/link/" + body.split("/sign-in/link/")[1].split()[0]
