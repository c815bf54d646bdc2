"""The receipt of an answer as a PDF, made once and kept as long as nothing in it changes."""

from pathlib import Path
from typing import TYPE_CHECKING

from consult.domain.documents.building.receipt import build_receipt
from consult.domain.documents.render import render_pdf
from consult.domain.documents.tree import content_hash
from consult.domain.submissions.rules import letter_locale
from consult.kernel.files import DerivedStore
from consult.kernel.ids import content_digest

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


def receipt_pdf(submission: "Submission", *, assets: Path, derived: DerivedStore) -> bytes:
    """The receipt in the language that was written in.

    Args:
        submission: The answer it is for.
        assets: The folder of the asset build.
        derived: Where it is kept.
    """
    document = build_receipt(submission, letter_locale(submission.language, submission.locale))
    style = (assets / "manifest.json").read_bytes()
    key = content_digest(content_hash(document).encode() + style)
    return derived.fetch(key, lambda: render_pdf(document, assets=assets))
