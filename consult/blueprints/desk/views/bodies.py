"""Which bodies answered, counted as they were then or as they are today."""

from typing import TYPE_CHECKING

from flask import render_template, request
from flask.typing import ResponseReturnValue

from consult.blueprints.desk import bp
from consult.blueprints.desk.presenters.bodies import rule_tabs
from consult.blueprints.shared.access import requires
from consult.domain.analysis.bodies import BodyRule
from consult.domain.analysis.queries.bodies import bodies_that_answered
from consult.domain.rounds.queries import get_round
from consult.kernel.clock import to_oslo, utc_now
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/bodies")
@requires(Permission.VIEW_DESK, on=get_round)
def bodies(round_: "Round") -> ResponseReturnValue:
    """The bodies that answered, each under the one it belongs to."""
    rule = request.args.get("by", BodyRule.THEN, type=BodyRule)
    today = to_oslo(utc_now()).date()
    return render_template(
        "desk/bodies.html",
        round=round_,
        rule=rule,
        rules=BodyRule,
        today=today,
        tabs=rule_tabs(round_.slug, rule),
        table=bodies_that_answered(round_.id, rule, on=today),
    )
