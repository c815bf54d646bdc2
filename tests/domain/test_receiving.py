"""Receiving answers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from consult.domain.accounts.types import VISITOR
from consult.domain.audit.queries import entries_about, find_chain_break
from consult.domain.audit.types import organisation_stream
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.errors import NothingAnswered
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    DeadlineStatus,
    Publication,
    Respondent,
    Signer,
    SubmissionContent,
)
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput


def _content(*answers: AnswerContent, **values) -> SubmissionContent:
    return SubmissionContent(
        respondent=Respondent(name="Brukerutvalget i Solvik", actor_type=ActorType.MUNICIPALITY),
        channel=Channel.FORM,
        language="nb",
        publication=Publication.WITH_NAME,
        answers=answers,
        **values,
    )


def test_answers_are_anchored_in_one_text(make):
    round_ = make.round()
    first, second = round_.questions
    submission, _ = receive_submission(
        round_,
        _content(
            AnswerContent(question_id=first.id, text="Čáppa.\r\n\r\n- én\n- to"),
            AnswerContent(question_id=second.id, text="   "),
            AnswerContent(text="Generelt: åpne dører."),
        ),
        by=VISITOR,
        received_at=utc_now(),
    )
    version = submission.current_version
    assert [answer.text for answer in version.answers] == [
        "Čáppa.\n\n- én\n- to",
        "Generelt: åpne dører.",
    ]
    assert submission.receipt_number.endswith("-0001")
    assert submission.has_comments


def test_numbers_run_in_the_round_and_the_audit_log_follows(make):
    round_ = make.round()
    for _ in range(3):
        submission, _token = receive_submission(
            round_, _content(no_comments=True), by=VISITOR, received_at=utc_now()
        )
    assert submission.number == 3
    assert not submission.has_comments
    assert [entry.tag for entry in entries_about(submission.reference)] == ["submission:received"]
    assert find_chain_break(organisation_stream(round_.owner_id)) is None


def test_an_empty_answer_is_refused(make):
    with pytest.raises(NothingAnswered):
        receive_submission(
            make.round(), _content(AnswerContent(text=" \n")), by=VISITOR, received_at=utc_now()
        )


@pytest.mark.scenario(32)
@pytest.mark.parametrize(
    ("arrived", "status"),
    [
        ("2026-10-31T22:59:40+00:00", DeadlineStatus.IN_TIME),
        ("2026-10-31T22:59:59.900000+00:00", DeadlineStatus.IN_TIME),
        ("2026-10-31T23:00:00+00:00", DeadlineStatus.LATE_INCLUDED),
    ],
)
@pytest.mark.at("2026-10-31T23:00:05+00:00")
def test_the_moment_of_arrival_counts_and_both_times_are_kept(make, arrived, status):
    deadline = datetime(2026, 10, 31, 22, 59, 59, tzinfo=UTC)
    round_ = make.round(closes_at=deadline, opens_at=deadline - timedelta(days=60))
    received_at = datetime.fromisoformat(arrived)
    submission, _ = receive_submission(
        round_, _content(no_comments=True), by=VISITOR, received_at=received_at
    )
    assert submission.deadline_status is status
    assert submission.received_at == received_at
    assert submission.stored_at == datetime(2026, 10, 31, 23, 0, 5, tzinfo=UTC)


NUMBER = "151086 95088"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"respondent": Respondent(f"Kari {NUMBER}", ActorType.PRIVATE_PERSON)}, "name"),
        ({"signers": (Signer("Kari Nes", f"født {NUMBER}"),)}, "signers"),
        ({"their_ref": NUMBER}, "their_ref"),
        ({"answers": (AnswerContent(text="Jeg er 15108\u200b695088."),)}, "text"),
        ({"answers": (AnswerContent(text="Ja.", source_heading=NUMBER),)}, "text"),
    ],
)
def test_an_identity_number_is_refused_on_every_channel(make, values, field):
    content = replace(_content(no_comments=True), **values)
    with pytest.raises(InvalidInput) as refused:
        receive_submission(make.round(), content, by=VISITOR, received_at=utc_now())
    assert (refused.value.field, refused.value.reason) == (field, "identity_number")
    assert "15108" not in f"{refused.value} {refused.value.data}"


def test_the_refusal_says_which_answer_it_is(make):
    round_ = make.round()
    second = round_.questions[1]
    content = _content(
        AnswerContent(text="Ja."), AnswerContent(question_id=second.id, text=f"Jeg er {NUMBER}.")
    )
    with pytest.raises(InvalidInput) as refused:
        receive_submission(round_, content, by=VISITOR, received_at=utc_now())
    assert refused.value.data == {"question_id": second.id, "proposal_id": None}


def test_no_organisation_is_received_without_a_name(make):
    content = replace(
        _content(no_comments=True), respondent=Respondent("\u200b \u200d", ActorType.UNION)
    )
    with pytest.raises(InvalidInput, match="name: required"):
        receive_submission(make.round(), content, by=VISITOR, received_at=utc_now())
