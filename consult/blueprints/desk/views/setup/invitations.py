"""The list of consultees: one body at a time, or a whole list from a file."""

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk import bp
from consult.blueprints.desk.addresses import address_in_mail
from consult.blueprints.desk.forms.invitations import (
    ConfirmListForm,
    InvitationForm,
    ListForm,
    OwnDeadlineForm,
    reason_choices,
)
from consult.blueprints.desk.forms.setup import after_parent_message
from consult.blueprints.desk.presenters.invitations import (
    count_statuses,
    invitation_rows,
    problem_rows,
    status_tabs,
)
from consult.blueprints.desk.views.setup.pages import show
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.lists import page_of
from consult.domain.organisations.queries import get_organisation, search_organisations
from consult.domain.rounds import service
from consult.domain.rounds.errors import AlreadyInvited, BodyDissolved, InvitationSent
from consult.domain.rounds.invitation_lists import NotAList, decode_list, read_invitation_list
from consult.domain.rounds.queries import (
    get_invitation,
    get_round,
    invited_organisation_ids,
    list_invitations,
)
from consult.domain.rounds.rules import closing_moment
from consult.domain.rounds.types import INVITATION_REASON_LABELS, InvitationReason
from consult.domain.submissions.counting import answered_organisation_ids
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Invitation, Round

MOST_HITS = 30


@bp.get("/rounds/<slug:round_slug>/setup/invitations")
@requires(Permission.MANAGE_ROUND, on=get_round)
def invitations(round_: "Round") -> ResponseReturnValue:
    """Who is asked, why, and what has become of each invitation."""
    rows = invitation_rows(list_invitations(round_.id), answered_organisation_ids(round_.id))
    wanted = request.args.get("status", "")
    shown = [row for row in rows if wanted in {"", row.status.value}]
    paging = page_of(len(shown))
    return show(
        "invitations.html",
        round_,
        rows=shown[paging.offset : paging.offset + paging.size],
        paging=paging,
        wanted=wanted,
        counts=count_statuses(rows),
        tabs_of=status_tabs(round_, rows, wanted=wanted),
    )


@bp.get("/rounds/<slug:round_slug>/setup/invitations/add")
@requires(Permission.MANAGE_ROUND, on=get_round)
def find_consultee(round_: "Round") -> ResponseReturnValue:
    """Search the registered organisations for one to invite."""
    wanted = request.args.get("q", "")[:200].strip()
    return show(
        "find_consultee.html",
        round_,
        wanted=wanted,
        hits=search_organisations(wanted, limit=MOST_HITS) if wanted else [],
        invited=invited_organisation_ids(round_.id),
        reasons=reason_choices(),
        most_hits=MOST_HITS,
    )


@bp.post("/rounds/<slug:round_slug>/setup/invitations/add/<slug:organisation_slug>")
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def add_consultee(round_: "Round", organisation_slug: str) -> ResponseReturnValue:
    """Put one body on the list."""
    organisation = get_organisation(organisation_slug)
    form = InvitationForm()
    if not form.validate_on_submit():
        raise NotFound("reason", form.reason.data)
    try:
        reason = InvitationReason(form.reason.data)
        service.invite(round_, organisation, reason=reason, by=current_actor())
    except AlreadyInvited:
        flash(_("%(name)s is on the list already.", name=organisation.name), "warning")
    except BodyDissolved:
        flash(_("%(name)s has been dissolved.", name=organisation.name), "warning")
    else:
        flash(_("%(name)s is on the list.", name=organisation.name), "success")
    wanted = request.args.get("q", "")
    return redirect(url_for("desk.find_consultee", round_slug=round_.slug, q=wanted))


@bp.route("/rounds/<slug:round_slug>/setup/invitations/import", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_round)
def import_consultees(round_: "Round") -> ResponseReturnValue:
    """Take a list and show what it would do; nothing is stored yet."""
    form = ListForm()
    if not form.validate_on_submit():
        return show("import_consultees.html", round_, form=form), 422 if form.errors else 200
    content = form.file.data.read() if form.file.data else (form.rows.data or "").encode()
    try:
        rows = decode_list(content)
        found = read_invitation_list(round_, rows, default_reason=form.default_reason)
    except NotAList:
        form.add_error(form.file, _("There are no rows in it that we can read. Choose a CSV file."))
        return show("import_consultees.html", round_, form=form), 422
    return show(
        "preview_consultees.html",
        round_,
        found=found,
        problems=problem_rows(found.problems),
        reasons=INVITATION_REASON_LABELS,
        confirm=ConfirmListForm(formdata=None, data={"rows": rows, "reason": form.reason.data}),
    )


