"""The bodies directly under an organisation: register, change, end. Nothing of what they do."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.organisations import (
    NewNameForm,
    history_lines,
    names_as_fields,
    number_messages,
    other_names,
    save_end,
    save_new_name,
)
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.forms.bodies import (
    BodyForm,
    EndBodyBelowForm,
    FirstCoordinatorForm,
)
from consult.blueprints.workspace.loading import event_of_body, workspace_of
from consult.blueprints.workspace.presenters.bodies import body_rows
from consult.domain.accounts.queries import find_person_by_email, is_address_taken
from consult.domain.organisations.errors import OrganisationNumberTaken
from consult.domain.organisations.queries import (
    children_of,
    descendants_of,
    events_of,
    get_body_under,
    has_had_members,
    predecessors_of,
)
from consult.domain.organisations.rules import format_organisation_number
from consult.domain.organisations.service import (
    add_member,
    change_organisation,
    register_organisation,
    take_back_event,
)
from consult.domain.organisations.types import ACTOR_TYPE_LABELS, Role
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation, OrganisationEvent


@bp.get("/<slug:organisation>/bodies")
@requires(Permission.MANAGE_BODIES, on=workspace_of)
def bodies(organisation: "Organisation") -> ResponseReturnValue:
    """Every body below, as a tree; those directly below can be changed."""
    nodes = descendants_of(organisation.id)
    return render_template(
        "workspace/bodies/list.html",
        organisation=organisation,
        rows=body_rows(nodes, on=to_oslo(utc_now()).date()),
    )


@bp.route("/<slug:organisation>/bodies/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_BODIES, on=workspace_of)
@transactional
def register_body(organisation: "Organisation") -> ResponseReturnValue:
    """Register a body under the organisation, and whoever shall coordinate it."""
    form = FirstCoordinatorForm()
    if form.validate_on_submit() and (body := _register(form, organisation)) is not None:
        flash(_("%(name)s is registered.", name=body.name), "success")
        return redirect(url_for("workspace.bodies", organisation=organisation.slug))
    page = render_template("workspace/bodies/new.html", organisation=organisation, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.get("/<slug:organisation>/bodies/<slug:body>")
@requires(Permission.MANAGE_BODY_BELOW, on=get_body_under)
def body(body: "Organisation") -> ResponseReturnValue:
    """What is registered of a body directly below, and its history."""
    number = body.organisation_number
    return render_template(
        "workspace/bodies/body.html",
        organisation=body.parent,
        body=body,
        kind=ACTOR_TYPE_LABELS[body.actor_type],
        number=format_organisation_number(number) if number else None,
        other_names=other_names(body),
        history=history_lines(events_of(body.id)),
        carries_on=predecessors_of(body.id),
        has_members=has_had_members(body.id),
    )


@bp.route("/<slug:organisation>/bodies/<slug:body>/details", methods=["GET", "POST"])
@requires(Permission.MANAGE_BODY_BELOW, on=get_body_under)
@transactional
def change_body(body: "Organisation") -> ResponseReturnValue:
    """Correct what is registered of a body; invite its first coordinator where it has had none."""
    form = (BodyForm if has_had_members(body.id) else FirstCoordinatorForm)(data=_registered(body))
    if form.validate_on_submit() and _change(form, body):
        flash(_("The changes are saved."), "success")
        return redirect(_page_of(body))
    page = render_template(
        "workspace/bodies/change.html", organisation=body.parent, body=body, form=form
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/<slug:organisation>/bodies/<slug:body>/new-name", methods=["GET", "POST"])
@requires(Permission.MANAGE_BODY_BELOW, on=get_body_under)
@transactional
def rename_body(body: "Organisation") -> ResponseReturnValue:
    """Register that a body has got a new name."""
    form = NewNameForm(data={"name": body.name, **names_as_fields(body.names)})
    if form.validate_on_submit() and save_new_name(form, body):
        flash(_("The change is registered."), "success")
        return redirect(_page_of(body))
    page = render_template(
        "workspace/bodies/rename.html", organisation=body.parent, body=body, form=form
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/<slug:organisation>/bodies/<slug:body>/end", methods=["GET", "POST"])
@requires(Permission.MANAGE_BODY_BELOW, on=get_body_under)
@transactional
def end_body(body: "Organisation") -> ResponseReturnValue:
    """Register that a body has ended, and which of those beside it carry it on."""
    form = EndBodyBelowForm(beside=_heirs(body))
    if form.validate_on_submit() and save_end(form, body, form.chosen):
        flash(_("The change is registered."), "success")
        return redirect(_page_of(body))
    page = render_template(
        "workspace/bodies/end.html", organisation=body.parent, body=body, form=form
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/<slug:organisation>/bodies/<slug:body>/changes/<pid:event_id>/take-back")
@requires(Permission.MANAGE_BODY_BELOW, on=event_of_body)
@transactional
def take_back_change(event: "OrganisationEvent") -> ResponseReturnValue:
    """Undo the last change that was registered of a body."""
    try:
        take_back_event(event, by=current_actor())
    except InvalidInput:
        flash(_("Something was registered after it. Take that back first."), "warning")
    else:
        flash(_("The change is taken back. The log keeps both."), "success")
    return redirect(_page_of(event.organisation))


def _heirs(body: "Organisation") -> "list[Organisation]":
    """Who can carry a body on: those beside it that still exist, and the one above."""
    above = body.parent
    if above is None:
        return []
    beside = children_of(above.id, on=to_oslo(utc_now()).date())
    return [*(one for one in beside if one is not body), above]


def _page_of(body: "Organisation") -> str:
    above = body.parent.slug if body.parent else ""
    return url_for("workspace.body", organisation=above, body=body.slug)


def _register(form: FirstCoordinatorForm, organisation: "Organisation") -> "Organisation | None":
    if not _can_be_invited(form):
        return None
    values = {**form.values, "language": organisation.language, "county": organisation.county}
    try:
        new = register_organisation(**values, parent=organisation, by=current_actor())
    except (InvalidInput, OrganisationNumberTaken) as error:
        _refuse(form, error)
        return None
    _invite_coordinator(form, new)
    return new


def _change(form: BodyForm, body: "Organisation") -> bool:
    if isinstance(form, FirstCoordinatorForm) and not _can_be_invited(form):
        return False
    kept = {field: getattr(body, field) for field in ("language", "county", "dissolved_on")}
    try:
        change_organisation(body, **form.values, **kept, parent=body.parent, by=current_actor())
    except (InvalidInput, OrganisationNumberTaken) as error:
        _refuse(form, error)
        return False
    _invite_coordinator(form, body)
    return True


def _can_be_invited(form: FirstCoordinatorForm) -> bool:
    """Whether the coordinator named in the form, if any, can get the role; if not, why not."""
    email, name = form.coordinator_email.data, form.coordinator_name.data
    if not email:
        if name:
            form.add_error(form.coordinator_email, _("Write the address of the coordinator too."))
        return not name
    if find_person_by_email(email) is not None:
        return True
    if is_address_taken(email):
        form.add_error(
            form.coordinator_email,
            _("This person cannot sign in any more. Ask those who run the service to let them in."),
        )
        return False
    if not name:
        form.add_error(
            form.coordinator_name,
            _("Nobody is registered with this address. Write the person's name too."),
        )
    return bool(name)


def _invite_coordinator(form: BodyForm, body: "Organisation") -> None:
    if isinstance(form, FirstCoordinatorForm) and form.coordinator_email.data:
        add_member(
            body,
            email=form.coordinator_email.data,
            name=form.coordinator_name.data or "",
            role=Role.COORDINATOR,
            base_url=current_app.config["SETTINGS"].base_url,
            by=current_actor(),
        )


def _refuse(form: BodyForm, error: InvalidInput | OrganisationNumberTaken) -> None:
    if isinstance(error, OrganisationNumberTaken):
        taken = _("%(name)s has this number already.", name=error.name)
        form.add_error(form.organisation_number, taken)
    else:
        form.refuse(error, number_messages(form.organisation_number.data))


def _registered(body: "Organisation") -> dict[str, object]:
    fields = ("name", "actor_type", "email", "organisation_number")
    values: dict[str, object] = {field: getattr(body, field) for field in fields}
    return {**values, **names_as_fields(body.names)}
