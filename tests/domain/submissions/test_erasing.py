"""Asking for deletion after sending, and the decision."""

import pytest

from consult.domain.audit.queries import entries_about
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from consult.domain.submissions.erasures import (
    count_open_requests,
    find_open_request,
    list_requests,
)
from consult.domain.submissions.errors import ErasureAlreadyAsked
from consult.domain.submissions.queries import get_sent_answers
from consult.domain.submissions.senders import ErasureStatus
from consult.domain.submissions.service.erasing import decide_erasure, request_erasure
from consult.domain.submissions.types import Publication, SubmissionStatus
from consult.kernel.clock import utc_now
from consult.kernel.errors import Conflict, InvalidInput
from consult.kernel.files import FileStore
from tests.domain.submissions.written import begin, send, write

KARI = "kari@consult.example"


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path)


@pytest.fixture
def asked(make):
    """A request that waits, and who decides."""
    draft = write(begin(make.round(), contact_email=KARI, contact_name="Kari"), "Ja")
    submission = send(draft).submission
    request = request_erasure(submission, "  Jeg angrer.  ", now=utc_now())
    by = make.actor(make.member(submission.round.owner, Role.COORDINATOR))
    return request, by


@pytest.mark.scenario(21)
def test_granting_removes_web_copy_and_contact_data_and_keeps_the_document(asked, files):
    request, by = asked
    submission = request.submission
    assert (request.message, count_open_requests(submission.round_id)) == ("Jeg angrer.", 1)
    decide_erasure(request, is_granted=True, reason="", by=by, files=files, now=utc_now())
    assert request.status is ErasureStatus.GRANTED
    assert submission.publication is Publication.NOT_ON_WEB
    assert submission.contact_email is submission.contact_name is None
    assert [answer.text for answer in get_sent_answers(submission)] == ["Ja"]
    assert submission.status is SubmissionStatus.RECEIVED
    mails = list_messages()
    assert [mail.kind for mail in mails] == ["erasure_decision"], "others with the address go"
    entries = {entry.tag: entry for entry in entries_about(submission.reference)}
    assert entries["erasure:decided"].data["granted"] is True
    assert entries["erasure:requested"].actor == "sender"
    assert count_open_requests(submission.round_id) == 0
    assert list_requests(submission.round_id) == [request]


@pytest.mark.scenario(21)
def test_declining_needs_a_reason_that_the_sender_is_told(asked, files):
    request, by = asked
    with pytest.raises(InvalidInput, match="reason: required"):
        decide_erasure(request, is_granted=False, reason=" ", by=by, files=files, now=utc_now())
    decide_erasure(
        request, is_granted=False, reason="Arkivplikt.", by=by, files=files, now=utc_now()
    )
    assert request.submission.contact_email == KARI
    mail = list_messages()[0]
    assert mail.kind == "erasure_decision"
    assert "Arkivplikt." in mail.body_text
    assert "Arkivplikt." in mail.body_html
    with pytest.raises(Conflict):
        decide_erasure(request, is_granted=True, reason="", by=by, files=files, now=utc_now())


def test_one_request_waits_at_a_time_and_none_holds_an_identity_number(asked, files):
    request, by = asked
    with pytest.raises(ErasureAlreadyAsked):
        request_erasure(request.submission, "", now=utc_now())
    decide_erasure(request, is_granted=False, reason="Nei.", by=by, files=files, now=utc_now())
    assert find_open_request(request.submission) is None
    with pytest.raises(InvalidInput, match="message: identity_number"):
        request_erasure(request.submission, "Jeg er 151086 95088", now=utc_now())
    assert request_erasure(request.submission, "", now=utc_now()) is not request
