"""Correcting what is asked: the former words are kept, and every answer names its own."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.rounds.calendar import DeadlineEvent, calendar_file
from consult.domain.rounds.models import RoundNews
from consult.domain.rounds.rules import is_corrected, wording_at
from consult.domain.rounds.service import change_proposal, change_question, remove_part
from consult.domain.rounds.types import (
    Option,
    ProposalSpec,
    QuestionKind,
    QuestionSpec,
    RoundStatus,
)
from consult.domain.submissions.queries import get_sent_answers, list_draft_answers
from consult.domain.submissions.service.answering import save_answer
from consult.domain.submissions.types import WrittenAnswer
from consult.kernel.clock import utc_now
from tests.domain.submissions.written import begin, send, write


@pytest.mark.parametrize(
    ("before", "after", "is_correction"),
    [
        ({"nb": "Hva mener du?"}, {"nb": "Hva mener du?"}, False),
        ({"nb": "Hva mener du?"}, {"nb": "Hva  mener du?\n"}, False),
        ({"nb": "Hva mener du?"}, {"nb": "Hva mener du?", "nn": "Kva meiner du?"}, False),
        ({"nb": "Hva mener du?"}, {"nb": "Hva synes du?"}, True),
        ({"nb": "Hva mener du?", "nn": "Kva meiner du?"}, {"nb": "Hva mener du?"}, True),
        ({}, {"nb": "Hva mener du?"}, False),
    ],
)
def test_other_words_in_a_language_that_was_there_are_a_correction(before, after, is_correction):
    assert is_corrected({"text": before}, {"text": after}) is is_correction


def test_what_arrived_before_a_correction_answers_the_former_wording():
    first = datetime(2026, 3, 2, tzinfo=UTC)
    replaced = [first, first + timedelta(days=2)]
    moments = [first + timedelta(days=days) for days in (-1, 1, 3)]
    assert [wording_at(replaced, moment) for moment in moments] == [1, 2, 3]


def _correct(question, text, **values):
    spec = QuestionSpec(question.kind, {**question.text, "nb": text}, **values)
    change_question(question, spec, by=SYSTEM)


@pytest.mark.scenario(74)
def test_each_answer_names_the_wording_it_was_written_to(make):
    round_ = make.round(questions=1)
    question = round_.questions[0]
    early = send(write(begin(round_), "Ja")).submission
    stale = write(begin(round_), "Ja, kanskje")
    _correct(question, "Bør kontoret være åpent på lørdager?")
    assert (question.wording, question.former_wordings[0].text["nb"]) == (2, "Question 1?")
    late = send(write(begin(round_), "Nei")).submission
    stale = send(stale).submission
    wordings = [get_sent_answers(one)[0].wording for one in (early, late, stale)]
    assert wordings == [1, 2, 1]
    old = get_sent_answers(early)[0]
    assert old.question.as_worded(old.wording).text["nb"] == "Question 1?"
    assert session().query(RoundNews).one().data["wording"] == 2


def test_saving_again_after_reading_the_new_words_answers_them(make):
    round_ = make.round(questions=1)
    question = round_.questions[0]
    draft = write(begin(round_), "Ja")
    _correct(question, "Bør kontoret være åpent på lørdager?")
    for shown, kept in ((1, 1), (2, 2)):
        save_answer(draft, question, WrittenAnswer(text="Ja"), revision=1, by=SYSTEM, wording=shown)
        assert list_draft_answers(draft.id)[question.id].wording == kept


def test_before_the_round_opens_words_are_simply_changed(make):
    round_ = make.round(status=RoundStatus.PLANNED, questions=1)
    _correct(round_.questions[0], "Noe annet?")
    assert (round_.questions[0].wording, session().query(RoundNews).count()) == (1, 0)


def test_other_words_for_an_option_are_a_correction_and_a_new_option_is_none(make):
    round_ = make.round(questions=0)
    yes, no = Option("ja", {"nb": "Ja"}), Option("nei", {"nb": "Nei"})
    question = make.question(
        round_, kind=QuestionKind.SINGLE,
        option_data=[{"key": one.key, "labels": one.labels} for one in (yes, no)],
    )  # fmt: skip
    text = question.text["nb"]
    _correct(question, text, options=(yes, no, Option("vet", {"nb": "Vet ikke"})))
    assert question.wording == 1
    _correct(
        question, text, options=(Option("ja", {"nb": "Ja, alltid"}), no, *question.options[2:])
    )
    assert question.wording == 2
    assert question.as_worded(1).options[0].labels == {"nb": "Ja"}


def test_a_corrected_proposal_is_kept_and_a_corrected_part_can_be_removed(make):
    round_ = make.round()
    proposal = make.proposal(round_)
    spec = ProposalSpec(title=proposal.title, text={**proposal.text, "nb": "Noe annet."})
    change_proposal(proposal, spec, by=SYSTEM)
    assert proposal.former_wordings[0].text["nb"] == "What is proposed."
    assert proposal.corrected_at is not None
    remove_part(proposal, by=SYSTEM)
    assert not round_.proposals


def test_the_deadline_as_a_calendar_file():
    event = DeadlineEvent(
        uid="abc@consult.example", sequence=2, changed_at=datetime(2026, 9, 1, tzinfo=UTC),
        closes_at=datetime(2026, 10, 31, 22, 59, 59, tzinfo=UTC), title="Frist: Rom, og mer",
        description="Solvik kommune\nSvar før fristen", link="https://consult.example/rounds/rom",
        language="nb", alarm="Frist: Rom, og mer",
    )  # fmt: skip
    text = calendar_file(event).decode()
    lines = text.replace("\r\n ", "").split("\r\n")
    for line in (
        "UID:abc@consult.example",
        "SEQUENCE:2",
        "DTEND;TZID=Europe/Oslo:20261031T235959",
        "TZID:Europe/Oslo",
        "TRIGGER:-P3D",
        "SUMMARY;LANGUAGE=nb:Frist: Rom\\, og mer",
        "STATUS:CONFIRMED",
        "BEGIN:STANDARD",
        "BEGIN:DAYLIGHT",
    ):
        assert line in lines, text
    assert text.endswith("END:VCALENDAR\r\n")
    assert utc_now() > event.changed_at - timedelta(days=365 * 100)
