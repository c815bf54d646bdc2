"""Where a document quotes an answer."""

from dataclasses import replace

from consult.domain.documents.freezing.places import places_of
from consult.domain.submissions.types import Channel
from tests.domain.documents.building.small_round import small_round, summary_of


def test_quotations_are_found_under_the_numbered_chapter_around_them():
    found = places_of(summary_of(small_round(), "nb"), {2, 4, 8})
    assert found.keys() == {2, 4}  # the eighth is withdrawn
    assert all(place.heading[0].isdigit() for places in found.values() for place in places)
    assert len({place.anchor for place in found[2]}) == len(found[2])
    assert found[2][0].anchor.startswith(("theme-", "proposal-"))


def test_what_was_taken_down_is_found_as_well():
    data = small_round()
    by_phone = replace(
        data, answers=tuple(replace(one, channel=Channel.PHONE) for one in data.answers)
    )
    assert places_of(summary_of(by_phone, "en"), {2})[2]
