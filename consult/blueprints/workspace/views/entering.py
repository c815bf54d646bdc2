"""The way in: my organisations, and the first room of each."""

from typing import TYPE_CHECKING

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.blueprints.shared.access import requires
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.loading import workspace_of
from consult.domain.organisations.queries import organisations_by_id
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation


@bp.get("/")
@requires(Permission.VIEW_OWN_ORGANISATIONS)
def mine() -> ResponseReturnValue:
    """The organisations in which I have a role."""
    bodies = organisations_by_id(current_actor().organisation_ids).values()
    return render_template(
        "workspace/mine.html", organisations=sorted(bodies, key=lambda body: body.name)
    )


@bp.get("/<slug:organisation>")
@requires(Permission.VIEW_WORKSPACE, on=workspace_of)
def home(organisation: "Organisation") -> ResponseReturnValue:
    """Into the workspace, to its first room."""
    return redirect(url_for("workspace.members", organisation=organisation.slug))
