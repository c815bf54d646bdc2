"""Words for what was added to an answer later."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.blueprints.shared.context import format_day

if TYPE_CHECKING:
    from consult.domain.submissions.models import Answer


def supplement_in_words(answer: "Answer") -> str | None:
    """That a part is a supplement, and when it came; nothing for what was said at first."""
    if answer.supplement is None:
        return None
    submission = answer.version.submission
    versions = {one.number: one for one in submission.versions}
    received_at = versions[answer.supplement].received_at or submission.received_at
    return str(_("Supplement, received %(day)s", day=format_day(received_at)))
