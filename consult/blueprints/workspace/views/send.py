"""Sending the response: what is checked, what goes along, and what comes after."""

from typing import TYPE_CHECKING, Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.arrival import request_arrived_at
from consult.blueprints.shared.site import base_url
from consult.blueprints.shared.standing_behind import case_step_rows
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.forms.send import SendForm, WithdrawForm
from consult.blueprints.workspace.loading import concern_of
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.blueprints.workspace.presenters.send import check_rows, sent_facts
from consult.blueprints.workspace.views.letters import printing
from consult.domain.composing.frozen import current_digest
from consult.domain.composing.queries import find_composition
from consult.domain.responses.checking import blocks
from consult.domain.responses.enclosures import list_enclosures
from consult.domain.responses.errors import NothingNew, NotReady
from consult.domain.responses.readiness import check_before_sending, list_attachable
from consult.domain.responses.service.preparing import Outside
from consult.domain.responses.service.sending import send_again, send_response
from consult.domain.submissions.companions import list_statements
from consult.domain.submissions.service.amending import withdraw_submission
from consult.domain.submissions.types import SubmissionStatus
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.responses.listing import Concern
    from consult.domain.submissions.models import Submission

_PLACE = "/<slug:organisation>/cases/<slug:round_slug>/send"


@bp.get(_PLACE)
@requires(Permission.VIEW_WORKSPACE, on=concern_of)
def send(concern: "Concern") -> ResponseReturnValue:
    """What stands in the way, the letter as it will be, and sending it; or what was sent."""
    return _page(concern, _form(concern))


@bp.post(_PLACE)
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def send_now(concern: "Concern") -> ResponseReturnValue:
    """Send it, as the first answer or as a new version of what was sent."""
    form = _form(concern)
    if form.more.data:
        form.steps.append_entry()
        return _page(concern, form)
    composition = find_composition(concern.organisation.id, concern.round.id)
    if composition is None or not form.validate_on_submit():
        return _page(concern, form), 422
    sending = send_again if form.is_again.data else send_response
    try:
        sent = sending(
            concern,
            composition,
            form.plan(),
            outside=Outside(current_app.extensions["files"], printing(), base_url()),
            by=current_actor(),
            received_at=request_arrived_at(),
        )
    except NotReady:
        form.form_errors.append(_("Something must be mended first. The list says what."))
        return _page(concern, form), 422
    except NothingNew:
        form.form_errors.append(_("This is what you have sent already. Nothing is changed."))
        return _page(concern, form), 422
    except InvalidInput:
        form.form_errors.append(
            _("There is a national identity number (11 digits) in it. Take it out, and try again.")
        )
        return _page(concern, form), 422
    flash(
        _("Your answer is sent. The number is %(number)s.", number=sent.receipt_number), "success"
    )
    return redirect(_address(concern))


@bp.route(f"{_PLACE}/withdraw", methods=["GET", "POST"])
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def withdraw_response(concern: "Concern") -> ResponseReturnValue:
    """Take the answer back: it counts no more, and what was sent is kept."""
    submission = _sent(concern)
    if submission is None:
        return redirect(_address(concern))
    form = WithdrawForm()
    if not form.validate_on_submit():
        page = render_template(
            "workspace/send/withdraw.html",
            organisation=concern.organisation,
            round=concern.round,
            submission=submission,
            form=form,
            step=_address(concern),
            step_name=_("Send"),
            can_answer_again=False,
        )
        return page, 422 if form.is_submitted() else 200
    withdraw_submission(
        submission, by=current_actor(), now=utc_now(), files=current_app.extensions["files"]
    )
    flash(_("Your answer is withdrawn."), "success")
    return redirect(_address(concern))


def _page(concern: "Concern", form: SendForm) -> str:
    composition = find_composition(concern.organisation.id, concern.round.id)
    sent = concern.case.submission if concern.case else None
    return render_template(
        "workspace/send/page.html",
        organisation=concern.organisation,
        concern=concern,
        round=concern.round,
        rooms=room_tabs(concern.organisation, concern.round),
        composition=composition,
        enclosures=list_enclosures(composition.id) if composition else (),
        form=form,
        sent=sent,
        statements=list_statements(sent.id) if sent else (),
        facts=sent_facts(sent) if sent else (),
        case_steps=case_step_rows(sent.current_version) if sent else (),
        is_withdrawn=sent is not None and sent.withdrawn_at is not None,
        is_changed=_is_changed(concern, composition),
        **_checks(concern, composition, form),
    )


def _checks(
    concern: "Concern", composition: "Composition | None", form: SendForm
) -> dict[str, Any]:
    if composition is None:
        return {"checks": (), "is_blocked": True}
    findings = check_before_sending(
        concern,
        composition,
        has_attachments=bool(
            form.attached.data or form.dissents.data or list_enclosures(composition.id)
        ),
        now=request_arrived_at(),
    )
    rows = check_rows(findings, concern, written_in=composition.language)
    return {"checks": rows, "is_blocked": blocks(findings)}


def _is_changed(concern: "Concern", composition: "Composition | None") -> bool:
    """Whether what was sent last is not the text as it stands now."""
    case = concern.case
    if composition is None or case is None or case.sent_version is None:
        return False
    return current_digest(composition) != case.sent_version.digest


def _form(concern: "Concern") -> SendForm:
    form = SendForm(data={} if request.method == "POST" else _filled_in(concern))
    form.offer(list_attachable(concern.case))
    if not form.is_submitted() and not form.steps:
        form.steps.append_entry()
    return form


def _filled_in(concern: "Concern") -> dict[str, Any]:
    """What was chosen when it was sent last."""
    sent = _sent(concern)
    if sent is None:
        return {}
    version = sent.current_version
    sources = {one.source.organisation_id for one in version.attachments if one.source}
    chosen = {
        one.public_id: one.organisation_id
        for one in list_attachable(concern.case)
        if one.organisation_id in sources
    }
    along = {one.organisation_id for one in list_statements(sent.id)}
    return {
        "is_again": "1",
        "publication": sent.publication.value,
        "is_provisional": version.is_provisional,
        "attached": [one for one, body_id in chosen.items() if body_id in along],
        "dissents": [one for one, body_id in chosen.items() if body_id not in along],
        "steps": [
            {
                "body": step.body,
                "held_on": step.held_on,
                "case_number": step.case_number,
                "proposed": step.proposed,
                "decided": step.decided,
            }
            for step in version.political_steps
        ],
    }


def _sent(concern: "Concern") -> "Submission | None":
    """The answer that was sent and stands."""
    submission = concern.case.submission if concern.case else None
    is_there = submission is not None and submission.status is not SubmissionStatus.WITHDRAWN
    return submission if is_there else None


def _address(concern: "Concern") -> str:
    return url_for(
        "workspace.send", organisation=concern.organisation.slug, round_slug=concern.round.slug
    )
