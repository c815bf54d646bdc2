"""Double coding in the database: drawn by lot, coded blind, decided with a reason."""

import pytest
from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import SYSTEM, Actor
from consult.domain.coding.agreement import Answers
from consult.domain.coding.models import Coding, DoubleCodedPassage
from consult.domain.coding.queries.double import (
    answers_by_coder,
    answers_by_theme,
    differences,
    next_to_do,
    passage_of_sample,
    passages_to_draw,
    themes_of_sample,
)
from consult.domain.coding.queries.themes import find_theme
from consult.domain.coding.service.coding import apply_theme, remove_theme
from consult.domain.coding.service.dividing import add_passage
from consult.domain.coding.service.double import code_blind, decide_difference, draw_sample
from consult.domain.coding.service.merging import merge_themes
from consult.domain.coding.service.splitting import sort_coding, split_theme
from consult.domain.coding.types import Colour, ThemeContent
from consult.kernel.errors import Conflict, InvalidInput
from tests.support.coded import passages_of, receive, theme

SECOND = "person:second"
PARTS = [ThemeContent("Åpen dør", Colour.BLUE), ThemeContent("Stengt dør", Colour.RED)]
TEXT = "\n\n".join(f"Avsnitt nummer {number} handler om døra." for number in range(1, 11))


@pytest.fixture
def coded(make):
    """A round with ten passages, all on one theme, and another theme that nobody has used."""
    round_ = make.round()
    door, time = theme(round_, "Døra"), theme(round_, "Tid")
    passages = passages_of(receive(round_, TEXT))
    for passage in passages:
        apply_theme(passage, door, by=SYSTEM)
    return round_, door, time, passages


def test_the_lot_can_be_drawn_again(coded):
    round_, *_rest = coded
    places = []
    for coder in (SECOND, "person:third"):
        sample = draw_sample(round_, share=25, coder=coder, by=SYSTEM, seed=7)
        query = select(DoubleCodedPassage.passage_id).where(
            DoubleCodedPassage.double_coding_id == sample.id
        )
        places.append(session().scalars(query).all())
    assert places[0] == places[1]
    assert len(places[0]) == 3
    assert sample.drawn_from == 10


def test_what_a_reader_has_coded_or_had_before_is_not_drawn(coded):
    round_, _door, time, passages = coded
    own = Actor(reference=SECOND)
    apply_theme(passages[0], time, by=own)
    assert passages[0].id not in passages_to_draw(round_.id, coder=SECOND)
    draw_sample(round_, share=100, coder=SECOND, by=SYSTEM)
    with pytest.raises(InvalidInput) as caught:
        draw_sample(round_, share=10, coder=SECOND, by=SYSTEM)
    assert (caught.value.field, caught.value.reason) == ("coder", "nothing_to_draw")


@pytest.mark.scenario(75)
def test_two_readers_are_compared_on_what_both_have_read(coded):
    round_, door, time, _passages = coded
    sample = draw_sample(round_, share=40, coder=SECOND, by=SYSTEM)
    for position, found in ((1, [door]), (2, [door, time]), (3, [])):
        code_blind(passage_of_sample(sample.id, position), found, by=SYSTEM)
    assert next_to_do(sample.id) == 4
    assert answers_by_theme(sample.id) == {
        door.id: Answers(both=2, first=1),
        time.id: Answers(second=1, neither=2),
    }
    [one] = answers_by_coder(round_.id)
    assert (one.coder, one.drawn_at) == (SYSTEM.reference, sample.drawn_at)
    assert one.answers == Answers(both=2, first=1, second=1, neither=2)


def test_a_theme_on_a_chosen_part_counts_for_the_whole(coded):
    round_, door, _time, passages = coded
    whole = passages[0]
    remove_theme(whole, door, by=SYSTEM)
    part = add_passage(whole.version, start=whole.start, end=whole.start + 7, by=SYSTEM)
    apply_theme(part, door, by=SYSTEM)
    sample = draw_sample(round_, share=100, coder=SECOND, by=SYSTEM)
    code_blind(passage_of_sample(sample.id, 1), [door], by=SYSTEM)
    assert answers_by_theme(sample.id) == {door.id: Answers(both=1)}


