"""Our response beside what we have said before and what others say in public."""

from typing import TYPE_CHECKING

from flask import render_template, request
from flask.typing import ResponseReturnValue

from consult.blueprints.shared.access import requires
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.loading import ResponsePlace, response_place
from consult.blueprints.workspace.presenters.comparing import (
    earlier_cards,
    ours_on,
    published_groups,
    taken_out,
)
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.domain.composing.queries import list_parts
from consult.domain.responses.comparing import list_earlier, list_published_on
from consult.domain.rounds.queries import list_proposals
from consult.policy import Permission, can

if TYPE_CHECKING:
    from consult.domain.rounds.models import Proposal


@bp.get("/<slug:organisation>/cases/<slug:round_slug>/compare")
@requires(Permission.VIEW_WORKSPACE, on=response_place)
def compare(place: ResponsePlace) -> ResponseReturnValue:
    """One proposal: where we stand, what we said before, what others say."""
    round_ = place.round
    proposals = list_proposals(round_.id)
    wanted = request.args.get("proposal", "")
    chosen = next((one for one in proposals if one.key == wanted), None)
    chosen = chosen or next(iter(proposals), None)
    return render_template(
        "workspace/compare.html",
        organisation=place.organisation,
        round=round_,
        rooms=room_tabs(place.organisation, round_),
        proposals=proposals,
        proposal=chosen,
        language=place.composition.language if place.composition else "",
        **(_beside(place, chosen) if chosen is not None else {}),
    )


def _beside(place: ResponsePlace, proposal: "Proposal") -> dict[str, object]:
    parts = list_parts(place.composition.id) if place.composition else ()
    ours = ours_on(proposal, parts)
    is_public = can(current_actor(), Permission.VIEW_PUBLISHED, place.round)
    own_id = place.organisation.id
    published = list_published_on(proposal, without=own_id, say=taken_out) if is_public else []
    return {
        "ours": ours,
        "earlier": earlier_cards(list_earlier(own_id, proposal)),
        "groups": published_groups(published, ours.stance),
    }
