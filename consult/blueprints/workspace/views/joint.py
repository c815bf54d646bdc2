"""Joint statements: asking other bodies, and answering when one is asked."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.lists import asked_text
from consult.blueprints.shared.site import base_url
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.forms.cases import StepForm
from consult.blueprints.workspace.forms.joint import (
    AskBodyForm,
    ConfirmJointForm,
    DeclineJointForm,
)
from consult.blueprints.workspace.loading import concern_of, joint_of
from consult.blueprints.workspace.presenters.letter import present_letter
from consult.domain.composing.frozen import current_digest, read_text
from consult.domain.composing.queries import find_composition
from consult.domain.organisations.queries import get_organisation
from consult.domain.responses.errors import TextChanged
from consult.domain.responses.readiness import list_joint_parties
from consult.domain.responses.service.deciding import take_round
from consult.domain.responses.service.joining import (
    ask_body,
    can_remind,
    composition_of,
    confirm_joint,
    decline_joint,
    remind_body,
    shown_digest,
    take_back_question,
)
from consult.domain.submissions.companions import search_bodies
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.responses.listing import Concern
    from consult.domain.responses.models import JointParty

_PLACE = "/<slug:organisation>/cases/<slug:round_slug>/joint"
_ASKED = "/<slug:organisation>/joint/<pid:joint_id>"


@bp.get(_PLACE)
@requires(Permission.VIEW_WORKSPACE, on=concern_of)
def joint(concern: "Concern") -> ResponseReturnValue:
    """The bodies that are asked to stand behind our response, and finding more."""
    words = asked_text("q")
    composition = find_composition(concern.organisation.id, concern.round.id)
    asked = list_joint_parties(concern.case)
    known = {concern.organisation.id, *(one.organisation_id for one in asked)}
    return render_template(
        "workspace/send/joint.html",
        organisation=concern.organisation,
        round=concern.round,
        asked=asked,
        can_remind={one.public_id: can_remind(one, now=utc_now()) for one in asked},
        is_sent=concern.case is not None and concern.case.submission_id is not None,
        digest=current_digest(composition) if composition else "",
        words=words,
        found=[one for one in search_bodies(words) if one.id not in known],
        form=AskBodyForm(),
    )


@bp.post(_PLACE)
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def joint_ask(concern: "Concern") -> ResponseReturnValue:
    """Ask a body; its coordinators get a mail."""
    form = AskBodyForm()
    if form.validate_on_submit() and form.chosen.data:
        now, actor = utc_now(), current_actor()
        case = concern.case or take_round(concern.round, concern.organisation, by=actor, at=now)
        body = get_organisation(str(form.chosen.data))
        try:
            ask_body(case, body, base_url=base_url(), by=actor, at=now)
        except InvalidInput:
            flash(_("You stand behind your own response already."), "warning")
        else:
            flash(_("%(name)s has got a mail.", name=body.name), "success")
    return redirect(_address(concern))


@bp.post(f"{_PLACE}/<pid:joint_id>/remind")
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def joint_remind(concern: "Concern", joint_id: str) -> ResponseReturnValue:
    """Remind a body that has not answered."""
    party = _party_of(concern, joint_id)
    if StepForm().validate_on_submit():
        name = party.organisation.name
        if remind_body(party, base_url=base_url(), by=current_actor(), at=utc_now()):
            flash(_("%(name)s is reminded by mail.", name=name), "success")
        else:
            message = _("%(name)s has answered, or got a mail less than a day ago.", name=name)
            flash(message, "warning")
    return redirect(_address(concern))


@bp.post(f"{_PLACE}/<pid:joint_id>/take-back")
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def joint_take_back(concern: "Concern", joint_id: str) -> ResponseReturnValue:
    """Ask a body no more."""
    party = _party_of(concern, joint_id)
    if StepForm().validate_on_submit():
        name = party.organisation.name
        take_back_question(party, by=current_actor(), at=utc_now())
        flash(_("%(name)s is asked no more, and has got a mail.", name=name), "success")
    return redirect(_address(concern))


def _party_of(concern: "Concern", joint_id: str) -> "JointParty":
    """A body that we have asked, by public id. Raises ``NotFound``."""
    for party in list_joint_parties(concern.case):
        if party.public_id == joint_id:
            return party
    raise NotFound("joint party", joint_id)


def _address(concern: "Concern") -> str:
    return url_for(
        "workspace.joint", organisation=concern.organisation.slug, round_slug=concern.round.slug
    )


@bp.get(_ASKED)
@requires(Permission.VIEW_WORKSPACE, on=joint_of)
def joint_asked(party: "JointParty") -> ResponseReturnValue:
    """The text that another organisation asks us to stand behind."""
    return _asked_page(party, DeclineJointForm())


@bp.post(f"{_ASKED}/confirm")
@requires(Permission.DECIDE_CASE, on=joint_of)
@transactional
def joint_confirm(party: "JointParty") -> ResponseReturnValue:
    """Stand behind the text that was shown."""
    form = ConfirmJointForm()
    if form.validate_on_submit():
        try:
            confirm_joint(party, digest=str(form.digest.data), by=current_actor(), at=utc_now())
        except TextChanged:
            flash(_("The text was changed meanwhile. Read it again before you say yes."), "warning")
        else:
            flash(_("You stand behind this text."), "success")
    return redirect(_asked_address(party))


@bp.post(f"{_ASKED}/decline")
@requires(Permission.DECIDE_CASE, on=joint_of)
@transactional
def joint_decline(party: "JointParty") -> ResponseReturnValue:
    """Say no, and why."""
    form = DeclineJointForm()
    if not form.validate_on_submit():
        return _asked_page(party, form), 422
    decline_joint(party, reason=str(form.reason.data), by=current_actor(), at=utc_now())
    flash(_("You do not stand behind it. Those who asked can read why."), "success")
    return redirect(_asked_address(party))


def _asked_page(party: "JointParty", form: DeclineJointForm) -> str:
    composition = composition_of(party)
    digest = shown_digest(party)
    return render_template(
        "workspace/send/joint_asked.html",
        organisation=party.organisation,
        asker=party.case.organisation,
        round=party.case.round,
        party=party,
        letter=present_letter(read_text(composition), None) if composition else None,
        is_confirmed=party.confirms(digest),
        form=form,
        digest=digest,
    )


def _asked_address(party: "JointParty") -> str:
    return url_for(
        "workspace.joint_asked", organisation=party.organisation.slug, joint_id=party.public_id
    )
