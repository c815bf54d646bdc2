"""Nobody but administrators gets in, and what is not there looks the same."""

from datetime import date

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.notifications.messages import send_role_given
from consult.domain.notifications.queries import list_messages
from consult.domain.notifications.types import Recipient
from consult.domain.organisations.queries import roles_of
from consult.domain.organisations.service import rename
from consult.domain.organisations.types import Ground, Role

READ = [
    "/admin/",
    "/admin/organisations",
    "/admin/new-organisation",
    "/admin/organisations/solvik",
    "/admin/organisations/solvik/details",
    "/admin/organisations/solvik/new-name",
    "/admin/organisations/solvik/new-number",
    "/admin/organisations/solvik/end",
    "/admin/roles/{role}/end",
    "/admin/people",
    "/admin/people/{person}",
    "/admin/log",
    "/admin/log/check",
    "/admin/mail",
]
WRITE = [
    "/admin/new-organisation",
    "/admin/organisations/solvik/details",
    "/admin/organisations/solvik/members",
    "/admin/organisations/solvik/new-name",
    "/admin/organisations/solvik/new-number",
    "/admin/organisations/solvik/end",
    "/admin/changes/{change}/take-back",
    "/admin/roles/{role}/end",
    "/admin/people/{person}",
    "/admin/people/{person}/deactivate",
    "/admin/people/{person}/reactivate",
    "/admin/mail/{mail}/send-again",
    "/admin/mail/send-again",
]


@pytest.fixture
def ids(make):
    """Public ids of one of everything, and the coordinator who has every role but this one."""
    body = make.organisation(slug="solvik")
    person = make.member(body, Role.COORDINATOR)
    (role,) = roles_of(person.id)
    to = Recipient(email=person.email, name=person.name, locale="nb")
    send_role_given(to, organisation="Solvik", role="Leser", link="/", is_new=False)
    change = rename(body, name="Solvik", ground=Ground(date(2026, 1, 1), "Vedtak"), by=SYSTEM)
    return {
        "change": change.public_id,
        "role": role.public_id,
        "person": person.public_id,
        "mail": list_messages()[0].public_id,
        "who": person,
    }


def test_the_lists_name_every_endpoint(app):
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("admin.")]
    assert sum("GET" in rule.methods for rule in rules) == len(READ)
    assert sum("POST" in rule.methods for rule in rules) == len(WRITE)


@pytest.mark.parametrize("path", READ)
def test_pages_are_for_administrators(client, new_client, admin_person, ids, path):
    path = path.format(**ids)
    assert client.get(path).h1 == "Sign in"
    assert client.sign_in(ids["who"]).get(path, status=404).h1 == "We did not find this page"
    assert new_client().sign_in(admin_person).get(path).status == 200


@pytest.mark.parametrize("path", WRITE)
def test_nobody_else_changes_anything(client, new_client, ids, path):
    path = path.format(**ids)
    assert client.post(path, status=404)
    assert new_client().sign_in(ids["who"]).post(path, status=404)


@pytest.mark.parametrize("path", WRITE)
def test_nothing_is_changed_without_a_token(admin, ids, path):
    assert admin.raw(path.format(**ids), method="POST").status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/admin/organisations/finnes-ikke",
        "/admin/organisations/finnes-ikke/details",
        "/admin/people/222222222222",
        "/admin/roles/222222222222/end",
    ],
)
def test_what_is_not_there_is_not_found(admin, path):
    admin.get(path, status=404)


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
@pytest.mark.parametrize("path", READ)
def test_every_page_stands_in_every_language(admin, ids, path, locale):
    admin.headers = {"Accept-Language": locale}
    assert admin.get(path.format(**ids)).tree.get("lang") == locale
