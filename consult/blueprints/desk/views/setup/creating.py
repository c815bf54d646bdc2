"""Making a round."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.setup import NewRoundForm
from consult.blueprints.desk.presenters.kinds import round_type_hints
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale
from consult.domain.organisations.queries import get_organisation, organisations_by_id
from consult.domain.rounds.service import create_round
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import NotFound
from consult.policy import Permission, can
from consult.policy.scope import coordinated_organisation_ids


@bp.route("/rounds/new", methods=["GET", "POST"])
@requires(Permission.CREATE_ROUND)
@transactional
def new_round() -> ResponseReturnValue:
    """Ask for what a round needs to exist, and make it."""
    form = _new_form()
    if not form.validate_on_submit():
        page = render_template("desk/setup/new.html", form=form, hints=round_type_hints())
        return page, 422 if form.errors else 200
    owner = get_organisation(form.owner.data)
    if not can(current_actor(), Permission.CREATE_ROUND, owner):
        raise NotFound("organisation", owner.slug)
    round_ = create_round(form.spec(locale=current_locale()), owner=owner, by=current_actor())
    flash(_("The round is made. Nobody but your desk sees it until you announce it."), "success")
    return redirect(url_for("desk.setup", round_slug=round_.slug))


def _new_form() -> NewRoundForm:
    """The form with a sensible start: from next week, for six weeks."""
    owners = organisations_by_id(coordinated_organisation_ids(current_actor())).values()
    by_name = sorted(owners, key=lambda owner: owner.name)
    opens = to_oslo(utc_now()).date() + timedelta(days=7)
    return NewRoundForm(
        owners={owner.slug: owner.name for owner in by_name},
        data={
            "languages": ["nb", "nn"],
            "opens": opens,
            "closes": opens + timedelta(weeks=6),
        },
    )
