"""Members of an organisation: who sees them, and that a parent sees nothing of a child."""

from consult.domain.organisations.types import Role


def test_members_stand_with_their_roles(client, make):
    body = make.organisation(slug="solvik")
    kari = make.member(body, Role.READER, name="Kari Nes")
    page = client.sign_in(kari).get("/workspace/solvik/members")
    assert page.h1 == "Members"
    assert "Kari Nes" in page.words
    assert "Reader" in page.words


def test_a_role_above_or_below_opens_nothing(client, new_client, make):
    above = make.organisation()
    body = make.organisation(slug="solvik", parent=above)
    below = make.organisation(parent=body)
    for other in (above, below):
        person = make.member(other, Role.COORDINATOR)
        new_client().sign_in(person).get("/workspace/solvik/members", status=404)
