"""On what ground a branch answered inside its organisation, in words, wherever it is shown."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.blueprints.shared.context import current_locale
from consult.domain.submissions.mandates import EXPOSURE_LABELS, mandate_in_words, mandate_of

if TYPE_CHECKING:
    from consult.domain.submissions.models import Draft, Submission


def ground_facts(sender: "Draft | Submission") -> list[tuple[str, str]]:
    """The mandate and how far the answer may go, as pairs of label and value, where told."""
    pairs = [
        (_("Mandate"), mandate_in_words(mandate_of(sender.mandate), current_locale())),
        (_("How far it may go"), _(EXPOSURE_LABELS[sender.exposure]) if sender.exposure else ""),
    ]
    return [(label, value) for label, value in pairs if value]
