"""The branches' passages beside the text: which belong where, what becomes of them."""

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.stances import code_stance
from consult.domain.composing.evidence import list_evidence, overtaken_evidence
from consult.domain.composing.placing import Asked, PartSpot, place_answers
from consult.domain.composing.service.arranging import (
    NewPart,
    add_part,
    move_part,
    remove_part,
    restore_part,
)
from consult.domain.composing.service.leaving_out import leave_out, take_back
from consult.domain.composing.service.resting import put_back, rest_on, take_away
from consult.domain.composing.service.saving import content_of, save_part
from consult.domain.composing.sources import (
    SourceFilter,
    count_points,
    find_hearings,
    get_sources,
    list_sources,
    uses_of_passages,
)
from consult.domain.composing.types import EvidenceUse, PartKind, PointCount, PointState
from consult.domain.submissions.types import AnswerContent, Stance
from consult.kernel.errors import InvalidInput, NotFound
from consult.kernel.text.rich.markdown import to_markdown
from tests.support.coded import passages_of, receive, theme
from tests.support.drafted import hear, hear_again, start_drafting, written


@pytest.fixture
def made(make):
    return start_drafting(make)


def _hearings(made):
    return find_hearings(made.composition, list(made.parts.values()))


def _quotes(made, **wanted):
    found = list_sources(_hearings(made), SourceFilter(**wanted))
    return [passage.quote for passage in found.passages]


def test_answers_belong_where_what_they_answer_comes_from():
    parts = [
        PartSpot(1, PartKind.GENERAL),
        PartSpot(2, PartKind.QUESTION, question_id=10, proposal_id=20),
        PartSpot(3, PartKind.PROPOSAL, proposal_id=21),
    ]
    places = place_answers(
        parts,
        [Asked(100, parent_id=10), Asked(101, proposal_id=201), Asked(102)],
        {200: 20, 201: 21, 202: None},
    )
    assert places == {
        (None, None): (1,),
        (100, None): (2,),
        (101, None): (3,),
        (102, None): (1,),
        (None, 200): (2,),
        (None, 201): (3,),
        (None, 202): (1,),
    }


def test_a_part_shows_what_the_branches_say_about_the_same(made, make):
    hear(made, "Om første.\n\nMer om første.", "Om andre.", on_proposal="Om forslaget.")
    hear(made, "Også om første.", name="Lag Solvik")
    parts = made.parts
    assert _quotes(made, part_id=parts["q-q1"].id) == [
        "Om første.",
        "Mer om første.",
        "Også om første.",
    ]
    assert _quotes(made, part_id=parts["p-4.1"].id) == ["Om forslaget."]
    assert _quotes(made, part_id=parts["general"].id) == []
    assert len(_quotes(made)) == 5
    assert _quotes(made, words="OGSÅ") == ["Også om første."]
    assert _quotes(made, words="òg -andre") == ["Også om første."]


def test_only_what_the_own_branches_have_formally_sent(made, make):
    other = make.organisation()
    theirs = make.round(owner=other, parent=made.round)
    grandchild = make.round(owner=make.organisation(parent=made.union), parent=made.hearing)
    secret = receive(theirs, "Hemmelig.")
    deeper = receive(grandchild, "Dypere.")
    received = receive(made.round, "Offentlig.")
    assert _quotes(made) == []
    for submission in (secret, deeper, received):
        with pytest.raises(NotFound):
            get_sources(_hearings(made), [passages_of(submission)[0].public_id])


def test_filters_by_theme_branch_stance_and_state(made):
    havnes = hear(made, "Åpningstid.", on_proposal="Vi støtter.")
    hear(made, "Bemanning.", name="Lag Solvik")
    first = passages_of(havnes)[0]
    times = theme(made.hearing, "Åpningstider")
    apply_theme(first, times, by=SYSTEM)
    code_stance(havnes, made.hearing.proposals[0], value=Stance.SUPPORT, modifiers=[], by=SYSTEM)
    assert _quotes(made, theme_ids=(times.id,)) == ["Åpningstid."]
    assert _quotes(made, branch=havnes.public_id) == ["Åpningstid.", "Vi støtter."]
    proposal = made.round.proposals[0]
    assert len(_quotes(made, stance=Stance.SUPPORT, stance_on=proposal.id)) == 2
    assert _quotes(made, stance=Stance.OPPOSE, stance_on=proposal.id) == []
    rest_on(made.parts["q-q1"], first, EvidenceUse.QUOTED, by=made.by)
    assert _quotes(made, state=PointState.USED) == ["Åpningstid."]
    assert _quotes(made, state=PointState.OPEN) == ["Vi støtter.", "Bemanning."]


def test_the_trace_stays_when_the_words_are_rewritten(made):
    passage = passages_of(hear(made, "Bussen går til tre."))[0]
    part = made.parts["q-q1"]
    evidence = rest_on(part, passage, EvidenceUse.QUOTED, by=made.by)
    marked = f"[Bussen]{{e:{evidence.public_id}}} må følges."
    save_part(part, written(marked), revision=part.revision, by=made.by)
    assert [one.id for one in content_of(part).body.evidence] == [evidence.public_id]
    save_part(part, written("Helt andre ord."), revision=part.revision, by=made.by)
    assert [one.public_id for one in list_evidence(part.id)] == [evidence.public_id]
    assert uses_of_passages(_hearings(made), [passage.id])[passage.id][0].part_key == "q-q1"


