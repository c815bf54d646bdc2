"""Members: who has which role, from when until when, and who asks for one."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.settings import site_address
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.forms.members import (
    ApproveForm,
    ChangeEndForm,
    DeclineForm,
    GiveRoleForm,
)
from consult.blueprints.workspace.loading import membership_in, request_to, workspace_of
from consult.blueprints.workspace.presenters.members import (
    ended_rows,
    member_rows,
    role_hints,
    role_words,
)
from consult.domain.accounts.errors import EmailTaken
from consult.domain.organisations.errors import AlreadyDecided, LastCoordinator
from consult.domain.organisations.queries import (
    is_last_coordinator,
    list_memberships,
    members_as,
    open_requests_to,
)
from consult.domain.organisations.service import (
    add_member,
    approve_request,
    decline_request,
    end_membership,
    prolong_membership,
)
from consult.domain.organisations.types import Role
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission, can

if TYPE_CHECKING:
    from consult.domain.organisations.models import AccessRequest, Membership, Organisation


@bp.get("/<slug:organisation>/members")
@requires(Permission.VIEW_WORKSPACE, on=workspace_of)
def members(organisation: "Organisation") -> ResponseReturnValue:
    """Who works for the organisation now, and whose role has ended."""
    now = utc_now()
    manages = can(current_actor(), Permission.MANAGE_MEMBERS, organisation)
    memberships = list_memberships(organisation.id)
    return render_template(
        "workspace/members/list.html",
        organisation=organisation,
        current=member_rows(memberships, now=now),
        ended=ended_rows(memberships, now=now),
        requests=open_requests_to(organisation.id) if manages else [],
    )


@bp.route("/<slug:organisation>/members/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEMBERS, on=workspace_of)
@transactional
def give_role(organisation: "Organisation") -> ResponseReturnValue:
    """Give somebody a role, from–to; who is new is registered and gets a mail."""
    signatories = members_as(organisation.id, Role.SIGNATORY, now=utc_now())
    form = GiveRoleForm(signatories=signatories)
    if form.validate_on_submit() and (membership := _add(form, organisation)) is not None:
        name = membership.person.name
        flash(_("%(name)s has the role and gets a mail about it.", name=name), "success")
        return redirect(url_for("workspace.members", organisation=organisation.slug))
    page = render_template(
        "workspace/members/give.html",
        organisation=organisation,
        form=form,
        role_hints=role_hints(),
        has_signatories=bool(signatories),
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/<slug:organisation>/members/<pid:membership_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEMBERS, on=membership_in)
@transactional
def change_role(membership: "Membership") -> ResponseReturnValue:
    """End a role, move its end or take it away; the last coordinator's only knowingly."""
    form = ChangeEndForm(has_end=membership.ends_at is not None)
    if form.validate_on_submit() and _change_end(form, membership):
        flash(_("The end of the role is registered."), "success")
        return redirect(_after(membership))
    page = render_template(
        "workspace/members/change.html",
        organisation=membership.organisation,
        membership=membership,
        role=role_words(membership),
        form=form,
        is_last=form.understood.errors or is_last_coordinator(membership, at=utc_now()),
        is_own=membership.person_id == current_actor().person_id,
    )
    return page, 422 if form.is_submitted() else 200


@bp.get("/<slug:organisation>/requests/<pid:request_id>")
@requires(Permission.MANAGE_MEMBERS, on=request_to)
def access_request(request: "AccessRequest") -> ResponseReturnValue:
    """Who asks for a role, and why."""
    if request.decided_at is not None:
        flash(_("Somebody else has answered this request already."), "warning")
        return redirect(url_for("workspace.members", organisation=request.organisation.slug))
    return _request_page(request, ApproveForm(), DeclineForm())


@bp.post("/<slug:organisation>/requests/<pid:request_id>/approve")
@requires(Permission.MANAGE_MEMBERS, on=request_to)
@transactional
def approve_access(request: "AccessRequest") -> ResponseReturnValue:
    """Give whoever asked a role."""
    form = ApproveForm()
    if not form.validate():
        return _request_page(request, form, DeclineForm()), 422
    base_url = site_address()
    try:
        approve_request(request, role=Role(form.role.data), base_url=base_url, by=current_actor())
    except AlreadyDecided:
        flash(_("Somebody else has answered this request already."), "warning")
    except InvalidInput:
        flash(_("This person has got a role in the meantime."), "warning")
    else:
        name = request.person.name
        flash(_("%(name)s has the role and gets a mail about it.", name=name), "success")
    return redirect(url_for("workspace.members", organisation=request.organisation.slug))


@bp.post("/<slug:organisation>/requests/<pid:request_id>/decline")
@requires(Permission.MANAGE_MEMBERS, on=request_to)
@transactional
def decline_access(request: "AccessRequest") -> ResponseReturnValue:
    """Say no to whoever asked."""
    form = DeclineForm()
    if not form.validate():
        return _request_page(request, ApproveForm(), form), 422
    try:
        decline_request(request, reason=form.reason.data or "", by=current_actor())
    except AlreadyDecided:
        flash(_("Somebody else has answered this request already."), "warning")
    else:
        flash(_("The request is declined. They get a mail about it."), "success")
    return redirect(url_for("workspace.members", organisation=request.organisation.slug))


def _request_page(request: "AccessRequest", approving: ApproveForm, declining: DeclineForm) -> str:
    return render_template(
        "workspace/members/request.html",
        organisation=request.organisation,
        asked=request,
        approving=approving,
        declining=declining,
        role_hints=role_hints(),
    )


def _add(form: GiveRoleForm, organisation: "Organisation") -> "Membership | None":
    try:
        return add_member(
            organisation,
            email=str(form.email.data),
            name=form.name.data or "",
            role=Role(form.role.data),
            base_url=site_address(),
            by=current_actor(),
            starts_at=form.starts_at,
            ends_at=form.ends_at,
            deputises_for=form.signatory,
        )
    except InvalidInput as error:
        if error.field == "ends_at":
            form.add_error(form.ends_on, _("The role would end before it begins."))
            return None
        form.refuse_role(error)
    except EmailTaken:
        form.add_error(
            form.email,
            _("This person cannot sign in any more. Ask those who run the service to let them in."),
        )
    return None


def _change_end(form: ChangeEndForm, membership: "Membership") -> bool:
    """Whether the end was changed by the form; if not, its fields say why."""
    by = current_actor()
    if form.when.data == "never":
        prolong_membership(membership, by=by)
        return True
    at = form.moment()
    if at is None:
        return False
    try:
        end_membership(membership, at=at, by=by, even_last=form.understood.data)
    except InvalidInput as error:
        form.refuse(error, {"past": _("This time has passed. Choose “Now” or a later time.")})
    except LastCoordinator:
        form.add_error(
            form.understood,
            _("Nobody else coordinates the organisation. Say that you understand, or first give "
              "somebody else the role."),
        )  # fmt: skip
    else:
        return True
    return False


def _after(membership: "Membership") -> str:
    """Where to go on: the members, or my organisations for whoever has ended their own role."""
    is_over = membership.ends_at is not None and membership.ends_at <= utc_now()
    if is_over and membership.person_id == current_actor().person_id:
        return url_for("workspace.mine")
    return url_for("workspace.members", organisation=membership.organisation.slug)
