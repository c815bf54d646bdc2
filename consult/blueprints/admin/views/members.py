"""An organisation's page: its members and their roles."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.admin import bp
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.giving_roles import RoleForm
from consult.blueprints.shared.organisations import RoleEndForm, history_lines, other_names
from consult.blueprints.shared.settings import site_address
from consult.domain.accounts.errors import EmailTaken
from consult.domain.organisations.queries import (
    children_of,
    events_of,
    get_membership,
    get_organisation,
    list_memberships,
    predecessors_of,
)
from consult.domain.organisations.rules import format_organisation_number
from consult.domain.organisations.service import add_member, end_membership
from consult.domain.organisations.types import ACTOR_TYPE_LABELS, ROLE_HINTS, ROLE_LABELS, Role
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import LANGUAGE_NAMES
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.organisations.models import Membership, Organisation


@bp.get("/organisations/<slug:slug>")
@requires(Permission.ADMINISTER, on=get_organisation)
def organisation(subject: "Organisation") -> ResponseReturnValue:
    """What is registered of an organisation, and who has which role in it."""
    return _page(subject, RoleForm())


@bp.post("/organisations/<slug:slug>/members", endpoint="add_member")
@requires(Permission.ADMINISTER, on=get_organisation)
@transactional
def give_role(subject: "Organisation") -> ResponseReturnValue:
    """Give a person a role; who is new is registered and gets a mail."""
    form = RoleForm()
    if form.validate():
        membership = _add(form, subject)
        if membership is not None:
            name = membership.person.name
            flash(_("%(name)s has the role now and gets a mail about it.", name=name), "success")
            return redirect(url_for("admin.organisation", slug=subject.slug))
    return _page(subject, form), 422


@bp.route("/roles/<pid:public_id>/end", methods=["GET", "POST"])
@requires(Permission.ADMINISTER, on=get_membership)
@transactional
def end_role(membership: "Membership") -> ResponseReturnValue:
    """End a role, at once or at a moment."""
    form = RoleEndForm()
    if not form.is_submitted():
        return render_template("admin/end_role.html", **_ending(membership, form))
    if form.validate() and (at := form.moment()) is not None:
        try:
            end_membership(membership, by=current_actor(), at=at)
        except InvalidInput as error:
            form.refuse(error, {"past": _("This time has passed. Choose “Now” or a later time.")})
        else:
            flash(_("The end of the role is registered."), "success")
            return redirect(url_for("admin.organisation", slug=membership.organisation.slug))
    return render_template("admin/end_role.html", **_ending(membership, form)), 422


def _page(organisation: "Organisation", form: RoleForm) -> str:
    now = utc_now()
    memberships = list_memberships(organisation.id)
    number = organisation.organisation_number
    return render_template(
        "admin/organisation.html",
        organisation=organisation,
        number=format_organisation_number(number) if number else None,
        type_label=ACTOR_TYPE_LABELS[organisation.actor_type],
        language_name=LANGUAGE_NAMES.get(organisation.language, organisation.language),
        children=children_of(organisation.id),
        other_names=other_names(organisation),
        history=history_lines(events_of(organisation.id)),
        carries_on=predecessors_of(organisation.id),
        current=[one for one in memberships if one.ends_at is None or one.ends_at > now],
        ended=[one for one in memberships if one.ends_at is not None and one.ends_at <= now],
        role_labels=ROLE_LABELS,
        role_hints={role: _(hint) for role, hint in ROLE_HINTS.items()},
        form=form,
    )


def _add(form: RoleForm, organisation: "Organisation") -> "Membership | None":
    try:
        return add_member(
            organisation,
            email=str(form.email.data),
            name=form.name.data or "",
            role=Role(form.role.data),
            base_url=site_address(),
            by=current_actor(),
        )
    except InvalidInput as error:
        form.refuse_role(error)
    except EmailTaken:
        form.add_error(
            form.email,
            _("This person is deactivated. Open “People and roles” and let them in again first."),
        )
    return None


def _ending(membership: "Membership", form: RoleEndForm) -> dict[str, object]:
    return {"membership": membership, "form": form, "role_label": ROLE_LABELS[membership.role]}
