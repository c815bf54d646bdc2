"""Which bodies answered, on a page."""

from datetime import date

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.organisations.service import merge_into, split_into
from consult.domain.organisations.types import ActorType, Ground, Role
from tests.domain.analysis.test_bodies import answer_from


@pytest.mark.at("2026-10-19T10:00:00+02:00")
@pytest.mark.scenario(41)
@pytest.mark.scenario(42)
def test_bodies_are_counted_by_the_chosen_rule(client, make):
    round_ = make.round()
    old, new, gone = (make.organisation(name=name) for name in ("Solvik", "Storby", "Havnes"))
    district = make.organisation(name="Bydel", parent=new, actor_type=ActorType.CITY_DISTRICT)
    for body in (old, new, gone, district):
        answer_from(round_, body)
    ground = Ground(date(2026, 1, 1), "Vedtak")
    merge_into(old, new, ground=ground, by=SYSTEM)
    split_into(gone, [new, district], ground=ground, by=SYSTEM)
    client.sign_in(make.member(round_.owner, Role.READER))
    page = client.get(f"/desk/rounds/{round_.slug}/bodies")
    assert "4 bodies, 4 answers" in page.words
    assert "Carried on by Storby." in page.words
    page = client.get(f"/desk/rounds/{round_.slug}/bodies?by=today")
    assert "3 bodies, 4 answers" in page.words
    assert "Also answered as Solvik." in page.words
    assert "Carried on by Storby, Bydel: which of them this answer belongs to is open" in page.words
    names = [" ".join(cell.text_content().split()) for cell in page.tree.xpath(".//tbody//th")]
    assert names == ["Havnes Unclear", "Storby", "Bydel"]
    assert page.find(".//th[@data-depth='2']").text_content().strip() == "Bydel"
