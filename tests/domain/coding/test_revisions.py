"""Moving, merging and splitting themes of a coded round; taking it back, also the next day."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.coding.errors import ChangeStays, ThemeInUse
from consult.domain.coding.models import (
    Coding,
    CodingStep,
    DoubleCodedTheme,
    MovedCoding,
    SortedCoding,
    Theme,
    ThemeExample,
)
from consult.domain.coding.queries.revisions import (
    find_split,
    frozen_themes,
    get_queued,
    list_versions,
    parts_of,
    queue_of,
    version_number,
    versions_of,
    waiting_themes,
)
from consult.domain.coding.queries.themes import find_theme, list_themes, offered_themes
from consult.domain.coding.revisions import Change, ChangeKind, find_blockers, fits
from consult.domain.coding.service.codebook import change_theme, delete_theme, move_theme
from consult.domain.coding.service.coding import apply_theme, remove_theme, undo_last
from consult.domain.coding.service.merging import merge_themes
from consult.domain.coding.service.splitting import sort_coding, split_theme, undo_sorting
from consult.domain.coding.service.undoing import undo_change
from consult.domain.coding.types import Colour, ThemeContent
from consult.domain.following.service.answering import tell_outcome
from consult.domain.following.types import Outcome
from consult.domain.submissions.service.revising import receive_version
from consult.domain.submissions.types import AnswerContent, Respondent, SubmissionContent
from consult.kernel.clock import utc_now
from consult.kernel.errors import Conflict, InvalidInput, NotFound
from tests.support.coded import passages_of, receive, theme
from tests.support.queries import count_queries

FOUR = (
    "Døra må være åpen.\n\nVeilederne trenger tid.\n\nOpplæringen er for kort.\n\nTa oss på alvor."
)
TABLES = (Theme, Coding, CodingStep, ThemeExample, DoubleCodedTheme, MovedCoding, SortedCoding)


def rows_of(round_id: int) -> dict[str, list[tuple[object, ...]]]:
    """Every row that a change of the codebook could touch, column by column."""
    session().flush()
    session().expire_all()
    return {
        table.__tablename__: [
            tuple(row) for row in session().execute(select(*table.__table__.c).order_by(table.id))
        ]
        for table in TABLES
    }


def content(name: str) -> ThemeContent:
    return ThemeContent(name=name, colour=Colour.TEAL)


def counts(round_id: int) -> dict[str, int]:
    return {row.name: row.codings for row in list_themes(round_id)}


@pytest.fixture
def round_(make):
    return make.round(questions=1)


@pytest.fixture
def passages(round_):
    return passages_of(receive(round_, FOUR))


# ---- Rules


def change(number: int, kind: ChangeKind = ChangeKind.MERGED, **values) -> Change:
    sets = {name: frozenset(value) for name, value in values.items() if name != "is_undone"}
    return Change(number, kind, is_undone=values.get("is_undone", False), **sets)


def test_what_concerns_the_same_themes_is_taken_back_the_latest_first():
    changes = [
        change(2, themes={1, 2}),
        change(3, themes={7, 8}),
        change(4, themes={2, 3}),
        change(5, themes={2, 9}, is_undone=True),
        change(6, ChangeKind.REWORDED, themes={2}),
        change(7, ChangeKind.SPLIT, themes={1, 10, 11}),
    ]
    assert find_blockers(changes, 2) == (7, 4)
    assert find_blockers(changes, 3) == ()
    assert find_blockers(changes, 4) == ()


def test_where_a_theme_goes_back_to_has_to_be_there():
    moved = change(2, ChangeKind.MOVED, themes={1}, needs={5})
    assert find_blockers([moved, change(3, themes={5, 6}, retires={5})], 2) == (3,)
    assert find_blockers([moved, change(3, themes={6, 5}, retires={6})], 2) == ()
    assert find_blockers([moved, change(3, ChangeKind.MOVED, themes={5})], 2) == ()


def test_three_levels_fit_and_circles_do_not():
    assert fits({1: None, 2: 1, 3: 2})
    assert not fits({1: None, 2: 1, 3: 2, 4: 3})
    assert not fits({1: 2, 2: 1})


# ---- Moving


def test_while_a_codebook_is_built_nothing_is_numbered(round_):
    a, b = theme(round_, "A"), theme(round_, "B")
    move_theme(b, parent=a, by=SYSTEM)
    assert (version_number(round_.id), list_versions(round_.id)) == (1, ())


def test_a_move_of_a_coded_round_is_a_version_and_can_be_taken_back(round_, passages):
    a, b, c = (theme(round_, name) for name in "ABC")
    theme(round_, "D", parent=b)
    apply_theme(passages[0], b, by=SYSTEM)
    with pytest.raises(InvalidInput, match="why: required"):
        move_theme(b, parent=a, by=SYSTEM)
    before = rows_of(round_.id)
    move_theme(b, parent=a, by=SYSTEM, why="B er en del  av A")
    assert [row.full_name for row in list_themes(round_.id)] == ["A", "A › B", "A › B › D", "C"]
    second, first = list_versions(round_.id)
    assert (second.number, second.kind, second.why) == (2, ChangeKind.MOVED, "B er en del av A")
    assert (first.kind, first.made_by) == (ChangeKind.BEGUN, None)
    assert (second.details["name"], second.details["to"], second.can_undo) == ("B", "A", True)
    moved, begun = (versions_of(round_.id)[index] for index in (1, 0))
    assert [one.path for one in frozen_themes(begun)] == [("A",), ("B",), ("B", "D"), ("C",)]
    assert frozen_themes(moved)[1].path == ("A", "B")
    with pytest.raises(ThemeInUse):
        delete_theme(a, by=SYSTEM)
    theme(round_, "E", parent=c)
    undo_change(moved, by=SYSTEM)
    delete_theme(session().scalars(select(Theme).where(Theme.name == "E")).one(), by=SYSTEM)
    assert rows_of(round_.id) == before
    third, second, _first = list_versions(round_.id)
    assert (third.kind, third.details["number"], second.undone_in) == (ChangeKind.UNDONE, 2, 3)
    assert not second.can_undo
    with pytest.raises(ChangeStays) as caught:
        undo_change(moved, by=SYSTEM)
    assert caught.value.reason == "done"


def test_a_move_stays_where_themes_would_stand_too_deep(round_, passages):
    a = theme(round_, "A")
    b = theme(round_, "B", parent=a)
    c = theme(round_, "C", parent=b)
    apply_theme(passages[0], c, by=SYSTEM)
    move_theme(c, parent=None, by=SYSTEM, why="Eget tema")
    theme(round_, "D", parent=c)
    with pytest.raises(ChangeStays) as caught:
        undo_change(versions_of(round_.id)[1], by=SYSTEM)
    assert caught.value.reason == "too_deep"
    assert [row.full_name for row in list_themes(round_.id)] == ["A", "A › B", "C", "C › D"]
    assert version_number(round_.id) == 2


def test_words_with_a_reason_are_a_version_and_without_one_a_correction(round_, passages):
    a = theme(round_, "A")
    apply_theme(passages[0], a, by=SYSTEM)
    change_theme(a, content("Aa"), by=SYSTEM)
    assert version_number(round_.id) == 1
    change_theme(a, content("Aaa"), by=SYSTEM, why="Gjelder bare voksne")
    (latest, _first) = list_versions(round_.id)
    assert (latest.kind, latest.details["fields"]) == (ChangeKind.REWORDED, ["name"])
    assert not latest.can_undo
    assert frozen_themes(versions_of(round_.id)[0])[0].content.name == "Aa"


# ---- Merging


@pytest.mark.scenario(73)
@pytest.mark.at("2026-11-20T12:00:00Z")
def test_two_themes_merged_and_restored_exactly_the_next_day(round_, passages):
    skill, training, other = (theme(round_, name) for name in ("Kompetanse", "Opplæring", "Annet"))
    courses = theme(round_, "Kurs", parent=training)
    apply_theme(passages[0], training, by=SYSTEM)
    apply_theme(passages[1], training, by=SYSTEM)
    apply_theme(passages[1], skill, by=SYSTEM)
    apply_theme(passages[2], courses, by=SYSTEM)
    apply_theme(passages[3], other, by=SYSTEM)
    before = rows_of(round_.id)
    merge_themes(training, skill, why="Brukes om det samme", by=SYSTEM)
    assert counts(round_.id) == {"Kompetanse": 2, "Kurs": 1, "Annet": 1}
    assert [row.full_name for row in offered_themes(round_.id)][1] == "Kompetanse › Kurs"
    assert len(passages[1].codings) == 1
    (latest, _first) = list_versions(round_.id)
    told = latest.details
    assert (told["name"], told["to"], told["moved"], told["collapsed"]) == (
        "Opplæring", "Kompetanse", 2, 1,
    )  # fmt: skip
    assert entries_about(training.reference)[0].data["change"] == "merged"

    with time_machine.travel(datetime(2026, 11, 21, 8, tzinfo=UTC), tick=False):
        done = undo_change(versions_of(round_.id)[-1], by=SYSTEM, why="Det var ikke det samme")
    assert (done.restored, done.has_conflicts) == (2, False)
    assert rows_of(round_.id) == before
    assert list_versions(round_.id)[0].why == "Det var ikke det samme"


def test_what_was_done_since_a_merger_is_kept_and_told(round_, passages):
    a, b = theme(round_, "A"), theme(round_, "B")
    for passage in passages[:3]:
        apply_theme(passage, a, by=SYSTEM)
    apply_theme(passages[1], b, by=SYSTEM)
    version = merge_themes(a, b, why="Samme sak", by=SYSTEM)
    remove_theme(passages[0], b, by=SYSTEM)  # it was A's
    remove_theme(passages[1], b, by=SYSTEM)  # it had both
    assert apply_theme(passages[3], a, by=SYSTEM)  # means the one it went up in
    assert [one.theme.name for one in passages[3].codings] == ["B"]
    done = undo_change(version, by=SYSTEM)
    assert (done.restored, done.off, done.stayed) == (1, 2, 1)
    assert [[one.theme.name for one in passage.codings] for passage in passages] == [
        [], [], ["A"], ["B"],
    ]  # fmt: skip


def test_a_step_from_before_a_merger_is_undone_where_it_stands_now(round_, passages):
    a, b = theme(round_, "A"), theme(round_, "B")
    apply_theme(passages[0], a, by=SYSTEM)
    apply_theme(passages[1], a, by=SYSTEM)
    remove_theme(passages[1], a, by=SYSTEM)
    merge_themes(a, b, why="Samme sak", by=SYSTEM)
    assert undo_last(round_, by=SYSTEM).theme_name == "B"
    assert counts(round_.id) == {"B": 2}
    undo_last(round_, by=SYSTEM)
    assert undo_last(round_, by=SYSTEM).passage_public_id == passages[0].public_id
    assert counts(round_.id) == {"B": 0}


def test_a_new_version_of_an_answer_takes_the_way_back_along(round_):
    submission = receive(round_, "Døra må være åpen.")
    a, b = theme(round_, "A"), theme(round_, "B")
    apply_theme(passages_of(submission)[0], a, by=SYSTEM)
    version = merge_themes(a, b, why="Samme sak", by=SYSTEM)
    question = round_.questions[0]
    receive_version(
        submission,
        SubmissionContent(
            respondent=Respondent(name=submission.name, actor_type=submission.actor_type),
            channel=submission.channel,
            language="nb",
            publication=submission.publication,
            answers=(AnswerContent(question_id=question.id, text="Døra må være åpen.\n\nAlltid."),),
        ),
        by=SYSTEM,
        received_at=utc_now() + timedelta(minutes=1),
    )
    assert counts(round_.id) == {"B": 1}
    done = undo_change(version, by=SYSTEM)
    assert (done.restored, done.off) == (2, 0)
    assert counts(round_.id) == {"A": 1, "B": 0}


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [("a", "a", "itself"), ("a", "b", "under_itself"), ("d", "c", "too_deep")],
)
def test_what_cannot_be_merged(round_, source, target, reason):
    a = theme(round_, "A")
    b = theme(round_, "B", parent=a)
    c = theme(round_, "C", parent=b)
    d = theme(round_, "D")
    theme(round_, "E", parent=d)
    found = {"a": a, "b": b, "c": c, "d": d}
    with pytest.raises(InvalidInput, match=f"target: {reason}"):
        merge_themes(found[source], found[target], why="Prøve", by=SYSTEM)


# ---- Splitting


@pytest.mark.scenario(72)
def test_a_theme_is_split_halfway_and_its_passages_sorted_one_by_one(round_, passages):
    before_it, skill, after_it = (theme(round_, name) for name in ("Dør", "Kompetanse", "Tid"))
    under = theme(round_, "Kurs", parent=skill)
    for passage in passages[:3]:
        apply_theme(passage, skill, by=SYSTEM)
    before = rows_of(round_.id)
    version = split_theme(
        skill,
        [content("Samtalen"), content("Faget")],
        why="To ulike ting",
        by=SYSTEM,
        heir=1,
    )
    talk, subject = parts_of(version)
    assert version_number(round_.id) == 2
    names = [row.full_name for row in list_themes(round_.id)]
    assert names == ["Dør", "Kompetanse", "Samtalen", "Faget", "Faget › Kurs", "Tid"]
    assert [row.name for row in offered_themes(round_.id)] == [
        "Dør", "Samtalen", "Faget", "Kurs", "Tid",
    ]  # fmt: skip
    assert counts(round_.id)["Kompetanse"] == 3  # until they are sorted
    (waiting,) = waiting_themes(round_.id)
    assert (waiting.name, waiting.passages, waiting.sorted) == ("Kompetanse", 3, 0)

    queue = [passage_id for passage_id, _coding in queue_of(skill)]
    assert queue == [passage.public_id for passage in passages[:3]]
    sort_coding(get_queued(skill, queue[0]), [talk], by=SYSTEM)
    sort_coding(get_queued(skill, queue[1]), [talk, subject], by=SYSTEM)
    assert counts(round_.id)["Kompetanse"] == 1
    (entry, *_more) = entries_about(skill.reference)
    assert (entry.data["change"], entry.data["passage"]) == ("sorted", passages[1].reference)
    with pytest.raises(NotFound):
        get_queued(skill, queue[1])
    assert undo_sorting(skill, by=SYSTEM) == queue[1]
    sort_coding(get_queued(skill, queue[1]), [subject], by=SYSTEM)
    sort_coding(get_queued(skill, queue[2]), [], by=SYSTEM)
    assert waiting_themes(round_.id) == ()
    assert counts(round_.id) == {"Dør": 0, "Samtalen": 1, "Faget": 1, "Kurs": 0, "Tid": 0}
    assert all(one.method == "sorted" for one in passages[0].codings)
    with pytest.raises(InvalidInput, match="retired"):
        move_theme(after_it, parent=skill, by=SYSTEM, why="Går ikke")

    done = undo_change(version, by=SYSTEM)
    assert (done.restored, done.has_conflicts) == (3, False)
    assert rows_of(round_.id) == before
    assert find_split(skill) is None
    with pytest.raises(Conflict):
        sort_coding(passages[0].codings[0], [before_it], by=SYSTEM)
    assert under.parent_id == skill.id


def test_what_was_done_since_a_split_is_kept_and_told(round_, passages):
    skill = theme(round_, "Kompetanse")
    apply_theme(passages[0], skill, by=SYSTEM)
    apply_theme(passages[1], skill, by=SYSTEM)
    version = split_theme(skill, [content("A"), content("B")], why="To ting", by=SYSTEM)
    a, _b = parts_of(version)
    sort_coding(get_queued(skill, passages[0].public_id), [a], by=SYSTEM)
    remove_theme(passages[0], a, by=SYSTEM)
    apply_theme(passages[2], a, by=SYSTEM)
    done = undo_change(version, by=SYSTEM)
    assert (done.restored, done.off, done.stayed, done.kept) == (0, 1, 1, ("A",))
    assert counts(round_.id) == {"Kompetanse": 1, "A": 1}


def test_a_new_theme_of_which_something_was_told_stays(round_, passages):
    skill = theme(round_, "Kompetanse")
    apply_theme(passages[0], skill, by=SYSTEM)
    version = split_theme(skill, [content("A"), content("B")], why="To ting", by=SYSTEM)
    tell_outcome(parts_of(version)[1], Outcome.DONE, "Gjort.", language="nb", by=SYSTEM)
    assert undo_change(version, by=SYSTEM).kept == ("B",)
    with pytest.raises(ThemeInUse):
        delete_theme(find_theme(round_.id, "b"), by=SYSTEM)


def test_a_part_that_was_merged_or_split_again_leads_on(round_, passages):
    skill, other = theme(round_, "Kompetanse"), theme(round_, "Annet")
    apply_theme(passages[0], skill, by=SYSTEM)
    first = split_theme(skill, [content("A"), content("B")], why="To ting", by=SYSTEM)
    a, b = parts_of(first)
    second = split_theme(a, [content("C"), content("D")], why="To til", by=SYSTEM)
    third = merge_themes(b, other, why="Samme sak", by=SYSTEM)
    assert [one.name for one in parts_of(first)] == ["C", "D", "Annet"]
    with pytest.raises(ChangeStays) as caught:
        undo_change(first, by=SYSTEM)
    assert (caught.value.reason, caught.value.number) == ("later", third.number)
    undo_change(third, by=SYSTEM)
    undo_change(second, by=SYSTEM)
    undo_change(first, by=SYSTEM)
    assert counts(round_.id) == {"Kompetanse": 1, "Annet": 0}


def test_the_number_of_queries_does_not_grow(round_, passages):
    def split(name: str) -> int:
        old = theme(round_, name)
        for passage in passages[:2]:
            apply_theme(passage, old, by=SYSTEM)
        split_theme(old, [content(f"{name} 1"), content(f"{name} 2")], why="To", by=SYSTEM)
        sort_coding(get_queued(old, passages[0].public_id), [], by=SYSTEM)
        with count_queries() as counted:
            waiting = waiting_themes(round_.id)
            list_versions(round_.id)
        assert {(one.passages, one.sorted) for one in waiting} == {(1, 1)}
        return counted.number

    assert split("A") == split("B") == split("C")


@pytest.mark.parametrize(("number", "reason"), [(1, "too_few"), (5, "too_many")])
def test_how_many_themes_one_can_be_split_into(round_, number, reason):
    with pytest.raises(InvalidInput, match=reason):
        split_theme(theme(round_, "A"), [content("B")] * number, why="Prøve", by=SYSTEM)
