"""This machine: the page for when there is no contact, and deleting what is kept here."""

import re

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from consult.blueprints.respond import bp
from consult.blueprints.respond.forms import ConfirmForm
from consult.blueprints.respond.links import drop_all_tokens, drop_token
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.actor import current_actor, forget_all_keys, forget_key
from consult.blueprints.shared.converters import PublicIdConverter
from consult.blueprints.shared.secret_links import forget_all_secrets
from consult.domain.submissions.queries import get_draft
from consult.kernel.errors import NotFound
from consult.policy import Permission


@bp.get("/offline/<any(nb, nn, en):locale>")
@requires(Permission.VIEW_SITE)
def offline(locale: str) -> ResponseReturnValue:
    """What stands in for a page that cannot be reached; the service worker keeps it."""
    with force_locale(locale):
        return render_template("respond/offline.html")


@bp.route("/device", methods=["GET", "POST"])
@requires(Permission.VIEW_SITE)
def device() -> ResponseReturnValue:
    """Take one draft (``?draft=``), or all, away from this browser; the script empties its stores.

    Nothing is looked up for the visitor and nothing is changed on the server: an address with
    somebody else's draft tells nothing and takes nothing.
    """
    draft_id = _asked_draft()
    form = ConfirmForm()
    if not form.validate_on_submit():
        page = render_template("respond/device.html", form=form, draft_id=draft_id)
        return page, 422 if form.is_submitted() else 200
    if draft_id is None:
        forget_all_keys()
        drop_all_tokens()
    else:
        for public_id in _belonging_to(draft_id):
            forget_key(public_id)
            drop_token(public_id)
    forget_all_secrets()
    flash(_("This is deleted from this machine. What was saved with us is still there."), "success")
    if current_actor().is_authenticated:
        flash(_("You are still signed in here. Sign out if others use this machine."), "warning")
    return redirect(url_for("public.index"))


def _asked_draft() -> str | None:
    """The draft that the address names, if it looks like one of ours."""
    wanted = request.args.get("draft", "")
    return wanted if re.fullmatch(PublicIdConverter.regex, wanted) else None


def _belonging_to(draft_id: str) -> list[str]:
    """A draft, and what was sent of it."""
    try:
        sent = get_draft(draft_id).submission
    except NotFound:
        return [draft_id]
    return [draft_id] if sent is None else [draft_id, sent.public_id]
