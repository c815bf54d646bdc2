"""Shaping what stands around an answer: political bodies, co-senders, sources of attachments."""

from typing import TYPE_CHECKING, Any

from consult.blueprints.shared.context import format_day
from consult.domain.submissions.parties import Capacity

if TYPE_CHECKING:
    from consult.domain.submissions.models import Party, SubmissionVersion


def case_step_rows(version: "SubmissionVersion") -> list[dict[str, Any]]:
    """The way through political bodies, recommendation beside decision."""
    return [
        {
            "body": step.body,
            "held_on": format_day(step.held_on) if step.held_on else "",
            "case_number": step.case_number,
            "proposed": step.proposed,
            "decided": step.decided,
            "was_changed": step.was_changed,
        }
        for step in version.political_steps
    ]


def behind_of(version: "SubmissionVersion") -> dict[str, list["Party"]]:
    """Who stands on a version: those who signed, bodies that send it too, sources of files."""
    wanted = {
        "signed": Capacity.SIGNATORY,
        "together": Capacity.CO_SENDER,
        "sources": Capacity.SOURCE,
    }
    return {
        name: [party for party in version.parties if party.capacity is capacity]
        for name, capacity in wanted.items()
    }
