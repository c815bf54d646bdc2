"""Codings on unchanged words go along to the next version; the rest waits to be checked."""

import pytest

from consult.domain.accounts.types import SYSTEM, VISITOR
from consult.domain.coding.queries.themes import list_themes
from consult.domain.coding.queries.versions import (
    answers_to_check,
    compare_versions,
    find_check,
    themes_of_answer,
)
from consult.domain.coding.rules import match_passages
from consult.domain.coding.service.carrying import mark_checked
from consult.domain.coding.service.coding import apply_theme, set_memo, undo_last
from consult.domain.coding.service.dividing import add_passage
from consult.domain.coding.service.stances import code_stance
from consult.domain.coding.types import CodingMethod, PassageKind, Placed
from consult.domain.submissions.service.amending import start_amendment
from consult.domain.submissions.service.answering import save_answer
from consult.domain.submissions.types import Stance, Voice, WrittenAnswer
from consult.kernel.clock import utc_now
from tests.domain.submissions.written import begin, send, write
from tests.support.coded import passages_of, theme

FIRST = "Døra må være åpen.\n\nVeilederne trenger tid. Da blir samtalen bedre.\n\nTakk."
SECOND = "Nytt avsnitt først.\n\nVeilederne trenger tid. Da blir samtalen bedre.\n\nTakk!"

HERE = (1, None, None, Voice.SENDER)
THERE = (2, None, None, Voice.SENDER)
MINORITY = (1, None, None, Voice.MINORITY)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([Placed(1, HERE, "a")], [Placed(9, HERE, "a")], {1: 9}),
        ([Placed(1, HERE, "a")], [Placed(9, HERE, "A")], {}),
        ([Placed(1, HERE, "a")], [Placed(9, THERE, "a")], {}),
        ([Placed(1, HERE, "a")], [Placed(9, MINORITY, "a")], {}),
        ([Placed(1, HERE, "a"), Placed(2, HERE, "a")], [Placed(9, HERE, "a")], {1: 9}),
        (
            [Placed(1, HERE, "a"), Placed(2, HERE, "b")],
            [Placed(8, HERE, "b"), Placed(9, HERE, "a")],
            {1: 9, 2: 8},
        ),
    ],
)
def test_a_passage_is_recognised_by_its_words_and_its_question(before, after, expected):
    assert match_passages(before, after) == expected


def _by_quote(submission, number: int):
    version = next(one for one in submission.versions if one.number == number)
    return {one.quote: one for one in passages_of(submission) if one.version_id == version.id}


def _amend(submission, text: str):
    draft = start_amendment(submission, by=VISITOR, now=utc_now())
    question = draft.round.questions[0]
    save_answer(draft, question, WrittenAnswer(text=text), revision=1, by=VISITOR)
    send(draft)


@pytest.mark.scenario(33)
def test_codings_on_unchanged_paragraphs_are_carried_over_and_the_others_listed(make):
    round_ = make.round()
    proposal = make.proposal(round_)
    submission = send(write(begin(round_), FIRST)).submission
    doors, time = theme(round_, "Dører"), theme(round_, "Tid")
    old = _by_quote(submission, 1)
    kept_quote = "Veilederne trenger tid. Da blir samtalen bedre."
    apply_theme(old["Døra må være åpen."], doors, by=SYSTEM)
    apply_theme(old[kept_quote], time, by=SYSTEM)
    set_memo(old[kept_quote], "Viktig", by=SYSTEM)
    start = old[kept_quote].start
    part = add_passage(submission.current_version, start=start, end=start + 23, by=SYSTEM)
    apply_theme(part, doors, by=SYSTEM)
    code_stance(submission, proposal, value=Stance.SUPPORT, by=SYSTEM, passage=old["Takk."])
    _amend(submission, SECOND)

    new = _by_quote(submission, 2)
    carried = new[kept_quote]
    assert [(c.theme.name, c.method) for c in carried.codings] == [("Tid", CodingMethod.CARRIED)]
    assert carried.memo == "Viktig"
    assert not new["Nytt avsnitt først."].codings
    again = new["Veilederne trenger tid."]
    assert (again.kind, again.parent_id) == (PassageKind.CHOSEN, carried.id)
    assert [coding.theme.name for coding in again.codings] == ["Dører"]

    check = find_check(submission.current_version.id)
    assert (check.carried, check.lost) == (2, 2)
    changes = compare_versions(submission.versions[0].id, submission.versions[1].id)
    assert [one.quote for one in changes.gone] == ["Døra må være åpen.", "Takk."]
    assert [one.quote for one in changes.new] == ["Nytt avsnitt først.", "Takk!"]
    assert changes.kept == 1
    assert [row.codings for row in list_themes(round_.id)] == [1, 1], "only the present text counts"
    assert [themes for _passage, themes in themes_of_answer(submission.id)] == [
        (),
        ("Tid", "Dører"),
        (),
    ]
    assert answers_to_check(round_.id) == [submission.number]
    mark_checked(submission, check, by=SYSTEM, now=utc_now())
    assert answers_to_check(round_.id) == []


def test_what_was_carried_over_can_still_be_undone(make):
    round_ = make.round()
    submission = send(write(begin(round_), FIRST)).submission
    apply_theme(_by_quote(submission, 1)["Takk."], theme(round_, "Takk"), by=SYSTEM)
    _amend(submission, FIRST + "\n\nOg en ting til.")
    undone = undo_last(round_, by=SYSTEM)
    carried = _by_quote(submission, 2)["Takk."]
    assert undone.passage_public_id == carried.public_id
    assert not carried.codings


def test_an_answer_that_nobody_has_coded_needs_no_check(make):
    submission = send(write(begin(make.round()), FIRST)).submission
    _amend(submission, SECOND)
    assert find_check(submission.current_version.id) is None
