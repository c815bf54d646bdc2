"""The first room: the rounds that concern us, and what we decide to do about each."""

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.joining import joining_text
from consult.blueprints.shared.lists import asked_text
from consult.blueprints.shared.site import base_url
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.forms.cases import DeclineForm, GiveForm, HandOnForm, StepForm
from consult.blueprints.workspace.loading import concern_of, workspace_of
from consult.blueprints.workspace.presenters.cases import (
    card_of,
    case_facts,
    home_lists,
    next_steps,
    step_items,
)
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.domain.composing.acting import waiting_for
from consult.domain.organisations.queries import (
    branches_for,
    get_membership,
    get_organisation,
    members_as,
)
from consult.domain.organisations.types import Role
from consult.domain.responses.errors import NotBelow, OnlyForThoseAsked
from consult.domain.responses.listing import list_concerns, list_open_to_take
from consult.domain.responses.queries import get_case
from consult.domain.responses.readiness import list_asked_of
from consult.domain.responses.service.deciding import (
    decline_round,
    give_case,
    hand_on,
    take_round,
)
from consult.domain.responses.service.joining import waits_for_answer
from consult.domain.submissions.behind import list_in_name_of
from consult.domain.submissions.endorsements import find_endorsement
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.responses.listing import Concern


_RECENT = timedelta(days=60)
"""So long the home page lists what others have sent in our name."""


@bp.get("/<slug:organisation>")
@requires(Permission.VIEW_WORKSPACE, on=workspace_of)
def home(organisation: "Organisation") -> ResponseReturnValue:
    """The rounds that concern us, by deadline, with how far we are and whose move it is."""
    now = utc_now()
    lists = home_lists(list_concerns(organisation, now=now), now=now)
    return render_template(
        "workspace/home.html",
        organisation=organisation,
        lists=lists,
        to_sign=waiting_for(organisation.id, actor=current_actor(), now=now),
        in_our_name=list_in_name_of(organisation.id, since=now - _RECENT),
        asked_to_join=[one for one in list_asked_of(organisation.id) if waits_for_answer(one)],
    )


@bp.get("/<slug:organisation>/open-rounds")
@requires(Permission.VIEW_WORKSPACE, on=workspace_of)
def open_rounds(organisation: "Organisation") -> ResponseReturnValue:
    """Rounds open to all that nobody has asked us about: we may answer them as well."""
    words = asked_text("q")
    return render_template(
        "workspace/open_rounds.html",
        organisation=organisation,
        rounds=list_open_to_take(organisation, words, now=utc_now()),
        words=words,
    )


@bp.get("/<slug:organisation>/cases/<slug:round_slug>")
@requires(Permission.VIEW_WORKSPACE, on=concern_of)
def case(concern: "Concern") -> ResponseReturnValue:
    """One round: what it is, how far we are, what comes next."""
    return _page(concern, _give_form(concern))


@bp.post("/<slug:organisation>/cases/<slug:round_slug>/take")
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def take_case(concern: "Concern") -> ResponseReturnValue:
    """Decide that we answer."""
    if StepForm().validate_on_submit():
        take_round(concern.round, concern.organisation, by=current_actor(), at=utc_now())
        flash(_("You answer this round. You have the ball until you give it on."), "success")
    return redirect(_address(concern))


@bp.post("/<slug:organisation>/cases/<slug:round_slug>/give")
@requires(Permission.WRITE_RESPONSE, on=concern_of)
@transactional
def give(concern: "Concern") -> ResponseReturnValue:
    """Give the ball to a person."""
    form = _give_form(concern)
    if not form.validate_on_submit():
        return _page(concern, form), 422
    subject = get_case(concern.organisation.id, concern.round.slug)
    try:
        member = get_membership(str(form.member.data))
        give_case(subject, member, by=current_actor())
    except (InvalidInput, NotFound):
        form.add_error(form.member, _("Choose somebody who may write for the organisation."))
        return _page(concern, form), 422
    flash(_("%(name)s has the ball now.", name=member.person.name), "success")
    return redirect(_address(concern))


@bp.route("/<slug:organisation>/cases/<slug:round_slug>/hand-on", methods=["GET", "POST"])
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def hand_case_on(concern: "Concern") -> ResponseReturnValue:
    """Hand the round to a body below, with the reason."""
    form = HandOnForm()
    now = utc_now()
    form.offer(branches_for(concern.organisation, on=to_oslo(now).date()))
    page = {"organisation": concern.organisation, "concern": concern, "form": form}
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("workspace/cases/hand_on.html", **page), status
    try:
        body = get_organisation(str(form.body.data))
        hand_on(
            concern.round,
            concern.organisation,
            body=body,
            reason=str(form.reason.data),
            base_url=base_url(),
            by=current_actor(),
            at=now,
        )
    except (NotBelow, OnlyForThoseAsked):
        form.add_error(form.body, _("This body cannot get the round. Choose another."))
        return render_template("workspace/cases/hand_on.html", **page), 422
    flash(_("%(name)s has got the round, and a mail about it.", name=body.name), "success")
    return redirect(_address(concern))


@bp.route("/<slug:organisation>/cases/<slug:round_slug>/decline", methods=["GET", "POST"])
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def decline_case(concern: "Concern") -> ResponseReturnValue:
    """Decide that we do not answer, with the reason, which stays with us."""
    form = DeclineForm()
    if not form.validate_on_submit():
        page = render_template(
            "workspace/cases/decline.html",
            organisation=concern.organisation,
            concern=concern,
            form=form,
        )
        return page, 422 if form.is_submitted() else 200
    decline_round(
        concern.round,
        concern.organisation,
        reason=str(form.reason.data),
        invitation=concern.invitation if form.tells_owner.data else None,
        by=current_actor(),
        at=utc_now(),
    )
    flash(_("It is noted that you do not answer. You can take the round later."), "success")
    return redirect(_address(concern))


def _page(concern: "Concern", form: GiveForm) -> str:
    now = utc_now()
    joined = find_endorsement(concern.answer.id) if concern.answer else None
    has_branches = bool(branches_for(concern.organisation, on=to_oslo(now).date()))
    return render_template(
        "workspace/cases/case.html",
        organisation=concern.organisation,
        concern=concern,
        round=concern.round,
        card=card_of(concern, now=now),
        facts=case_facts(concern),
        steps=step_items(concern),
        rooms=room_tabs(concern.organisation, concern.round),
        has_branches=has_branches,
        next_steps=next_steps(concern, has_branches=has_branches),
        joins=joining_text(joined) if joined else "",
        form=form,
    )


def _give_form(concern: "Concern") -> GiveForm:
    form = GiveForm()
    writers = (Role.COORDINATOR, Role.DRAFTER)
    form.offer(members_as(concern.organisation.id, *writers, now=utc_now()))
    return form


def _address(concern: "Concern") -> str:
    return url_for(
        "workspace.case", organisation=concern.organisation.slug, round_slug=concern.round.slug
    )
