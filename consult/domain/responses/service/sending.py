"""Sending: a signed response becomes an ordinary answer in the round above, once."""

from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.responses.errors import NothingNew, NotReady
from consult.domain.responses.models import ResponseCase
from consult.domain.responses.service.deciding import hold_case, take_round
from consult.domain.responses.service.preparing import (
    Outside,
    Prepared,
    SendingPlan,
    prepare_sending,
)
from consult.domain.responses.service.representing import tell_represented
from consult.domain.submissions.errors import NothingChanged
from consult.domain.submissions.service.accompanying import receive_statements
from consult.domain.submissions.service.amending import hold_submission
from consult.domain.submissions.service.receipts import mail_receipt
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.service.revising import receive_version

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.responses.listing import Concern
    from consult.domain.submissions.models import Submission


def send_response(
    concern: "Concern",
    composition: "Composition",
    plan: SendingPlan,
    *,
    outside: Outside,
    by: Actor,
    received_at: datetime,
) -> "Submission":
    """Send the signed response as the organisation's answer; a second press finds it sent.

    The files are made before anything is locked. What was sent stays; when it is signed anew after
    a change, :func:`send_again` makes the next version of the same answer.

    Raises:
        NotReady: Something blocks it (:mod:`consult.domain.responses.checking`), or the
            organisation has answered in the form already.
        NotAttachable: A ticked branch answer may not go along.
    """
    if concern.case is not None and concern.case.submission is not None:
        return concern.case.submission
    if concern.answer is not None:
        raise NotReady
    prepared = prepare_sending(
        concern, composition, plan, outside=outside, by=by, received_at=received_at
    )
    case = take_round(concern.round, concern.organisation, by=by, at=received_at)
    hold_case(case)
    if case.submission is not None:
        return case.submission
    submission, _token = receive_submission(
        concern.round, prepared.content, by=by, received_at=received_at
    )
    receive_statements(submission, prepared.statements, by=by, received_at=received_at)
    case.submission = submission
    _note(case, prepared, by=by)
    mail_receipt(submission, base_url=outside.base_url)
    tell_represented(case, base_url=outside.base_url, at=received_at)
    return submission


def send_again(
    concern: "Concern",
    composition: "Composition",
    plan: SendingPlan,
    *,
    outside: Outside,
    by: Actor,
    received_at: datetime,
) -> "Submission":
    """Send what has been changed and signed since as the next version; the earlier ones stay.

    Raises:
        NotReady: As :func:`send_response`, or nothing has been sent, or it is withdrawn.
        NothingNew: It says what was sent last.
        NotAttachable: A ticked branch answer may not go along.
    """
    case = concern.case
    if case is None or case.submission is None or case.submission.withdrawn_at is not None:
        raise NotReady
    prepared = prepare_sending(
        concern, composition, plan, outside=outside, by=by, received_at=received_at
    )
    hold_case(case)
    hold_submission(case.submission)
    try:
        receive_version(case.submission, prepared.content, by=by, received_at=received_at)
    except NothingChanged as same:
        raise NothingNew from same
    receive_statements(case.submission, prepared.statements, by=by, received_at=received_at)
    _note(case, prepared, by=by)
    mail_receipt(case.submission, base_url=outside.base_url)
    tell_represented(case, base_url=outside.base_url, at=received_at)
    return case.submission


def _note(case: ResponseCase, prepared: Prepared, *, by: Actor) -> None:
    """Remember which text was sent, and log with the organisation who pressed the button."""
    case.sent_version = prepared.version
    session().flush()
    record(
        Tag.CASE_SENT,
        subject=case.reference,
        by=by.reference,
        stream=organisation_stream(case.organisation_id),
        data={
            "digest": prepared.version.digest,
            "attached": sum(file.source_id is not None for file in prepared.content.files),
            "is_provisional": prepared.content.is_provisional,
        },
    )