@bp.post("/rounds/<slug:round_slug>/setup/invitations/import/confirm")
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def confirm_consultees(round_: "Round") -> ResponseReturnValue:
    """Put the accepted rows on the list, all of them or none."""
    form = ConfirmListForm()
    if not form.validate_on_submit():
        return redirect(url_for("desk.import_consultees", round_slug=round_.slug))
    found = read_invitation_list(
        round_, str(form.rows.data), default_reason=InvitationReason(str(form.reason.data))
    )
    number = service.add_invitations(round_, found.accepted, by=current_actor())
    text = ngettext("%(num)d body is added.", "%(num)d bodies are added.", number)
    flash(text, "success")
    return redirect(url_for("desk.invitations", round_slug=round_.slug))


@bp.route("/rounds/<slug:round_slug>/setup/invitations/<pid:public_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_invitation)
@transactional
def edit_invitation(invitation: "Invitation") -> ResponseReturnValue:
    """Why a body is invited and where its mail goes."""
    stored = {"reason": invitation.reason.value, "email": invitation.email}
    form = InvitationForm(data=stored)
    if not form.validate_on_submit():
        return _invitation_page(invitation, form=form), 422 if form.errors else 200
    service.change_invitation(
        invitation,
        reason=InvitationReason(form.reason.data),
        email=(form.email.data or "").strip() or None,
        by=current_actor(),
    )
    flash(_("Saved."), "success")
    return redirect(url_for("desk.invitations", round_slug=invitation.round.slug))


@bp.post("/rounds/<slug:round_slug>/setup/invitations/<pid:public_id>/deadline")
@requires(Permission.MANAGE_ROUND, on=get_invitation)
@transactional
def set_own_deadline(invitation: "Invitation") -> ResponseReturnValue:
    """Give one body more time than the others, or take it back."""
    form = OwnDeadlineForm()
    if not form.validate_on_submit():
        return _invitation_page(invitation, deadline_form=form), 422
    moment = closing_moment(form.deadline.data) if form.deadline.data else None
    try:
        service.set_own_deadline(
            invitation,
            moment,
            reason=form.why.data or "",
            by=current_actor(),
            at=utc_now(),
            may_outlast_parent=bool(form.may_outlast_parent.data),
        )
    except InvalidInput as error:
        field = form.why if error.field == "reason" else form.deadline
        message = {
            "required": _("Write why it gets more time."),
            "after_parent": after_parent_message(),
        }
        late = _("Its own deadline must be later than everybody's, and still ahead.")
        form.add_error(field, message.get(error.reason, late))
        return _invitation_page(invitation, deadline_form=form), 422
    if service.tell_own_deadline(invitation, link=address_in_mail(invitation.round)):
        flash(_("Saved. %(name)s is told by mail.", name=invitation.organisation.name), "success")
    else:
        flash(_("Saved."), "success")
    return redirect(url_for("desk.invitations", round_slug=invitation.round.slug))


@bp.post("/rounds/<slug:round_slug>/setup/invitations/<pid:public_id>/remove")
@requires(Permission.MANAGE_ROUND, on=get_invitation)
@transactional
def remove_invitation(invitation: "Invitation") -> ResponseReturnValue:
    """Take a body off the list, as long as it has not been asked."""
    slug, name = invitation.round.slug, invitation.organisation.name
    try:
        service.remove_invitation(invitation, by=current_actor())
    except InvitationSent:
        flash(_("%(name)s has been asked and stays on the list.", name=name), "warning")
    else:
        flash(_("%(name)s is off the list.", name=name), "success")
    return redirect(url_for("desk.invitations", round_slug=slug))


def _invitation_page(
    invitation: "Invitation",
    *,
    form: InvitationForm | None = None,
    deadline_form: OwnDeadlineForm | None = None,
) -> str:
    own = invitation.deadline_at
    stored = {"reason": invitation.reason.value, "email": invitation.email}
    deadline = {
        "deadline": to_oslo(own).date() if own else None,
        "why": invitation.deadline_reason,
    }
    (row,) = invitation_rows([invitation], answered_organisation_ids(invitation.round_id))
    return show(
        "invitation.html",
        invitation.round,
        invitation=invitation,
        row=row,
        form=form or InvitationForm(formdata=None, data=stored),
        deadline_form=deadline_form or OwnDeadlineForm(formdata=None, data=deadline),
    )
