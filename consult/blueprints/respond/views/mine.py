"""What I have begun and what I have sent."""

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.respond import bp
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.actor import current_actor
from consult.domain.submissions.queries import list_drafts_of, list_sent_by
from consult.domain.submissions.types import SUBMISSION_STATUS_LABELS
from consult.policy import Permission
from consult.policy.scope import drafting_organisation_ids


@bp.get("/mine")
@requires(Permission.VIEW_OWN_ANSWERS)
def mine() -> ResponseReturnValue:
    """My drafts and answers, those of my organisations included."""
    actor = current_actor()
    return render_template(
        "respond/mine.html",
        drafts=list_drafts_of(actor, drafting_organisation_ids(actor)),
        sent=list_sent_by(actor),
        statuses=SUBMISSION_STATUS_LABELS,
    )
