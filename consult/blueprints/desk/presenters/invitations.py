"""Shaping the list of consultees: each with what has become of its invitation."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from consult.domain.organisations.types import ACTOR_TYPE_LABELS, ActorType
from consult.domain.rounds.rules import invitation_status
from consult.domain.rounds.types import (
    INVITATION_REASON_LABELS,
    INVITATION_STATUS_LABELS,
    ROW_PROBLEM_LABELS,
    InvitationStatus,
    RowProblem,
)

if TYPE_CHECKING:
    from consult.domain.rounds.models import Invitation, Round

_TONES = {
    InvitationStatus.ANSWERED: "success",
    InvitationStatus.SENT: "info",
    InvitationStatus.FAILED: "danger",
    InvitationStatus.NO_ADDRESS: "warning",
}


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """One body on the list.

    Attributes:
        happened_at: When it was last written to, if ever.
        deadline_at: Its own deadline, if it has one.
    """

    public_id: str
    name: str
    actor_type: ActorType
    kind: str
    reason: str
    status: InvitationStatus
    label: str
    tone: str
    happened_at: datetime | None
    is_reminded: bool
    deadline_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A row of a file that was not accepted, in words."""

    row: int
    value: str
    text: str


def invitation_rows(
    invitations: Sequence["Invitation"], answered: Collection[int]
) -> list[InvitationRow]:
    """Bodies with what has become of their invitations."""
    return [_row(invitation, answered) for invitation in invitations]


def _row(invitation: "Invitation", answered: Collection[int]) -> InvitationRow:
    message = invitation.message
    status = invitation_status(
        address=invitation.address,
        sent_at=invitation.sent_at,
        has_failed=message is not None and message.failed_at is not None,
        has_answered=invitation.organisation_id in answered,
        has_declined=invitation.declined_at is not None,
    )
    return InvitationRow(
        public_id=invitation.public_id,
        name=invitation.organisation.name,
        actor_type=invitation.organisation.actor_type,
        kind=_(ACTOR_TYPE_LABELS[invitation.organisation.actor_type]),
        reason=_(INVITATION_REASON_LABELS[invitation.reason]),
        status=status,
        label=_(INVITATION_STATUS_LABELS[status]),
        tone=_TONES.get(status, "neutral"),
        happened_at=invitation.reminded_at or invitation.sent_at,
        is_reminded=invitation.reminded_at is not None,
        deadline_at=invitation.deadline_at,
    )


def count_statuses(rows: Sequence[InvitationRow]) -> Mapping[str, int]:
    """How many bodies stand in each state, every state named."""
    counted = Counter(row.status.value for row in rows)
    return {status.value: counted[status.value] for status in InvitationStatus}


def status_tabs(
    round_: "Round", rows: Sequence[InvitationRow], *, wanted: str
) -> list[dict[str, Any]]:
    """The list by state, as tabs; states that nobody is in are left out."""
    counts = count_statuses(rows)
    shown = [("", _("All"), len(rows))]
    shown += [
        (status.value, _(label), counts[status.value])
        for status, label in INVITATION_STATUS_LABELS.items()
        if counts[status.value]
    ]
    return [
        {
            "text": text,
            "href": url_for("desk.invitations", round_slug=round_.slug, status=value or None),
            "current": value == wanted,
            "count": number,
        }
        for value, text, number in shown
    ]


def problem_rows(problems: Sequence[RowProblem]) -> list[ProblemRow]:
    """Rows that were not accepted, with the reason in words."""
    return [
        ProblemRow(problem.row, problem.value, _(ROW_PROBLEM_LABELS[problem.code]))
        for problem in problems
    ]