def test_marks_of_what_the_text_does_not_rest_on_are_taken_off(made):
    passage = passages_of(hear(made, "Bussen går til tre."))[0]
    part = made.parts["q-q1"]
    evidence = rest_on(part, passage, EvidenceUse.REFERRED, by=made.by)
    take_away(evidence, by=made.by)
    text = f"[Bussen]{{e:{evidence.public_id}}} og [båten]{{e:ukjent}}."
    save_part(part, written(text), revision=part.revision, by=made.by)
    assert to_markdown(content_of(part).body) == "Bussen og båten."
    assert _quotes(made, state=PointState.USED) == []
    put_back(evidence, by=made.by)
    assert _quotes(made, state=PointState.USED) == ["Bussen går til tre."]
    tags = [entry.tag for entry in entries_about(part.reference)]
    assert sorted(tags) == ["evidence:added", "evidence:added", "evidence:removed"]


def test_the_meter_counts_what_is_used_left_out_and_open(made):
    passages = passages_of(hear(made, "En.\n\nTo.\n\nTre.", "Fire."))
    part = made.parts["q-q1"]
    rest_on(part, passages[0], EvidenceUse.MERGED, by=made.by)
    rest_on(part, passages[0], EvidenceUse.QUOTED, by=made.by)
    assert leave_out(made.composition, _hearings(made), [passages[1]], " Lokalt. ", by=made.by)
    in_all, by_part = count_points(_hearings(made))
    assert in_all == PointCount(total=4, used=1, left_out=1)
    assert by_part[part.id] == PointCount(total=3, used=1, left_out=1)
    assert by_part[part.id].open == 1


def test_words_to_a_question_about_a_proposal_stand_and_count_at_the_proposal(made, make):
    proposal = made.hearing.proposals[0]
    question = make.question(made.hearing, proposal=proposal)
    said = AnswerContent(question_id=question.id, proposal_id=proposal.id, text="Ja, på vilkår.")
    receive(made.hearing, answers=(said,))
    part = made.parts["p-4.1"]
    assert _quotes(made, part_id=part.id) == ["Ja, på vilkår."]
    assert count_points(_hearings(made))[1] == {part.id: PointCount(total=1)}


def test_leaving_out_takes_a_reason_and_nothing_that_is_used(made):
    passages = passages_of(hear(made, "En.\n\nTo."))
    hearings = _hearings(made)
    for chosen, reason in ((passages, " "), ([], "Lokalt."), (passages, "x" * 1001)):
        with pytest.raises(InvalidInput):
            leave_out(made.composition, hearings, chosen, reason, by=made.by)
    rest_on(made.parts["q-q1"], passages[0], EvidenceUse.QUOTED, by=made.by)
    with pytest.raises(InvalidInput, match="used"):
        leave_out(made.composition, hearings, passages, "Lokalt.", by=made.by)
    assert leave_out(made.composition, hearings, passages[1:], "Lokalt.", by=made.by) == 1
    assert leave_out(made.composition, hearings, passages[1:], "Lokalt.", by=made.by) == 0
    take_back(made.composition, passages[1:], by=made.by)
    assert _quotes(made, state=PointState.LEFT_OUT) == []
    # What is taken into the text is left out no more.
    leave_out(made.composition, hearings, passages[1:], "Lokalt.", by=made.by)
    rest_on(made.parts["q-q1"], passages[1], EvidenceUse.QUOTED, by=made.by)
    assert count_points(hearings)[0] == PointCount(total=2, used=2)


def test_own_headings_come_go_and_come_back(made):
    own = add_part(
        made.composition, NewPart("  Om  samisk "), after=made.parts["general"], by=made.by
    )
    assert (own.heading, own.key) == ("Om samisk", "own-1")
    assert list(made.parts)[:2] == ["general", "own-1"]
    assert move_part(own, -1, by=made.by)
    assert not move_part(own, -1, by=made.by)
    assert next(iter(made.parts)) == "own-1"
    passage = passages_of(hear(made, "En."))[0]
    rest_on(own, passage, EvidenceUse.MERGED, by=made.by)
    save_part(own, written("Tekst.", heading="Om samisk"), revision=1, by=made.by)
    with pytest.raises(InvalidInput):
        remove_part(own, is_confirmed=False, by=made.by)
    with pytest.raises(InvalidInput):
        remove_part(made.parts["q-q1"], is_confirmed=True, by=made.by)
    remove_part(own, is_confirmed=True, by=made.by)
    assert "own-1" not in made.parts
    assert _quotes(made, state=PointState.USED) == []
    with pytest.raises(NotFound):
        save_part(own, written("Mer."), revision=2, by=made.by)
    restore_part(made.composition, "own-1", by=made.by)
    assert list(made.parts)[-1] == "own-1"
    assert _quotes(made, state=PointState.USED) == ["En."]
    assert add_part(made.composition, NewPart("Et til"), by=made.by).key == "own-2"


def test_evidence_follows_words_that_the_branch_keeps(made):
    submission = hear(made, "En.\n\nTo.\n\nTre.")
    first, second, third = passages_of(submission)
    part, hearings = made.parts["q-q1"], _hearings(made)
    kept = rest_on(part, first, EvidenceUse.QUOTED, by=made.by)
    changed = rest_on(part, second, EvidenceUse.QUOTED, by=made.by)
    leave_out(made.composition, hearings, [third], "Lokalt.", by=made.by)
    hear_again(submission, "Nytt.\n\nEn.\n\nTo til.\n\nTre.")
    assert kept.passage.version_id != changed.passage.version_id
    assert overtaken_evidence(part.id) == {changed.id}
    assert changed.quote == "To."
    assert count_points(hearings)[0] == PointCount(total=4, used=1, left_out=1)
    assert _quotes(made, state=PointState.OPEN) == ["Nytt.", "To til."]
