"""Keeping a report's parts as a template, and beginning the next report with it."""

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.composing.kept_outlines import list_outlines
from consult.domain.composing.queries import find_composition, list_parts
from consult.domain.composing.service.beginning import begin_report
from consult.domain.composing.types import CompositionKind
from consult.domain.organisations.types import Role
from tests.support.coded import theme

OWN = "/workspace/utvalget/outlines"


@pytest.fixture
def body(make):
    return make.organisation(slug="utvalget", name="Utvalget")


@pytest.fixture
def writer(client, make, body):
    return client.sign_in(make.member(body, Role.COORDINATOR))


def test_a_template_is_kept_changed_and_used(writer, make, body):
    before, after = (make.round(slug=slug, owner=body, questions=0) for slug in ("en", "to"))
    theme(before, "Åpningstider")
    theme(after, "Oppmøte")
    theme(after, "Telefon")
    begin_report(before, CompositionKind.REPORT, snapshot=None, by=SYSTEM)
    save = "/workspace/utvalget/reports/en/report/outline"
    assert writer.get("/workspace/utvalget/reports/en/report/draft").has_link(save)
    writer.submit(writer.get(save), {"name": "Vår rapport"}, action=save)
    (kept,) = list_outlines(body.id)
    writer.post(save, {"name": "Vår rapport"}, status=422)
    place = f"{OWN}/{kept.public_id}"
    page = writer.get(place)
    assert "The name of the theme" in page.words
    assert "Åpningstider" not in page.words
    writer.post(f"{place}/0", {"heading": " ", "guidance": ""}, status=422)
    writer.post(f"{place}/0", {"heading": "Forord", "guidance": "Leder skriver, én side."})
    writer.post(f"{place}/1/drop", {})
    assert "Vår rapport" in writer.get(OWN).words
    draft = "/workspace/utvalget/reports/to/report/draft"
    assert "Vår rapport" in writer.get(draft).words
    writer.post(f"{draft}/begin", {"outline": "unknown"}, status=422)
    writer.post(f"{draft}/begin", {"outline": kept.public_id})
    parts = list_parts(find_composition(body.id, after.id, CompositionKind.REPORT).id)
    about = [one.heading for one in parts if one.theme and not one.block]
    assert about == ["Oppmøte", "Telefon"]
    page = writer.get(f"{draft}?part={parts[0].key}")
    assert "Leder skriver, én side." in page.words
    writer.post(f"{place}/remove", {})
    assert list_outlines(body.id) == []
