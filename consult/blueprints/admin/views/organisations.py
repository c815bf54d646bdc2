"""Organisations: list, register, change."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.admin import bp
from consult.blueprints.admin.forms import OrganisationForm
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.lists import asked_text, page_of
from consult.blueprints.shared.organisations import names_as_fields, number_messages
from consult.domain.organisations.errors import OrganisationNumberTaken, WouldFormCircle
from consult.domain.organisations.queries import (
    count_members,
    count_organisations,
    find_by_any_name,
    get_organisation,
    search_organisations,
)
from consult.domain.organisations.service import change_organisation, register_organisation
from consult.domain.organisations.types import ACTOR_TYPE_LABELS, ActorType
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation


@bp.get("/organisations")
@requires(Permission.ADMINISTER)
def organisations() -> ResponseReturnValue:
    """Organisations, found by name or number."""
    text = asked_text("q")
    paging = page_of(count_organisations(text))
    shown = search_organisations(text, offset=paging.offset, limit=paging.size)
    return render_template(
        "admin/organisations.html",
        organisations=shown,
        members=count_members([one.id for one in shown], now=utc_now()),
        type_labels=ACTOR_TYPE_LABELS,
        paging=paging,
        text=text,
    )


@bp.route("/new-organisation", methods=["GET", "POST"], endpoint="register_organisation")
@requires(Permission.ADMINISTER)
@transactional
def register_organisation_page() -> ResponseReturnValue:
    """Register an organisation."""
    form = OrganisationForm(data={"language": "nb"} if request.method == "GET" else None)
    if not form.is_submitted():
        return render_template("admin/organisation_form.html", form=form, organisation=None)
    if form.validate():
        saved = _save(form, None)
        if saved is not None:
            flash(_("%(name)s is registered.", name=saved.name), "success")
            return redirect(url_for("admin.organisation", slug=saved.slug))
    return render_template("admin/organisation_form.html", form=form, organisation=None), 422


@bp.route(
    "/organisations/<slug:slug>/details", methods=["GET", "POST"], endpoint="change_organisation"
)
@requires(Permission.ADMINISTER, on=get_organisation)
@transactional
def change_organisation_page(organisation: "Organisation") -> ResponseReturnValue:
    """Change what is registered of an organisation."""
    form = OrganisationForm(data=_registered(organisation))
    page = "admin/organisation_form.html"
    if not form.is_submitted():
        return render_template(page, form=form, organisation=organisation)
    if form.validate() and _save(form, organisation) is not None:
        flash(_("The changes are saved."), "success")
        return redirect(url_for("admin.organisation", slug=organisation.slug))
    return render_template(page, form=form, organisation=organisation), 422


def _save(form: OrganisationForm, organisation: "Organisation | None") -> "Organisation | None":
    """Register or change by the form; on a refusal put the reason at its field and return none."""
    parent = find_by_any_name(form.parent.data) if form.parent.data else None
    if form.parent.data and parent is None:
        form.add_error(
            form.parent, _("We know no organisation by this name or number. Register it first.")
        )
        return None
    values = {
        "name": str(form.name.data),
        "actor_type": ActorType(form.actor_type.data),
        "organisation_number": form.organisation_number.data or None,
        "parent": parent,
        "language": form.language.data,
        "county": form.county.data or None,
        "email": form.email.data or None,
        "dissolved_on": form.dissolved_on.data,
        "names": form.names,
        "by": current_actor(),
    }
    try:
        if organisation is None:
            return register_organisation(**values)
        change_organisation(organisation, **values)
    except InvalidInput as error:
        messages = {
            **number_messages(form.organisation_number.data),
            "required": _("Write a name."),
        }
        form.refuse(error, messages)
    except OrganisationNumberTaken as taken:
        form.add_error(
            form.organisation_number, _("%(name)s has this number already.", name=taken.name)
        )
    except WouldFormCircle:
        form.add_error(form.parent, _("This body stands below the one you are changing."))
    else:
        return organisation
    return None


def _registered(organisation: "Organisation") -> dict[str, object]:
    """The form's fields as they are registered; the body above is shown by its name."""
    fields = (
        "name", "actor_type", "organisation_number", "language", "county", "email", "dissolved_on",
    )  # fmt: skip
    values: dict[str, object] = {field: getattr(organisation, field) for field in fields}
    parent = organisation.parent.name if organisation.parent else ""
    return {**values, **names_as_fields(organisation.names), "parent": parent}
