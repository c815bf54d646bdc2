"""The desk's first page and the overview of a round."""

from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.desk import bp
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.actor import current_actor
from consult.domain.rounds.queries import get_round, rounds_owned_by
from consult.policy import Permission
from consult.policy.scope import desk_owner_ids

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@bp.get("/")
@requires(Permission.VIEW_DESK_HOME)
def home() -> ResponseReturnValue:
    """The rounds I work with."""
    rounds = rounds_owned_by(desk_owner_ids(current_actor()))
    return render_template("desk/home.html", rounds=rounds)


@bp.get("/rounds/<slug:round_slug>")
@requires(Permission.VIEW_DESK, on=get_round)
def overview(round_: "Round") -> ResponseReturnValue:
    """Where the round stands."""
    return render_template("desk/overview.html", round=round_)
