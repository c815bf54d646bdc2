"""What happened to organisations, registered by an administrator."""

from datetime import date

import pytest

from consult.domain.organisations.queries import events_of, get_organisation, successor_of
from consult.domain.organisations.types import EventKind

TODAY = date(2026, 10, 19)
pytestmark = pytest.mark.at("2026-10-19T10:00:00+02:00")


@pytest.fixture
def registering(admin):
    """Sends one of the three forms about Solvik: ``registering("end", successors="…")``."""

    def send(what: str, *, status: int = 200, **values):
        path = f"/admin/organisations/solvik/{what}"
        given = {"on": "2026-01-01", "reason": "Vedtak i Stortinget"} | values
        return admin.submit(admin.get(path), given, action=path, status=status)

    return send


def test_a_new_name_keeps_the_old_one_in_the_history(registering, make, admin):
    make.organisation(slug="solvik", name="Solvik herred")
    page = registering(
        "new-name", name="Solvik kommune", name_se="Solvvi gielda", source="Sak 12/26"
    )
    assert page.h1 == "Solvik kommune"
    assert "1 January 2026: New name – Solvik herred → Solvik kommune." in page.words
    assert "Vedtak i Stortinget (Sak 12/26)" in page.words
    assert "Solvvi gielda" in page.words
    (event,) = events_of(get_organisation("solvik").id)
    page = admin.post(f"/admin/changes/{event.public_id}/take-back")
    assert page.h1 == "Solvik herred"


@pytest.mark.scenario(41)
def test_a_merger_names_the_successor_on_both_pages(registering, make, admin):
    body = make.organisation(slug="solvik", name="Solvik")
    heir = make.organisation(slug="storby", name="Storby kommune")
    page = registering("end", successors="Storby kommune")
    assert "Became part of another body – carried on by Storby kommune." in page.words
    assert successor_of(body, on=TODAY).successor == heir.id
    assert "it carries on Solvik" in admin.get("/admin/organisations/storby").words


@pytest.mark.parametrize(
    ("successors", "kind"),
    [("", EventKind.DISSOLVED), ("nord\nsor", EventKind.SPLIT)],
)
def test_how_many_carry_on_tells_what_happened(registering, make, successors, kind):
    body = make.organisation(slug="solvik")
    make.organisation(slug="nord")
    make.organisation(slug="sor")
    registering("end", successors=successors)
    assert [event.kind for event in events_of(body.id)] == [kind]


def test_a_new_number_is_checked(registering, make):
    make.organisation(slug="solvik", organisation_number="974760673")
    page = registering("new-number", organisation_number="970188291", status=422)
    assert "No organisation has this number" in page.words
    page = registering("new-number", organisation_number="970 188 290")
    assert "New organisation number – 974760673 → 970188290" in page.words


@pytest.mark.parametrize(
    ("what", "values", "message"),
    [
        ("new-name", {"name": "Havnes", "on": "2026-12-24"}, "This day lies ahead."),
        ("new-name", {"name": "Solvik"}, "This is what is registered already."),
        ("new-name", {"name": "Havnes", "reason": ""}, "Write the reason."),
        ("end", {"successors": "Atlantis"}, "We know no organisation called “Atlantis”."),
        ("end", {"successors": "solvik"}, "A body cannot be carried on by itself"),
    ],
)
def test_what_is_wrong_stands_at_its_field(registering, make, what, values, message):
    body = make.organisation(slug="solvik", name="Solvik")
    assert message in registering(what, status=422, **values).words
    assert not events_of(body.id)
