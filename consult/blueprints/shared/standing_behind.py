"""Shaping what stands around an answer: political bodies, co-senders, sources of attachments."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from consult.blueprints.shared.context import format_day
from consult.domain.submissions.parties import Capacity

if TYPE_CHECKING:
    from consult.domain.submissions.models import Party, SubmissionVersion


def case_step_rows(
    version: "SubmissionVersion", *, shown: Callable[[str], str] = str
) -> list[dict[str, Any]]:
    """The way through political bodies, recommendation beside decision.

    ``shown`` is what readers may see of the sender's words.
    """
    return [
        {
            "body": shown(step.body),
            "held_on": format_day(step.held_on) if step.held_on else "",
            "case_number": shown(step.case_number),
            "proposed": shown(step.proposed),
            "decided": shown(step.decided),
            "was_changed": step.was_changed,
        }
        for step in version.political_steps
    ]


def behind_facts(version: "SubmissionVersion") -> list[tuple[str, str]]:
    """In whose name it is sent, and together with whom, as pairs of label and value."""
    facts = []
    for party in version.parties:
        if party.capacity is Capacity.ON_BEHALF_OF:
            name = party.name
            if not party.is_confirmed:
                name = _("%(name)s (says it is not its own)", name=name)
            facts += [(_("On behalf of"), name), (_("On what ground"), party.ground or "")]
    together = [
        party.name if party.is_confirmed else _("%(name)s (not confirmed)", name=party.name)
        for party in version.parties
        if party.capacity is Capacity.CO_SENDER
    ]
    if together:
        facts.append((_("Together with"), ", ".join(together)))
    return facts


def behind_of(version: "SubmissionVersion") -> dict[str, list["Party"]]:
    """Who stands on a version: those who signed, and sources of files."""
    wanted = {"signed": Capacity.SIGNATORY, "sources": Capacity.SOURCE}
    return {
        name: [party for party in version.parties if party.capacity is capacity]
        for name, capacity in wanted.items()
    }
