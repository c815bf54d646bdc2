"""A theme on many passages at once."""

import pytest

from consult.domain.audit.queries import find_chain_break
from consult.domain.audit.types import organisation_stream
from consult.domain.coding.queries.steps import find_codable, get_together, steps_on
from consult.domain.coding.service.coding import apply_theme, remove_theme, undo_last
from consult.domain.coding.service.many import MOST_PASSAGES, code_together, undo_together
from consult.domain.organisations.types import Role
from consult.kernel.errors import InvalidInput, NotFound
from tests.support.coded import TWO_PARAGRAPHS, passages_of, receive, theme


@pytest.fixture
def round_(make):
    return make.round()


@pytest.fixture
def officers(make, round_):
    return [make.actor(make.member(round_.owner, Role.CASE_OFFICER)) for _ in range(2)]


def themes_on(passages) -> list[set[str]]:
    return [{coding.theme.name for coding in passage.codings} for passage in passages]


def test_put_on_told_and_undone_at_once(round_, officers):
    mine, theirs = officers
    passages = passages_of(receive(round_, TWO_PARAGRAPHS, "Og en til."))
    access, time = theme(round_, "Tilgjengelighet"), theme(round_, "Tid")
    apply_theme(passages[0], access, by=theirs)
    apply_theme(passages[0], time, by=mine)
    done = code_together(passages, access, on=True, by=mine)
    assert (done.changed, done.same) == (2, 1)
    told = get_together(round_.slug, done.public_id)
    assert told.passage_ids == tuple(one.id for one in passages[1:])
    assert (told.theme, told.applied, told.done_by) == (access, True, mine.reference)
    assert [step.together for step in steps_on(passages[1])] == [done.public_id]

    remove_theme(passages[2], access, by=theirs)
    assert undo_together(told, by=theirs) == 0
    undone = undo_last(round_, by=mine)
    assert (undone.passages, undone.was_applied) == (1, True)
    assert themes_on(passages) == [{"Tilgjengelighet", "Tid"}, set(), set()]
    assert get_together(round_.slug, done.public_id).left == 0
    assert undo_last(round_, by=mine).theme_name == "Tid"
    assert find_chain_break(organisation_stream(round_.owner_id)) is None


def test_taken_off_comes_back_as_it_was(round_, officers):
    mine, theirs = officers
    passages = passages_of(receive(round_, TWO_PARAGRAPHS))
    access = theme(round_, "Tilgjengelighet")
    apply_theme(passages[0], access, by=theirs)
    done = code_together(passages, access, on=False, by=mine)
    assert (done.changed, done.same) == (1, 1)
    assert undo_together(get_together(round_.slug, done.public_id), by=mine) == 1
    (coding,) = passages[0].codings
    assert coding.coded_by == theirs.reference


def test_only_what_readers_of_the_round_code(make, round_, officers):
    first, second = receive(round_, TWO_PARAGRAPHS), receive(round_, "Trukket.")
    elsewhere = receive(make.round(), "Et annet sted.")
    ids = [one.public_id for answer in (first, second, elsewhere) for one in passages_of(answer)]
    assert len(find_codable(round_.id, ids)) == 3
    with pytest.raises(InvalidInput):
        code_together([], theme(round_, "Tid"), on=True, by=officers[0])
    with pytest.raises(InvalidInput):
        passages = passages_of(first) * MOST_PASSAGES
        code_together(passages, theme(round_, "Tro"), on=True, by=officers[0])
    with pytest.raises(NotFound):
        get_together(round_.slug, "nowhere")
