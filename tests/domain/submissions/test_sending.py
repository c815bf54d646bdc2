"""Sending a draft in."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from consult.db import session
from consult.domain.accounts.types import VISITOR
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from consult.domain.rounds.errors import DeadlinePassed, RoundNotOpen
from consult.domain.rounds.models import Invitation
from consult.domain.rounds.types import InvitationReason, QuestionKind, RoundStatus
from consult.domain.submissions.errors import (
    AnswersMissing,
    NothingAnswered,
    PublicationNotChosen,
)
from consult.domain.submissions.models import Draft, DraftAnswer, Submission
from consult.domain.submissions.queries import list_draft_answers
from consult.domain.submissions.service.answering import mark_rest_no_comments, save_answer
from consult.domain.submissions.service.linking import find_by_link
from consult.domain.submissions.types import (
    DeadlineStatus,
    Publication,
    Stance,
    WrittenAnswer,
)
from consult.kernel.clock import utc_now
from tests.domain.submissions.written import begin, send, write

DEADLINE = datetime(2026, 10, 31, 22, 59, 59, tzinfo=UTC)


def test_a_draft_becomes_an_answer_and_is_emptied(make):
    draft = write(begin(make.round()), "Én", "To")
    sent = send(draft)
    assert draft.submission_id == sent.submission.id
    assert not list_draft_answers(draft.id)
    assert draft.contact_email is None
    assert [answer.text for answer in sent.submission.current_version.answers] == ["Én", "To"]
    assert sent.token
    found = find_by_link(sent.token, now=utc_now())
    assert found is not None
    assert found.thing is sent.submission


@pytest.mark.scenario(16)
def test_sending_twice_makes_one_answer(make):
    draft = write(begin(make.round(), contact_email="kari@consult.example"), "Ja")
    first = send(draft)
    second = send(draft)
    assert second.submission is first.submission
    assert second.token is None
    assert session().scalar(select(func.count(Submission.id))) == 1
    assert [mail.kind for mail in list_messages()].count("receipt") == 1


@pytest.mark.scenario(32)
@pytest.mark.at("2026-10-31T23:00:05+00:00")
@pytest.mark.parametrize("status", [RoundStatus.OPEN, RoundStatus.CLOSED])
def test_what_arrived_in_time_is_in_time_however_long_it_took(make, status):
    round_ = make.round(closes_at=DEADLINE, opens_at=DEADLINE - timedelta(days=60))
    draft = write(begin(round_, now=DEADLINE - timedelta(days=1)), "Ja")
    round_.status = status
    arrived = datetime(2026, 10, 31, 22, 59, 40, tzinfo=UTC)
    sent = send(draft, received_at=arrived)
    assert sent.submission.deadline_status is DeadlineStatus.IN_TIME
    assert sent.submission.received_at == arrived
    assert sent.submission.stored_at == utc_now()


@pytest.mark.at("2026-11-01T08:00:00+00:00")
def test_after_the_deadline_the_text_is_kept(make):
    round_ = make.round(closes_at=DEADLINE, opens_at=DEADLINE - timedelta(days=9))
    draft = write(begin(round_, now=DEADLINE - timedelta(days=1)), "Ja")
    with pytest.raises(DeadlinePassed) as refused:
        send(draft)
    assert refused.value.closed_at == DEADLINE
    assert [answer.text for answer in list_draft_answers(draft.id).values()] == ["Ja"]
    assert draft.submission_id is None


@pytest.mark.scenario(50)
@pytest.mark.at("2026-11-01T08:00:00+00:00")
def test_an_own_extension_lets_one_body_in(make):
    round_ = make.round(closes_at=DEADLINE, opens_at=DEADLINE - timedelta(days=60))
    body = make.organisation()
    session().add(
        Invitation(
            round=round_,
            organisation=body,
            reason=InvitationReason.AFFECTED,
            created_at=utc_now(),
            deadline_at=DEADLINE + timedelta(days=14),
        )
    )
    session().flush()
    writer = make.actor(make.member(body, Role.DRAFTER))
    draft = write(begin(round_, by=writer, organisation=body), "Ja", by=writer)
    sent = send(draft, by=writer)
    assert sent.submission.deadline_status is DeadlineStatus.LATE_EXTENDED


@pytest.mark.parametrize(
    "values",
    [
        {"status": RoundStatus.PLANNED},
        {"status": RoundStatus.CANCELLED},
        {"status": RoundStatus.CLOSED},
        {"status": RoundStatus.ANNOUNCED, "opens_at": datetime(2999, 1, 1, tzinfo=UTC)},
    ],
)
def test_a_round_that_is_not_open_takes_nothing(make, values):
    round_ = make.round()
    draft = write(begin(round_), "Ja")
    for name, value in values.items():
        setattr(round_, name, value)
    session().flush()
    with pytest.raises(RoundNotOpen):
        send(draft)


def test_publication_must_be_chosen(make):
    draft = begin(make.round())
    mark_rest_no_comments(draft, by=VISITOR)
    with pytest.raises(PublicationNotChosen):
        send(draft)


def test_an_empty_draft_is_not_sent(make):
    with pytest.raises(NothingAnswered):
        send(write(begin(make.round())))


def test_what_must_be_answered_is_answered_by_no_comments_too(make):
    round_ = make.round(questions=1)
    make.question(round_, key="must", is_required=True)
    draft = write(begin(round_), "Ja")
    with pytest.raises(AnswersMissing) as refused:
        send(draft)
    assert refused.value.question_keys == ("must",)
    mark_rest_no_comments(draft, by=VISITOR)
    assert send(draft).token


@pytest.mark.scenario(43)
def test_no_comments_is_a_complete_answer_and_no_support(make):
    round_ = make.round(questions=1)
    make.question(round_, kind=QuestionKind.STANCE, proposal=make.proposal(round_))
    draft = write(begin(round_))
    mark_rest_no_comments(draft, by=VISITOR)
    submission = send(draft).submission
    assert not submission.has_comments
    assert [answer.stance for answer in submission.current_version.answers] == [
        None,
        Stance.NO_COMMENTS,
    ]


@pytest.mark.scenario(24)
def test_the_receipt_holds_everything_in_the_language_of_the_answer(make):
    draft = begin(make.round(), language="se", contact_email="máret@consult.example")
    text = "Áddjá čálii: đ ŋ š ŧ ž"
    write(draft, text)
    sent = send(draft)
    receipt = next(mail for mail in list_messages() if mail.kind == "receipt")
    assert text in receipt.body_text
    assert f'lang="se">{text}' in receipt.body_html
    assert sent.submission.receipt_number in receipt.subject
    assert "/answer/link/" in receipt.body_text
    assert sent.token not in receipt.body_text, "the mailed link is another than the browser's"
    assert sent.submission.language == "se"
    assert sent.submission.current_version.text == text


def test_a_stance_is_tied_to_its_proposal(make):
    round_ = make.round(questions=0)
    proposal = make.proposal(round_)
    question = make.question(round_, kind=QuestionKind.STANCE, proposal=proposal)
    draft = begin(round_)
    save_answer(draft, question, WrittenAnswer("Ja", Stance.SUPPORT), revision=0, by=VISITOR)
    write(draft)
    (answer,) = send(draft).submission.current_version.answers
    assert (answer.proposal_id, answer.stance) == (proposal.id, Stance.SUPPORT)


def test_nothing_is_left_in_the_draft(make):
    send(write(begin(make.round(), contact_email="kari@consult.example"), "Ja"))
    (draft,) = session().scalars(select(Draft)).all()
    assert draft.publication is Publication.WITH_NAME
    assert session().scalar(select(func.count(DraftAnswer.id))) == 0
