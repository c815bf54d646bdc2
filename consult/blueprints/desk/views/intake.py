"""Intake of a round."""

from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.desk import bp
from consult.blueprints.shared.access import requires
from consult.domain.rounds.queries import get_round
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/intake")
@requires(Permission.VIEW_DESK, on=get_round)
def intake(round_: "Round") -> ResponseReturnValue:
    """Intake of the round."""
    return render_template("desk/intake.html", round=round_)
