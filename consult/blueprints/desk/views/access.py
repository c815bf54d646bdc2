"""Access requests: what others may read of the round's answers, as one file to hand out."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.access import AccessForm
from consult.blueprints.desk.presenters.access import package_card
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale
from consult.domain.accounts.queries import names_by_reference
from consult.domain.disclosure.access import list_unnamed
from consult.domain.disclosure.queries import count_reviews
from consult.domain.disclosure.types import ReviewState
from consult.domain.documents.packages import (
    ACCESS,
    get_package,
    less_may_be_given,
    list_packages,
)
from consult.domain.documents.service.packaging import (
    note_fetched,
    request_package,
    restart_package,
)
from consult.domain.rounds.queries import get_round
from consult.kernel.clock import to_oslo, utc_now
from consult.policy import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consult.blueprints.desk.presenters.access import PackageCard
    from consult.domain.documents.models import AccessPackage
    from consult.domain.rounds.models import Round

_PACKAGE = "/rounds/<slug:round_slug>/access/<pid:package_id>"


@bp.get("/rounds/<slug:round_slug>/access")
@requires(Permission.VIEW_DESK, on=get_round)
def access(round_: "Round") -> ResponseReturnValue:
    """The packages there are, and a form that asks for another."""
    form = AccessForm(formdata=None, data={"locale": current_locale()})
    return _page(round_, form.offer(list_unnamed(round_.id)))


@bp.post("/rounds/<slug:round_slug>/access")
@requires(Permission.REVIEW_ANSWERS, on=get_round)
@transactional
def request_access(round_: "Round") -> ResponseReturnValue:
    """Ask for a package; it is made outside the request."""
    form = AccessForm().offer(list_unnamed(round_.id))
    if not form.validate_on_submit():
        return _page(round_, form), 422
    request_package(
        round_,
        form.wanted,
        locale=form.locale.data,
        named={int(number) for number in form.named.data or ()},
        by=current_actor(),
    )
    flash(_("The package is being made. You can leave this page meanwhile."), "success")
    return _back(round_.slug)


@bp.get(f"{_PACKAGE}/state")
@requires(Permission.VIEW_DESK, on=get_package)
def access_state(package: "AccessPackage") -> ResponseReturnValue:
    """How far it is: the part of the page that looks again by itself."""
    [card] = _cards([package])
    return render_template("desk/access/state.html", round=package.round, card=card)


@bp.post(f"{_PACKAGE}/file")
@requires(Permission.REVIEW_ANSWERS, on=get_package)
@transactional
def fetch_access(package: "AccessPackage") -> ResponseReturnValue:
    """The package itself; who fetches it stands in the log."""
    [card] = _cards([package])
    if not card.can_be_fetched or package.digest is None:
        flash(card.problem or _("The package is not ready yet."), "warning")
        return _back(package.round.slug)
    note_fetched(package, by=current_actor())
    day = to_oslo(package.finished_at or package.requested_at).date().isoformat()
    return send_file(
        current_app.extensions["files"].part(ACCESS).open(package.digest),
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"{package.round.slug}-{day}.zip",
    )


@bp.post(f"{_PACKAGE}/restart")
@requires(Permission.REVIEW_ANSWERS, on=get_package)
@transactional
def restart_access(package: "AccessPackage") -> ResponseReturnValue:
    """Make again what has failed or stopped."""
    restart_package(package, by=current_actor(), now=utc_now())
    flash(_("The package is being made again."), "success")
    return _back(package.round.slug)


def _page(round_: "Round", form: AccessForm) -> str:
    return render_template(
        "desk/access/list.html",
        round=round_,
        form=form,
        cards=_cards(list_packages(round_.id)),
        waiting=count_reviews(round_.id).get(ReviewState.WAITING, 0),
    )


def _cards(packages: "Sequence[AccessPackage]") -> "list[PackageCard]":
    names = names_by_reference({one.requested_by for one in packages})
    outdated, now = less_may_be_given(packages), utc_now()
    return [package_card(one, names, outdated, now=now) for one in packages]


def _back(slug: str) -> ResponseReturnValue:
    return redirect(url_for("desk.access", round_slug=slug), code=303)
