"""Printed codes: what lets one go on elsewhere without an e-mail address."""

from typing import TYPE_CHECKING

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.respond import bp
from consult.blueprints.respond.forms import CodeForm, ConfirmForm
from consult.blueprints.respond.keeping import while_unsent
from consult.blueprints.respond.links import keep_code, kept_code, let_in, linked_answer
from consult.blueprints.respond.views.drafts import standing_for
from consult.blueprints.shared.access import requires, transactional
from consult.domain.submissions.queries import get_draft
from consult.domain.submissions.service.linking import access_ends, find_by_code, renew_code
from consult.extensions import limiter
from consult.kernel.clock import utc_now
from consult.kernel.codes import read_spoken_code
from consult.kernel.errors import NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.submissions.models import Draft, Submission


def is_wrong_code(response: Response) -> bool:
    """Whether a code opened nothing: only those count against the limit."""
    return response.status_code == 422


@bp.route("/code", methods=["GET", "POST"])
@requires(Permission.VIEW_SITE)
@limiter.limit("10 per minute;60 per hour;200 per day", methods=["POST"], deduct_when=is_wrong_code)
def code() -> ResponseReturnValue:
    """Open a draft or an answer by the code on a printed page.

    Only wrong codes count against the limit, so that an office or a library behind one address is
    never kept out; at 200 a day one of 10^14 codes is not found by trying.
    """
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("respond/code.html", form=form), 422 if form.is_submitted() else 200
    typed = str(form.code.data)
    found = find_by_code(typed, now=utc_now())
    if found is None:
        message = (
            _("This code opens nothing. It may be replaced by a newer one, or the answer is sent.")
            if read_spoken_code(typed)
            else _("A letter is wrong or missing. Compare it with the paper, group by group.")
        )
        form.add_error(form.code, message)
        return render_template("respond/code.html", form=form), 422
    let_in(found.thing)
    page_name = "respond.tasks" if found.is_draft else "respond.receipt"
    return redirect(url_for(page_name, public_id=found.thing.public_id))


@bp.route("/drafts/<pid:public_id>/code", methods=["GET", "POST"])
@requires(Permission.EDIT_DRAFT, on=get_draft)
@while_unsent
@transactional
def draft_code(draft: "Draft") -> ResponseReturnValue:
    """Make a code that opens a draft, and show it large, to print or write down."""
    if draft.organisation_id is not None:
        raise NotFound("code", draft.public_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        keep_code(draft.public_id, renew_code(draft))
        return redirect(url_for("respond.draft_code", public_id=draft.public_id))
    page = render_template(
        "respond/code_page.html",
        draft=draft,
        round=draft.round,
        standing=standing_for(draft),
        form=form,
        code=kept_code(draft.public_id),
        works_until=access_ends(draft),
        back=url_for("respond.tasks", public_id=draft.public_id),
        action=url_for("respond.draft_code", public_id=draft.public_id),
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/receipts/<pid:public_id>/code", methods=["GET", "POST"])
@requires(Permission.VIEW_RECEIPT, on=linked_answer)
@transactional
def receipt_code(submission: "Submission") -> ResponseReturnValue:
    """Make a code that opens an answer later, and show it large, to print or write down."""
    form = ConfirmForm()
    if form.validate_on_submit():
        keep_code(submission.public_id, renew_code(submission))
        return redirect(url_for("respond.receipt_code", public_id=submission.public_id))
    page = render_template(
        "respond/code_page.html",
        draft=None,
        round=submission.round,
        standing=None,
        form=form,
        code=kept_code(submission.public_id),
        works_until=access_ends(submission),
        back=url_for("respond.receipt", public_id=submission.public_id),
        action=url_for("respond.receipt_code", public_id=submission.public_id),
    )
    return page, 422 if form.is_submitted() else 200
