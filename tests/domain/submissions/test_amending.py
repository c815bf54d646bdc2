"""After sending: a new version until the deadline, and withdrawing."""

from datetime import timedelta

import pytest

from consult.db import session
from consult.domain.accounts.types import VISITOR
from consult.domain.audit.queries import latest_entries
from consult.domain.audit.types import organisation_stream
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from consult.domain.rounds.errors import DeadlinePassed
from consult.domain.submissions.counting import count_received
from consult.domain.submissions.errors import NotAmendable, NothingChanged
from consult.domain.submissions.models import Draft
from consult.domain.submissions.queries import get_sent_answers, list_draft_answers
from consult.domain.submissions.rules import SUBMISSION_TRANSITIONS, check_step, is_amendable
from consult.domain.submissions.service.amending import (
    find_amendment,
    start_amendment,
)
from consult.domain.submissions.service.answering import save_answer
from consult.domain.submissions.service.drafting import change_publication
from consult.domain.submissions.types import (
    Channel,
    Publication,
    SubmissionStatus,
    WrittenAnswer,
)
from consult.kernel.clock import utc_now
from consult.kernel.errors import TransitionError
from tests.domain.submissions.written import begin, send, withdraw, write

KARI = "kari@consult.example"


def _sent(make, *texts: str, **values):
    return send(write(begin(make.round(), **values), *texts)).submission


def _amended(submission, text: str):
    """A new version in which the first question is answered otherwise."""
    draft = start_amendment(submission, by=VISITOR, now=utc_now())
    question = draft.round.questions[0]
    save_answer(draft, question, WrittenAnswer(text=text), revision=1, by=VISITOR)
    return draft


@pytest.mark.parametrize("status", SubmissionStatus)
def test_withdrawn_is_the_end(status):
    assert status not in SUBMISSION_TRANSITIONS[status]
    with pytest.raises(TransitionError):
        check_step(SubmissionStatus.WITHDRAWN, status)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, True),
        ({"status": SubmissionStatus.WITHDRAWN}, False),
        ({"channel": Channel.PAPER}, False),
        ({"is_registered": True}, False),
        ({"has_other_words": True}, False),
    ],
)
def test_what_can_be_changed_in_the_form(values, expected):
    stands = {
        "status": SubmissionStatus.RECEIVED,
        "channel": Channel.FORM,
        "is_registered": False,
        "has_other_words": False,
    }
    assert is_amendable(**stands | values) is expected


def test_a_change_starts_from_what_was_sent_and_is_begun_once(make):
    submission = _sent(make, "Én", "To", language="nn")
    draft = start_amendment(submission, by=VISITOR, now=utc_now())
    assert [answer.text for answer in list_draft_answers(draft.id).values()] == ["Én", "To"]
    assert (draft.name, draft.language) == (submission.name, "nn")
    assert draft.publication is Publication.WITH_NAME
    assert start_amendment(submission, by=VISITOR, now=utc_now()) is draft
    assert [a.text for a in get_sent_answers(submission)] == ["Én", "To"], "what was sent stands"


@pytest.mark.scenario(33)
def test_sending_a_change_makes_the_next_version_once(make):
    submission = _sent(make, "Én", "To", contact_email=KARI)
    number, received_at = submission.number, submission.received_at
    draft = _amended(submission, "Nytt")
    first, second = send(draft), send(draft)
    assert first.submission is second.submission is submission
    assert (submission.number, submission.received_at) == (number, received_at)
    assert [version.number for version in submission.versions] == [1, 2]
    assert [answer.text for answer in get_sent_answers(submission)] == ["Nytt", "To"]
    assert [answer.text for answer in get_sent_answers(submission, 1)] == ["Én", "To"]
    receipts = [mail for mail in list_messages() if mail.kind == "receipt"]
    assert len(receipts) == 2
    assert "Nytt" in receipts[0].body_text
    assert "2, " in receipts[0].body_text
    entry = latest_entries([organisation_stream(submission.round.owner_id)])[0]
    assert (entry.tag, entry.actor, entry.data["version"]) == ("submission:amended", "sender", 2)
    assert find_amendment(submission) is None
    assert count_received(submission.round_id).total == 1


def test_a_change_that_changes_nothing_is_not_sent(make):
    submission = _sent(make, "Én")
    draft = start_amendment(submission, by=VISITOR, now=utc_now())
    with pytest.raises(NothingChanged):
        send(draft)
    change_publication(draft, Publication.NOT_ON_WEB)
    send(draft)
    assert submission.publication is Publication.NOT_ON_WEB
    assert submission.current_version_number == 2


def test_after_the_deadline_an_answer_stands(make):
    submission = _sent(make, "Én")
    late = submission.round.closes_at + timedelta(minutes=1)
    with pytest.raises(DeadlinePassed):
        start_amendment(submission, by=VISITOR, now=late)
    draft = _amended(submission, "Nytt")
    with pytest.raises(DeadlinePassed):
        send(draft, received_at=late)
    assert submission.current_version_number == 1


def test_the_drafters_of_an_organisation_change_its_answer_together(make):
    body = make.organisation()
    first, second = (make.actor(make.member(body, Role.DRAFTER)) for _ in range(2))
    submission = _sent(make, "Én", by=first, organisation=body)
    draft = start_amendment(submission, by=first, now=utc_now())
    assert start_amendment(submission, by=second, now=utc_now()) is draft
    assert draft.organisation_id == body.id


@pytest.mark.scenario(35)
def test_withdrawing_takes_it_out_of_counts_and_leaves_the_entry(make):
    submission = _sent(make, "Én", contact_email=KARI, language="nn")
    number = submission.number
    _amended(submission, "Nytt")
    withdraw(submission)
    assert submission.status is SubmissionStatus.WITHDRAWN
    assert submission.number == number
    assert count_received(submission.round_id).total == 0
    assert session().query(Draft).filter_by(amends_id=submission.id).count() == 0
    mail = list_messages()[0]
    assert (mail.kind, mail.locale) == ("withdrawn", "nn")
    assert submission.receipt_number in mail.subject
    entry = latest_entries([organisation_stream(submission.round.owner_id)])[0]
    assert (entry.tag, entry.data["number"]) == ("submission:withdrawn", number)
    with pytest.raises(TransitionError):
        withdraw(submission)
    with pytest.raises(NotAmendable):
        start_amendment(submission, by=VISITOR, now=utc_now())


def test_an_organisation_learns_in_its_own_log_who_withdrew(make):
    body = make.organisation()
    writer = make.actor(make.member(body, Role.DRAFTER))
    submission = _sent(make, "Én", by=writer, organisation=body)
    withdraw(submission, by=writer)
    own = latest_entries([organisation_stream(body.id)])[0]
    owners = latest_entries([organisation_stream(submission.round.owner_id)])[0]
    assert (own.actor, owners.actor) == (writer.reference, "sender")
