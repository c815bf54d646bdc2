"""Frozen data of a round: taking a snapshot, what it holds, and what has changed since."""

from typing import TYPE_CHECKING

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.documents import NOT_NOW, FreezeForm, SummaryForm
from consult.blueprints.desk.presenters.documents import LANGUAGES, present_document
from consult.blueprints.desk.presenters.snapshots import (
    MOST_ROWS,
    change_rows,
    count_facts,
    kinds_of,
    snapshot_rows,
)
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale
from consult.domain.accounts.queries import names_by_reference
from consult.domain.documents.building.counts import FrozenCounts
from consult.domain.documents.errors import NothingChanged
from consult.domain.documents.freezing.apart import are_few_apart
from consult.domain.documents.freezing.changes import compare
from consult.domain.documents.queries.gathering import gather_summary
from consult.domain.documents.service.building import request_document
from consult.domain.documents.service.freezing import next_name, take_snapshot
from consult.domain.documents.snapshots import (
    changes_since,
    documents_from,
    frozen_bytes,
    get_snapshot,
    list_snapshots,
    newest_snapshot,
    read_frozen,
)
from consult.domain.documents.types import DocumentKind
from consult.domain.rounds.queries import get_round
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from flask import Response

    from consult.domain.documents.models import Snapshot
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/snapshots")
@requires(Permission.VIEW_DESK, on=get_round)
def snapshots(round_: "Round") -> ResponseReturnValue:
    """Every snapshot of the round, the newest first."""
    found = list_snapshots(round_.id)
    names = names_by_reference({one.taken_by for one in found})
    rows = snapshot_rows(found, names)
    return render_template("desk/snapshots/list.html", round=round_, rows=rows)


@bp.get("/rounds/<slug:round_slug>/snapshots/new")
@requires(Permission.FREEZE_DATA, on=get_round)
def snapshot_new(round_: "Round") -> ResponseReturnValue:
    """What the data hold today and what has changed, before they are frozen."""
    wanted = request.args.get("locale", "")
    locale = wanted if wanted in LANGUAGES else NOT_NOW
    return _new_page(round_, FreezeForm(data={"name": next_name(round_), "locale": locale}).offer())


@bp.post("/rounds/<slug:round_slug>/snapshots/new")
@requires(Permission.FREEZE_DATA, on=get_round)
@transactional
def snapshot_take(round_: "Round") -> ResponseReturnValue:
    """Freeze the data, and build a summary from them if that was asked for."""
    form = FreezeForm().offer()
    if not form.validate():
        return _new_page(round_, form), 422
    try:
        taken = _take(round_, form)
    except InvalidInput as error:
        form.refuse(error, _refusals())
        return _new_page(round_, form), 422
    except NothingChanged as error:
        flash(_("Nothing has changed since these data were frozen."), "info")
        return redirect(_address(round_, error.snapshot), code=303)
    flash(_("The data are frozen as “%(name)s”.", name=taken.name), "success")
    if not form.summary_locale:
        return redirect(_address(round_, taken.public_id), code=303)
    flash(_("The summary is being built. You can leave this page meanwhile."), "success")
    return redirect(url_for("desk.documents", round_slug=round_.slug), code=303)


def _take(round_: "Round", form: FreezeForm) -> "Snapshot":
    now, actor = utc_now(), current_actor()
    name, reason = form.name.data or "", form.reason.data or ""
    taken = take_snapshot(round_, name=name, reason=reason, by=actor, now=now)
    if form.summary_locale:
        request_document(
            round_, DocumentKind.SUMMARY, locale=form.summary_locale, by=actor, snapshot=taken
        )
    return taken


def _refusals() -> dict[str, str]:
    return {
        "required": _("Say why the figures shall rest on these data."),
        "taken": _("There are data of this name already. Choose another name."),
    }


def _new_page(round_: "Round", form: FreezeForm) -> str:
    data = gather_summary(round_, now=utc_now())
    newest = newest_snapshot(round_.id)
    frozen = read_frozen(newest).data if newest else None
    changes = compare(frozen, data) if frozen else None
    return render_template(
        "desk/snapshots/new.html",
        round=round_,
        form=form,
        newest=newest,
        counts=count_facts(FrozenCounts.of(data)),
        is_unchanged=changes is not None and not changes,
        kinds=kinds_of(changes) if changes else [],
        few_apart=are_few_apart(frozen, data) if frozen else False,
    )


@bp.get("/rounds/<slug:round_slug>/snapshots/<pid:snapshot_id>")
@requires(Permission.VIEW_DESK, on=get_snapshot)
def snapshot(snapshot: "Snapshot") -> ResponseReturnValue:
    """What was frozen, what has changed since, and the documents built from it."""
    round_, now = snapshot.round, utc_now()
    changes = changes_since(snapshot, now=now)
    built = documents_from(snapshot.id)
    names = names_by_reference({snapshot.taken_by, *(one.requested_by for one in built)})
    return render_template(
        "desk/snapshots/snapshot.html",
        round=round_,
        snapshot=snapshot,
        row=snapshot_rows([snapshot], names)[0],
        counts=count_facts(FrozenCounts.from_json(snapshot.counts)),
        changes=changes,
        kinds=kinds_of(changes),
        rows=change_rows(changes, round_.slug),
        more=max(0, len(changes) - MOST_ROWS),
        cards=[present_document(one, names, now=now) for one in built],
        form=SummaryForm(data={"snapshot": snapshot.public_id, "locale": current_locale()}),
    )


@bp.get("/rounds/<slug:round_slug>/snapshots/<pid:snapshot_id>/data.json")
@requires(Permission.VIEW_DESK, on=get_snapshot)
def snapshot_data(snapshot: "Snapshot") -> ResponseReturnValue:
    """The frozen data, byte for byte: their SHA-256 is the one that documents print."""
    response: Response = make_response(frozen_bytes(snapshot))
    response.mimetype = "application/json"
    name = f"{snapshot.round.slug}-data-{snapshot.digest[:12]}.json"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _address(round_: "Round", snapshot_id: str) -> str:
    return url_for("desk.snapshot", round_slug=round_.slug, snapshot_id=snapshot_id)
