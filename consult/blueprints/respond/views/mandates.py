"""A branch's answer inside its organisation: on what ground, and how far it may travel."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.respond import bp
from consult.blueprints.respond.keeping import while_unsent
from consult.blueprints.respond.mandate_forms import GroundForm
from consult.blueprints.respond.views.drafts import standing_for
from consult.blueprints.shared.access import requires, transactional
from consult.domain.submissions.mandates import EXPOSURE_HINTS, mandate_of
from consult.domain.submissions.queries import get_draft
from consult.domain.submissions.service.drafting import note_ground
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.submissions.models import Draft


def get_internal_draft(public_id: str) -> "Draft":
    """A draft of an answer inside an organisation. Raises ``NotFound`` for any other."""
    draft = get_draft(public_id)
    if not draft.is_internal:
        raise NotFound("internal draft", public_id)
    return draft


@bp.route("/drafts/<pid:public_id>/mandate", methods=["GET", "POST"])
@requires(Permission.EDIT_DRAFT, on=get_internal_draft)
@while_unsent
@transactional
def mandate(draft: "Draft") -> ResponseReturnValue:
    """Ask which body met, how it voted, and how far the answer may travel."""
    exposure = draft.exposure.value if draft.exposure else None
    form = GroundForm(data={**asdict(mandate_of(draft.mandate)), "exposure": exposure})
    if form.validate_on_submit():
        try:
            note_ground(draft, form.ground, now=utc_now())
        except InvalidInput as error:
            form.refuse(error, {"future": _("This day has not been yet.")})
        else:
            return redirect(url_for("respond.check", public_id=draft.public_id))
    page = render_template(
        "respond/mandate.html",
        draft=draft,
        round=draft.round,
        standing=standing_for(draft),
        form=form,
        hints={item.value: _(text) for item, text in EXPOSURE_HINTS.items()},
    )
    return page, 422 if form.errors else 200
