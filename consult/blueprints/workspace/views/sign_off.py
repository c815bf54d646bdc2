"""Signing the response: where it stands, the text, and what each may do about it."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.site import base_url
from consult.blueprints.workspace.forms.sign_off import (
    MOST_STEPS,
    SPARE_STEPS,
    DecisionForm,
    HandOnForm,
    PlanForm,
    ReturnForm,
    SignForm,
    StopForm,
)
from consult.blueprints.workspace.loading import DraftPlace, draft_of, draft_place, place_of
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.blueprints.workspace.presenters.sign_off import present_sign_off, version_name
from consult.blueprints.workspace.routes import written
from consult.domain.composing.acting import acting_as, can_hand_on
from consult.domain.composing.errors import NotSignable
from consult.domain.composing.sealing import latest_plan, seal_state, standing_of
from consult.domain.composing.service.signing import (
    hand_on,
    return_text,
    sign,
    start_sign_off,
    stop_sign_off,
)
from consult.domain.composing.standing import SignState, Standing, Turn
from consult.domain.organisations.queries import members_as
from consult.domain.organisations.types import Role
from consult.domain.responses.enclosures import list_enclosures
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consult.domain.composing.models import Composition
    from consult.domain.organisations.models import Membership

_PLACE = "/sign-off"


@written(_PLACE)
@requires(Permission.VIEW_WORKSPACE, on=draft_place)
def sign_off(place: DraftPlace) -> ResponseReturnValue:
    """Where signing stands, the text as it will look, and the signature if it is my turn."""
    return _page(place)


@written(f"{_PLACE}/start", methods=["GET", "POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of)
@transactional
def sign_off_start(composition: "Composition") -> ResponseReturnValue:
    """Plan who signs in which order, as last time or otherwise, and ask the first of them."""
    if seal_state(composition).is_sealed:
        return redirect(_address(composition))
    signatories = members_as(composition.organisation_id, Role.SIGNATORY, now=utc_now())
    form = PlanForm(data={"steps": _steps_of_last_time(composition, signatories)})
    wants_more = form.is_submitted() and bool(form.more.data)
    if wants_more or not form.steps:
        form.add_rows(1 if wants_more else SPARE_STEPS)
    form.offer(signatories)
    if wants_more or not form.validate_on_submit() or not _start(composition, form, signatories):
        page = {**_frame(composition), "form": form, "has_signatories": bool(signatories)}
        page["most_steps"] = MOST_STEPS
        status = 422 if form.errors else 200
        return render_template("workspace/sign_off/start.html", **page), status
    flash(_("The text is sealed, and the first signatory has got a mail."), "success")
    return redirect(_address(composition))


@written(f"{_PLACE}/sign", methods=["POST"])
@requires(Permission.SIGN_RESPONSE, on=draft_of)
@transactional
def sign_off_sign(composition: "Composition") -> ResponseReturnValue:
    """Sign the text that was shown."""
    turn = _turn_of(composition)
    form = _sign_form(turn, digest="")
    if not form.validate_on_submit():
        return _page(place_of(composition), form), 422
    decision = form if isinstance(form, DecisionForm) else None
    try:
        standing = sign(
            composition,
            digest=str(form.digest.data),
            base_url=base_url(),
            by=current_actor(),
            decided_on=decision.decided_on.data if decision else None,
            case_number=(decision.case_number.data or "") if decision else "",
        )
    except InvalidInput as error:
        form.refuse(error, {"future": _("The meeting cannot lie ahead. Record it afterwards.")})
        return _page(place_of(composition), form), 422
    flash(_signed_text(standing), "success")
    return redirect(_address(composition))


@written(f"{_PLACE}/return", methods=["GET", "POST"])
@requires(Permission.SIGN_RESPONSE, on=draft_of)
@transactional
def sign_off_return(composition: "Composition") -> ResponseReturnValue:
    """Send the text back to the writers, with the reason."""
    standing = standing_of(composition)
    if standing is None or not _is_my_turn(composition, standing):
        return _not_my_turn(composition)
    form = ReturnForm()
    if not form.validate_on_submit():
        return _form_page(composition, "return", form)
    return_text(composition, reason=str(form.reason.data), base_url=base_url(), by=current_actor())
    flash(_("You have sent the text back. The writers have got a mail."), "success")
    return redirect(_address(composition))


@written(f"{_PLACE}/hand-on", methods=["GET", "POST"])
@requires(Permission.HAND_ON_SIGNING, on=draft_of)
@transactional
def sign_off_hand_on(composition: "Composition") -> ResponseReturnValue:
    """Hand the step on to another signatory, with the reason."""
    standing = standing_of(composition)
    turn = standing.turn if standing else None
    if not standing or not turn or not _may_hand_on(composition, standing):
        return _not_my_turn(composition)
    signatories = members_as(composition.organisation_id, Role.SIGNATORY, now=utc_now())
    form = HandOnForm()
    form.offer(signatories, besides=turn.person_id)
    if not form.validate_on_submit():
        return _form_page(composition, "hand_on", form, turn=turn)
    chosen = _ids(signatories)[form.person.data]
    hand_on(
        composition,
        to_person_id=chosen,
        title=form.title.data or "",
        reason=str(form.reason.data),
        base_url=base_url(),
        by=current_actor(),
    )
    flash(_("The step is handed on, and a mail about it is on its way."), "success")
    return redirect(_address(composition))


@written(f"{_PLACE}/stop", methods=["GET", "POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of)
@transactional
def sign_off_stop(composition: "Composition") -> ResponseReturnValue:
    """Stop signing; the text can be changed again, and signing starts over afterwards."""
    seal = seal_state(composition)
    if not seal.is_sealed:
        return redirect(_address(composition))
    form = StopForm()
    if not form.validate_on_submit():
        return _form_page(composition, "stop", form, seal=seal)
    stop_sign_off(
        composition, reason=str(form.reason.data), base_url=base_url(), by=current_actor()
    )
    flash(_("Signing has stopped. No signature holds any longer."), "success")
    return redirect(_address(composition))


def _page(place: DraftPlace, form: SignForm | None = None) -> str:
    composition = place.composition
    shown = present_sign_off(composition, actor=current_actor()) if composition else None
    standing = shown.standing if shown and shown.is_mine else None
    if form is None and standing and standing.turn:
        form = _sign_form(standing.turn, digest=standing.digest)
    return render_template(
        "workspace/sign_off/page.html",
        organisation=place.organisation,
        round=place.round,
        rooms=room_tabs(place.organisation, place.round, place.kind),
        composition=composition,
        shown=shown,
        form=form,
        enclosures=list_enclosures(composition.id) if composition else (),
    )


def _form_page(
    composition: "Composition", name: str, form: Any, **values: object
) -> ResponseReturnValue:
    page = {**_frame(composition), **values, "form": form}
    status = 422 if form.is_submitted() else 200
    return render_template(f"workspace/sign_off/{name}.html", **page), status


def _frame(composition: "Composition") -> dict[str, object]:
    return {"organisation": composition.organisation, "round": composition.round}


def _start(composition: "Composition", form: PlanForm, signatories: "Sequence[Membership]") -> bool:
    """Begin the sign-off that was planned; says whether it was begun."""
    steps = form.planned(_ids(signatories))
    if form.errors:
        return False
    try:
        start_sign_off(
            composition,
            steps,
            name=version_name(utc_now()),
            base_url=base_url(),
            by=current_actor(),
        )
    except InvalidInput as error:
        form.refuse_plan(error)
        return False
    return True


def _steps_of_last_time(
    composition: "Composition", signatories: "Sequence[Membership]"
) -> list[dict[str, object]]:
    """The steps of the latest sign-off without dates; who may sign no longer is left open."""
    may_sign = {one.person_id for one in signatories}
    return [
        {
            "label": step.label,
            "person": step.person.public_id if step.person_id in may_sign else "",
            "title": step.title,
            "is_body": step.is_body,
            "on_letter": step.on_letter,
        }
        for step in latest_plan(composition.organisation_id)
    ]


def _turn_of(composition: "Composition") -> Turn:
    """Whose turn it is. Raises :class:`NotSignable` where nobody is asked any longer."""
    standing = standing_of(composition)
    if standing is None or standing.turn is None:
        raise NotSignable
    return standing.turn


def _is_my_turn(composition: "Composition", standing: Standing) -> bool:
    actor = current_actor()
    return acting_as(standing, composition.organisation_id, actor=actor, now=utc_now()) is not None


def _may_hand_on(composition: "Composition", standing: Standing) -> bool:
    return can_hand_on(standing, composition.organisation_id, actor=current_actor())


def _not_my_turn(composition: "Composition") -> ResponseReturnValue:
    """Back to where signing stands: the turn has gone to somebody else, or signing is over."""
    flash(_("It is not your turn. Nothing was done."), "warning")
    return redirect(_address(composition))


def _sign_form(turn: Turn, *, digest: str) -> SignForm:
    kind = DecisionForm if turn.step.is_body else SignForm
    return kind(data={"digest": digest})


def _signed_text(standing: Standing) -> str:
    if standing.state is SignState.COMPLETE:
        return str(_("You have signed. Everybody has signed now: the text can be sent."))
    name = standing.turn.name if standing.turn else ""
    return str(_("You have signed. %(name)s has got a mail and is next.", name=name))


def _ids(signatories: "Sequence[Membership]") -> dict[str, int]:
    return {one.person.public_id: one.person_id for one in signatories}


def _address(composition: "Composition") -> str:
    return url_for(
        "workspace.sign_off",
        organisation=composition.organisation.slug,
        round_slug=composition.round.slug,
    )
