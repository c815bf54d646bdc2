"""What keeps a report from being published: mended in the text, or signed for by name."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.workspace.forms.checks import SignForForm
from consult.blueprints.workspace.loading import (
    DraftPlace,
    clearance_at,
    draft_of,
    draft_place,
)
from consult.blueprints.workspace.presenters.checks import (
    TO_DO,
    cleared_lines,
    groups_of,
    shown_line,
)
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.blueprints.workspace.routes import report
from consult.domain.composing.queries import list_parts
from consult.domain.reports.checking import blocking, check_report
from consult.domain.reports.service.clearing import sign_for, take_back
from consult.domain.reports.types import CHECK_LABELS
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.reports.models import Clearance
    from consult.domain.reports.types import CheckLine

_PLACE = "/checks"


@report(_PLACE)
@requires(Permission.VIEW_WORKSPACE, on=draft_place)
def report_checks(place: DraftPlace) -> ResponseReturnValue:
    """What must be mended or signed for, and what somebody has signed for."""
    composition = place.composition
    checked = check_report(composition) if composition else None
    parts = list_parts(composition.id) if composition else []
    return render_template(
        "workspace/reports/checks.html",
        organisation=place.organisation,
        round=place.round,
        rooms=room_tabs(place.organisation, place.round, place.kind),
        composition=composition,
        checked=checked,
        groups=groups_of(checked.open, composition, parts) if checked and composition else [],
        cleared=cleared_lines(checked, composition, parts) if checked and composition else [],
    )


@report(f"{_PLACE}/<key:code>", methods=["GET", "POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of)
@transactional
def check_sign(composition: "Composition", code: str) -> ResponseReturnValue:
    """Answer with one's name for something as it is."""
    line = next((one for one in blocking(composition) if one.code == code), None)
    if line is None or not line.may_be_signed_for:
        flash(_("This has changed meanwhile, or is settled. Look at the list again."), "warning")
        return redirect(_address(composition))
    form = SignForForm()
    if not form.validate_on_submit() or not _sign(composition, line, form):
        return _sign_page(composition, line, form), 422 if form.is_submitted() else 200
    flash(_("You have signed for it. If it changes, it comes back to the list."), "success")
    return redirect(_address(composition))


@report(f"{_PLACE}/cleared/<pid:clearance_id>", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=clearance_at)
@transactional
def check_reopen(clearance: "Clearance") -> ResponseReturnValue:
    """Look at something again that somebody has signed for."""
    take_back(clearance.composition, clearance, by=current_actor())
    flash(_("It is in the list again."), "success")
    return redirect(_address(clearance.composition))


def _sign(composition: "Composition", line: "CheckLine", form: SignForForm) -> bool:
    """Sign for a finding; says whether it was taken."""
    try:
        sign_for(composition, line, str(form.reason.data), by=current_actor())
    except InvalidInput as error:
        form.refuse(error, {})
        return False
    return True


def _sign_page(composition: "Composition", line: "CheckLine", form: SignForForm) -> str:
    return render_template(
        "workspace/reports/check_sign.html",
        organisation=composition.organisation,
        round=composition.round,
        rooms=(),
        composition=composition,
        form=form,
        one=shown_line(line, composition, list_parts(composition.id)),
        label=_(CHECK_LABELS[line.check]),
        to_do=TO_DO[line.check],
    )


def _address(composition: "Composition") -> str:
    return url_for(
        "workspace.report_checks",
        organisation=composition.organisation.slug,
        round_slug=composition.round.slug,
        kind=composition.kind,
    )
