"""Answering by joining another's answer, all of it or some points, with own reservations."""

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.arrival import request_arrived_at
from consult.blueprints.shared.lists import asked_text
from consult.blueprints.shared.site import base_url
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.forms.join import JoinForm, StillJoinForm
from consult.blueprints.workspace.forms.send import WithdrawForm
from consult.blueprints.workspace.loading import concern_of
from consult.blueprints.workspace.presenters.join import joined_facts
from consult.domain.organisations.queries import get_organisation
from consult.domain.responses.errors import AlreadyAnswered
from consult.domain.responses.joinable import get_joinable, is_readable, list_joinable
from consult.domain.responses.service.endorsing import JoiningPlan, join_response, still_join
from consult.domain.rounds.errors import RoundNotOpen
from consult.domain.rounds.queries import list_proposals, list_questions
from consult.domain.submissions.companions import search_bodies
from consult.domain.submissions.endorsements import find_endorsement
from consult.domain.submissions.endorsing import EndorsementState, Joining
from consult.domain.submissions.errors import AnswerReplaced
from consult.domain.submissions.service.amending import withdraw_submission
from consult.domain.submissions.types import Publication
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.responses.listing import Concern
    from consult.domain.submissions.models import Endorsement

_PLACE = "/<slug:organisation>/cases/<slug:round_slug>/join"


@bp.get(_PLACE)
@requires(Permission.VIEW_WORKSPACE, on=concern_of)
def join(concern: "Concern") -> ResponseReturnValue:
    """What we have joined, or whose answer we could join."""
    place = {"organisation": concern.organisation, "round": concern.round, "concern": concern}
    joined = _joined(concern)
    if joined is not None:
        return render_template("workspace/join/joined.html", **place, **_standing(joined))
    words, now = asked_text("q"), utc_now()
    without = concern.organisation.id
    return render_template(
        "workspace/join/choose.html",
        **place,
        words=words,
        is_readable=is_readable(concern.round, now=now),
        answers=list_joinable(concern.round, words, without=without, now=now),
        bodies=[
            one for one in search_bodies(words) if one.id not in {without, concern.round.owner_id}
        ],
    )


@bp.route(f"{_PLACE}/answers/<number:number>", methods=["GET", "POST"])
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def join_answer(concern: "Concern", number: int) -> ResponseReturnValue:
    """Join an answer that can be read here."""
    review = get_joinable(concern.round, number, without=concern.organisation.id, now=utc_now())
    other = review.submission
    joining = Joining(
        name=other.name, organisation_id=other.organisation_id, submission_id=other.id
    )
    here = url_for(
        "workspace.join_answer",
        organisation=concern.organisation.slug,
        round_slug=concern.round.slug,
        number=number,
    )
    return _join(concern, joining, here=here, version=review.version.number, number=number)


@bp.route(f"{_PLACE}/bodies/<slug:body>", methods=["GET", "POST"])
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def join_body(concern: "Concern", body: str) -> ResponseReturnValue:
    """Join the answer of a body that was read elsewhere, or is still to come."""
    other = get_organisation(body)
    if other.id == concern.organisation.id:
        raise NotFound("body to join", body)
    here = url_for(
        "workspace.join_body",
        organisation=concern.organisation.slug,
        round_slug=concern.round.slug,
        body=other.slug,
    )
    return _join(concern, Joining(name=other.name, organisation_id=other.id), here=here)


def _join(
    concern: "Concern",
    joining: Joining,
    *,
    here: str,
    version: int | None = None,
    number: int | None = None,
) -> ResponseReturnValue:
    """Show the form, or join what it says; ``version`` is the one that can be read now."""
    form = JoinForm(data={"version": version}).offer(
        list_proposals(concern.round.id), list_questions(concern.round.id)
    )
    if form.validate_on_submit() and form.says_which():
        proposals, questions = form.chosen()
        wanted = replace(
            joining,
            version=form.version.data if joining.submission_id else None,
            proposals=proposals,
            questions=questions,
            reservations=form.reservations.data or "",
        )
        plan = JoiningPlan(wanted, Publication(form.publication.data))
        if _is_joined(concern, plan, form):
            return redirect(_address(concern))
        form.version.raw_data = [str(version or "")]
    page = render_template(
        "workspace/join/form.html",
        organisation=concern.organisation,
        round=concern.round,
        joining=joining,
        here=here,
        number=number,
        form=form,
    )
    return page, 422 if form.errors or form.form_errors else 200


