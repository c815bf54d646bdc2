"""Which frozen data a report's figures come from, and taking up newer ones."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.site import base_url
from consult.blueprints.workspace.forms.data import TakeUpForm
from consult.blueprints.workspace.loading import DraftPlace, draft_of, draft_place
from consult.blueprints.workspace.presenters.data import Difference, present_difference
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.blueprints.workspace.routes import report
from consult.domain.composing.errors import TextIsSealed
from consult.domain.composing.sealing import seal_state
from consult.domain.documents.errors import NoLongerPrintable
from consult.domain.documents.snapshots import (
    changes_between,
    changes_since,
    get_snapshot,
    newest_snapshot,
)
from consult.domain.reports.service.basing import is_newer, take_up_data
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission, can

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.documents.freezing.types import Changes
    from consult.domain.documents.models import Snapshot
    from consult.domain.rounds.models import Round


@report("/data")
@requires(Permission.VIEW_WORKSPACE, on=draft_place)
def report_data(place: DraftPlace) -> ResponseReturnValue:
    """The data of the report, what newer ones would change, and what has changed since."""
    used = place.composition.snapshot if place.composition else None
    newest = newest_snapshot(place.round.id)
    offered = newest if newest and (used is None or is_newer(newest, used)) else None
    latest = offered or used
    since = changes_since(latest, now=utc_now()) if latest else None
    between = changes_between(used, offered) if used and offered else None
    return render_template(
        "workspace/reports/data.html",
        organisation=place.organisation,
        round=place.round,
        rooms=room_tabs(place.organisation, place.round, place.kind),
        composition=place.composition,
        used=used,
        offered=offered,
        latest=latest,
        between=_told(between, place.round),
        since=_told(since, place.round),
        is_outdated=bool(since and since.forbidding),
        form=TakeUpForm(formdata=None, data={"snapshot": offered.public_id if offered else ""}),
    )


@report("/data", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of)
@transactional
def report_data_take_up(composition: "Composition") -> ResponseReturnValue:
    """Let the figures come from the data whose difference was shown."""
    form = TakeUpForm()
    back = _address("report_data", composition)
    if not form.validate_on_submit():
        flash(_("Nothing was changed. Look at the data again."), "danger")
        return redirect(back, code=303)
    snapshot = get_snapshot(composition.round.slug, str(form.snapshot.data))
    try:
        _take_up(composition, snapshot, form)
    except TextIsSealed:
        return _ask_to_break(composition, form), 409
    except InvalidInput:
        flash(_("Nothing was changed: the report rests on these data or newer ones."), "info")
    except NoLongerPrintable:
        flash(
            _("Nothing was changed: these data hold words that may not be printed. Freeze anew."),
            "danger",
        )
    else:
        flash(_("The figures now come from “%(name)s”.", name=snapshot.name), "success")
    return redirect(back, code=303)


def _take_up(composition: "Composition", snapshot: "Snapshot", form: TakeUpForm) -> None:
    take_up_data(
        composition,
        snapshot,
        part=_("Data"),
        breaks_seal=bool(form.breaks_seal.data),
        base_url=base_url(),
        by=current_actor(),
        now=utc_now(),
    )


def _ask_to_break(composition: "Composition", form: TakeUpForm) -> str:
    return render_template(
        "workspace/review/seal.html",
        organisation=composition.organisation,
        round=composition.round,
        composition=composition,
        form=form,
        action=_address("report_data_take_up", composition),
        back=_address("report_data", composition),
        seal=seal_state(composition),
    )


def _told(changes: "Changes | None", round_: "Round") -> Difference | None:
    if changes is None:
        return None
    return present_difference(changes, names=can(current_actor(), Permission.VIEW_DESK, round_))


def _address(name: str, composition: "Composition") -> str:
    return url_for(
        f"workspace.{name}",
        organisation=composition.organisation.slug,
        round_slug=composition.round.slug,
        kind=composition.kind,
    )
