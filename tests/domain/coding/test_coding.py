"""Dividing, coding, undoing, noting."""

import pytest
from sqlalchemy import func, select

from consult.db import session
from consult.domain.audit.queries import entries_about, find_chain_break
from consult.domain.audit.types import organisation_stream
from consult.domain.coding.errors import PassageExists
from consult.domain.coding.models import Coding
from consult.domain.coding.service.coding import apply_theme, remove_theme, set_memo, undo_last
from consult.domain.coding.service.dividing import add_passage
from consult.domain.coding.types import PassageKind
from consult.domain.organisations.types import Role
from consult.kernel.errors import InvalidInput
from tests.support.coded import TWO_PARAGRAPHS, passages_of, receive, theme


@pytest.fixture
def round_(make):
    return make.round()


@pytest.fixture
def reader(make, round_):
    return make.actor(make.member(round_.owner, Role.CASE_OFFICER))


def themes_on(passage) -> set[str]:
    return {coding.theme.name for coding in passage.codings}


def test_an_answer_is_divided_as_it_arrives(round_):
    submission = receive(round_, TWO_PARAGRAPHS, "Ča:\n\n- én\n  - to")
    text = submission.current_version.text
    passages = passages_of(submission)
    assert [passage.quote for passage in passages] == [
        "Døra må være åpen.",
        "Veilederne trenger tid. Da blir samtalen bedre.",
        "Ča:",
        "én",
        "to",
    ]
    assert all(text[passage.start : passage.end] == passage.quote for passage in passages)
    assert [passage.position for passage in passages] == [0, 1, 2, 3, 4]
    assert passages[4].parent is passages[3]
    assert passages[2].answer.question_id == round_.questions[1].id


def test_a_chosen_passage_overlaps_and_is_anchored(round_, reader):
    version = receive(round_, TWO_PARAGRAPHS, "Andre svar.").current_version
    start = version.text.index(" Da blir")
    chosen = add_passage(version, start=start, end=start + 12, by=reader)
    assert chosen.quote == "Da blir sam"
    assert chosen.kind is PassageKind.CHOSEN
    assert chosen.parent.quote.startswith("Veilederne")
    overlapping = add_passage(version, start=chosen.start - 5, end=chosen.end, by=reader)
    assert overlapping.quote == "tid. Da blir sam"
    with pytest.raises(PassageExists) as caught:
        add_passage(version, start=chosen.start - 1, end=chosen.end, by=reader)
    assert caught.value.public_id == chosen.public_id
    assert [entry.tag for entry in entries_about(chosen.reference)] == ["passage:added"]


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [(5, 5, "empty"), (18, 20, "empty"), (0, 9999, "outside_answer"), (60, 75, "outside_answer")],
)
def test_impossible_ranges_are_refused(round_, reader, start, end, reason):
    version = receive(round_, TWO_PARAGRAPHS, "Andre svar.").current_version
    with pytest.raises(InvalidInput) as caught:
        add_passage(version, start=start, end=end, by=reader)
    assert caught.value.reason == reason


def test_applying_twice_is_applying_once(round_, reader):
    first, _second = passages_of(receive(round_, TWO_PARAGRAPHS))
    access = theme(round_, "Tilgjengelighet")
    assert apply_theme(first, access, by=reader)
    assert not apply_theme(first, access, by=reader)
    assert themes_on(first) == {"Tilgjengelighet"}
    assert remove_theme(first, access, by=reader)
    assert not remove_theme(first, access, by=reader)
    assert themes_on(first) == set()
    assert [entry.tag for entry in entries_about(first.reference)] == [
        "coding:removed",
        "coding:applied",
    ]
    assert find_chain_break(organisation_stream(round_.owner_id)) is None


def test_a_theme_of_another_round_is_refused(make, round_, reader):
    first, _second = passages_of(receive(round_, TWO_PARAGRAPHS))
    with pytest.raises(InvalidInput):
        apply_theme(first, theme(make.round(), "Fremmed"), by=reader)


def test_undo_goes_back_step_by_step_in_any_session(make, round_, reader):
    first, second = passages_of(receive(round_, TWO_PARAGRAPHS))
    access, time = theme(round_, "Tilgjengelighet"), theme(round_, "Tid")
    apply_theme(first, access, by=reader)
    apply_theme(second, time, by=reader)
    remove_theme(first, access, by=reader)
    session().flush()
    session().expire_all()  # what a new session knows: only what is stored
    undone = undo_last(round_, by=reader)
    assert undone.theme_name == "Tilgjengelighet"
    assert not undone.was_applied
    assert themes_on(first) == {"Tilgjengelighet"}
    assert undo_last(round_, by=reader).passage_public_id == second.public_id
    assert themes_on(second) == set()
    assert undo_last(round_, by=reader).was_applied
    assert undo_last(round_, by=reader) is None
    assert session().scalar(select(func.count(Coding.id))) == 0


def test_undo_leaves_others_work_alone(make, round_, reader):
    other = make.actor(make.member(round_.owner, Role.CASE_OFFICER))
    first, _second = passages_of(receive(round_, TWO_PARAGRAPHS))
    access = theme(round_, "Tilgjengelighet")
    apply_theme(first, access, by=reader)
    assert undo_last(round_, by=other) is None
    remove_theme(first, access, by=other)
    apply_theme(first, access, by=other)
    assert undo_last(round_, by=reader) is None
    assert themes_on(first) == {"Tilgjengelighet"}


def test_undoing_a_removal_restores_who_coded_it(make, round_, reader):
    other = make.actor(make.member(round_.owner, Role.CASE_OFFICER))
    first, _second = passages_of(receive(round_, TWO_PARAGRAPHS))
    access = theme(round_, "Tilgjengelighet")
    apply_theme(first, access, by=other)
    (before,) = first.codings
    made = (before.coded_by, before.coded_at, before.method)
    remove_theme(first, access, by=reader)
    undo_last(round_, by=reader)
    (after,) = first.codings
    assert (after.coded_by, after.coded_at, after.method) == made


def test_memo(round_, reader):
    first, _second = passages_of(receive(round_, TWO_PARAGRAPHS))
    assert set_memo(first, " Godt sitat.\r\nSjekk. ", by=reader)
    assert first.memo == "Godt sitat.\nSjekk."
    assert not set_memo(first, "Godt sitat.\nSjekk.", by=reader)
    (entry,) = entries_about(first.reference)
    assert entry.tag == "passage:memo_changed"
    assert "sitat" not in str(entry.data)
