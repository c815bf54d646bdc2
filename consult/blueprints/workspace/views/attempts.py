"""Who was refused something that only the organisation knows of."""

from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.shared.access import requires
from consult.blueprints.shared.lists import page_of
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.loading import workspace_of
from consult.blueprints.workspace.presenters.attempts import attempt_rows
from consult.domain.audit.queries import EntryFilter, count_entries, search_entries
from consult.domain.audit.types import Tag, organisation_stream
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation


@bp.get("/<slug:organisation>/attempts")
@requires(Permission.MANAGE_MEMBERS, on=workspace_of)
def attempts(organisation: "Organisation") -> ResponseReturnValue:
    """Attempts to get at what is ours alone, newest first."""
    wanted = EntryFilter(tag=Tag.ACCESS_DENIED, stream=organisation_stream(organisation.id))
    paging = page_of(count_entries(wanted))
    entries = search_entries(wanted, offset=paging.offset, limit=paging.size)
    return render_template(
        "workspace/attempts.html",
        organisation=organisation,
        rows=attempt_rows(entries, owner_id=organisation.id),
        paging=paging,
    )
