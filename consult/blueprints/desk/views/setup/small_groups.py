"""Under which number of persons nothing is told of them."""

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.small_groups import SmallGroupsForm
from consult.blueprints.desk.views.setup.pages import show
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.rounds.queries import get_round
from consult.domain.rounds.service.small_groups import change_small_groups
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@bp.route("/rounds/<slug:round_slug>/setup/small-groups", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def setup_small_groups(round_: "Round") -> ResponseReturnValue:
    """Decide from how many persons on numbers are told."""
    form = SmallGroupsForm(data={"threshold": round_.small_groups})
    if not form.validate_on_submit():
        return show("small_groups.html", round_, form=form), 422 if form.errors else 200
    change_small_groups(round_, form.chosen, by=current_actor())
    flash(_("Saved. Tables and files follow at once; frozen data stay as they were."), "success")
    return redirect(url_for("desk.setup", round_slug=round_.slug))