def test_what_is_coded_blind_touches_nothing_and_is_final(coded):
    round_, door, time, passages = coded
    sample = draw_sample(round_, share=100, coder=SECOND, by=SYSTEM)
    place = passage_of_sample(sample.id, 1)
    code_blind(place, [time], by=SYSTEM)
    on_it = session().scalars(select(Coding.theme_id).where(Coding.passage_id == passages[0].id))
    assert on_it.all() == [door.id]
    with pytest.raises(Conflict):
        code_blind(place, [door], by=SYSTEM)


def test_a_decision_is_carried_out_and_the_figures_stay(coded):
    round_, door, time, passages = coded
    sample = draw_sample(round_, share=100, coder=SECOND, by=SYSTEM)
    code_blind(passage_of_sample(sample.id, 1), [time], by=SYSTEM)
    before = answers_by_theme(sample.id)
    off, on = differences(sample.id)
    assert (off.theme_id, on.theme_id) == (door.id, time.id)
    for difference, is_on in ((off, False), (on, True)):
        with pytest.raises(InvalidInput):
            decide_difference(difference, is_on=is_on, reason=" ", by=SYSTEM)
        decide_difference(difference, is_on=is_on, reason="Det står om tid.", by=SYSTEM)
    on_it = session().scalars(select(Coding.theme_id).where(Coding.passage_id == passages[0].id))
    assert on_it.all() == [time.id]
    assert answers_by_theme(sample.id) == before


def _on(passage) -> set[str]:
    return {coding.theme.key for coding in passage.codings}


@pytest.mark.scenario(75)
def test_a_sample_stays_in_the_codebook_it_was_drawn_in(coded):
    round_, door, time, passages = coded
    sample = draw_sample(round_, share=40, coder=SECOND, by=SYSTEM)
    code_blind(passage_of_sample(sample.id, 1), [door], by=SYSTEM)
    merge_themes(door, time, why="Det samme.", by=SYSTEM)
    late = passage_of_sample(sample.id, 2)
    assert [one.key for one in themes_of_sample(sample)] == ["dora", "tid"]
    code_blind(late, [door], by=SYSTEM)
    assert answers_by_theme(sample.id) == {door.id: Answers(both=2)}
    assert not differences(sample.id)
    [one] = answers_by_coder(round_.id)
    assert (one.codebook_version, one.answers) == (1, Answers(both=2))
    assert _on(late.passage) == {"tid"}
    again = draw_sample(round_, share=100, coder="person:third", by=SYSTEM)
    assert (again.codebook_version, [one.key for one in themes_of_sample(again)]) == (2, ["tid"])
    assert len(passages) == again.drawn_from


def test_a_decision_leaves_what_belongs_there_by_another_theme(coded):
    round_, door, time, passages = coded
    first, second = passages[:2]
    apply_theme(first, time, by=SYSTEM)
    sample = draw_sample(round_, share=100, coder=SECOND, by=SYSTEM)
    code_blind(passage_of_sample(sample.id, 1), [time], by=SYSTEM)
    code_blind(passage_of_sample(sample.id, 2), [], by=SYSTEM)
    merge_themes(door, time, why="Det samme.", by=SYSTEM)
    for difference in differences(sample.id):
        decide_difference(difference, is_on=False, reason="Nei.", by=SYSTEM)
    assert (_on(first), _on(second)) == ({"tid"}, set())


def test_a_decision_on_a_split_theme_goes_to_the_sorting(coded):
    round_, door, _time, passages = coded
    sample = draw_sample(round_, share=100, coder=SECOND, by=SYSTEM)
    for position in (1, 2, 3):
        code_blind(passage_of_sample(sample.id, position), [], by=SYSTEM)
    split_theme(door, PARTS, why="To ting.", by=SYSTEM)
    assert len(passages_to_draw(round_.id, coder="person:third")) == 0
    part = find_theme(round_.id, "stengt-dor")
    for passage in passages[:3]:
        sort_coding(passage.codings[0], [part], by=SYSTEM)
    assert len(passages_to_draw(round_.id, coder="person:third")) == 3
    stays, goes, waits = differences(sample.id)
    decide_difference(stays, is_on=True, reason="Ja.", by=SYSTEM)
    decide_difference(goes, is_on=False, reason="Nei.", by=SYSTEM)
    assert [_on(one) for one in passages[:3]] == [{part.key}, set(), {part.key}]
    remove_theme(passages[2], passages[2].codings[0].theme, by=SYSTEM)
    decide_difference(waits, is_on=True, reason="Ja.", by=SYSTEM)
    assert _on(passages[2]) == {"dora"}
