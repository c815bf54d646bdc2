"""Set-up of a round."""

from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.desk import bp
from consult.blueprints.shared.access import requires
from consult.domain.rounds.queries import get_round
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/setup")
@requires(Permission.MANAGE_ROUND, on=get_round)
def setup(round_: "Round") -> ResponseReturnValue:
    """Set-up of the round."""
    return render_template("desk/setup.html", round=round_)
