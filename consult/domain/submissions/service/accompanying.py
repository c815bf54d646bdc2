"""Statements that lie beside an answer: a council's or a branch's own, sent along by another body.

Each is an answer of its own, with its own number, text, passages and stance, and never a part of
the answer it came with (domain guide §2.4, scenarios 40 and 54).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.submissions.companions import list_statements
from consult.domain.submissions.errors import NothingChanged, NotLinkable
from consult.domain.submissions.service.receiving import SENDER, receive_submission
from consult.domain.submissions.service.revising import receive_version
from consult.domain.submissions.types import (
    STANDING_STATUSES,
    SubmissionContent,
    SubmissionStatus,
)

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


def receive_statements(
    carrier: "Submission",
    contents: Sequence[SubmissionContent],
    *,
    by: Actor,
    received_at: datetime,
) -> None:
    """Let exactly these statements lie beside an answer; each sender is a registered body.

    One that was sent along before becomes a new version, if it says something else now; one that
    is not sent along any more is withdrawn. The deadline is that of the answer they came with.

    Raises:
        InvalidInput: As ``receive_submission``.
    """
    before = {one.organisation_id: one for one in _sent_along(carrier)}
    for content in contents:
        known = before.pop(content.respondent.organisation_id, None)
        if known is None:
            _receive(carrier, content, by=by, received_at=received_at)
            continue
        try:
            receive_version(known, content, by=by, received_at=received_at)
        except NothingChanged:
            continue
        known.deadline_status = carrier.deadline_status
    _withdraw(tuple(before.values()), now=received_at)


def _receive(
    carrier: "Submission", content: SubmissionContent, *, by: Actor, received_at: datetime
) -> None:
    statement, _token = receive_submission(carrier.round, content, by=by, received_at=received_at)
    statement.came_with = carrier
    statement.deadline_status = carrier.deadline_status
    session().flush()
    _log(statement, {"with": carrier.number})


def _sent_along(carrier: "Submission") -> "Sequence[Submission]":
    """The statements beside an answer that whoever sent it has sent and not taken back."""
    return [
        one
        for one in list_statements(carrier.id)
        if one.was_sent_along and one.status is not SubmissionStatus.WITHDRAWN
    ]


def withdraw_along(carrier: "Submission", *, now: datetime) -> None:
    """Take back what was sent along with an answer that is withdrawn."""
    _withdraw(_sent_along(carrier), now=now)


def _withdraw(statements: "Sequence[Submission]", *, now: datetime) -> None:
    """Take statements back that were sent along; whose they are may still answer itself."""
    for one in statements:
        before = one.status
        one.status, one.withdrawn_at = SubmissionStatus.WITHDRAWN, now
        record(
            Tag.SUBMISSION_WITHDRAWN,
            subject=one.reference,
            by=SENDER,
            stream=organisation_stream(one.round.owner_id),
            data={
                "number": one.number,
                "status": {"before": before.value, "after": one.status.value},
            },
        )
    session().flush()


def link_statement(statement: "Submission", carrier: "Submission", *, by: Actor) -> None:
    """Note that an answer that the owner's staff registered lay beside another.

    Raises:
        NotLinkable: It is the same answer, of another round, was sent by its own sender, or one of
            the two lies beside a third already.
    """
    fits = (
        statement.id != carrier.id
        and statement.round_id == carrier.round_id
        and statement.registered_by is not None
        and carrier.came_with_id is None
        and not list_statements(statement.id)
        and carrier.status in STANDING_STATUSES
    )
    if not fits:
        raise NotLinkable(carrier.number)
    statement.came_with = carrier
    session().flush()
    _log(statement, {"with": carrier.number}, by=by)


def unlink_statement(statement: "Submission", *, by: Actor) -> None:
    """Take back that an answer lay beside another; what was sent along stays what it is."""
    if statement.came_with_id is None or statement.was_sent_along:
        return
    statement.came_with = None
    session().flush()
    _log(statement, {"with": None}, by=by)


def _log(statement: "Submission", data: Mapping[str, object], *, by: Actor | None = None) -> None:
    record(
        Tag.SUBMISSION_CAME_WITH,
        subject=statement.reference,
        by=by.reference if by else SENDER,
        stream=organisation_stream(statement.round.owner_id),
        data=dict(data),
    )
