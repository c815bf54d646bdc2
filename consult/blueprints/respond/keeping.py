"""Never losing what somebody has written, even when it cannot be saved here any more."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.blueprints.respond import bp
from consult.blueprints.respond.forms import ConfirmForm
from consult.blueprints.shared.access import refuse_access
from consult.blueprints.shared.actor import remember_key
from consult.domain.submissions.errors import AlreadySent

if TYPE_CHECKING:
    from consult.domain.submissions.models import Draft

_FORM_FIELDS = ("stance", "choice", "choices", "scale_value", "text")


def is_autosave() -> bool:
    """Whether the request is a page saving itself while its writer goes on."""
    return request.headers.get("X-Autosave") == "1"


def give_text_back() -> ResponseReturnValue:
    """Refuse a form, and show what stood in it so that it can be copied or sent once more.

    The same page for a draft that is gone and for one that is somebody else's: it holds nothing but
    what came with the request.
    """
    if request.method in {"GET", "HEAD"}:
        return refuse_access()
    if is_autosave():
        return jsonify(error="refused"), 404
    kept = {name: request.form.getlist(name) for name in _FORM_FIELDS if request.form.get(name)}
    # A revision of 0 is a conflict with whatever is stored: both texts are then shown.
    page = render_template("respond/kept.html", kept=kept, form=ConfirmForm(), action=request.path)
    return page, 404


def refuse_sending() -> ResponseReturnValue:
    """Say that nothing was sent, and how to come back, to a browser without key or session."""
    if request.method in {"GET", "HEAD"}:
        return refuse_access()
    return render_template("respond/not_sent.html", draft_href=request.path), 404


def while_unsent(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Lead from the pages of a draft that has been sent to its receipt."""

    @wraps(view)
    def led(draft: "Draft", **arguments: Any) -> ResponseReturnValue:
        if draft.submission is None:
            return view(draft, **arguments)
        if request.method == "POST" and request.form.get("text"):
            return give_text_back()
        if draft.organisation_id is None:
            remember_key(draft.submission.access_key)
        return redirect(url_for("respond.receipt", public_id=draft.submission.public_id))

    return led


@bp.errorhandler(AlreadySent)
def _lead_to_receipt(_error: AlreadySent) -> ResponseReturnValue:
    """Somebody sent the draft while this request was under way: its pages lead to the receipt."""
    if request.form.get("text"):
        return give_text_back()
    return redirect(url_for("respond.tasks", public_id=(request.view_args or {})["public_id"]))