def _is_joined(concern: "Concern", plan: JoiningPlan, form: JoinForm) -> bool:
    """Join, or put into the form why not."""
    try:
        sent = join_response(
            concern, plan, base_url=base_url(), by=current_actor(), received_at=request_arrived_at()
        )
    except AlreadyAnswered:
        flash(_("You have answered already. Take that answer back first."), "warning")
        return True
    except AnswerReplaced:
        form.form_errors.append(
            _("The answer was changed meanwhile. Read it again; what you wrote is still here.")
        )
    except RoundNotOpen:
        form.form_errors.append(_("The round takes no answers now. Nothing was sent."))
    except InvalidInput as error:
        form.refuse(error, {})
    else:
        message = _("Your answer is sent. The number is %(number)s.", number=sent.receipt_number)
        flash(message, "success")
        return True
    return False


@bp.post(f"{_PLACE}/keep")
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def join_keep(concern: "Concern") -> ResponseReturnValue:
    """Say that we join the other answer as it is now."""
    joined, form = _joined(concern), StillJoinForm()
    is_asked = joined is not None and _is_told(joined)
    if joined and is_asked and form.validate_on_submit() and str(form.version.data).isdecimal():
        version = int(str(form.version.data))
        try:
            still_join(joined, version=version, by=current_actor(), at=utc_now())
        except AnswerReplaced:
            flash(_("The answer was changed meanwhile. Read it again."), "warning")
        else:
            flash(_("You join the answer as it is now."), "success")
    return redirect(_address(concern))


@bp.route(f"{_PLACE}/withdraw", methods=["GET", "POST"])
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def join_withdraw(concern: "Concern") -> ResponseReturnValue:
    """Take back that we join: the answer counts no more, and we can answer in another way."""
    joined = _joined(concern)
    if joined is None:
        return redirect(_address(concern))
    form = WithdrawForm()
    if not form.validate_on_submit():
        page = render_template(
            "workspace/send/withdraw.html",
            organisation=concern.organisation,
            round=concern.round,
            submission=joined.submission,
            form=form,
            step=_address(concern),
            step_name=_("You have joined another’s answer"),
            can_answer_again=True,
        )
        return page, 422 if form.is_submitted() else 200
    withdraw_submission(
        joined.submission, by=current_actor(), now=utc_now(), files=current_app.extensions["files"]
    )
    flash(_("Your answer is withdrawn."), "success")
    return redirect(_address(concern))


def _joined(concern: "Concern") -> "Endorsement | None":
    """What the organisation's answer joins, if it is such an answer."""
    return find_endorsement(concern.answer.id) if concern.answer is not None else None


def _is_told(joined: "Endorsement") -> bool:
    """Whether the organisation may know that the other answer has come or changed."""
    is_theirs = joined.is_read or joined.asked_at is not None
    return is_theirs and joined.state is EndorsementState.TO_CHECK


def _standing(joined: "Endorsement") -> dict[str, object]:
    other = joined.of
    readable = None
    if joined.is_read and other is not None:
        try:
            own = joined.submission.organisation_id or 0
            readable = get_joinable(joined.round, other.number, without=own, now=utc_now())
        except NotFound:
            readable = None
    return {
        "joined": joined,
        "facts": joined_facts(joined),
        "is_dropped": joined.state is EndorsementState.DROPPED,
        "is_to_check": _is_told(joined),
        "version": other.current_version_number if other is not None else None,
        "number": readable.submission.number if readable is not None else None,
    }


def _address(concern: "Concern") -> str:
    return url_for(
        "workspace.join", organisation=concern.organisation.slug, round_slug=concern.round.slug
    )
