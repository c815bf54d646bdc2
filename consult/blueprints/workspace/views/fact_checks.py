"""Those who are quoted in a report: asked before it is published, and answered."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.site import base_url
from consult.blueprints.workspace.forms.fact_checks import AskForm, SettleForm
from consult.blueprints.workspace.loading import DraftPlace, draft_of, draft_place, place_of
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.blueprints.workspace.routes import report
from consult.domain.composing.types import CompositionKind
from consult.domain.reports.fact_checks import get_fact_check, list_quoted
from consult.domain.reports.service.fact_checking import ask, default_due, settle
from consult.domain.reports.types import SETTLEMENT_LABELS, VERDICT_LABELS, Settlement
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import Conflict, InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.reports.models import FactCheck

_PATH = "/fact-checks"


def fact_check_of(
    organisation: str, round_slug: str, check_id: str, kind: str = CompositionKind.REPORT
) -> "FactCheck":
    """A question to a sender about an organisation's report. Raises ``NotFound``."""
    return get_fact_check(draft_of(organisation, round_slug, kind).id, check_id)


@report(_PATH)
@requires(Permission.VIEW_WORKSPACE, on=draft_place)
def fact_checks(place: DraftPlace) -> ResponseReturnValue:
    """Every sender who is quoted, the words, and what they say of them."""
    return _page(place)


@report(_PATH, methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of)
@transactional
def fact_checks_ask(composition: "Composition") -> ResponseReturnValue:
    """Ask those who are ticked whether the words are right."""
    form, ticked = AskForm(), frozenset(request.form.getlist("senders"))
    quoted = [one for one in list_quoted(composition) if one.submission.public_id in ticked]
    if not form.validate_on_submit() or form.due_on.data is None:
        return _page(place_of(composition), form=form, ticked=ticked), 422
    if not quoted:
        form.form_errors.append(_("Tick those whom you ask."))
        return _page(place_of(composition), form=form), 422
    round_ = composition.round
    contact = round_.contact.get("email") or current_app.config["SETTINGS"].contact_email
    try:
        asked, unreached = ask(
            quoted,
            composition.id,
            due_on=form.due_on.data,
            contact=str(contact),
            by=current_actor(),
            base_url=base_url(),
        )
    except InvalidInput as error:
        form.refuse(error, {"past": _("Choose a day that lies ahead.")})
        return _page(place_of(composition), form=form, ticked=ticked), 422
    if asked:
        text = ngettext("%(num)d sender is asked.", "%(num)d senders are asked.", len(asked))
        flash(text, "success")
    if unreached:
        names = ", ".join(one.submission.name for one in unreached)
        flash(_("No mail could be sent to these, they have given no address: %(names)s.",
                names=names), "warning")  # fmt: skip
    return redirect(_address(composition))


@report(f"{_PATH}/<pid:check_id>/settle", methods=["GET", "POST"])
@requires(Permission.WRITE_RESPONSE, on=fact_check_of)
@transactional
def fact_check_settle(check: "FactCheck") -> ResponseReturnValue:
    """Say what was done about an objection."""
    composition, form = check.composition, SettleForm().offer()
    if form.validate_on_submit():
        try:
            settle(
                check,
                Settlement(form.settlement.data),
                form.reason.data or "",
                by=current_actor(),
            )
        except InvalidInput as error:
            form.refuse(error, {"required": _("Say why the text stands. The sender reads it.")})
        except Conflict:
            flash(_("There is no objection to settle."), "info")
            return redirect(_address(composition))
        else:
            flash(_("Settled. The sender sees it with the answer."), "success")
            return redirect(_address(composition))
    page = render_template(
        "workspace/reports/fact_check_settle.html",
        organisation=composition.organisation,
        round=composition.round,
        composition=composition,
        check=check,
        form=form,
    )
    return page, 422 if form.is_submitted() else 200


def _page(
    place: DraftPlace, *, form: AskForm | None = None, ticked: frozenset[str] = frozenset()
) -> str:
    today = to_oslo(utc_now()).date()
    composition = place.composition
    return render_template(
        "workspace/reports/fact_checks.html",
        organisation=place.organisation,
        round=place.round,
        rooms=room_tabs(place.organisation, place.round, place.kind),
        composition=composition,
        quoted=list_quoted(composition) if composition else (),
        form=form or AskForm(formdata=None, due_on=default_due(today)),
        ticked=ticked,
        verdicts=VERDICT_LABELS,
        settlements=SETTLEMENT_LABELS,
    )


def _address(composition: "Composition") -> str:
    return url_for(
        "workspace.fact_checks",
        organisation=composition.organisation.slug,
        round_slug=composition.round.slug,
        kind=composition.kind,
    )
