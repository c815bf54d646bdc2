"""Saving what is written."""

import pytest

from consult.domain.accounts.types import VISITOR
from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.errors import AlreadySent, AnswerChanged
from consult.domain.submissions.queries import list_draft_answers
from consult.domain.submissions.service.answering import (
    clear_no_comments,
    mark_no_comments,
    mark_rest_no_comments,
    save_answer,
)
from consult.domain.submissions.types import Stance, WrittenAnswer
from consult.kernel.errors import InvalidInput
from tests.domain.submissions.written import begin, send, write
from tests.support.factories import in_languages

OPTIONS = [{"key": key, "labels": in_languages(key)} for key in ("a", "b", "c")]


@pytest.fixture
def draft(make):
    return begin(make.round())


@pytest.fixture
def save(draft):
    """Saves to the first question, as a page that was opened at a revision."""

    def run(text: str, revision: int = 0, **values):
        question = draft.round.questions[0]
        written = WrittenAnswer(text=text)
        return save_answer(draft, question, written, revision=revision, by=VISITOR, **values)

    return run


def _stored(draft) -> WrittenAnswer:
    return list_draft_answers(draft.id)[draft.round.questions[0].id].written


def test_each_save_builds_on_the_one_before(draft, save):
    assert save("én").revision == 1
    assert save("to", 1).revision == 2
    assert _stored(draft).text == "to"


@pytest.mark.scenario(29)
def test_the_second_writer_gets_both_texts_and_nothing_is_lost(draft, save):
    save("begge ser dette")
    save("min", 1)
    with pytest.raises(AnswerChanged) as changed:
        save("din", 1)
    assert (changed.value.theirs.text, changed.value.mine.text) == ("min", "din")
    assert _stored(draft).text == "min"
    assert save("min\n\ndin", changed.value.revision).revision == 3


def test_the_first_save_of_two_writers_is_a_conflict_too(save):
    save("min")
    with pytest.raises(AnswerChanged):
        save("din")


def test_saving_the_same_again_changes_nothing(save):
    first = save("likt")
    assert save("likt") == first
    assert save("likt ", 7) == first


def test_a_page_whose_save_was_answered_into_the_void_goes_on(save):
    save("det som kom fram", window="w1", is_autosave=True)
    assert save("det som kom fram, og mer", window="w1", is_autosave=True).revision == 2
    assert save("alt, og sendt videre", window="w1").revision == 3
    with pytest.raises(AnswerChanged):
        save("forsinket", window="w1", is_autosave=True)


def test_another_page_does_not_pass_for_the_same(save):
    save("min", window="w1", is_autosave=True)
    with pytest.raises(AnswerChanged):
        save("din", window="w2", is_autosave=True)


def test_nothing_is_saved_after_sending(draft, save):
    write(draft, "Ja")
    sent = send(draft)
    with pytest.raises(AlreadySent) as error:
        save("for sent")
    assert error.value.submission_public_id == sent.submission.public_id


@pytest.mark.parametrize(
    ("kind", "written", "stored"),
    [
        (
            QuestionKind.STANCE,
            WrittenAnswer("Ja", Stance.SUPPORT),
            ("Ja", Stance.SUPPORT, (), None),
        ),
        (QuestionKind.OPEN, WrittenAnswer("Ja", Stance.SUPPORT), ("Ja", None, (), None)),
        (QuestionKind.SINGLE, WrittenAnswer(choices=("b",)), ("", None, ("b",), None)),
        (QuestionKind.MULTIPLE, WrittenAnswer(choices=("c", "a")), ("", None, ("a", "c"), None)),
        (QuestionKind.SCALE, WrittenAnswer(scale_value=3), ("", None, (), 3)),
    ],
)
def test_each_kind_keeps_what_it_asks_for(make, draft, kind, written, stored):
    scale = {"minimum": 1, "maximum": 5, "low": in_languages("lite"), "high": in_languages("mye")}
    question = make.question(draft.round, kind=kind, option_data=OPTIONS, scale_data=scale)
    save_answer(draft, question, written, revision=0, by=VISITOR)
    answer = list_draft_answers(draft.id)[question.id]
    assert (answer.text, answer.stance, tuple(answer.choices), answer.scale_value) == stored


@pytest.mark.parametrize(
    ("kind", "written", "refusal"),
    [
        (QuestionKind.SINGLE, WrittenAnswer(choices=("a", "b")), ("choices", "unknown")),
        (QuestionKind.MULTIPLE, WrittenAnswer(choices=("z",)), ("choices", "unknown")),
        (QuestionKind.SCALE, WrittenAnswer(scale_value=6), ("scale_value", "unknown")),
        (QuestionKind.STANCE, WrittenAnswer(stance=Stance.UNCLEAR), ("stance", "unknown")),
        (
            QuestionKind.STANCE,
            WrittenAnswer("men", Stance.NO_COMMENTS),
            ("stance", "no_comments_with_text"),
        ),
        (QuestionKind.OPEN, WrittenAnswer("a" * 20_001), ("text", "too_long")),
        (QuestionKind.OPEN, WrittenAnswer("Jeg er 15108695088."), ("text", "identity_number")),
    ],
)
def test_what_cannot_be_an_answer_is_refused(make, draft, kind, written, refusal):
    scale = {"minimum": 1, "maximum": 5, "low": {}, "high": {}}
    question = make.question(draft.round, kind=kind, option_data=OPTIONS, scale_data=scale)
    with pytest.raises(InvalidInput) as refused:
        save_answer(draft, question, written, revision=0, by=VISITOR)
    assert (refused.value.field, refused.value.reason) == refusal
    assert "15108695088" not in str(refused.value)
    assert question.id not in list_draft_answers(draft.id)


def test_no_comments_to_one_and_back(draft, save):
    question = draft.round.questions[0]
    mark_no_comments(draft, question, by=VISITOR)
    assert _stored(draft).no_comments
    save("", 1)
    assert _stored(draft).no_comments, "an empty form does not take it back"
    clear_no_comments(draft, question, by=VISITOR)
    assert _stored(draft).is_blank
    save("likevel", 2)
    with pytest.raises(InvalidInput):
        mark_no_comments(draft, question, by=VISITOR)


def test_writing_takes_the_place_of_no_comments(draft, save):
    mark_no_comments(draft, draft.round.questions[0], by=VISITOR)
    save("likevel", 1)
    assert _stored(draft) == WrittenAnswer(text="likevel")


@pytest.mark.scenario(43)
def test_no_comments_to_the_rest_leaves_what_is_written(make, draft, save):
    make.question(draft.round, kind=QuestionKind.STANCE)
    save("Ja")
    assert mark_rest_no_comments(draft, by=VISITOR) == 2
    assert mark_rest_no_comments(draft, by=VISITOR) == 0
    answers = list_draft_answers(draft.id)
    assert [answers[question.id].no_comments for question in draft.round.questions] == [
        False,
        True,
        True,
    ]
    assert answers[draft.round.questions[2].id].stance is Stance.NO_COMMENTS


@pytest.mark.scenario(24)
def test_sami_letters_stay_as_they_are(draft, save):
    text = "Áddjá čálii: đ ŋ š ŧ ž – ja Á Č Đ Ŋ Š Ŧ Ž"
    save(text)
    assert _stored(draft).text == text
