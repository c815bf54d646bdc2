"""Whether the words that a draft report quotes are right: asked of whoever wrote them."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.respond import bp
from consult.blueprints.respond.fact_check_forms import FactCheckForm
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.reports.fact_checks import get_asked
from consult.domain.reports.service.fact_checking import reply
from consult.domain.reports.types import SETTLEMENT_LABELS, Verdict
from consult.domain.submissions.queries import get_submission
from consult.kernel.errors import Conflict, InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.reports.models import FactCheck
    from consult.domain.submissions.models import Submission


@bp.route("/receipts/<pid:public_id>/fact-checks/<pid:check_id>", methods=["GET", "POST"])
@requires(Permission.VIEW_RECEIPT, on=get_submission)
@transactional
def fact_check(submission: "Submission", check_id: str) -> ResponseReturnValue:
    """The words that are quoted, and whether they are right."""
    check = get_asked(submission.id, check_id)
    known = {"verdict": check.verdict, "text": check.reply}
    form = FactCheckForm(data=known).offer()
    if form.validate_on_submit() and _is_kept(check, form):
        return redirect(url_for("respond.fact_check", public_id=submission.public_id,
                                check_id=check.public_id))  # fmt: skip
    page = render_template(
        "respond/fact_check.html",
        submission=submission,
        round=submission.round,
        check=check,
        form=form,
        settlements=SETTLEMENT_LABELS,
    )
    return page, 422 if form.is_submitted() else 200


def _is_kept(check: "FactCheck", form: FactCheckForm) -> bool:
    """Keep the answer; false where the form says what is wrong."""
    try:
        reply(check, Verdict(form.verdict.data), form.text.data or "", by=current_actor())
    except InvalidInput as error:
        form.refuse(error, {"required": _("Write what is wrong, so that it can be set right.")})
        return False
    except Conflict:
        flash(_("They have answered you already. Nothing was changed."), "info")
        return True
    flash(_("Thank you. They have got your answer."), "success")
    return True
