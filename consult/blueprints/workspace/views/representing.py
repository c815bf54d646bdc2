"""In whose name an answer is sent, and answers that others have sent in ours."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.light_text import blocks_of_text
from consult.blueprints.shared.lists import asked_text
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.forms.cases import StepForm
from consult.blueprints.workspace.forms.representing import OwnUpForm, SpeakForForm
from consult.blueprints.workspace.loading import concern_of, named_in
from consult.domain.organisations.queries import get_organisation
from consult.domain.responses.service.deciding import take_round
from consult.domain.responses.service.representing import own_up, speak_for, speak_for_itself
from consult.domain.submissions.companions import search_bodies
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.responses.listing import Concern
    from consult.domain.submissions.models import Party

_PLACE = "/<slug:organisation>/cases/<slug:round_slug>/in-whose-name"
_NAMED = "/<slug:organisation>/in-our-name/<pid:submission_id>"


@bp.get(_PLACE)
@requires(Permission.VIEW_WORKSPACE, on=concern_of)
def in_whose_name(concern: "Concern") -> ResponseReturnValue:
    """In whose name we answer, and finding another body to answer for."""
    words = asked_text("q")
    own = concern.organisation.id
    return render_template(
        "workspace/send/in_whose_name.html",
        organisation=concern.organisation,
        round=concern.round,
        case=concern.case,
        words=words,
        found=[one for one in search_bodies(words) if one.id != own],
    )


@bp.route(f"{_PLACE}/<slug:body>", methods=["GET", "POST"])
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def answer_for(concern: "Concern", body: str) -> ResponseReturnValue:
    """Answer in the name of a body, on a ground."""
    other = get_organisation(body)
    if other.id == concern.organisation.id:
        raise NotFound("body to answer for", body)
    form = SpeakForForm(data=_ground(concern, other))
    if form.validate_on_submit():
        now, actor = utc_now(), current_actor()
        case = concern.case or take_round(concern.round, concern.organisation, by=actor, at=now)
        try:
            speak_for(case, other, ground=form.ground.data or "", by=actor)
        except InvalidInput as error:
            form.refuse(error, {"required": _("Write on what ground.")})
        else:
            flash(_("The answer is sent on behalf of %(name)s.", name=other.name), "success")
            return redirect(_address(concern))
    page = render_template(
        "workspace/send/answer_for.html",
        organisation=concern.organisation,
        round=concern.round,
        body=other,
        form=form,
    )
    return page, 422 if form.errors else 200


@bp.post(_PLACE)
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def answer_as_ourselves(concern: "Concern") -> ResponseReturnValue:
    """Answer in our own name again."""
    if StepForm().validate_on_submit() and concern.case is not None:
        speak_for_itself(concern.case, by=current_actor())
        flash(_("The answer is sent in your own name."), "success")
    return redirect(_address(concern))


@bp.get(_NAMED)
@requires(Permission.VIEW_WORKSPACE, on=named_in)
def in_our_name(party: "Party") -> ResponseReturnValue:
    """An answer that another organisation has sent in our name, as it was sent."""
    version = party.version
    return render_template(
        "workspace/send/in_our_name.html",
        organisation=party.organisation,
        party=party,
        submission=version.submission,
        round=version.submission.round,
        blocks=blocks_of_text(version.text),
    )


@bp.post(_NAMED)
@requires(Permission.DECIDE_CASE, on=named_in)
@transactional
def say_whose(party: "Party") -> ResponseReturnValue:
    """Say whether it is ours."""
    form = OwnUpForm()
    if form.validate_on_submit():
        is_ours = form.is_ours.data == "1"
        own_up(party, is_ours=is_ours, by=current_actor())
        flash(
            _("It counts as your answer.")
            if is_ours
            else _("It does not count as your answer any more. Whoever asked for answers sees it."),
            "success",
        )
    organisation, submission = party.organisation, party.version.submission
    if organisation is None:
        raise NotFound("organisation", party.name)
    return redirect(
        url_for(
            "workspace.in_our_name",
            organisation=organisation.slug,
            submission_id=submission.public_id,
        )
    )


def _ground(concern: "Concern", body: "Organisation") -> dict[str, str]:
    """The ground that was given before, if it was for the same body."""
    case = concern.case
    if case is None or case.on_behalf_of_id != body.id:
        return {}
    return {"ground": case.ground}


def _address(concern: "Concern") -> str:
    return url_for(
        "workspace.in_whose_name",
        organisation=concern.organisation.slug,
        round_slug=concern.round.slug,
    )
