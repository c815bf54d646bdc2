"""The set-up as a task list."""

from typing import TYPE_CHECKING

from flask.typing import ResponseReturnValue

from consult.blueprints.desk import bp
from consult.blueprints.desk.presenters.setup import standing_of, task_items
from consult.blueprints.desk.views.setup.pages import show
from consult.blueprints.shared.access import requires
from consult.domain.rounds.queries import get_round, spec_of
from consult.domain.rounds.service.lifecycle import find_before_announcing
from consult.kernel.clock import utc_now
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/setup")
@requires(Permission.MANAGE_ROUND, on=get_round)
def setup(round_: "Round") -> ResponseReturnValue:
    """Everything a round is made of, with what is done and what is missing."""
    now = utc_now()
    findings = find_before_announcing(round_, now=now)
    standing = standing_of(round_, now=now)
    return show(
        "index.html",
        round_,
        tasks=task_items(round_, spec_of(round_), findings, standing=standing),
        blocking=sum(finding.blocks for finding in findings),
    )
