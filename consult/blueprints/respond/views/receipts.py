"""The receipt, as a page and as a PDF."""

from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.respond import bp
from consult.blueprints.respond.aftermath import afterwards_of, stage_text, version_rows
from consult.blueprints.respond.links import kept_link
from consult.blueprints.respond.presenters import receipt_rows, sender_facts
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.context import current_locale
from consult.domain.documents.building.receipt import build_receipt
from consult.domain.documents.render import render_pdf
from consult.domain.documents.tree import content_hash
from consult.domain.submissions.queries import get_sent_answers, get_submission
from consult.domain.submissions.rules import letter_locale
from consult.domain.submissions.types import PUBLICATION_LABELS
from consult.extensions import limiter
from consult.kernel.clock import utc_now
from consult.kernel.ids import content_digest
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


@bp.get("/receipts/<pid:public_id>")
@requires(Permission.VIEW_RECEIPT, on=get_submission)
def receipt(submission: "Submission") -> ResponseReturnValue:
    """Number, time and everything that was written."""
    return render_template(
        "respond/receipt.html",
        submission=submission,
        round=submission.round,
        facts=sender_facts(submission.name, submission.actor_type, submission.contact_email),
        rows=receipt_rows(
            get_sent_answers(submission), language=submission.language, locale=current_locale()
        ),
        publication_label=PUBLICATION_LABELS[submission.publication],
        afterwards=afterwards_of(submission, now=utc_now()),
        stage=stage_text(submission.round, now=utc_now()),
        versions=version_rows(submission),
        personal_link=kept_link(submission.public_id),
    )


@bp.get("/receipts/<pid:public_id>/receipt.pdf")
@requires(Permission.VIEW_RECEIPT, on=get_submission)
@limiter.limit("20 per minute")
def receipt_pdf(submission: "Submission") -> ResponseReturnValue:
    """The receipt as a PDF, in the language that was written in; made once."""
    document = build_receipt(submission, letter_locale(submission.language, submission.locale))
    assets = Path(str(current_app.static_folder)) / "build"
    style = (assets / "manifest.json").read_bytes()
    key = content_digest(content_hash(document).encode() + style)
    content = current_app.extensions["derived"].fetch(
        key, lambda: render_pdf(document, assets=assets)
    )
    headers = {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'attachment; filename="{submission.receipt_number}.pdf"',
    }
    return content, headers
