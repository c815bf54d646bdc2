"""Sections, proposals and questions."""

import pytest

from consult.domain.accounts.types import SYSTEM, VISITOR
from consult.domain.audit.queries import entries_about
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.errors import PartInUse, RoundFrozen
from consult.domain.rounds.queries import list_proposals, list_questions, list_sections
from consult.domain.rounds.service import (
    add_proposal,
    add_question,
    add_section,
    change_question,
    change_texts,
    move_part,
    remove_part,
)
from consult.domain.rounds.types import (
    Option,
    ProposalSpec,
    QuestionKind,
    QuestionSpec,
    RoundStatus,
    Scale,
    SectionSpec,
)
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    Publication,
    Respondent,
    SubmissionContent,
)
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput

TEXT = {"nb": "Tekst"}


def _choice(*keys, text=TEXT):
    return QuestionSpec(
        QuestionKind.SINGLE, text, options=tuple(Option(key, {"nb": key}) for key in keys)
    )


def _answer(round_, **values):
    receive_submission(
        round_,
        SubmissionContent(
            respondent=Respondent(name="Kari", actor_type=ActorType.PRIVATE_PERSON),
            channel=Channel.FORM,
            language="nb",
            publication=Publication.WITH_NAME,
            answers=(AnswerContent(text="Ja.", **values),),
        ),
        by=VISITOR,
        received_at=utc_now(),
    )


def test_keys_are_given_in_order_and_stay(make):
    round_ = make.round(questions=0, status=RoundStatus.PLANNED)
    section = add_section(round_, SectionSpec(TEXT), by=SYSTEM)
    add_section(round_, SectionSpec(TEXT), by=SYSTEM)
    first = add_proposal(round_, ProposalSpec(TEXT, section="2"), by=SYSTEM)
    second = add_proposal(round_, ProposalSpec(TEXT, section="2"), by=SYSTEM)
    asked = add_question(round_, QuestionSpec(QuestionKind.STANCE, TEXT, proposal="2.1"), by=SYSTEM)
    assert [section.key, first.key, second.key, asked.key] == ["1", "2.1", "2.2", "q1"]
    assert move_part(second, "up", by=SYSTEM)
    assert [proposal.key for proposal in list_proposals(round_.id)] == ["2.2", "2.1"]
    assert not move_part(second, "up", by=SYSTEM)
    assert not move_part(first, "down", by=SYSTEM)


def test_texts_are_trimmed_and_blank_languages_left_out(make):
    round_ = make.round(status=RoundStatus.PLANNED)
    change_texts(
        round_,
        title={"nb": " Åpen dør ", "nn": "  ", "en": ""},
        introduction={"nb": "En.\r\n\r\nTo."},
        influence={},
        plain={},
        settled={},
        by=SYSTEM,
    )
    assert round_.title == {"nb": "Åpen dør"}
    assert round_.introduction == {"nb": "En.\n\nTo."}
    assert entries_about(round_.reference)[0].data["fields"] == ["title", "introduction"]


def test_removing_closes_the_gap(make):
    round_ = make.round(questions=3)
    remove_part(round_.questions[1], by=SYSTEM)
    left = list_questions(round_.id)
    assert [(question.key, question.position) for question in left] == [("q1", 1), ("q3", 2)]


@pytest.mark.parametrize("what", ["question", "proposal"])
def test_what_has_answers_cannot_be_removed(make, what):
    round_ = make.round()
    proposal = make.proposal(round_)
    part = round_.questions[0] if what == "question" else proposal
    _answer(round_, **{f"{what}_id": part.id})
    with pytest.raises(PartInUse) as caught:
        remove_part(part, by=SYSTEM)
    assert (caught.value.kind, caught.value.asked_in) == (what, ())
    assert len(list_questions(round_.id)) == 2
    assert len(list_proposals(round_.id)) == 1


def test_a_proposal_that_is_asked_about_cannot_be_removed(make):
    round_ = make.round(questions=0)
    proposal = make.proposal(round_)
    make.question(round_, kind=QuestionKind.STANCE, proposal=proposal)
    with pytest.raises(PartInUse) as caught:
        remove_part(proposal, by=SYSTEM)
    assert caught.value.asked_in == ("q1",)


def test_removing_a_section_leaves_what_stood_in_it(make):
    round_ = make.round(questions=0)
    section = make.section(round_)
    make.question(round_, section=section)
    make.proposal(round_, section=section)
    remove_part(section, by=SYSTEM)
    assert not list_sections(round_.id)
    assert list_questions(round_.id)[0].section is None
    assert list_proposals(round_.id)[0].section is None


def test_nothing_is_written_after_the_deadline(make):
    round_ = make.round(status=RoundStatus.CLOSED)
    with pytest.raises(RoundFrozen):
        add_section(round_, SectionSpec(TEXT), by=SYSTEM)
    with pytest.raises(RoundFrozen):
        remove_part(round_.questions[0], by=SYSTEM)


def test_an_open_question_keeps_what_answers_rest_on(make):
    round_ = make.round(questions=0, status=RoundStatus.PLANNED)
    question = add_question(round_, _choice("ja", "nei"), by=SYSTEM)
    change_question(question, _choice("ja", "kanskje"), by=SYSTEM)
    round_.status = RoundStatus.OPEN
    change_question(question, _choice("ja", "kanskje", "vet ikke", text={"nb": "Ny"}), by=SYSTEM)
    assert len(question.options) == 3
    with pytest.raises(InvalidInput) as caught:
        change_question(question, _choice("ja", "vet ikke"), by=SYSTEM)
    assert (caught.value.field, caught.value.reason) == ("options", "open")
    with pytest.raises(InvalidInput, match="kind"):
        change_question(question, QuestionSpec(QuestionKind.OPEN, TEXT), by=SYSTEM)


def test_the_steps_of_a_scale_stand_fast_once_open(make):
    round_ = make.round(questions=0)
    scale = Scale(1, 5, TEXT, TEXT)
    question = add_question(round_, QuestionSpec(QuestionKind.SCALE, TEXT, scale=scale), by=SYSTEM)
    wider = QuestionSpec(QuestionKind.SCALE, TEXT, scale=Scale(1, 7, TEXT, TEXT))
    with pytest.raises(InvalidInput, match="scale: open"):
        change_question(question, wider, by=SYSTEM)
