"""What a report rests on and how it looks: the rooms that a response does not have."""

from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.shared.access import requires
from consult.blueprints.workspace.loading import DraftPlace, draft_place
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.blueprints.workspace.routes import report
from consult.domain.composing.types import COMPOSITION_KIND_LABELS
from consult.domain.documents.render.html import render_html
from consult.domain.reports.queries import preview
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.i18n import choose_locale, translator
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition


@report("/preview")
@requires(Permission.VIEW_WORKSPACE, on=draft_place)
def report_preview(place: DraftPlace) -> ResponseReturnValue:
    """The report as it would look now, figures and all."""
    content = _rendered(place.composition) if place.composition else None
    return render_template(
        "workspace/reports/preview.html",
        organisation=place.organisation,
        round=place.round,
        rooms=room_tabs(place.organisation, place.round, place.kind),
        composition=place.composition,
        kind_label=COMPOSITION_KIND_LABELS[place.kind],
        content=content,
    )


def _rendered(composition: "Composition") -> str | None:
    status = translator(choose_locale(composition.language)).gettext("Draft")
    document = preview(composition, day=to_oslo(utc_now()).date(), status=status)
    return render_html(document) if document else None
