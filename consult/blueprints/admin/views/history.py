"""What happened to an organisation: a new name or number, its end, and mistakes taken back."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.admin import bp
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.organisations import (
    EndBodyForm,
    NewNameForm,
    NewNumberForm,
    names_as_fields,
    save_end,
    save_new_name,
    save_new_number,
)
from consult.domain.organisations.queries import find_by_any_name, get_event, get_organisation
from consult.domain.organisations.service import take_back_event
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from wtforms import Form

    from consult.domain.organisations.models import Organisation, OrganisationEvent


@bp.route("/organisations/<slug:slug>/new-name", methods=["GET", "POST"])
@requires(Permission.ADMINISTER, on=get_organisation)
@transactional
def new_name(organisation: "Organisation") -> ResponseReturnValue:
    """Register that an organisation has got a new name."""
    form = NewNameForm(data={"name": organisation.name, **names_as_fields(organisation.names)})
    saved = form.validate_on_submit() and save_new_name(form, organisation)
    return _answer("new_name", form, organisation, saved=saved)


@bp.route("/organisations/<slug:slug>/new-number", methods=["GET", "POST"])
@requires(Permission.ADMINISTER, on=get_organisation)
@transactional
def new_number(organisation: "Organisation") -> ResponseReturnValue:
    """Register that an organisation has got a new number."""
    form = NewNumberForm()
    saved = form.validate_on_submit() and save_new_number(form, organisation)
    return _answer("new_number", form, organisation, saved=saved)


@bp.route("/organisations/<slug:slug>/end", methods=["GET", "POST"])
@requires(Permission.ADMINISTER, on=get_organisation)
@transactional
def end_organisation(organisation: "Organisation") -> ResponseReturnValue:
    """Register that an organisation has ended, and who carries it on."""
    form = EndBodyForm()
    saved = False
    if form.validate_on_submit() and (successors := _successors(form)) is not None:
        saved = save_end(form, organisation, successors)
    return _answer("end_organisation", form, organisation, saved=saved)


@bp.post("/changes/<pid:event_id>/take-back", endpoint="take_back_event")
@requires(Permission.ADMINISTER, on=get_event)
@transactional
def take_back(event: "OrganisationEvent") -> ResponseReturnValue:
    """Undo the last change that was registered of an organisation."""
    try:
        take_back_event(event, by=current_actor())
    except InvalidInput:
        flash(_("Something was registered after it. Take that back first."), "warning")
    else:
        flash(_("The change is taken back. The log keeps both."), "success")
    return redirect(url_for("admin.organisation", slug=event.organisation.slug))


def _answer(
    what: str, form: "Form", organisation: "Organisation", *, saved: bool
) -> ResponseReturnValue:
    if saved:
        flash(_("The change is registered."), "success")
        return redirect(url_for("admin.organisation", slug=organisation.slug))
    status = 422 if form.errors else 200
    page = render_template(
        "admin/history_form.html", what=what, form=form, organisation=organisation
    )
    return page, status


def _successors(form: EndBodyForm) -> "list[Organisation] | None":
    """The bodies named in the form, one a line; ``None`` when one is not known."""
    found = []
    for line in filter(None, map(str.strip, str(form.successors.data or "").splitlines())):
        body = find_by_any_name(line)
        if body is None:
            form.add_error(
                form.successors, _("We know no organisation called “%(name)s”.", name=line)
            )
            return None
        found.append(body)
    return found
