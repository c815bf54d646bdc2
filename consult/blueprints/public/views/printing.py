"""The round's questions as a form to print."""

from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app
from flask.typing import ResponseReturnValue

from consult.blueprints.public import bp
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.settings import site_address
from consult.domain.documents.building.form import build_form
from consult.domain.documents.render import render_pdf
from consult.domain.documents.tree import content_hash
from consult.domain.rounds.queries import get_round, list_questions
from consult.extensions import limiter
from consult.kernel.ids import content_digest
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/form.pdf")
@requires(Permission.VIEW_ROUND, on=get_round)
@limiter.limit("30 per minute")
def printable_form(round_: "Round") -> ResponseReturnValue:
    """The form as a tagged PDF in the interface language; made once for the same questions."""
    base = site_address()
    document = build_form(
        round_,
        list_questions(round_.id),
        locale=current_locale(),
        address=f"{base}/rounds/{round_.slug}",
        now=round_.created_at,
    )
    assets = Path(str(current_app.static_folder)) / "build"
    key = content_digest(content_hash(document).encode() + (assets / "manifest.json").read_bytes())
    content = current_app.extensions["derived"].fetch(
        key, lambda: render_pdf(document, assets=assets)
    )
    headers = {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'inline; filename="{round_.slug}-{document.language}.pdf"',
    }
    return content, headers
