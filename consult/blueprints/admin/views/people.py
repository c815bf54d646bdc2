"""People: list, change, keep out and let in."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.admin import bp
from consult.blueprints.admin.forms import PersonForm
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.lists import asked_text, page_of
from consult.domain.accounts.errors import OwnAccess
from consult.domain.accounts.queries import count_persons, get_person, search_persons
from consult.domain.accounts.service import change_person, deactivate_person, reactivate_person
from consult.domain.organisations.queries import count_active_roles, roles_of
from consult.domain.organisations.types import ROLE_LABELS
from consult.kernel.clock import utc_now
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.accounts.models import Person


@bp.get("/people")
@requires(Permission.ADMINISTER)
def people() -> ResponseReturnValue:
    """People, found by name or address."""
    text = asked_text("q")
    paging = page_of(count_persons(text))
    shown = search_persons(text, offset=paging.offset, limit=paging.size)
    return render_template(
        "admin/people.html",
        people=shown,
        roles=count_active_roles([one.id for one in shown], now=utc_now()),
        paging=paging,
        text=text,
    )


@bp.route("/people/<pid:public_id>", methods=["GET", "POST"])
@requires(Permission.ADMINISTER, on=get_person)
@transactional
def person(subject: "Person") -> ResponseReturnValue:
    """A person's roles; change their name, language and right to run the installation."""
    form = PersonForm(obj=subject)
    if not form.is_submitted():
        return _page(subject, form)
    if form.validate():
        try:
            change_person(
                subject,
                name=str(form.name.data),
                locale=form.locale.data or None,
                is_admin=form.is_admin.data,
                by=current_actor(),
            )
        except OwnAccess:
            form.add_error(form.is_admin, _("You cannot take this right away from yourself."))
        else:
            flash(_("The changes are saved."), "success")
            return redirect(url_for("admin.person", public_id=subject.public_id))
    return _page(subject, form), 422


@bp.post("/people/<pid:public_id>/deactivate")
@requires(Permission.ADMINISTER, on=get_person)
@transactional
def deactivate(subject: "Person") -> ResponseReturnValue:
    """Keep a person out from now on."""
    try:
        deactivate_person(subject, by=current_actor(), now=utc_now())
    except OwnAccess:
        flash(_("You cannot deactivate yourself. Ask another administrator."), "warning")
    else:
        flash(_("%(name)s is deactivated and signed out.", name=subject.name), "success")
    return redirect(url_for("admin.person", public_id=subject.public_id))


@bp.post("/people/<pid:public_id>/reactivate")
@requires(Permission.ADMINISTER, on=get_person)
@transactional
def reactivate(subject: "Person") -> ResponseReturnValue:
    """Let a person in again."""
    reactivate_person(subject, by=current_actor())
    flash(_("%(name)s can sign in again.", name=subject.name), "success")
    return redirect(url_for("admin.person", public_id=subject.public_id))


def _page(subject: "Person", form: PersonForm) -> str:
    return render_template(
        "admin/person.html",
        person=subject,
        form=form,
        roles=roles_of(subject.id),
        role_labels=ROLE_LABELS,
        now=utc_now(),
    )
