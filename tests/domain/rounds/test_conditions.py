"""Skip logic: who is asked what, and what a condition may name."""

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.rounds.conditions import (
    STANCE_VALUES,
    condition_problems,
    is_asked,
    values_to_choose,
)
from consult.domain.rounds.errors import FileRejected, PartInUse
from consult.domain.rounds.importing import read_round
from consult.domain.rounds.queries import question_spec
from consult.domain.rounds.service import change_question, move_part, remove_part
from consult.domain.rounds.types import (
    Condition,
    Option,
    QuestionKind,
    QuestionSpec,
    RoundStatus,
    Scale,
)
from consult.domain.submissions.types import ASKED_STANCES, Stance
from consult.kernel.errors import InvalidInput
from tests.support.factories import in_languages

OPTIONS = (Option("yes", {"nb": "Ja"}), Option("no", {"nb": "Nei"}))
CHOICE = QuestionSpec(QuestionKind.SINGLE, {"nb": "Har dere det?"}, options=OPTIONS, key="q1")
IF_YES = Condition("q1", ("yes",))


def _open(key: str, shown_if: Condition | None = None) -> QuestionSpec:
    return QuestionSpec(QuestionKind.OPEN, {"nb": "Hvordan?"}, shown_if=shown_if, key=key)


@pytest.mark.parametrize(
    ("condition", "given", "asked", "expected"),
    [
        (None, {}, [], True),
        (IF_YES, {"q1": ["yes"]}, ["q1"], True),
        (IF_YES, {"q1": ["no"]}, ["q1"], False),
        (IF_YES, {}, ["q1"], False),
        (IF_YES, {"q1": ["yes"]}, [], False),
        (Condition("q1", ("a", "b")), {"q1": ["b", "c"]}, ["q1"], True),
    ],
)
def test_who_is_asked(condition, given, asked, expected):
    assert is_asked(condition, given, asked) is expected


def test_every_stance_but_no_comments_can_decide():
    asked = {stance.value for stance in ASKED_STANCES} - {Stance.NO_COMMENTS.value}
    assert set(STANCE_VALUES) == asked
    assert values_to_choose(QuestionKind.SCALE, (), Scale(1, 3, {}, {})) == ("1", "2", "3")
    assert values_to_choose(QuestionKind.OPEN, (), None) == ()


@pytest.mark.parametrize(
    ("questions", "place"),
    [
        ((_open("q0", IF_YES), CHOICE), "questions[1].shown_if.question"),
        ((CHOICE, _open("q2", Condition("q9", ("yes",)))), "questions[2].shown_if.question"),
        ((_open("q1"), _open("q2", IF_YES)), "questions[2].shown_if.question"),
        ((CHOICE, _open("q2", Condition("q1", ()))), "questions[2].shown_if.values"),
        ((CHOICE, _open("q2", Condition("q1", ("maybe",)))), "questions[2].shown_if.values"),
        ((CHOICE, _open("q2", IF_YES)), None),
    ],
)
def test_a_condition_names_an_earlier_closed_question_and_its_values(questions, place):
    places = [problem.place for problem in condition_problems(questions)]
    assert places == ([place] if place else [])


FILE = """
type = "input_round"
languages = ["nb"]
opens = 2027-01-11
closes = 2027-02-22
title = { nb = "Kveld" }

[[questions]]
key = "q1"
kind = "single"
text = { nb = "Har dere det?" }
options = [{ key = "yes", nb = "Ja" }, { key = "no", nb = "Nei" }]

[[questions]]
key = "q2"
kind = "open"
text = { nb = "Hvordan?" }
shown_if = { question = "q1", values = ["%s"] }
"""


def test_a_file_says_of_whom_a_question_is_asked():
    assert read_round(FILE % "yes").spec.questions[1].shown_if == IF_YES
    with pytest.raises(FileRejected) as refused:
        read_round(FILE % "perhaps")
    assert "'perhaps' is not one of yes, no" in str(refused.value.problems[0])


@pytest.fixture
def dependent(make):
    """A question with choices, and one that is asked only after "yes"."""
    round_ = make.round(questions=0, status=RoundStatus.PLANNED)
    options = [{"key": key, "labels": in_languages(key)} for key in ("yes", "no")]
    first = make.question(round_, kind=QuestionKind.SINGLE, option_data=options)
    condition = {"question": first.key, "values": ["yes"]}
    return first, make.question(round_, condition_data=condition)


def test_what_decides_is_neither_removed_nor_moved_behind(dependent):
    first, second = dependent
    with pytest.raises(PartInUse) as refused:
        remove_part(first, by=SYSTEM)
    assert refused.value.asked_in == (second.key,)
    with pytest.raises(InvalidInput):
        move_part(second, "up", by=SYSTEM)
    spec = question_spec(first)
    fewer = QuestionSpec(spec.kind, spec.text, options=(Option("no", {"nb": "n"}),) * 2)
    with pytest.raises(InvalidInput):
        change_question(first, fewer, by=SYSTEM)
