"""Shaping what an organisation has joined."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.blueprints.shared.context import format_moment
from consult.blueprints.shared.joining import points_of
from consult.domain.submissions.types import DEADLINE_STATUS_LABELS, PUBLICATION_LABELS

if TYPE_CHECKING:
    from consult.domain.submissions.models import Endorsement


def joined_facts(joined: "Endorsement") -> list[tuple[str, str]]:
    """What was joined, when, and how it stands to the deadline."""
    submission = joined.submission
    return [
        (_("You join"), _("the answer from %(name)s", name=joined.of_name)),
        (_("It holds for"), "; ".join(points_of(joined)) or _("All of it")),
        (_("Reservations"), joined.reservations or _("None")),
        (_("Number"), submission.receipt_number),
        (_("Received"), format_moment(submission.received_at)),
        (_("Deadline"), _(DEADLINE_STATUS_LABELS[submission.deadline_status])),
        (_("Publication"), _(PUBLICATION_LABELS[submission.publication])),
    ]
