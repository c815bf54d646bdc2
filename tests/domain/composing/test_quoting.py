"""Where an organisation's own texts use passages."""

from consult.domain.composing.quoting import UsedIn, find_used
from consult.domain.composing.service.resting import rest_on
from consult.domain.composing.types import EvidenceUse
from tests.support.coded import passages_of
from tests.support.drafted import hear, start_drafting


def test_a_used_passage_is_found_by_whoever_writes_and_nobody_else(make):
    made = start_drafting(make)
    first, _second = passages_of(hear(made, "Om første.\n\nOm andre."))
    rest_on(made.parts["q-q1"], first, EvidenceUse.QUOTED, by=made.by)
    text = made.composition
    found = find_used(made.hearing.id, text.organisation_id)
    assert found == {first.id: (UsedIn(text.id, text.title, "q-q1", EvidenceUse.QUOTED),)}
    assert find_used(made.hearing.id, make.organisation().id) == {}
