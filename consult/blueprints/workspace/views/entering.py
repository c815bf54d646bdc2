"""The way in: my organisations."""

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.shared.access import requires
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.lists import asked_text
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.presenters.members import request_rows
from consult.domain.organisations.queries import (
    organisations_by_id,
    requests_of,
    search_organisations,
)
from consult.domain.organisations.types import ACTOR_TYPE_LABELS
from consult.policy import Permission

_MOST_FOUND = 20


@bp.get("/")
@requires(Permission.VIEW_OWN_ORGANISATIONS)
def mine() -> ResponseReturnValue:
    """The organisations in which I have a role, those I have asked, and a way to ask more."""
    actor = current_actor()
    bodies = organisations_by_id(actor.organisation_ids).values()
    wanted = asked_text("q")
    return render_template(
        "workspace/mine.html",
        organisations=sorted(bodies, key=lambda body: body.name),
        requests=request_rows(requests_of(actor.person_id or 0)),
        wanted=wanted,
        found=search_organisations(wanted, limit=_MOST_FOUND) if wanted else [],
        kinds=ACTOR_TYPE_LABELS,
    )
