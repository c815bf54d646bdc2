"""Members: who has which role in the organisation, from when and until when."""

from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.shared.access import requires
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.loading import workspace_of
from consult.domain.organisations.queries import list_memberships
from consult.domain.organisations.types import ROLE_LABELS
from consult.kernel.clock import utc_now
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation


@bp.get("/<slug:organisation>/members")
@requires(Permission.VIEW_WORKSPACE, on=workspace_of)
def members(organisation: "Organisation") -> ResponseReturnValue:
    """Who works for the organisation now, and whose role has ended."""
    now = utc_now()
    memberships = list_memberships(organisation.id)
    return render_template(
        "workspace/members.html",
        organisation=organisation,
        current=[one for one in memberships if one.ends_at is None or one.ends_at > now],
        ended=[one for one in memberships if one.ends_at is not None and one.ends_at <= now],
        role_labels=ROLE_LABELS,
    )
