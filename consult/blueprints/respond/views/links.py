"""Personal links: what lets one go on from another phone, or see a receipt later."""

from typing import TYPE_CHECKING

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.blueprints.respond import bp
from consult.blueprints.respond.forms import ConfirmForm
from consult.blueprints.respond.keeping import while_unsent
from consult.blueprints.respond.links import keep_token, kept_link
from consult.blueprints.respond.views.drafts import standing_for
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import remember_key
from consult.domain.submissions.queries import (
    find_draft_by_link,
    find_submission_by_link,
    get_draft,
)
from consult.domain.submissions.service.drafting import renew_link
from consult.extensions import limiter
from consult.kernel.errors import NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.submissions.models import Draft


@bp.route("/link/<token>", methods=["GET", "POST"])
@requires(Permission.VIEW_SITE)
@limiter.limit("30 per minute")
def link(token: str) -> ResponseReturnValue:
    """Open a draft or a receipt in this browser, on a press of the button.

    A button, because whatever opens links in mails by itself shall not get in.
    """
    draft = find_draft_by_link(token)
    found = draft or find_submission_by_link(token)
    if found is None:
        return render_template("respond/link_unknown.html"), 404
    form = ConfirmForm()
    if not form.validate_on_submit():
        page = render_template(
            "respond/link.html", form=form, token=token, round=found.round, is_draft=bool(draft)
        )
        return page, 422 if form.is_submitted() else 200
    remember_key(found.public_id)
    keep_token(found.public_id, token)
    page_name = "respond.tasks" if draft else "respond.receipt"
    return redirect(url_for(page_name, public_id=found.public_id))


@bp.route("/drafts/<pid:public_id>/link", methods=["GET", "POST"])
@requires(Permission.EDIT_DRAFT, on=get_draft)
@while_unsent
@transactional
def draft_link(draft: "Draft") -> ResponseReturnValue:
    """Show the personal link of a draft, or make a new one where this browser does not know it."""
    if draft.organisation_id is not None:
        raise NotFound("link", draft.public_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        keep_token(draft.public_id, renew_link(draft))
        return redirect(url_for("respond.draft_link", public_id=draft.public_id))
    page = render_template(
        "respond/draft_link.html",
        draft=draft,
        round=draft.round,
        standing=standing_for(draft),
        form=form,
        personal_link=kept_link(draft.public_id),
    )
    return page, 422 if form.is_submitted() else 200
