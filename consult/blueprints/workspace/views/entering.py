"""The way in: my organisations."""

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.shared.access import requires
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.workspace import bp
from consult.domain.organisations.queries import organisations_by_id
from consult.policy import Permission


@bp.get("/")
@requires(Permission.VIEW_OWN_ORGANISATIONS)
def mine() -> ResponseReturnValue:
    """The organisations in which I have a role."""
    bodies = organisations_by_id(current_actor().organisation_ids).values()
    return render_template(
        "workspace/mine.html", organisations=sorted(bodies, key=lambda body: body.name)
    )
