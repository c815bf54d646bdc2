"""The receipt, as a page and as a PDF."""

from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.respond import bp
from consult.blueprints.respond.aftermath import afterwards_of, stage_text, version_rows
from consult.blueprints.respond.links import kept_link
from consult.blueprints.respond.presenters import meeting_facts, receipt_rows, sender_facts
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.confirmations import confirmations_in_words
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.downloads import send_stored
from consult.blueprints.shared.grounds import ground_facts
from consult.blueprints.shared.limits import by_public_id
from consult.blueprints.shared.standing_behind import behind_facts
from consult.domain.documents.receipts import receipt_pdf as receipt_pdf_of
from consult.domain.following.queries import find_watch
from consult.domain.reports.fact_checks import list_asked
from consult.domain.responses.branches import has_feedback
from consult.domain.submissions.companions import (
    confirmations_of,
    find_attachment,
    get_sent_files,
    version_numbers,
)
from consult.domain.submissions.queries import find_draft_id, get_sent_answers, get_submission
from consult.domain.submissions.types import PUBLICATION_LABELS
from consult.extensions import limiter
from consult.kernel.clock import utc_now
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


@bp.get("/receipts/<pid:public_id>")
@requires(Permission.VIEW_RECEIPT, on=get_submission)
def receipt(submission: "Submission") -> ResponseReturnValue:
    """Number, time and everything that was written."""
    files = get_sent_files(submission)
    return render_template(
        "respond/receipt.html",
        submission=submission,
        round=submission.round,
        facts=[
            *sender_facts(submission),
            *behind_facts(submission.current_version),
            *meeting_facts(submission),
            *ground_facts(submission),
        ],
        rows=receipt_rows(
            get_sent_answers(submission),
            files,
            language=submission.language,
            locale=current_locale(),
        ),
        files=files,
        confirmations=confirmations_in_words(
            confirmations_of(submission.id),
            digest=submission.current_version.digest,
            versions=version_numbers(submission.id),
        ),
        publication_label=PUBLICATION_LABELS[submission.publication],
        afterwards=afterwards_of(submission, now=utc_now()),
        stage=stage_text(submission.round, now=utc_now()),
        versions=version_rows(submission),
        personal_link=kept_link(submission.public_id),
        draft_id=find_draft_id(submission.id),
        is_told=find_watch(submission) is not None,
        has_feedback=submission.is_internal and has_feedback(submission),
        fact_checks=list_asked(submission.id),
    )


@bp.get("/receipts/<pid:public_id>/receipt.pdf")
@requires(Permission.VIEW_RECEIPT, on=get_submission)
@limiter.limit("20 per minute", key_func=by_public_id)
def receipt_pdf(submission: "Submission") -> ResponseReturnValue:
    """The receipt as a PDF, in the language that was written in; made once."""
    assets = Path(str(current_app.static_folder)) / "build"
    content = receipt_pdf_of(submission, assets=assets, derived=current_app.extensions["derived"])
    headers = {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'attachment; filename="{submission.receipt_number}.pdf"',
    }
    return content, headers


@bp.get("/receipts/<pid:public_id>/files/<pid:file_id>")
@requires(Permission.VIEW_RECEIPT, on=get_submission)
def receipt_file(submission: "Submission", file_id: str) -> ResponseReturnValue:
    """A file that was sent, as a download."""
    file = find_attachment(submission, file_id)
    return send_stored(file.digest, file.filename, file.media_type)
