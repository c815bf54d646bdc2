"""Asking to represent an organisation."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.forms.members import AskForm
from consult.blueprints.workspace.loading import workspace_of
from consult.domain.organisations.errors import NobodyToAsk, TooManyRequests
from consult.domain.organisations.service import ask_for_access
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation


@bp.route("/<slug:organisation>/ask", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_ACCESS, on=workspace_of)
@transactional
def ask(organisation: "Organisation") -> ResponseReturnValue:
    """Ask an organisation's coordinators for a role."""
    form = AskForm()
    if form.validate_on_submit() and _ask(form, organisation):
        flash(
            _(
                "%(name)s is asked. You get an e-mail when they have answered.",
                name=organisation.name,
            ),
            "success",
        )
        return redirect(url_for("workspace.mine"))
    page = render_template("workspace/ask.html", organisation=organisation, form=form)
    return page, 422 if form.is_submitted() else 200


def _ask(form: AskForm, organisation: "Organisation") -> bool:
    try:
        ask_for_access(
            organisation,
            message=form.message.data or "",
            base_url=current_app.config["SETTINGS"].base_url,
            by=current_actor(),
        )
    except InvalidInput as error:
        form.refuse(error, {"member": _("You have a role there already.")})
    except NobodyToAsk:
        form.add_error(
            form.message,
            _(
                "Nobody coordinates %(name)s here yet, so there is nobody to ask. "
                "Write to %(email)s, and we help you.",
                name=organisation.name,
                email=current_app.config["SETTINGS"].contact_email,
            ),
        )
    except TooManyRequests:
        form.add_error(
            form.message,
            _("You wait for the answers of several organisations. Wait until some have answered."),
        )
    else:
        return True
    return False
